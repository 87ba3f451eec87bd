import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { addDemo, holdings, openAccounts, tab } from './accounts-view.ts';
import { test } from './app.ts';
import { chooseTheme } from './theme.ts';
import { farPrice, segment } from './ticket-form.ts';
import { chooseLayout, showPanel } from './workspace.ts';

/** `1`: the pictures that are kept, moving numbers covered. `bare`: the same for the eye, uncovered, under test-results. */
const wish = process.env['HEARTLINE_PICTURES'] ?? '';

test.skip(!['1', 'bare'].includes(wish), 'HEARTLINE_PICTURES=1 takes the pictures of the desk');

const folder = join(import.meta.dirname, wish === 'bare' ? '../test-results/pictures' : '__screenshots__');

/** What differs from one second to the next. A picture shows where it stands, not what it said. */
const MOVING = [
  '[data-testid=watchlist-last]',
  '[data-testid=watchlist-spark]',
  '[data-testid=book-asks] [role=cell]',
  '[data-testid=book-bids] [role=cell]',
  '[data-testid=book-last]',
  '[data-testid=book-mark]',
  '[data-testid=tape] [role=cell]',
  '[data-testid=chart-legend]',
  '[data-testid=holdings-row] [data-column]:not(:first-child)',
  '[data-testid=premium-row] > :not(:first-child)',
  '[data-testid=chart] td:last-child canvas',
];
const COVER = { dark: '#232b36', light: '#d5dbe3' } as const;

type Theme = keyof typeof COVER;

// Pictures a person has looked at, not a comparison of pixels: the market in them moves.
test('pictures of every preset and view, in both themes and both languages', async ({ page }) => {
  test.setTimeout(600_000);
  await mkdir(folder, { recursive: true });
  await page.setViewportSize({ width: 1600, height: 1000 });
  await openAccounts(page);
  // Two venues with positions, orders and balances of both currencies.
  for (const venue of ['binance', 'upbit']) await addDemo(page, venue);
  await expect(page.locator('[data-testid=account][data-state=live]')).toHaveCount(2);
  await page.keyboard.press('Alt+1');
  await standOneOrder(page.getByTestId('ticket'));
  for (const { name, show } of SHOWN) {
    await show(page);
    for (const theme of ['dark', 'light'] as const) {
      await chooseTheme(page, theme);
      for (const language of ['en', 'ko'] as const) {
        await chooseLanguage(page, language);
        await takePicture(page, theme, `${name}-${theme}-${language}`);
      }
    }
  }
});

const SHOWN: readonly { readonly name: string; show(page: Page): Promise<void> }[] = [
  { name: 'trade', show: (page) => showPanel(page, 'positions') },
  // Plots and premiums fill with the seconds.
  ...['monitor', 'premium', 'connections'].map((preset) => ({
    name: preset,
    async show(page: Page) {
      await chooseLayout(page, `preset-${preset}`);
      await page.waitForTimeout(6_000);
    },
  })),
  {
    name: 'accounts',
    async show(page) {
      await page.keyboard.press('Alt+5');
      await tab(page, 'positions');
      await holdings(page).getByTestId('holdings-row').first().waitFor();
    },
  },
  {
    name: 'settings',
    async show(page) {
      await page.getByTestId('settings-button').click();
      await page.getByTestId('settings-all').click();
      await page.getByTestId('settings-search').waitFor();
    },
  },
];

async function chooseLanguage(page: Page, language: string): Promise<void> {
  await page.getByTestId('settings-button').click();
  const menu = page.getByTestId('settings-menu');
  await menu.locator(`input[name=language][value=${language}]`).check({ force: true });
  await page.keyboard.press('Escape');
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** A position from a market order, and a limit order that stands; both at the account the ticket came up with. */
async function standOneOrder(ticket: Locator): Promise<void> {
  const place = ticket.getByTestId('place');
  await segment(ticket, 'type', 'market').click();
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  await expect(place).toHaveAttribute('data-gate', 'ready');
  await place.click();
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'filled');
  await segment(ticket, 'type', 'limit').click();
  await farPrice(ticket, -0.4);
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  await expect(place).toHaveAttribute('data-gate', 'ready');
  await place.click();
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'open');
}

async function takePicture(page: Page, theme: Theme, name: string): Promise<void> {
  // What a slow machine sets off is no part of the desk.
  for (const toast of await page.getByTestId('alarm-toast').all()) {
    await toast
      .locator('> button')
      .click({ timeout: 2_000 })
      .catch(() => undefined);
  }
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.mouse.move(1, 1);
  await page.waitForTimeout(500);
  await markSeen(page);
  await page.screenshot({
    path: join(folder, `${name}.png`),
    ...(wish === 'bare' ? {} : { mask: [page.locator('[data-covered]')], maskColor: COVER[theme] }),
  });
}

/** Lists hold rows beyond their edges: only what is really to be seen is covered. */
async function markSeen(page: Page): Promise<void> {
  await page.evaluate((moving) => {
    for (const old of document.querySelectorAll('[data-covered]')) old.removeAttribute('data-covered');
    for (const element of document.querySelectorAll(moving)) {
      const { left, top, width, height } = element.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      if (hit !== null && (element.contains(hit) || hit.contains(element)) && hit !== document.body)
        element.setAttribute('data-covered', '');
    }
  }, MOVING.join(', '));
}

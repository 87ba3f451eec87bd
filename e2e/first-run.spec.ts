import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { violations } from './violations.ts';

test.use({ isFirstRun: true });

const welcome = (page: Page) => page.getByTestId('welcome');
const tour = (page: Page) => page.getByTestId('tour');

test('a first start is a working desk with one quiet line, which stays away once sent away', async ({
  page,
  desk,
}) => {
  // The fixture has waited for a live candle: the desk works, and nothing stands in its way.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(welcome(page)).toContainText('nothing here is real money');
  await expect(page.getByTestId('demo-badge')).toBeVisible();
  await page.getByTestId('welcome-dismiss').click();
  await expect(welcome(page)).toHaveCount(0);
  await expect
    .poll(async () => JSON.parse(await readFile(join(desk.dataDir, 'settings.json'), 'utf8')).welcome)
    .toBe('done');
  await page.reload();
  await page.getByTestId('desk').waitFor();
  await expect(welcome(page)).toHaveCount(0);
});

test('the tour points at four things, by keys alone, and gives the focus back', async ({ page }) => {
  await page.getByTestId('welcome-tour').focus();
  await page.keyboard.press('Enter');
  await expect(tour(page)).toHaveAttribute('data-step', 'live');
  await expect(tour(page)).toHaveAttribute('data-target', 'status-bar');
  await expect(page.getByRole('heading', { name: 'What “live” looks like' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tour(page)).toHaveAttribute('data-step', 'live');
  for (const [step, target] of [
    ['search', 'panel-watchlist'],
    ['ticket', /^(?:proofs|panel-ticket)$/],
    ['trouble', /^(?:drill-button|panel-map)$/],
  ] as const) {
    await page.keyboard.press('ArrowRight');
    await expect(tour(page)).toHaveAttribute('data-step', step);
    await expect(tour(page)).toHaveAttribute('data-target', target);
    // The focus stays inside, however often it is moved on.
    for (let count = 0; count < 6; count += 1) await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () =>
          document.activeElement?.closest('[data-testid=tour]') !== null ||
          document.activeElement === document.body,
      ),
    ).toBe(true);
  }
  // Past the last page the arrow does nothing.
  await page.keyboard.press('ArrowRight');
  await expect(tour(page)).toHaveAttribute('data-step', 'trouble');
  await page.keyboard.press('Escape');
  await expect(tour(page)).toHaveCount(0);
  await expect(page.getByTestId('desk')).toHaveAttribute('data-view', 'desk');
  await expect(welcome(page)).toHaveCount(0);
});

test('the tour can be had again from the settings', async ({ page }) => {
  await page.getByTestId('welcome-dismiss').click();
  await page.keyboard.press('Alt+4');
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-tour').click();
  await expect(tour(page)).toHaveAttribute('data-target', 'status-bar');
  await expect(page.getByTestId('desk')).toHaveAttribute('data-view', 'desk');
});

test('a step whose target is not there says so and does not stop the tour', async ({ page }) => {
  await page.evaluate(() => {
    for (const id of ['status-bar']) {
      const element = document.querySelector<HTMLElement>(`[data-testid=${id}]`);
      if (element) element.hidden = true;
      if (element) element.style.display = 'none';
    }
  });
  await page.getByTestId('welcome-tour').click();
  await expect(tour(page)).toHaveAttribute('data-target', 'missing');
  await expect(tour(page)).toContainText('is not in this window now');
  await page.getByTestId('tour-next').click();
  await expect(tour(page)).toHaveAttribute('data-target', 'panel-watchlist');
  await page.getByTestId('tour-skip').click();
  await expect(tour(page)).toHaveCount(0);
});

test('language, theme and colours are chosen from the line, and the tour speaks them at once', async ({
  page,
}) => {
  await page.getByTestId('welcome-look').click();
  const look = page.getByTestId('look-choices');
  await look.getByText('한국어', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await look.getByText('밝게', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await look.getByText('한국식', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-direction', 'korean');
  await page.keyboard.press('Escape');
  await page.getByTestId('welcome-tour').click();
  await expect(tour(page)).toContainText('“실시간”은 이렇게 보입니다');
});

test('the way to an exchange ends with what Heartline can and cannot do there', async ({ page }) => {
  // Three looks of axe at the whole page.
  test.slow();
  await page.getByTestId('welcome-connect').click();
  const wizard = page.getByTestId('connect');
  await expect(wizard.getByTestId('connect-demo')).toContainText('are simulated here');
  await expect(wizard.locator('[data-venue-choice]')).toHaveCount(4);
  await wizard.locator('[data-venue-choice=bybit]').click();
  await expect(wizard.getByTestId('connect-watch')).toContainText('At Bybit, without any key');
  await expect(wizard.getByTestId('connect-watch')).toContainText('Simulated');
  expect(await violations(page)).toEqual([]);
  await wizard.getByTestId('connect-to-key').click();
  const memory = wizard.getByTestId('choose-memory');
  const demoKey = wizard.locator('[data-demo=bybit]');
  await expect(memory.or(demoKey).first()).toBeVisible();
  if (await memory.isVisible()) await memory.click();
  await expect(wizard.getByTestId('key-guide')).toContainText('Never tick withdrawals');
  await expect(wizard.getByTestId('key-guide')).toContainText('allow-list');
  expect(await violations(page)).toEqual([]);
  await demoKey.click();
  const outcome = wizard.getByTestId('connect-outcome');
  await expect(outcome).toContainText('What Heartline can and cannot do at Bybit now');
  await expect(outcome.locator('[data-can=false]').first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await wizard.getByTestId('connect-finish').click();
  await expect(wizard).toHaveCount(0);
  await expect(page.getByTestId('panel-ticket')).toBeVisible();
});

test('a question to the venue that takes long can be left, and a refused key is explained', async ({
  page,
  desk,
}) => {
  test.skip(desk.shell === 'desktop', 'the answer is held back past the window, over the host’s own link');
  await page.routeWebSocket(/\/contract$/, (window) => {
    const engine = window.connectToServer();
    window.onMessage((message) => {
      if (!String(message).includes('accounts.check')) engine.send(message);
    });
  });
  await page.reload();
  await page.getByTestId('welcome-connect').click();
  const wizard = page.getByTestId('connect');
  await wizard.locator('[data-venue-choice=binance]').click();
  await wizard.getByTestId('connect-to-key').click();
  const memory = wizard.getByTestId('choose-memory');
  await expect(memory.or(wizard.getByTestId('key-entry')).first()).toBeVisible();
  if (await memory.isVisible()) await memory.click();
  await wizard.getByTestId('key-apiKey').fill('abcdefgh12345678');
  await wizard.getByTestId('key-secret').fill('abcdefgh12345678');
  await wizard.getByTestId('key-send').click();
  await expect(wizard.getByTestId('key-checking')).toContainText('nothing is kept yet');
  await wizard.getByTestId('key-stop').click();
  await expect(wizard.getByTestId('key-checking')).toHaveCount(0);
  await expect(wizard.getByTestId('key-send')).toBeEnabled();
});

for (const theme of ['dark', 'light'] as const) {
  test(`the line and every step of the tour have nothing that axe objects to, ${theme}`, async ({ page }) => {
    // Five looks of axe.
    test.slow();
    await page.getByTestId('welcome-look').click();
    await page.getByTestId('look-choices').locator(`input[value=${theme}]`).check({ force: true });
    expect(await violations(page, '[data-testid=welcome]')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('welcome-tour').click();
    for (const step of ['live', 'search', 'ticket', 'trouble']) {
      await expect(tour(page)).toHaveAttribute('data-step', step);
      await expect(tour(page)).not.toHaveAttribute('data-target', 'looking');
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('ArrowRight');
    }
  });
}

test.describe('at twice the size', () => {
  test.use({ viewport: { width: 800, height: 500 } });
  test('the tour stays within the window', async ({ page }) => {
    await page.setViewportSize({ width: 800, height: 500 });
    await page.getByTestId('welcome-tour').click();
    for (let step = 0; step < 4; step += 1) {
      const box = await page.locator('.tour-card').boundingBox();
      expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 800 && box.y + box.height <= 500).toBe(
        true,
      );
      await expect(page.getByTestId('tour-next')).toBeInViewport();
      await page.keyboard.press('ArrowRight');
    }
  });
});

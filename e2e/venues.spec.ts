import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { violations } from './violations.ts';

test('the venues are reached from the settings, a venue’s chip and by key, and say what each can do', async ({
  page,
}) => {
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-venues').click();
  await expect(page.getByTestId('settings-menu')).toBeHidden();
  await expect(cell(page, 'bithumb', 'candle')).toContainText('made here');
  await expect(cell(page, 'bithumb', 'mark')).toHaveText('missing');
  await expect(cell(page, 'binance', 'mark')).toContainText(/native\s*fresh ≤ [\d.]+ s/);
  await expect(cell(page, 'binance', 'proof')).toContainText('Every change is numbered');
  await expect(cell(page, 'upbit', 'proof')).toContainText('The whole book each time');
  await expect(cell(page, 'upbit', 'safety')).toContainText('held as unknown until you decide');
  await expect(cell(page, 'bybit', 'safety')).toContainText('can always be settled');

  await page.keyboard.press('Alt+1');
  await chip(page, 'Upbit').click();
  await page.getByTestId('venue-details').getByRole('button', { name: 'What it can do' }).click();
  await expect(page.locator('[data-venue=upbit]')).toHaveAttribute('data-subject', 'true');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+4');
  await expect(page.getByTestId('capabilities')).toBeVisible();
});

test('one venue is paused and let go on; the others never notice', async ({ page }) => {
  await page.keyboard.press('Alt+4');
  const upbit = page.locator('[data-venue=upbit]');
  await expect(upbit.getByTestId('sheet-health')).toHaveText('live');
  await upbit.getByRole('button', { name: 'Pause venue' }).click();
  await expect(upbit.getByTestId('sheet-health')).toHaveText('paused');
  await expect(chip(page, 'Upbit').getByTestId('chip-word')).toHaveText('paused');
  for (const name of ['Binance', 'Bybit', 'Bithumb']) {
    await expect(chip(page, name).getByTestId('chip-word')).toHaveText('live');
  }
  // It stays so over a reload, and its figures do not pass for live.
  await page.reload();
  await expect(chip(page, 'Upbit').getByTestId('chip-word')).toHaveText('paused');
  await expect(
    page.locator('[data-instrument="upbit:BTC-KRW"]').getByTestId('watchlist-last'),
  ).not.toHaveAttribute('data-fresh', 'fresh');
  await page.keyboard.press('Alt+4');
  await upbit.getByRole('button', { name: 'Let it go on' }).click();
  await expect(upbit.getByTestId('sheet-health')).toHaveText('live');
});

test('an exchange is added by name and removed again, and the badge says what is real', async ({
  page,
  desk,
}) => {
  test.skip(desk.shell === 'desktop', 'the answers are written past the window, over the host’s own link');
  await pretendOkx(page);
  await page.reload();
  await page.getByTestId('desk').waitFor();
  await page.keyboard.press('Alt+4');
  await page.getByTestId('venue-add').click();
  const dialog = page.getByTestId('add-dialog');
  await expect(dialog).toContainText('the real market, beside the simulated ones');
  await dialog.getByTestId('add-filter').fill('nosuch');
  await expect(dialog).toContainText('ccxt has no exchange called “nosuch”');
  await dialog.getByTestId('add-filter').fill('ok');
  await dialog.locator('[data-offer=okx]').click();
  await expect(dialog.getByTestId('add-state')).toContainText('okx is there');
  await page.keyboard.press('Escape');
  const okx = page.locator('[data-venue="ccxt:okx"]');
  await expect(okx).toContainText('ccxt');
  await expect(cell(page, 'ccxt:okx', 'safety')).toContainText('none are sent from here');
  await expect(page.getByTestId('demo-badge')).toHaveText('DEMO — simulated, except OKX');
  await okx.getByRole('button', { name: 'Remove' }).click();
  await okx.getByRole('button', { name: 'Really remove OKX?' }).click();
  await expect(okx).toHaveCount(0);
  await expect(page.getByTestId('demo-badge')).toHaveText('DEMO — simulated market');
});

test('an exchange that cannot be added now says why, and nothing is changed', async ({ page, desk }) => {
  test.skip(desk.shell === 'desktop', 'the answers are written past the window, over the host’s own link');
  await pretendOkx(page, 'no way to okx');
  await page.reload();
  await page.getByTestId('desk').waitFor();
  await page.keyboard.press('Alt+4');
  await page.getByTestId('venue-add').click();
  await page.locator('[data-offer=okx]').click();
  await expect(page.getByTestId('add-state')).toContainText('could not be added now: no way to okx');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-venue]')).toHaveCount(4);
});

test('what is on the desk is recorded, counted and listed', async ({ page }) => {
  await page.keyboard.press('Alt+4');
  const recorder = page.getByTestId('recorder');
  await expect(recorder).toContainText('Not recording');
  await page.getByTestId('record-own').click();
  await expect(recorder).toHaveAttribute('data-on', 'true');
  await expect(page.getByTestId('recorder-written')).toHaveText(/[1-9][\d,]* frames · [\d.]+ k?B/);
  await expect(page.getByTestId('recording-files').locator('tbody tr')).toHaveCount(1);
  await page.getByTestId('record-stop').click();
  await expect(recorder).toHaveAttribute('data-on', 'false');
  await expect(page.getByTestId('recording-files')).toContainText('Binance');
});

for (const theme of ['Dark', 'Light'] as const) {
  test(`the venues have nothing that axe objects to, in either language, ${theme.toLowerCase()}`, async ({
    page,
  }) => {
    for (const language of ['English', '한국어']) {
      await page.getByTestId('settings-button').click();
      await page
        .getByTestId('settings-menu')
        .getByText(theme === 'Dark' ? /^Dark$|^어둡게$/ : /^Light$|^밝게$/)
        .click();
      await page.getByTestId('settings-menu').getByText(language, { exact: true }).click();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Alt+4');
      await expect(page.getByTestId('capabilities')).toBeVisible();
      await expect(page.getByTestId('recorder')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByTestId('venue-add').click();
      await expect(page.getByTestId('add-filter')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
}

function chip(page: Page, name: string): Locator {
  return page.getByTestId('venue-chip').filter({ hasText: name });
}

/** What stands at a venue and a capability. */
function cell(page: Page, venue: string, capability: string): Locator {
  const table = page.getByTestId('capabilities');
  return table.locator(`tr[data-capability=${capability}] td[data-of="${venue}"]`);
}

/** Answers for an exchange that cannot be reached from here: everything else goes to the engine itself. */
async function pretendOkx(page: Page, refusal?: string): Promise<void> {
  await page.routeWebSocket(/\/contract$/, (window) => {
    const host = window.connectToServer();
    const described = new Set<number>();
    let added = false;
    window.onMessage((text) => {
      const message = typeof text === 'string' ? JSON.parse(text) : {};
      const answer = (output: unknown) =>
        window.send(JSON.stringify({ t: 'answer', id: message.id, output }));
      if (message.t === 'request' && message.name === 'venues.offered') return answer(['kraken', 'okx']);
      if (message.t === 'request' && /^venues\.(?:add|remove)$/.test(message.name)) {
        if (refusal !== undefined) {
          const error = { code: 'venue.load-failed', message: refusal, details: { reason: refusal } };
          return window.send(JSON.stringify({ t: 'refusal', id: message.id, error }));
        }
        expect(message.input).toEqual({ venue: 'ccxt:okx' });
        added = message.name === 'venues.add';
        return answer({});
      }
      if (message.name === 'app.describe') described.add(message.id);
      host.send(text);
    });
    host.onMessage((text) => {
      const message = typeof text === 'string' && described.size > 0 ? JSON.parse(text) : {};
      if (message.t !== 'answer' || !described.delete(message.id) || !added) return window.send(text);
      const means = { instruments: 'native', ticker: 'polled', top: 'missing', trade: 'native' };
      const more = { book: 'native', candle: 'synthesised', mark: 'missing' };
      const sheet = { means: { ...means, ...more }, freshnessBoundMs: { ticker: 30_000 } };
      message.output.venues.push({
        id: 'ccxt:okx',
        name: 'OKX',
        intervals: ['1m'],
        sheet: { ...sheet, bookProof: 'none', orderSafety: 'none' },
        isAdded: true,
      });
      window.send(JSON.stringify(message));
    });
  });
}

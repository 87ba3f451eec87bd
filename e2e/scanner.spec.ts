import { expect, type Page } from '@playwright/test';
import { test } from './app.ts';

const VENUES = ['binance', 'bybit', 'upbit', 'bithumb'];

async function openScanner(page: Page): Promise<void> {
  await page.getByRole('tab').filter({ hasText: 'Scanner' }).first().click();
  await expect(page.getByTestId('panel-scanner')).toBeVisible();
}

const volumes = (page: Page) =>
  page.getByTestId('scan-row').evaluateAll((rows) => rows.map((row) => row.dataset['instrument']));

test('the scanner reads every venue, says how old each is, and what is not known yet is no zero', async ({
  page,
}) => {
  await openScanner(page);
  for (const venue of VENUES) {
    await expect(page.getByTestId(`scan-venue-${venue}`)).toHaveAttribute('data-state', 'read', {
      timeout: 40_000,
    });
    await expect(page.getByTestId(`scan-venue-${venue}`)).toContainText(/read \d+ s ago/);
  }
  await expect(page.getByTestId('scan-count')).toHaveText(/^\d{3}$/);
  await page.getByTestId('scan-menu').click();
  await page.getByTestId('scan-menu-column-move60').click();
  await page.keyboard.press('Escape');
  const move = page.getByTestId('scan-move60').first();
  await expect(move).toHaveText('—');
  await expect(move.locator('..')).toHaveAttribute('title', /sampled for/);
});

test('filters narrow it, a click shows the instrument, a star puts it on the watchlist', async ({ page }) => {
  await openScanner(page);
  await expect(page.getByTestId('scan-venue-upbit')).toHaveAttribute('data-state', 'read', {
    timeout: 40_000,
  });
  await page.getByTestId('scan-venue-upbit').click();
  // First consonants of the Korean name.
  await page.getByTestId('scan-text').fill('ㅂㅌㅋㅇ');
  await expect.poll(() => volumes(page)).toContain('upbit:BTC-KRW');
  expect((await volumes(page)).every((id) => id?.startsWith('upbit:'))).toBe(true);
  await page.getByTestId('scan-text').fill('nothing like this');
  await expect(page.getByTestId('scan-nothing')).toBeVisible();
  await page.getByTestId('scan-nothing').getByRole('button').click();
  await page.getByTestId('scan-text').fill('avax krw');
  const row = page.locator('[data-testid=scan-row][data-instrument="upbit:AVAX-KRW"]');
  await row.click();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await row.getByTestId('scan-star').click();
  await expect(row.getByTestId('scan-star')).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('tab').filter({ hasText: 'Watchlist' }).first().click();
  await expect(page.locator('[data-testid=watchlist-row][data-instrument="upbit:AVAX-KRW"]')).toHaveCount(1);
});

test('a venue that cannot be read is said with why, and its rows stay, struck through', async ({
  page,
  simulator,
}) => {
  await openScanner(page);
  await expect(page.getByTestId('scan-venue-bybit')).toHaveAttribute('data-state', 'read', {
    timeout: 40_000,
  });
  await simulator.post('faults', { venue: 'bybit', kind: 'rest', status: 503 });
  await expect(page.getByTestId('scan-trouble-bybit')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('scan-trouble-bybit')).toContainText('Bybit');
  await page.getByTestId('scan-venue-bybit').click();
  await expect(page.getByTestId('scan-row').first()).toHaveAttribute('data-fresh', 'stale', {
    timeout: 60_000,
  });
});

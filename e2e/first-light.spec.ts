import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';

test('a fresh start shows a working desk and says that its market is simulated', async ({ page }) => {
  await expect(page.getByTestId('demo-badge')).toBeVisible();
  await expect(page).toHaveTitle(/DEMO/);
  await expect(page.getByTestId('chart-instrument')).toContainText('BTC-USDT-PERP');
  for (const chip of await page.getByTestId('chip-word').all()) await expect(chip).toHaveText('live');
});

test('at least eight perpetuals tick', async ({ page }) => {
  const rows = page.getByTestId('watchlist-row');
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(8);
  const first = await lastPrices(page);
  // Every row has a price, and within seconds most have another one.
  await expect
    .poll(async () => {
      const now = await lastPrices(page);
      return now.every(isNumber) && now.filter((price, at) => price !== first[at]).length >= 5;
    })
    .toBe(true);
});

test('the book is filled on both sides, sorted from top to bottom, and not crossed', async ({ page }) => {
  await expect(page.getByTestId('book-notice')).toBeHidden();
  await expect
    .poll(async () => {
      const { asks, bids } = await ladder(page);
      const prices = [...asks, ...bids];
      return {
        filled: asks.length >= 8 && bids.length >= 8,
        falling: prices.every((price, at) => at === 0 || price < (prices[at - 1] ?? 0)),
      };
    })
    .toEqual({ filled: true, falling: true });
});

test('the tape runs, newest first', async ({ page }) => {
  const newest = () => page.getByTestId('tape').textContent();
  const before = await newest();
  expect(before ?? '').toMatch(/\d{2}:\d{2}:\d{2}/);
  await expect.poll(newest).not.toBe(before);
});

test('a reload comes back to the same desk without a new link', async ({ page }) => {
  await page.reload();
  await expect(page.getByTestId('chart-instrument')).toContainText('BTC-USDT-PERP');
  await expect.poll(async () => (await lastPrices(page)).every(isNumber)).toBe(true);
});

function lastPrices(page: Page): Promise<string[]> {
  return page.getByTestId('watchlist-last').allTextContents();
}

/** Prices of both sides as they stand on the screen at one moment, from top to bottom. */
function ladder(page: Page): Promise<{ asks: number[]; bids: number[] }> {
  return page.evaluate(() => {
    const side = (name: string) =>
      [...document.querySelectorAll(`[data-testid=${name}] [role=row]`)]
        .map((row) => ({ top: row.getBoundingClientRect().top, cell: row.querySelector('[role=cell]') }))
        .sort((one, other) => one.top - other.top)
        .map(({ cell }) => Number(cell?.textContent?.replaceAll(',', '')))
        .filter((price) => price > 0);
    return { asks: side('book-asks'), bids: side('book-bids') };
  });
}

function isNumber(text: string): boolean {
  return /^[\d,]+(\.\d+)?$/.test(text.trim());
}

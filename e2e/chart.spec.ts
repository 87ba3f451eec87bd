import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';

const chart = (page: Page) => page.getByTestId('panel-chart').getByTestId('chart');

async function place(page: Page) {
  const box = await chart(page).boundingBox();
  if (!box) throw new Error('the chart has no place on the screen');
  return box;
}

/** Entries that open a dialog close their menu; the switches leave it open. */
async function choose(page: Page, menu: string, item: string, staysOpen = false) {
  await page.getByTestId(menu).first().click();
  await page.getByTestId(`${menu}-${item}`).click();
  if (staysOpen) await page.keyboard.press('Escape');
}

test('every type is drawn, and averaged candles are marked as such', async ({ page }) => {
  for (const type of ['hollow', 'heikin', 'bars', 'line', 'area', 'candles']) {
    await choose(page, 'chart-type', type);
    await expect(chart(page).locator('canvas').first()).toBeVisible();
    await expect(page.getByTestId('chart-heikin')).toBeVisible({ visible: type === 'heikin' });
    await expect(chart(page)).toHaveAttribute('data-candles', /\d{3,}/);
  }
});

test('choosing an instrument is no change of the look: nothing that is drawn by it is drawn anew', async ({
  page,
}) => {
  await page.evaluate(() => {
    const watched = { attributeFilter: ['data-theme', 'data-direction', 'data-contrast'] };
    let written = 0;
    new MutationObserver((records) => {
      written += records.length;
      document.body.dataset['lookWritten'] = String(written);
    }).observe(document.documentElement, watched);
  });
  const rows = page.getByTestId('watchlist-row');
  for (const index of [1, 2]) {
    const name = await rows.nth(index).locator('.watch-name bdi').first().textContent();
    await rows.nth(index).click();
    await expect(page.getByTestId('chart-instrument')).toHaveText(name ?? '');
  }
  await expect(page.locator('body')).not.toHaveAttribute('data-look-written');
});

test('indicators tell in the legend what the closes of the venue make, and are there after a reload', async ({
  page,
  simulator,
}) => {
  await simulator.post('pause');
  await page.getByTestId('chart-indicators').first().click();
  await page.getByTestId('indicator-kind').selectOption('sma');
  await page.getByTestId('indicator-add').click();
  await page.getByTestId('number-period').fill('7');
  await page.getByTestId('indicator-kind').selectOption('rsi');
  await page.getByTestId('indicator-add').click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('legend-rsi-2').locator('.value')).toHaveText(/^\d+\.\d\d$/);
  // Away from the candles, so that the legend tells the newest.
  await page.mouse.move(2, 2);
  await choose(page, 'chart-more', 'table');
  const table = page.getByTestId('candle-table').locator('tbody tr td:nth-child(5)');
  await expect(table).toHaveCount(30);
  const closes = (await table.allTextContents()).slice(0, 7).map((text) => Number(text.replaceAll(',', '')));
  await page.keyboard.press('Escape');
  await page.mouse.move(2, 2);
  await expect(page.getByTestId('chart-legend')).not.toContainText('UTC');
  const told = await page.getByTestId('legend-sma-1').locator('.value').getAttribute('data-value');
  expect(Number(told)).toBeCloseTo(closes.reduce((sum, close) => sum + close, 0) / 7, 1);
  await page.waitForTimeout(1_500);
  await page.reload();
  await expect(page.getByTestId('legend-sma-1')).toContainText('SMA 7');
});

test('a line is drawn by a click, selected, deleted by its key, and one is there after a reload', async ({
  page,
}) => {
  const { x, y, width, height } = await place(page);
  for (const share of [0.3, 0.4]) {
    await choose(page, 'chart-draw', 'horizontal');
    await page.mouse.click(x + width * 0.4, y + height * share);
  }
  await expect(chart(page)).toHaveAttribute('data-drawings', '2');
  await expect(page.getByTestId('drawing-bar')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(chart(page)).toHaveAttribute('data-drawings', '1');
  await page.reload();
  await expect(chart(page)).toHaveAttribute('data-drawings', '1');
});

test('a trend is dragged open, moved by its keys, and Esc leaves one half drawn', async ({ page }) => {
  const { x, y, width, height } = await place(page);
  await choose(page, 'chart-draw', 'trend');
  await page.mouse.move(x + width * 0.3, y + height * 0.4);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height * 0.3, { steps: 5 });
  await page.mouse.up();
  await expect(chart(page)).toHaveAttribute('data-drawings', '1');
  await choose(page, 'chart-draw', 'fibonacci');
  await page.mouse.click(x + width * 0.3, y + height * 0.5);
  await expect(chart(page)).toHaveAttribute('data-drawing', 'fibonacci');
  await chart(page).focus();
  await page.keyboard.press('Escape');
  await expect(chart(page)).not.toHaveAttribute('data-drawing', /./);
  await expect(chart(page)).toHaveAttribute('data-drawings', '1');
});

test('the scale is linear, log or percent; another instrument is compared in percents', async ({ page }) => {
  await choose(page, 'chart-scale', 'log');
  await expect(page.getByTestId('chart-scale')).toHaveText('Log');
  await choose(page, 'chart-more', 'compare');
  await page.getByTestId('compare-search').fill('binance ETH-USDT-PERP');
  await page.getByTestId('compare-add-binance:ETH-USDT-PERP').click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('chart-scale')).toHaveText('Percent');
  await expect(page.getByTestId('legend-compare-binance:ETH-USDT-PERP')).toContainText(/[+−]?\d+\.\d\d%/);
});

test('goes back to a date, or says what stands in the way', async ({ page }) => {
  await choose(page, 'chart-more', 'go-to');
  const date = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 16);
  await page.getByTestId('go-to-date').fill(date(400));
  await page.getByTestId('go-to-go').click();
  await expect(page.getByTestId('go-to-said')).toContainText('Choose a longer interval');
  await page.getByTestId('go-to-date').fill(date(2));
  await page.getByTestId('go-to-go').click();
  await expect(page.getByTestId('go-to')).toBeHidden({ timeout: 20_000 });
  await expect
    .poll(async () => Number(await chart(page).getAttribute('data-candles')))
    .toBeGreaterThanOrEqual(2_880);
});

test('a picture is saved under a name that says what it is', async ({ page }) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    choose(page, 'chart-more', 'picture-file'),
  ]);
  expect(download.suggestedFilename()).toMatch(/^heartline-chart-binance-BTC-USDT-PERP-1m-[\dT-]+Z\.png$/);
});

test('the last candles can be read as a table', async ({ page }) => {
  await choose(page, 'chart-more', 'table');
  await expect(page.getByTestId('candle-summary')).toContainText(
    'BTC-USDT-PERP, 1 minute, the last 30 candles',
  );
  await expect(page.getByTestId('candle-table').locator('tbody tr')).toHaveCount(30);
});

test('charts beside each other are each about their own, under one crosshair', async ({ page }) => {
  await page.getByTestId('layout-menu').click();
  await page.getByTestId('layout-menu-menu').getByText('Monitor', { exact: true }).click();
  const grid = page.getByTestId('chart-grid');
  const cells = grid.getByTestId('chart');
  await expect(grid).toBeVisible();
  await page.getByTestId('grid-count').locator('[data-count="9"]').click();
  await expect(cells).toHaveCount(9);
  await expect(cells.nth(8)).toHaveAttribute('data-candles', /\d{2,}/, { timeout: 30_000 });
  const box = await cells.first().boundingBox();
  if (!box) throw new Error('the chart has no place on the screen');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await page.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.5);
  await expect(cells.nth(1)).toHaveAttribute('data-synced', /\d/);
  await page.mouse.move(2, 2);
  await expect(cells.nth(1)).not.toHaveAttribute('data-synced', /\d/);
  await expect(page.locator('.chart-cell-active')).toHaveCount(1);
});

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { addDemo, holdings, openAccounts, tab } from './accounts-view.ts';
import { test } from './app.ts';
import type { SimulatorControl } from './simulator-control.ts';
import { violations } from './violations.ts';
import { showPanel } from './workspace.ts';

const AT = { venue: 'binance', key: 'trade', symbol: 'BTCUSDT' };

async function openHoldings(page: Page, name: string): Promise<Locator> {
  await openAccounts(page);
  await addDemo(page, 'binance');
  await expect(page.getByTestId('account-word')).toHaveText('live');
  await tab(page, name);
  return holdings(page).getByTestId('holdings-row');
}

/** An order from elsewhere, far enough below the market to stand. */
async function placeElsewhere(
  simulator: SimulatorControl,
  clientOrderId: string,
  price = '81000',
): Promise<void> {
  const order = { side: 'buy', type: 'limit', price, quantity: '0.017', clientOrderId };
  await simulator.post('orders', { ...AT, action: 'place', ...order });
}

async function bestBid(page: Page): Promise<number> {
  const text = await page.getByTestId('book-bids').locator('.level-price').first().textContent();
  return Number((text ?? '').replaceAll(',', ''));
}

test('an order from elsewhere is marked so, changed in its row, and what is wrong with a change is said', async ({
  page,
  simulator,
}) => {
  const rows = await openHoldings(page, 'orders');
  await placeElsewhere(simulator, 'e2e-amended');
  const mine = rows.filter({ hasText: '0.017' });
  await expect(mine.locator('[data-origin]')).toHaveText('elsewhere');
  await expect(mine.getByTestId('order-flight')).toHaveCount(0);
  await mine.getByTestId('order-amend').click();
  const form = page.getByTestId('amend-form');
  await expect(form.getByTestId('amend-send')).toBeDisabled();
  await form.getByTestId('ticket-amend-price').fill('80900.05');
  await form.getByTestId('amend-send').click();
  await expect(form.getByTestId('amend-said')).toContainText('lies between two steps');
  await expect(mine.locator('[data-column=price]')).toHaveText('81,000.0');
  await form.getByTestId('ticket-amend-price').fill('80900');
  await form.getByTestId('amend-send').click();
  await expect(form).toHaveCount(0);
  await expect(rows.filter({ hasText: '80,900.0' })).toHaveCount(1);
  await rows.filter({ hasText: '80,900.0' }).getByTestId('order-cancel').click();
  await expect(rows.filter({ hasText: '80,900.0' }).locator('[data-column=status]')).toContainText(
    'cancelled',
  );
});

test('cancel all is asked twice, is of the instrument chosen, and leaves the others', async ({
  page,
  simulator,
}) => {
  const rows = await openHoldings(page, 'orders');
  await placeElsewhere(simulator, 'e2e-swept');
  await expect(rows.filter({ hasText: '0.017' })).toHaveCount(1);
  await page.getByTestId('cancel-all').click();
  await page.getByTestId('cancel-all-instrument').selectOption({ label: 'BTC-USDT-PERP' });
  await page.getByTestId('cancel-all-do').click();
  await expect(
    rows
      .filter({ hasText: 'BTC-USDT-PERP' })
      .filter({ hasNot: page.locator('[data-over]') })
      .getByTestId('order-cancel'),
  ).toHaveCount(0);
  await expect(rows.filter({ hasText: 'ETH-USDT-PERP' }).getByTestId('order-cancel')).toHaveCount(1);
});

test('a position is halved, turned round after a second look, and an account is flattened after one', async ({
  page,
}) => {
  const rows = await openHoldings(page, 'positions');
  const sol = rows.filter({ hasText: 'SOL-USDT-PERP' });
  const quantity = async () =>
    Number((await sol.getByTestId('position-quantity').getAttribute('title')) ?? 'NaN');
  const before = await quantity();
  await sol.getByTestId('position-close').click();
  await page.getByTestId('close-50').click();
  await expect(holdings(page).getByTestId('position-said')).toContainText('Filled');
  await expect.poll(async () => Math.abs((await quantity()) - before / 2)).toBeLessThan(0.011);
  const half = await quantity();
  // The first half of turning it round is the very order that has just left: within a second it would pass for a slip.
  await page.waitForTimeout(1100);
  await sol.getByTestId('position-close').click();
  await page.getByTestId('reverse').click();
  await expect(page.getByTestId('close-form')).toContainText('two orders at market');
  await page.getByTestId('reverse-do').click();
  await expect.poll(quantity, { timeout: 30_000 }).toBe(-half);

  await holdings(page).getByTestId('flatten').click();
  await expect(page.getByTestId('flatten-do')).toBeDisabled();
  await page.getByTestId('flatten-sure').check();
  await page.getByTestId('flatten-do').click();
  await expect(rows).toHaveCount(0, { timeout: 45_000 });
});

test('the flight recorder tells every station of an order, is saved with its hash, and the journal is whole', async ({
  page,
  desk,
}) => {
  test.skip(desk.shell === 'desktop', 'the desktop asks where to save');
  const rows = await openHoldings(page, 'positions');
  await rows.filter({ hasText: 'SOL-USDT-PERP' }).getByTestId('position-close').click();
  await page.getByTestId('close-25').click();
  await expect(holdings(page).getByTestId('position-said')).toContainText('Filled');
  await tab(page, 'orders');
  await rows.getByTestId('order-flight').first().click();
  const dialog = page.getByTestId('flight-dialog');
  const stations = dialog.getByTestId('flight-line');
  await expect(stations.first()).toHaveAttribute('data-station', 'intent');
  for (const station of ['guard', 'journal', 'sent', 'answer', 'report', 'fill']) {
    await expect(dialog.locator(`[data-station=${station}]`).first()).toContainText(/\+[\d,.]+ ms/);
  }
  expect(await violations(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await dialog.getByTestId('flight-export').click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^heartline-order-h[a-z0-9]{22}-.*\.json$/);
  const text = await readFile((await file.path()) ?? '', 'utf8');
  const sha256 = createHash('sha256').update(text).digest('hex');
  await expect(dialog.getByTestId('flight-export-saved')).toContainText(sha256);
  expect((JSON.parse(text) as { readonly lines: readonly unknown[] }).lines.length).toBe(
    await stations.count(),
  );
  await dialog.getByTestId('audit-verify').click();
  await expect(dialog.getByTestId('audit-verdict')).toContainText('Whole');
});

test('on the chart an order is dragged to another price, Esc leaves it, and its cross cancels it', async ({
  page,
  simulator,
}) => {
  await openHoldings(page, 'orders');
  await page.keyboard.press('Alt+1');
  const price = Math.round(await bestBid(page)) - 100;
  await placeElsewhere(simulator, 'e2e-dragged', String(price));
  await showPanel(page, 'orders');
  const row = page.getByTestId('panel-orders').getByTestId('holdings-row').filter({ hasText: '0.017' });
  await expect(row).toHaveCount(1);
  const chart = page.getByTestId('chart');
  const box = await chart.boundingBox();
  if (!box) throw new Error('no chart');
  const x = box.x + box.width / 3;
  // The pointer's shape tells where the line is: nothing else of the canvas can be asked.
  const cursor = () =>
    chart.locator('.tv-lightweight-charts').evaluate((one) => (one as HTMLElement).style.cursor);
  const find = async (at: number, wanted: string, from = box.y + 120): Promise<number> => {
    for (let y = from; y < box.y + box.height - 60; y += 8) {
      await page.mouse.move(at, y);
      if ((await cursor()) === wanted) return y;
    }
    throw new Error(`no ${wanted} on the chart`);
  };
  const y = await find(x, 'ns-resize');
  const drag = async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 40, { steps: 5 });
    await expect(chart).toHaveAttribute('data-dragging', /\d/);
  };
  await drag();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(chart).not.toHaveAttribute('data-dragging', /\d/);
  await expect(page.getByTestId('amend-strip')).toHaveCount(0);
  await drag();
  const to = await chart.getAttribute('data-dragging');
  await page.mouse.up();
  await expect(page.getByTestId('amend-what')).toContainText('price');
  await page.getByTestId('amend-strip-do').press('Enter');
  await expect(page.getByTestId('panel-chart').getByTestId('change-said')).toContainText('has taken it');
  await expect
    .poll(async () => Number((await row.locator('[data-column=price]').textContent())?.replaceAll(',', '')))
    .toBe(Number(to));
  const cross = await find(box.x + 14, 'pointer', y + 20);
  await page.mouse.click(box.x + 14, cross);
  await expect(row.locator('[data-column=status]')).toContainText('cancelled');
});

test('limits are changed in the settings, refused where they make no sense, and hold for the next order', async ({
  page,
  simulator,
}) => {
  const rows = await openHoldings(page, 'orders');
  await placeElsewhere(simulator, 'e2e-limited');
  const open = async () => {
    await page.getByTestId('settings-button').click();
    await page.getByTestId('settings-trading').click();
    return page.getByTestId('trading-settings');
  };
  let dialog = await open();
  expect(await violations(page)).toEqual([]);
  await dialog.getByTestId('limits-collarPercent').fill('99');
  await dialog.getByTestId('limits-save').click();
  await expect(dialog.getByTestId('limits-wrong')).toBeVisible();
  await expect(dialog.getByTestId('limits-collarPercent')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByTestId('limits-collarPercent').fill('5');
  await dialog.getByTestId('limits-scope').selectOption('venue binance');
  await dialog.getByTestId('limits-maxNotional.USDT').fill('1,000');
  await dialog.getByTestId('limits-save').click();
  await expect(dialog).toHaveCount(0);

  await rows.filter({ hasText: '0.017' }).getByTestId('order-amend').click();
  await page.getByTestId('ticket-amend-quantity').fill('0.02');
  await page.getByTestId('amend-send').click();
  await expect(page.getByTestId('amend-said')).toContainText('above your limit for one order, 1,000');
  await page.keyboard.press('Escape');

  dialog = await open();
  await dialog.getByTestId('limits-scope').selectOption('venue binance');
  await expect(dialog.getByTestId('limits-maxNotional.USDT')).toHaveValue('1,000');
  await dialog.getByTestId('limits-reset').click();
  await dialog.getByTestId('limits-save').click();
  await rows.filter({ hasText: '0.017' }).getByTestId('order-amend').click();
  await page.getByTestId('ticket-amend-quantity').fill('0.02');
  await page.getByTestId('amend-send').click();
  await expect(page.getByTestId('amend-form')).toHaveCount(0);
});

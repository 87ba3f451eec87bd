import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import {
  addDemo,
  enter,
  holdings,
  keysOf,
  openAccounts,
  plain,
  required,
  row,
  tab,
} from './accounts-view.ts';
import { test } from './app.ts';
import { violations } from './violations.ts';
import { showPanel } from './workspace.ts';

interface Ledger {
  readonly balances: readonly Readonly<Record<string, string>>[];
  readonly positions: readonly Readonly<Record<string, string>>[];
  readonly openOrders: readonly unknown[];
}

test('a demo key is one click, and what it holds is what the simulator’s ledger says, with its source and age', async ({
  page,
  simulator,
}) => {
  await openAccounts(page);
  await addDemo(page, 'binance');
  const account = page.getByTestId('account');
  await expect(account.getByTestId('account-word')).toHaveText('live');
  await expect(account.getByTestId('environment')).toHaveText('simulator');
  await expect(account.locator('[data-right=withdraw]')).toHaveAttribute('data-is', 'no');
  await expect(account.getByTestId('account-reconciled')).toContainText('compared');

  const ledger = (await simulator.get('ledger?venue=binance&key=trade')) as Ledger;
  await tab(page, 'positions');
  await expect(holdings(page).locator('[data-tab=positions]')).toHaveText(
    `Positions ${ledger.positions.length}`,
  );
  await expect(holdings(page).getByTestId('holdings-row')).toHaveCount(ledger.positions.length);
  for (const row of await holdings(page).getByTestId('holdings-row').all()) {
    await expect(row.locator('[data-column=source]')).toHaveText(/^(?:stream|REST|estimate) \d/);
    await expect(row.getByTestId('position-pnl')).toHaveText(/^(?:≈ ?estimated )?[+−]?[\d,.]+ USDT$/);
    await expect(row.getByTestId('position-close')).toBeEnabled();
  }
  await tab(page, 'orders');
  await expect(holdings(page).locator('[data-tab=orders]')).toHaveText(
    `Open orders ${ledger.openOrders.length}`,
  );
  await tab(page, 'balances');
  const usdt = row(page, 'USDT');
  const held = ledger.balances.find(({ currency }) => currency === 'USDT');
  await expect(usdt.getByTestId('balance-total').first()).toHaveAttribute('title', plain(held?.['total']));
  await expect(page.getByTestId('worth')).toContainText(/USDT/);
  await expect(page.getByTestId('worth-basis')).toContainText('KRW-USDT at Upbit');
});

test('an order placed elsewhere stands here at once and on the chart, fills, and is gone when it is cancelled', async ({
  page,
  simulator,
}) => {
  await openAccounts(page);
  await addDemo(page, 'binance');
  await expect(page.getByTestId('account-word')).toHaveText('live');
  await tab(page, 'orders');
  const clientOrderId = 'e2e-far-below';
  const at = { venue: 'binance', key: 'trade', symbol: 'BTCUSDT' };
  const order = { side: 'buy', type: 'limit', price: '60000', quantity: '0.011', clientOrderId };
  await simulator.post('orders', { ...at, action: 'place', ...order });
  const mine = holdings(page).getByTestId('holdings-row').filter({ hasText: '0.011' });
  await expect(mine.locator('[data-column=status]')).toContainText('open · NEW');
  await expect(mine.locator('[data-column=price]')).toHaveText('60,000.0');

  await page.keyboard.press('Alt+1');
  await expect(page.getByTestId('chart')).toHaveAttribute('data-lines', /\d/);
  const lines = Number(await page.getByTestId('chart').getAttribute('data-lines'));
  expect(lines).toBeGreaterThan(0);
  await page.getByTestId('chart-lines').click();
  await expect(page.getByTestId('chart')).not.toHaveAttribute('data-lines', /\d/);
  await page.getByTestId('chart-lines').click();

  await page.keyboard.press('Alt+5');
  await simulator.post('orders', { ...at, action: 'cancel', clientOrderId });
  await expect(mine.locator('[data-column=status]')).toContainText('cancelled');
  await tab(page, 'fills');
  await simulator.post('pause');
  const bought = { side: 'buy', type: 'market', quantity: '0.013', clientOrderId: 'e2e-at-market' };
  await simulator.post('orders', { ...at, action: 'place', ...bought });
  // A thin book gives it in several levels, each a fill of its own; nobody else's order fills in between.
  const fills = holdings(page).getByTestId('holdings-row');
  const quantities = fills.locator('[data-column=quantity]');
  const newest = async () => {
    let left = 13;
    const texts = await quantities.allTextContents();
    for (const [index, text] of texts.entries()) {
      left -= Math.round(Number(text) * 1000);
      if (left <= 0) return { left, rows: index + 1 };
    }
    return { left, rows: texts.length };
  };
  await expect.poll(async () => (await newest()).left).toBe(0);
  await expect(fills.nth((await newest()).rows - 1)).toContainText('taker');
});

test('a key is checked before it is kept: a dangerous one is refused with what to do, a good one is kept, and nothing shows it again', async ({
  page,
  simulator,
}) => {
  const keys = await keysOf(simulator, 'bybit');
  await openAccounts(page);
  await page.getByTestId('account-add').click();
  const dialog = page.getByTestId('add-account');
  await dialog.getByText('Bybit', { exact: true }).click();
  await expect(dialog.getByTestId('hints')).toContainText('Leave everything under Wallet off');
  await enter(dialog, keys['withdraw']);
  const verdict = dialog.getByTestId('verdict');
  await expect(verdict).toHaveAttribute('data-verdict', 'refused');
  await expect(verdict).toContainText('This key may withdraw money');
  await expect(verdict).toContainText('Untick withdrawals for this key at Bybit');
  await expect(verdict).toContainText('Nothing of it was kept');

  await dialog.getByRole('button', { name: 'Another key instead' }).click();
  await enter(dialog, { ...required(keys['trade']), secret: 'x'.repeat(32) });
  await expect(verdict).toHaveAttribute('data-verdict', 'refused');
  await expect(verdict).toContainText('The secret does not belong to this key');
  await dialog.getByRole('button', { name: 'Another key instead' }).click();
  await enter(dialog, keys['read-only']);
  await expect(verdict).toHaveAttribute('data-verdict', 'read-only');
  await expect(verdict.locator('[data-right=trade]')).toHaveAttribute('data-is', 'no');
  await dialog.getByTestId('label').fill('Watching only');
  await dialog.getByTestId('add-send').click();
  await expect(dialog.getByTestId('account-added')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();

  const account = page.getByTestId('account');
  await expect(account).toContainText('Watching only');
  await expect(account).toContainText('read-only');
  const seen = await page.content();
  for (const { apiKey, secret } of Object.values(keys)) {
    expect(seen).not.toContain(secret);
    expect(seen).not.toContain(apiKey);
  }
});

test('a key revoked while it runs is said, its figures stop passing for live, and another takes its place', async ({
  page,
  simulator,
}) => {
  await openAccounts(page);
  await addDemo(page, 'bybit');
  const account = page.getByTestId('account');
  await expect(account.getByTestId('account-word')).toHaveText('live');
  await tab(page, 'balances');
  await expect(row(page, 'USDT').first()).toHaveAttribute('data-fresh', 'fresh');
  await simulator.post('accounts', { venue: 'bybit', key: 'trade', action: 'revoke' });
  await simulator.post('accounts', { venue: 'bybit', key: 'trade', action: 'disconnect' });
  await expect(account.getByTestId('account-word')).toHaveText('refused', { timeout: 45_000 });
  await expect(account.getByTestId('account-what')).toContainText('Bybit does not know this key');
  await expect(account.getByTestId('account-next')).toContainText('make a new one');
  await expect(row(page, 'USDT').first()).toHaveAttribute('data-fresh', 'stale');
  await account.locator('[data-action=rotate]').click();
  const dialog = page.getByTestId('rotate-dialog');
  const keys = await keysOf(simulator, 'bybit');
  await enter(dialog, keys['withdraw']);
  await expect(dialog).toContainText('The old key is still in use; nothing was changed.');
  await enter(dialog, keys['read-only']);
  await expect(dialog).toContainText('The new key is in use.');
  await page.keyboard.press('Escape');
  await expect(account.getByTestId('account-word')).toHaveText('live', { timeout: 45_000 });
  await expect(row(page, 'USDT').first()).toHaveAttribute('data-fresh', 'fresh');
});

test('an account is renamed, compared, and removed after a second question', async ({ page }) => {
  await openAccounts(page);
  await addDemo(page, 'upbit');
  const account = page.getByTestId('account');
  await expect(account.getByTestId('account-word')).toHaveText('live');
  await account.locator('[data-action=rename]').click();
  await page.getByTestId('rename-dialog').getByRole('textbox').fill('서울');
  await page.keyboard.press('Enter');
  await expect(account).toContainText('서울');
  await account.locator('[data-action=reconcile]').click();
  await expect(account.getByTestId('account-reconciled')).toHaveText(
    /compared \d+ ms ago|compared \d\.\d s ago/,
  );
  await account.locator('[data-action=remove]').click();
  await expect(page.getByTestId('remove-dialog')).toContainText('positions and open orders stay');
  await page.getByTestId('remove-sure').click();
  await expect(page.getByTestId('no-accounts')).toBeVisible();
});

test('rows are filtered by venue and account, sorted, walked by keys and saved exactly', async ({
  page,
  desk,
}) => {
  test.skip(desk.shell === 'desktop', 'the desktop asks where to save');
  await openAccounts(page);
  await addDemo(page, 'binance');
  await addDemo(page, 'upbit');
  await expect(page.getByTestId('account').filter({ hasText: 'live' })).toHaveCount(2);
  await tab(page, 'balances');
  await expect(row(page, 'KRW').first()).toBeVisible();
  await page.getByTestId('filter-venue').selectOption('upbit');
  await expect(holdings(page).locator('[data-key^="binance#"]')).toHaveCount(0);
  await holdings(page).locator('[data-sort=total]').click();
  await expect(
    holdings(page).getByTestId('holdings-row').first().locator('[data-column=currency]'),
  ).toHaveText('KRW');
  const download = page.waitForEvent('download');
  await holdings(page).getByTestId('holdings-csv').click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^heartline-balances-\d{8}-\d{6}\.csv$/);
  const text = await readFile((await file.path()) ?? '', 'utf8');
  expect(text).toMatch(/^\uFEFFVenue,Account,Environment,Currency,Total,Free,In use,Worth USDT,Worth KRW,/);
  expect(text).toMatch(/\r\nupbit,[^,]+,simulator,KRW,[\d.]+,/);

  await page.getByTestId('filter-venue').selectOption('binance');
  await tab(page, 'positions');
  const grid = holdings(page).getByTestId('positions');
  await expect(holdings(page).getByTestId('holdings-row').first()).toBeVisible();
  await grid.focus();
  await page.keyboard.press('End');
  const name = await holdings(page)
    .locator('[data-testid=holdings-row][aria-selected=true] strong')
    .textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('chart-instrument')).toHaveText(name ?? '');
});

test('past orders and fills are read of one account when asked for', async ({ page }) => {
  await openAccounts(page);
  await addDemo(page, 'bybit');
  await expect(page.getByTestId('account-word')).toHaveText('live');
  await tab(page, 'closed');
  await page.getByTestId('past-orders').click();
  await expect(page.getByTestId('closed-orders').or(page.getByText('knows of none'))).toBeVisible();
  await page.getByTestId('past-fills').click();
  await expect(page.getByTestId('past-fill-rows').or(page.getByText('knows of none'))).toBeVisible();
});

test('below the chart the holdings stand beside the log', async ({ page }) => {
  await expect(page.getByTestId('panel-positions')).toContainText('No account yet');
  await openAccounts(page);
  await addDemo(page, 'binance');
  await page.keyboard.press('Alt+1');
  await showPanel(page, 'log');
  await expect(page.getByTestId('log')).toBeVisible();
  await showPanel(page, 'positions');
  await expect(page.getByTestId('panel-positions').getByTestId('positions')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

for (const theme of ['Dark', 'Light'] as const) {
  test(`the accounts have nothing that axe objects to, in either language, ${theme.toLowerCase()}`, async ({
    page,
  }) => {
    await openAccounts(page);
    await addDemo(page, 'binance');
    await expect(page.getByTestId('account-word')).toHaveText('live');
    for (const language of ['English', '한국어']) {
      await page.getByTestId('settings-button').click();
      await page
        .getByTestId('settings-menu')
        .getByText(theme === 'Dark' ? /^Dark$|^어둡게$/ : /^Light$|^밝게$/)
        .click();
      await page.getByTestId('settings-menu').getByText(language, { exact: true }).click();
      await page.keyboard.press('Escape');
      for (const one of ['positions', 'orders', 'balances', 'fills', 'closed']) {
        await tab(page, one);
        await expect(page.getByTestId('panel-holdings').getByRole('tabpanel')).toBeVisible();
        expect(await violations(page)).toEqual([]);
      }
      await page.getByTestId('account-add').click();
      await expect(page.getByTestId('key-entry')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
}

test('what all accounts hold stands in the top bar, leads to the balances, and is struck through with the engine gone', async ({
  page,
  desk,
  faults,
}) => {
  test.skip(desk.shell === 'desktop', 'in the desktop app the engine and the window end together');
  faults.allow(/ERR_CONNECTION_REFUSED|WebSocket connection to/);
  await expect(page.getByTestId('worth-figure')).toHaveCount(0);
  await openAccounts(page);
  await addDemo(page, 'binance');
  const sum = page.getByTestId('worth-sum');
  await expect(sum).toHaveText(/^≈ [\d,.]+ (?:KRW|USDT)$/);
  await expect(sum).toHaveAttribute('data-fresh', 'fresh');
  await page.getByRole('button', { name: 'Desk' }).first().click();
  await page.getByTestId('worth-figure').click();
  await expect(holdings(page).locator('[data-tab=balances]')).toHaveAttribute('aria-selected', 'true');
  process.kill(desk.pid, 'SIGKILL');
  await expect(sum).toHaveAttribute('data-fresh', 'stale');
});

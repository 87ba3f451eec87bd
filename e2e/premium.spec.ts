import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { violations } from './violations.ts';

/** Prices move between the simulator's answer and the desk's frame, and the two legs are not of one instant. */
const WITHIN = 0.008;

test('every coin stands against each won and each tether venue, and the premium is what the market’s truth says', async ({
  page,
  simulator,
}) => {
  await openPremium(page);
  const pairs = await page
    .getByTestId('premium-row')
    .evaluateAll((rows) => rows.map((row) => row.dataset['pair'] ?? ''));
  for (const krw of ['upbit', 'bithumb']) {
    for (const usdt of ['binance', 'bybit']) {
      expect(pairs).toContain(`${krw}:BTC-KRW ${usdt}:BTC-USDT-PERP`);
    }
  }
  for (const venue of ['upbit', 'bithumb']) {
    const official = row(page, `${venue}:BTC-KRW binance:BTC-USDT-PERP`).getByTestId('premium-official');
    await expect(official).toHaveText(/^[+−]\d+\.\d\d%$/);
    const { premiums } = (await simulator.get('truth/fx')) as { premiums: Record<string, number> };
    expect(Math.abs((await shareIn(official)) - (premiums[venue] ?? Number.NaN))).toBeLessThan(WITHIN);
  }
  // In and out are told for the sum chosen, and a round trip never pays.
  const upbit = row(page, 'upbit:BTC-KRW binance:BTC-USDT-PERP');
  const [into, out] = [
    await shareIn(upbit.getByTestId('premium-in')),
    await shareIn(upbit.getByTestId('premium-out')),
  ];
  expect((1 + into) * (1 + out)).toBeLessThan(1);
  await expect(upbit.getByTestId('premium-filled')).toHaveText(/%$/);
  await expect(upbit.getByTestId('premium-age')).toHaveText(/\d m?s$/);
  await expect(page.getByTestId('fx-tethers')).toHaveText(/Upbit 1,\d{3}.*Bithumb 1,\d{3}/);
});

test('a rate typed in is used and said, one far off asks twice, and the source comes back', async ({
  page,
}) => {
  await openPremium(page);
  await expect(page.getByTestId('fx-source')).toHaveText('from the simulated market');
  const official = row(page, 'upbit:BTC-KRW binance:BTC-USDT-PERP').getByTestId('premium-official');
  const told = Number((await page.getByTestId('fx-rate').textContent())?.replace(',', ''));
  const before = await shareIn(official);

  await page.getByTestId('fx-type').click();
  const form = page.getByTestId('fx-form');
  await form.getByRole('textbox').fill('many');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('alert')).toContainText('Nothing was changed');
  // A digit too many.
  await form.getByRole('textbox').fill('13924');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('alert')).toContainText('A slip?');
  await expect(page.getByTestId('fx-source')).toHaveText('from the simulated market');
  await form.getByRole('textbox').fill('1,300.00');
  await page.keyboard.press('Enter');

  await expect(page.getByTestId('fx-source')).toHaveText('typed in by you');
  await expect(page.getByTestId('fx-rate')).toHaveText('1,300.00');
  await expect
    .poll(async () => Math.abs((await shareIn(official)) - (((1 + before) * told) / 1300 - 1)))
    .toBeLessThan(WITHIN);

  await page.getByTestId('fx-type').click();
  await page.getByRole('button', { name: 'Back to the source' }).click();
  await expect(page.getByTestId('fx-source')).toHaveText('from the simulated market');
});

test('a leg that goes silent greys its rows and is named; the rows of the other venue go on', async ({
  page,
  simulator,
}) => {
  await openPremium(page);
  const silent = row(page, 'upbit:BTC-KRW binance:BTC-USDT-PERP');
  const well = row(page, 'bithumb:BTC-KRW binance:BTC-USDT-PERP');
  await expect(silent).toHaveAttribute('data-fresh', 'fresh');
  await simulator.post('faults', { kind: 'refuse', venue: 'upbit' });
  await simulator.post('faults', { kind: 'reset', venue: 'upbit' });
  await expect(silent).toHaveAttribute('data-fresh', 'stale');
  await expect(silent.getByTestId('premium-stale')).toHaveText('Upbit stale');
  await expect(silent.getByTestId('premium-official')).toHaveAttribute('data-fresh', /stale|unknown/);
  await expect(well).toHaveAttribute('data-fresh', 'fresh');
  await simulator.delete('faults');
  await expect(silent).toHaveAttribute('data-fresh', 'fresh', { timeout: 45_000 });
  await expect(silent.getByTestId('premium-stale')).toHaveCount(0);
});

test('the table is sorted, filtered and added to, for another sum, and left by keys alone', async ({
  page,
}) => {
  await openPremium(page);
  const rows = page.getByTestId('premium-row');
  const byKrw = page.locator('[data-sort=krwPrice]');
  await byKrw.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('columnheader').filter({ has: byKrw })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(rows.first()).toHaveAttribute('data-pair', /BTC-KRW/);
  await page.keyboard.press('Enter');
  await expect(rows.first()).not.toHaveAttribute('data-pair', /BTC-KRW/);
  await page.keyboard.press('Enter');

  await page.locator('[data-preset="100000000"]').click();
  await expect(page.locator('[data-sort=executableIn]')).toHaveText('In, 100M');
  await page.getByTestId('premium-notional').fill('1억 5천만');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-sort=executableIn]')).toHaveText('In, 150M');
  await expect(row(page, 'upbit:BTC-KRW binance:BTC-USDT-PERP').getByTestId('premium-in')).toHaveText(/%$/);
  await page.getByTestId('premium-notional').fill('many');
  await expect(page.getByTestId('panel-premium').getByRole('alert')).toContainText('From 10K to 1T won');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('premium-notional')).toHaveValue('150M');

  const filter = page.getByTestId('premium-filter');
  await filter.fill('xrp');
  await expect(rows).toHaveCount(4);
  await filter.fill('ada');
  await page.getByRole('button', { name: 'Compare ADA' }).click();
  await expect(rows).toHaveCount(4);
  await filter.fill('nosuchcoin');
  await expect(page.getByTestId('premium-table')).toContainText('No coin called “NOSUCHCOIN”');
  await filter.fill('eth');

  await page.getByTestId('premium-table').focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('premium-details')).toContainText(/÷ \(.*\) − 1 = [+−]/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('chart-instrument')).toHaveText('ETH-KRW');
});

test('what the premium watches is let go of when it is left', async ({ page, desk }) => {
  test.skip(desk.shell === 'desktop', 'a message port cannot be listened to from outside');
  const open = new Map<number, string>();
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const message = typeof payload === 'string' ? JSON.parse(payload) : {};
      if (message.t === 'watch') open.set(message.id, message.name);
      if (message.t === 'unwatch') open.delete(message.id);
    }),
  );
  await page.reload();
  await openPremium(page);
  expect([...open.values()].filter((name) => name === 'premium')).toHaveLength(1);
  await page.locator('[data-preset="1000000"]').click();
  await expect(page.locator('[data-sort=executableIn]')).toHaveText('In, 1M');
  expect([...open.values()].filter((name) => name === 'premium')).toHaveLength(1);
  await page.keyboard.press('Alt+1');
  await expect.poll(() => [...open.values()]).not.toContain('premium');
});

for (const theme of ['Dark', 'Light'] as const) {
  test(`the premium has nothing that axe objects to, in either language, ${theme.toLowerCase()}`, async ({
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
      await openPremium(page);
      await page.getByTestId('fx-type').click();
      await expect(page.getByTestId('fx-form')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await expect(page.locator('[data-preset="10000000"]')).toHaveText('1,000만');
  });
}

async function openPremium(page: Page): Promise<void> {
  await page.getByTestId('desk').waitFor();
  await page.keyboard.press('Alt+3');
  await expect(row(page, 'upbit:BTC-KRW binance:BTC-USDT-PERP').getByTestId('premium-in')).toHaveText(/%$/);
}

function row(page: Page, pair: string): Locator {
  return page.locator(`[data-testid=premium-row][data-pair="${pair}"]`);
}

/** `+4.24%` → 0.0424. */
async function shareIn(cell: Locator): Promise<number> {
  const text = (await cell.textContent()) ?? '';
  return Number(text.replace('−', '-').replace('%', '')) / 100;
}

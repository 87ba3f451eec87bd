import { expect, type Locator, type Page } from '@playwright/test';
import { addDemo, openAccounts } from './accounts-view.ts';
import { test } from './app.ts';
import { violations } from './violations.ts';
import { showPanel } from './workspace.ts';

interface Placed {
  readonly path: string;
  readonly method: string;
}

/** Orders the simulator was asked to take. */
async function placed(simulator: { get(path: string): Promise<unknown> }): Promise<number> {
  const { requests } = (await simulator.get('requests?venue=binance')) as { requests: readonly Placed[] };
  return requests.filter(({ method, path }) => method === 'POST' && path.split('?')[0] === '/fapi/v1/order')
    .length;
}

async function openLadder(page: Page): Promise<Locator> {
  await openAccounts(page);
  await addDemo(page, 'binance');
  await expect(page.getByTestId('account-word')).toHaveText('live');
  await page.keyboard.press('Alt+1');
  await showPanel(page, 'ladder');
  await page.getByTestId('ladder-quantity').fill('0.011');
  const rows = page.getByTestId('ladder-row');
  await expect(rows.first()).toHaveAttribute('data-price', /\d/);
  // The engine has judged the ticket: every proof it needs is there.
  await expect(page.locator('[data-testid=proofs] [data-state=ok]')).toHaveCount(4);
  return rows;
}

/** A row some way below the market, where a buy order stands and waits. */
async function lowRow(rows: Locator): Promise<Locator> {
  return rows.nth((await rows.count()) - 3);
}

const own = (page: Page) => page.locator('[data-testid=ladder-row][data-mine]');

test('a click asks, Enter places exactly one order, a drag changes its price, and the cross cancels it', async ({
  page,
  simulator,
}) => {
  const rows = await openLadder(page);
  // A hundred steps a row, so that the market does not come down to the order meanwhile.
  await page.getByTestId('ladder-group').selectOption('100');
  await expect(rows.first()).toHaveAttribute('data-price', /\d/);
  const row = await lowRow(rows);
  const before = await placed(simulator);
  await row.locator('[data-cell=bid]').click();
  const price = (await row.getAttribute('data-price')) ?? '';
  const strip = page.getByTestId('ladder-confirm');
  await expect(strip.getByTestId('ladder-order')).toContainText('Buy 0.011');
  await expect(page.getByTestId('ladder-confirm-do')).toHaveAttribute('aria-disabled', 'false');
  expect(await placed(simulator)).toBe(before);
  await page.keyboard.press('Enter');
  await expect(own(page).filter({ hasText: '0.011' })).toHaveAttribute('data-price', price);
  expect(await placed(simulator)).toBe(before + 1);

  const target = rows.nth((await rows.count()) - 1);
  const to = (await target.getAttribute('data-price')) ?? '';
  const cell = own(page).filter({ hasText: '0.011' }).locator('[data-cell=own]');
  const drag = async () => {
    const from = await cell.boundingBox();
    const end = await target.boundingBox();
    if (!from || !end) throw new Error('nothing to drag');
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, end.y + 10, { steps: 5 });
    await expect(target.locator('[data-cell=own]')).toHaveAttribute('data-ghost', '0.011');
  };
  await drag();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.getByTestId('amend-strip')).toHaveCount(0);
  await drag();
  await page.mouse.up();
  await expect(page.getByTestId('amend-what')).toContainText('price');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('change-said')).toContainText('The venue has taken it');
  await expect(own(page).filter({ hasText: '0.011' })).toHaveAttribute('data-price', to);
  expect(await placed(simulator)).toBe(before + 1);

  await own(page).filter({ hasText: '0.011' }).locator('[data-cell=cancel]').click();
  await expect(own(page).filter({ hasText: '0.011' })).toHaveCount(0);
});

test('keys do what the pointer does, one press at a time, and Esc drops what was asked', async ({
  page,
  simulator,
}) => {
  const rows = await openLadder(page);
  await page.getByTestId('ladder-group').selectOption('100');
  await expect(rows.first()).toHaveAttribute('data-price', /\d/);
  const before = await placed(simulator);
  const row = await lowRow(rows);
  await row.focus();
  await page.keyboard.press('ArrowDown');
  const focused = page.locator('[data-testid=ladder-row]:focus');
  const price = (await focused.getAttribute('data-price')) ?? '';
  await expect(focused).toHaveAttribute('aria-label', /\d/);
  await page.keyboard.press('b');
  await expect(page.getByTestId('ladder-order')).toContainText('Buy 0.011');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('ladder-confirm')).toHaveCount(0);
  await expect(focused).toHaveAttribute('data-price', price);

  await page.keyboard.press('b');
  await expect(page.getByTestId('ladder-confirm-do')).toBeFocused();
  await expect(page.getByTestId('ladder-confirm-do')).toHaveAttribute('aria-disabled', 'false');
  // Held down, it repeats: that is one press.
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(own(page).filter({ hasText: '0.011' })).toHaveAttribute('data-price', price);
  expect(await placed(simulator)).toBe(before + 1);
  await own(page).filter({ hasText: '0.011' }).focus();
  await page.keyboard.press('x');
  await expect(own(page).filter({ hasText: '0.011' })).toHaveCount(0);
});

test('one-click orders are switched on past a warning, said all the time, and leave at the first click', async ({
  page,
  simulator,
}) => {
  const rows = await openLadder(page);
  await page.getByTestId('ladder-group').selectOption('100');
  await expect(rows.first()).toHaveAttribute('data-price', /\d/);
  await expect(page.getByTestId('ladder-mode')).toHaveText('CONFIRM');
  await page.getByTestId('ladder-mode').click();
  await expect(page.getByTestId('one-click-warning')).toContainText('A slip of the hand is an order');
  await page.getByTestId('one-click-on').click();
  await expect(page.getByTestId('ladder-mode')).toHaveText('ONE CLICK');
  const before = await placed(simulator);
  const row = await lowRow(rows);
  await row.locator('[data-cell=bid]').dblclick();
  await expect(own(page).filter({ hasText: '0.011' })).toHaveCount(1);
  expect(await placed(simulator)).toBe(before + 1);
  await page.getByTestId('ladder-cancel-buy').click();
  await expect(own(page).filter({ hasText: '0.011' })).toHaveCount(0);
});

test('a book that cannot be believed fades, and a click on it sends nothing', async ({ page, simulator }) => {
  const rows = await openLadder(page);
  const before = await placed(simulator);
  await simulator.post('faults', { kind: 'mute', venue: 'binance' });
  await expect(page.getByTestId('ladder')).toHaveAttribute('data-fresh', 'stale', { timeout: 40_000 });
  const row = await lowRow(rows);
  await row.locator('[data-cell=bid]').click();
  await expect(page.getByTestId('ladder-refusal')).toContainText('cannot be believed');
  await expect(page.getByTestId('ladder-confirm')).toHaveCount(0);
  expect(await placed(simulator)).toBe(before);
});

test('a stop is asked for by the right button, with the side of the column', async ({ page }) => {
  const rows = await openLadder(page);
  await rows.first().locator('[data-cell=bid]').click({ button: 'right' });
  await expect(page.getByTestId('ladder-order')).toContainText('Stop market');
  await expect(page.getByTestId('ladder-order')).toContainText('Buy 0.011 · Trigger');
  await page.getByTestId('ladder-confirm-drop').click();
  await expect(page.getByTestId('ladder-confirm')).toHaveCount(0);
});

for (const theme of ['Dark', 'Light'] as const) {
  test(`the ladder has nothing that axe objects to, in either language, ${theme.toLowerCase()}`, async ({
    page,
  }) => {
    const rows = await openLadder(page);
    for (const language of ['English', '한국어']) {
      await page.getByTestId('settings-button').click();
      const menu = page.getByTestId('settings-menu');
      await menu.getByText(theme === 'Dark' ? /^Dark$|^어둡게$/ : /^Light$|^밝게$/).click();
      await menu.getByText(language, { exact: true }).click();
      await page.keyboard.press('Escape');
      await rows.nth(2).locator('[data-cell=ask]').click();
      await expect(page.getByTestId('ladder-confirm')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByTestId('ladder-confirm-drop').click();
    }
  });
}

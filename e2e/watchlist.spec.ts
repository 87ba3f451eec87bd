import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './app.ts';

const rowsOf = (page: Page) => page.getByTestId('panel-watchlist').getByTestId('watchlist-row');
const namesOf = (rows: Locator) => rows.evaluateAll((all) => all.map((row) => row.dataset['instrument']));

async function chooseInMenu(page: Page, ...entries: readonly string[]): Promise<void> {
  await page.getByTestId('panel-watchlist').getByTestId('watch-menu').click();
  for (const entry of entries) await page.getByTestId(entry).click();
}

async function makeList(page: Page, name: string): Promise<void> {
  await chooseInMenu(page, 'watch-menu-new');
  await page.getByTestId('watch-name-field').fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('watch-name')).toBeHidden();
}

test('lists are made, renamed, moved and removed, also with a name that reads from the right, and are there after a reload', async ({
  page,
}) => {
  const tabs = page.getByTestId('watch-tab');
  await makeList(page, 'Alts');
  await makeList(page, '<b>مراقبة\u202E</b>');
  await expect(tabs).toHaveText([/Watchlist/, /Alts/, /<b>مراقبة <\/b>/]);
  await expect(tabs.last()).toHaveAttribute('aria-selected', 'true');
  await expect(rowsOf(page)).toHaveCount(0);
  await chooseInMenu(page, 'watch-menu-earlier');
  await expect(tabs).toHaveText([/Watchlist/, /مراقبة/, /Alts/]);
  await tabs.last().click();
  await chooseInMenu(page, 'watch-menu-rename');
  await page.getByTestId('watch-name-field').fill('Small caps');
  await page.keyboard.press('Enter');
  await page.reload();
  await expect(tabs).toHaveText([/Watchlist/, /مراقبة/, /Small caps/]);
  await tabs.nth(1).click();
  await chooseInMenu(page, 'watch-menu-remove');
  await expect(tabs).toHaveText([/Watchlist/, /Small caps/]);
  await expect(tabs.first()).toHaveAttribute('aria-selected', 'true');
});

test('rows are dragged to another place and to another list, and put into a list from their menu', async ({
  page,
}) => {
  const rows = rowsOf(page);
  const before = await namesOf(rows);
  await makeList(page, 'Alts');
  await page.getByTestId('watch-tab').first().click();
  await rows.nth(0).dragTo(rows.nth(2), { targetPosition: { x: 60, y: 28 } });
  await expect.poll(async () => (await namesOf(rows)).slice(0, 3)).toEqual([before[1], before[2], before[0]]);

  await rows.nth(0).dragTo(page.getByTestId('watch-tab').nth(1));
  await expect.poll(() => namesOf(rows)).not.toContain(before[1]);
  await rows.nth(0).click({ button: 'right' });
  await page.getByTestId('watch-row-lists').click();
  await page.getByTestId('watch-row-lists-list-first').waitFor();
  await page.getByRole('menuitemcheckbox', { name: 'Alts' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByTestId('watch-tab').nth(1).click();
  await expect.poll(() => namesOf(rows)).toEqual([before[1], before[2]]);
});

test('rows are sorted by a column, and go back to the person’s own order', async ({ page, simulator }) => {
  await simulator.post('pause');
  const rows = rowsOf(page);
  const own = await namesOf(rows);
  await chooseInMenu(page, 'watch-menu-sort', 'watch-menu-sort-sort-change');
  const changes = async () =>
    (await page.getByTestId('watchlist-change').allTextContents()).map((text) =>
      Number(text.replace('−', '-').replace('%', '').replace('—', 'NaN')),
    );
  await expect
    .poll(async () => {
      const shown = await changes();
      return shown.every((value, at) => at === 0 || Number.isNaN(value) || value <= (shown[at - 1] ?? 0));
    })
    .toBe(true);
  await chooseInMenu(page, 'watch-menu-sort', 'watch-menu-sort-sort-manual');
  await expect.poll(() => namesOf(rows)).toEqual(own);
});

test('columns are chosen, stay with the layout, and a line of the day is drawn', async ({ page }) => {
  await chooseInMenu(
    page,
    'watch-menu-columns',
    'watch-menu-columns-column-funding',
    'watch-menu-columns-column-spark',
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  const first = rowsOf(page).first();
  await expect(first.getByTestId('watchlist-funding')).toHaveText(/%/);
  await expect(first.getByTestId('watchlist-spark').locator('path')).toHaveAttribute('d', /L/, {
    timeout: 20_000,
  });
  // The layout is written a moment after the change.
  await page.waitForTimeout(1_500);
  await page.reload();
  await expect(first.getByTestId('watchlist-funding')).toHaveText(/%/);
});

test('of any row an alert is set, and a chart opened, without the desk losing what it is about', async ({
  page,
}) => {
  const rows = rowsOf(page);
  const names = await namesOf(rows);
  const other = names.find((name) => name !== 'binance:BTC-USDT-PERP') ?? '';
  const row = page.getByTestId('panel-watchlist').locator(`[data-instrument="${other}"]`);
  const [, symbol = ''] = other.split(':');
  await row.click({ button: 'right' });
  await page.getByTestId('watch-row-chart').click();
  await expect(page.getByTestId('chart-instrument').filter({ visible: true })).toHaveText(symbol);
  await row.click({ button: 'right' });
  await page.getByTestId('watch-row-alert').click();
  await expect(page.getByTestId('alert-form')).toBeVisible();
  await expect(page.getByTestId('alert-instrument')).toHaveValue(other);
  await expect(page.getByTestId('alert-level')).toHaveValue('');
  await page.getByTestId('alert-level').fill('900000000');
  await page.getByTestId('alert-save').click();
  await expect(page.getByTestId('alert')).toContainText(symbol);
  await expect(rows.and(page.locator('[aria-selected=true]'))).toHaveAttribute(
    'data-instrument',
    'binance:BTC-USDT-PERP',
  );
});

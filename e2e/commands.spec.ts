import { expect, type Page } from '@playwright/test';
import { test } from './app.ts';
import { hangulInput } from './ime.ts';
import { violations } from './violations.ts';

const palette = (page: Page) => page.getByTestId('palette');
const line = (page: Page, key: string) => palette(page).locator(`[data-line="${key}"]`);

async function open(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette-input')).toBeFocused();
}

/** Nothing has the focus. */
async function onNothing(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

test('Ctrl+K finds commands and instruments in either language, and does what Enter says', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.type('light');
  await expect(line(page, 'look.theme light')).toBeVisible();
  await palette(page).locator('[data-line="look.theme light"]').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(palette(page)).toBeHidden();

  // Korean, while the desk speaks English; and what was done last comes first.
  await open(page);
  await expect(palette(page).locator('[cmdk-item]').first()).toContainText('Theme…');
  await page.getByTestId('palette-input').fill('테마 전환');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await open(page);
  await page.getByTestId('palette-input').fill('ㅇㄷㄹㅇ');
  await expect(palette(page).locator('[cmdk-item][aria-selected=true]')).toContainText('ETH-USDT-PERP');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('chart-instrument').first()).toContainText('ETH-USDT-PERP');

  // It is remembered over a reload.
  await page.reload();
  await expect(page.getByTestId('chart-instrument').first()).toContainText('ETH-USDT-PERP');
  await open(page);
  await expect(palette(page).locator('[cmdk-item]').first()).toContainText('ETH-USDT-PERP');
});

test('a command that wants to know more asks on a page of its own, and Esc goes back step by step', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.type('interval');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveAttribute('data-page', 'chart.interval');
  await page.keyboard.type('15');
  await expect(palette(page).locator('[cmdk-item]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('palette-input')).toHaveValue('');
  await expect(palette(page)).toHaveAttribute('data-page', 'chart.interval');
  await page.keyboard.press('Escape');
  await expect(palette(page)).not.toHaveAttribute('data-page', /./);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();

  // Straight to the page by its own keys, and out again at once.
  await onNothing(page);
  await page.keyboard.press('Alt+i');
  await expect(palette(page)).toHaveAttribute('data-page', 'chart.interval');
  await page.keyboard.type('15m');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
  await expect(page.getByTestId('interval-switch').locator('[data-interval="15m"]').first()).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('what cannot be done now says why, and nonsense finds nothing', async ({ page }) => {
  await open(page);
  await page.keyboard.type('close the position');
  const item = line(page, 'order.close');
  await expect(item).toContainText('There is no position in this instrument');
  await item.click();
  await expect(page.getByTestId('palette-foot')).toContainText('There is no position in this instrument');
  await expect(palette(page)).toBeVisible();

  await page.getByTestId('palette-input').fill('<b>\u202Exyzzy');
  await expect(page.getByTestId('palette-foot')).toContainText('xyzzy');
  await expect(palette(page).locator('[cmdk-item]')).toHaveCount(0);
});

test('Shift+Enter watches an instrument from the palette', async ({ page }) => {
  const rows = page.getByTestId('watchlist-row');
  const before = await rows.count();
  await open(page);
  await page.keyboard.type('binance doge');
  await expect(palette(page).locator('[cmdk-item][aria-selected=true]')).toContainText('DOGE');
  await page.keyboard.press('Shift+Enter');
  await expect(palette(page).locator('[cmdk-item][aria-selected=true]')).toContainText('watched');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(before + 1);
});

test('typing anywhere searches, in every view, and no letter is lost', async ({ page }) => {
  await onNothing(page);
  await page.keyboard.type('sol');
  await expect(page.getByTestId('instrument-search')).toHaveValue('sol');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Alt+3');
  await onNothing(page);
  await page.keyboard.type('xrp');
  await expect(page.getByTestId('palette-input')).toHaveValue('xrp');
  await expect(palette(page).locator('[cmdk-item]').first()).toContainText('XRP');
});

test('a Hangul input method composes from the first letter on', async ({ page }) => {
  await onNothing(page);
  const hangul = await hangulInput(page);
  const search = page.getByTestId('instrument-search');
  await hangul.press('ㅂ', 'ㅂ');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('ㅂ');
  await hangul.press('ㅣ', '비');
  await hangul.press('ㅌ', '빝');
  await hangul.press('ㅡ', '비트');
  await hangul.commit('비트');
  await expect(search).toHaveValue('비트');
  await expect(page.locator('.search-result').first()).toContainText('BTC');
  await page.keyboard.press('Escape');

  // Where the first key comes as a Latin letter, since nothing took text when it was pressed, the word is mended.
  await onNothing(page);
  await page.keyboard.press('q');
  await expect(search).toHaveValue('q');
  await hangul.press('ㅣ', 'ㅣ');
  await hangul.commit('ㅣ');
  await expect(search).toHaveValue('비');
  await hangul.press('ㅌ', 'ㅌ');
  await hangul.press('ㅡ', '트');
  await hangul.commit('트');
  await expect(search).toHaveValue('비트');
  await expect(page.locator('.search-result').first()).toContainText('BTC');
});

test('the palette and the sheet of keys have no accessibility violations in either theme', async ({
  page,
}) => {
  for (const theme of ['dark', 'light'] as const) {
    await open(page);
    await page.getByTestId('palette-input').fill(`> ${theme}`);
    await palette(page).locator(`[data-line="look.theme ${theme}"]`).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await open(page);
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('palette-input').fill('btc');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await onNothing(page);
    await page.keyboard.press('Shift+?');
    await expect(page.getByTestId('cheat-sheet')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('cheat-sheet')).toBeHidden();
  }
});

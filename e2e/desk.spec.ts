import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { showPanel } from './workspace.ts';

test('the chart begins with a thousand candles, grows by the minute, and loads older ones when scrolled back', async ({
  page,
}) => {
  await expect.poll(() => candleCount(page)).toBeGreaterThanOrEqual(1_000);
  const atFirst = await candleCount(page);
  // At most a minute away: the next candle joins, and no hole is left before it.
  await expect.poll(() => candleCount(page), { timeout: 70_000 }).toBe(atFirst + 1);
  await expect(page.getByTestId('chart-provenance')).toBeHidden();

  await page.getByTestId('chart').focus();
  await expect
    .poll(async () => {
      await page.keyboard.press('Shift+ArrowLeft');
      return candleCount(page);
    })
    .toBeGreaterThanOrEqual(atFirst + 1_000);
  await expect(page.getByTestId('chart-provenance')).toBeHidden();
});

test('the legend names the candle under the crosshair, in local time and UTC', async ({ page }) => {
  const legend = page.getByTestId('chart-legend');
  const chart = await page.getByTestId('chart').boundingBox();
  if (!chart) throw new Error('the chart has no place on the screen');
  await page.mouse.move(chart.x + chart.width / 2, chart.y + chart.height / 2);
  await expect(legend).toContainText(/^O[\d,.]+H[\d,.]+L[\d,.]+C[\d,.]+V.+%\d{4}-\d\d-\d\d \d\d:\d\d .*UTC$/);
});

test('digits or a comma typed anywhere choose the interval', async ({ page }) => {
  await page.keyboard.type('15');
  await expect(page.getByTestId('interval-box')).toContainText('15 minutes');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-interval="15m"]')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('chart-loading')).toBeHidden();
  await expect.poll(() => candleCount(page)).toBeGreaterThanOrEqual(1_000);

  await page.keyboard.press('Comma');
  await page.keyboard.type('7x');
  await expect(page.getByTestId('interval-box')).toContainText('no “7x” candles');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-interval="15m"]')).toHaveAttribute('aria-pressed', 'true');
});

test('Korean and the Korean colours are chosen in the settings and kept over a reload', async ({ page }) => {
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-menu').getByText('한국어', { exact: true }).click();
  await page.getByTestId('settings-menu').getByText('한국식', { exact: true }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.locator('html')).toHaveAttribute('data-direction', 'korean');
  await expect(page.getByTestId('panel-watchlist')).toContainText('관심 종목');
  await expect(page.getByTestId('demo-badge')).toContainText('모의 시장');
  await expect(page.getByTestId('chip-word').first()).toHaveText('실시간');
});

test('the watchlist is worked from the keyboard alone, also with a Hangul input method on', async ({
  page,
}) => {
  const rows = page.getByTestId('watchlist-row');
  const names = () => rows.evaluateAll((all) => all.map((row) => row.dataset['instrument']));
  const before = await names();
  await page.getByTestId('panel-watchlist').getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(rows.nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('chart-instrument')).toHaveText(before[2]?.split(':')[1] ?? '');

  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(async () => (await names()).slice(0, 3)).toEqual([before[0], before[2], before[1]]);
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(names).toEqual(before);

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await expect.poll(names).toEqual(before.filter((_, at) => at !== 3));

  // The keys d o g e on the Korean layout; Binance comes first, and its DOGE is not on the list at the beginning.
  const doge = 'binance:DOGE-USDT-PERP';
  expect(before).not.toContain(doge);
  await page.getByTestId('instrument-search').fill('앻ㄷ');
  await page.keyboard.press('Shift+Enter');
  await expect.poll(async () => (await names()).at(-1)).toBe(doge);
  await page.keyboard.press('Shift+Enter');
  await expect.poll(names).not.toContain(doge);
});

test('a venue tells of its connections and their streams, and reconnects when asked', async ({ page }) => {
  await showPanel(page, 'log');
  await page.getByTestId('venue-chip').filter({ hasText: 'Binance' }).click();
  const details = page.getByTestId('venue-details');
  const parts = details.getByTestId('connection-details');
  await expect(parts).toHaveCount(2);
  await expect(parts.first().getByTestId('connection-state')).toContainText('Live, with');
  await expect(parts.last().getByTestId('connection-state')).toContainText('Live, with');
  await expect(details).toContainText('Book · BTC-USDT-PERP');
  await details.getByRole('button', { name: 'Reconnect now' }).click();
  await expect(page.getByTestId('log')).toContainText('You asked to reconnect Binance.');
  await expect(parts.first().getByTestId('connection-state')).toContainText('Live, with');
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
});

test('without its market not one figure on the desk looks fresh, and the reason stands there in words', async ({
  page,
  simulator,
}) => {
  // The whole desk first: what never came cannot go stale.
  await showPanel(page, 'log');
  await expect(page.getByTestId('book-notice')).toBeHidden({ timeout: 30_000 });
  await simulator.post('stop');
  const fresh = () => page.locator('[data-fresh="fresh"]:not([data-testid="engine-figures"])').count();
  await expect.poll(fresh, { timeout: 30_000 }).toBe(0);
  await expect(page.getByTestId('chart-stale')).toContainText(/Stale since \d\d:\d\d:\d\d .* not live/);
  await expect(page.getByTestId('tape-notice')).toBeVisible();
  await expect(page.getByTestId('book-notice')).toContainText('not live');
  await expect(page).toHaveTitle(/stale/);
  await expect(page.getByTestId('log')).toContainText('is down: the venue refused the connection');
  expect(await violations(page)).toEqual([]);
});

test('a wrong link opens no desk and says what to do', async ({ page, desk, faults }) => {
  test.skip(desk.shell === 'desktop', 'the desktop app has no links');
  faults.allow(/401/);
  const stranger = await page.context().browser()?.newContext();
  const other = await stranger?.newPage();
  await other?.goto(`${new URL(page.url()).origin}/#token=${'x'.repeat(43)}`);
  await expect(other?.getByRole('heading') ?? page.locator('nothing')).toContainText('This link is not from');
  await expect(other?.getByTestId('desk') ?? page.locator('nothing')).toBeHidden();
  await stranger?.close();
});

for (const theme of ['Dark', 'Light'] as const) {
  test(`what opens over the desk has nothing that axe objects to, ${theme.toLowerCase()}`, async ({
    page,
  }) => {
    await page.getByTestId('settings-button').click();
    await page.getByTestId('settings-menu').getByText(theme, { exact: true }).click();
    const found = { settings: await violations(page) };
    await page.keyboard.press('Escape');
    await page.getByTestId('venue-chip').first().click();
    await expect(page.getByTestId('connection-details').first()).toBeVisible();
    const details = await violations(page);
    await page.keyboard.press('Escape');
    await page.keyboard.type('s');
    await expect(page.getByRole('listbox')).toBeVisible();
    const search = await violations(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Comma');
    await expect(page.getByTestId('interval-box')).toBeVisible();
    expect({ ...found, details, search, interval: await violations(page) }).toEqual({
      settings: [],
      details: [],
      search: [],
      interval: [],
    });
  });
}

test('everything has its place in a small window', async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 700 });
  const places = () =>
    page.evaluate(() => {
      const all = [
        ...document.querySelectorAll<HTMLElement>('[data-testid^=panel-], [data-testid=status-bar]'),
      ];
      const shown = all.filter((panel) => panel.checkVisibility());
      const cut = shown.filter((panel) => {
        const { left, top, right, bottom } = panel.getBoundingClientRect();
        return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight || right - left < 200;
      });
      const names = (panels: readonly HTMLElement[]) => panels.map((panel) => panel.dataset['testid']);
      return { cut: names(cut), hidden: names(all.filter((panel) => !shown.includes(panel))) };
    });
  await expect.poll(places).toEqual({ cut: [], hidden: [] });
});

async function candleCount(page: Page): Promise<number> {
  return Number(await page.getByTestId('chart').getAttribute('data-candles'));
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { violations } from './violations.ts';
import { chooseLayout, showPanel } from './workspace.ts';

const tabs = (page: Page) =>
  page
    .getByTestId('workspace')
    .locator('[data-panel]')
    .evaluateAll((all) => all.map((tab) => (tab as HTMLElement).dataset['panel']).toSorted());

/** The layout is written once it has stood for a moment. */
const isKept = (dataDir: string, text: string) =>
  expect.poll(() => readFile(join(dataDir, 'layouts.json'), 'utf8').catch(() => '')).toContain(text);

test('a first start stands in the trading layout, and every preset shows its panels', async ({ page }) => {
  await expect(page.getByTestId('layout-menu')).toContainText('Trade');
  for (const panel of ['watchlist', 'chart', 'book', 'tape', 'ticket', 'positions'])
    await expect(page.getByTestId(`panel-${panel}`)).toBeVisible();
  await chooseLayout(page, 'preset-monitor');
  for (const panel of ['watchlist', 'charts', 'book', 'tape', 'timeline', 'incidents', 'alerts'])
    await expect(page.getByTestId(`panel-${panel}`)).toBeVisible();
  await chooseLayout(page, 'preset-connections');
  for (const panel of ['timeline', 'map', 'heat', 'incidents', 'events', 'plots', 'limits'])
    await expect(page.getByTestId('workspace').locator(`[data-panel=${panel}-1]`)).toBeVisible();
  await chooseLayout(page, 'preset-premium');
  await expect(page.getByTestId('panel-premium')).toBeVisible();
  // The same coin on both sides of the border, linked by colour.
  await expect(page.getByTestId('chart-instrument').nth(0)).toHaveText('BTC-USDT-PERP');
  await expect(page.getByTestId('chart-instrument').nth(1)).toHaveText('BTC-KRW');
});

test('a change of the layout is taken back and brought again', async ({ page }) => {
  const before = await tabs(page);
  await page.getByTestId('workspace').locator('[data-panel=tape-1]').hover();
  await page.getByTestId('workspace').locator('[data-panel=tape-1] .dock-close').click();
  await expect.poll(() => tabs(page)).toEqual(before.filter((tab) => tab !== 'tape-1'));
  await expect(async () => {
    await page.getByTestId('layout-menu').click();
    await expect(page.getByTestId('layout-menu-undo')).not.toHaveAttribute('data-disabled', { timeout: 300 });
  }).toPass();
  await page.getByTestId('layout-menu-undo').click();
  await expect.poll(() => tabs(page)).toEqual(before);
  await expect(page.getByTestId('tape')).toContainText(/\d{2}:\d{2}:\d{2}/);
  await chooseLayout(page, 'redo');
  await expect.poll(() => tabs(page)).toEqual(before.filter((tab) => tab !== 'tape-1'));
});

test('a layout of the person’s own is saved, shown again, renamed, replaced and deleted', async ({
  page,
  desk,
}) => {
  await chooseLayout(page, 'preset-connections');
  await chooseLayout(page, 'save');
  await page.getByTestId('layout-dialog').getByRole('textbox').fill('  Night <b>watch</b> ');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('layout-menu')).toContainText('Night <b>watch</b>');
  await chooseLayout(page, 'preset-trade');
  await expect(page.getByTestId('panel-ticket')).toBeVisible();
  await chooseLayout(page, 'saved-0');
  await expect(page.getByTestId('panel-map')).toBeVisible();
  await chooseLayout(page, 'rename');
  await page.getByTestId('layout-dialog').getByRole('textbox').fill('Night');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('layout-menu')).toHaveText(/^Night/);
  await isKept(desk.dataDir, '"current":"Night"');

  await page.reload();
  await expect(page.getByTestId('panel-map')).toBeVisible();
  await expect(page.getByTestId('layout-menu')).toHaveText(/^Night/);
  await chooseLayout(page, 'remove');
  await page.getByTestId('layout-dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByTestId('layout-dialog')).toHaveCount(0);
  await page.getByTestId('layout-menu').click();
  await expect(page.getByTestId('layout-menu-saved-0')).toHaveCount(0);
  // What stands on the desk stays.
  await expect(page.getByTestId('panel-map')).toBeVisible();
});

test('a layout goes to a file and comes back; nonsense in its place is refused in words', async ({
  page,
}) => {
  await chooseLayout(page, 'preset-connections');
  await expect(page.getByTestId('panel-map')).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), chooseLayout(page, 'export')]);
  const text = await readFile(await download.path(), 'utf8');
  await chooseLayout(page, 'preset-trade');
  await expect(page.getByTestId('panel-ticket')).toBeVisible();

  const offer = (name: string, body: string) =>
    page.getByTestId('layout-file').setInputFiles({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(body),
    });
  for (const [name, body] of [
    ['nothing.json', ''],
    ['page.json', '<script>alert(1)</script>'],
    ['other.json', '{"kind":"other"}'],
    ['huge.json', 'x'.repeat(300_000)],
  ] as const) {
    await offer(name, body);
    await expect(page.locator('.notice').last()).toContainText(`${name} is not a layout of Heartline`);
  }
  await offer('odd.json', text.replaceAll('"map-1"', '"nobody-1"'));
  await expect(page.locator('.notice').last()).toContainText('could not be shown');
  await expect(page.getByTestId('panel-ticket')).toBeVisible();

  await offer('mine.json', text);
  await expect(page.getByTestId('panel-map')).toBeVisible();
  await expect(page.getByTestId('panel-heat')).toBeVisible();
});

test('panels of one colour show one instrument; another colour goes its own way', async ({ page }) => {
  await chooseLayout(page, 'preset-premium');
  const charts = page.getByTestId('chart-instrument');
  await expect(charts).toHaveText(['BTC-USDT-PERP', 'BTC-KRW']);
  await page.keyboard.type('eth');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(charts).toHaveText(['ETH-USDT-PERP', 'BTC-KRW']);
  // Linked with the main colour, the second follows it at once.
  await page.getByTestId('frame-menu-chart-2').click();
  await page.getByRole('menuitem', { name: 'Colour link' }).click();
  await page.getByTestId('frame-menu-chart-2-link-link-main').click();
  await expect(charts).toHaveText(['ETH-USDT-PERP', 'ETH-USDT-PERP']);
});

test('a panel floats, docks again, fills the desk and goes back to its size', async ({ page }) => {
  await page.getByTestId('frame-menu-tape-1').click();
  await page.getByTestId('frame-menu-tape-1-float').click();
  await expect(page.locator('.dv-resize-container').getByTestId('panel-tape')).toBeVisible();
  await page.getByTestId('frame-menu-tape-1').click();
  await page.getByTestId('frame-menu-tape-1-float').click();
  await expect(page.locator('.dv-resize-container')).toHaveCount(0);
  await expect(page.getByTestId('panel-tape')).toBeVisible();
  await page.getByTestId('workspace').locator('[data-tab=chart]').dblclick();
  await expect(page.getByTestId('panel-book')).toBeHidden();
  await page.getByTestId('workspace').locator('[data-tab=chart]').dblclick();
  await expect(page.getByTestId('panel-book')).toBeVisible();
});

test('another view hides the desk and keeps it: the tape goes on where it was', async ({ page }) => {
  await showPanel(page, 'log');
  await page.keyboard.press('Alt+2');
  await expect(page.getByTestId('workspace')).toBeHidden();
  await page.keyboard.press('Alt+1');
  await expect(page.getByTestId('panel-log')).toBeVisible();
});

test('a layout with a panel nobody knows is said, and the desk stands with its own', async ({
  page,
  desk,
}) => {
  await isKept(desk.dataDir, '"current":"trade"');
  // Of another version, perhaps: the engine cannot know, the window does.
  await page.routeWebSocket(/\/contract$/, (window) => {
    const host = window.connectToServer();
    host.onMessage((message) =>
      window.send(typeof message === 'string' ? message.replaceAll('"watchlist-1"', '"nobody-1"') : message),
    );
  });
  await page.reload();
  await expect(page.getByTestId('panel-chart')).toBeVisible();
  await expect(page.getByTestId('panel-ticket')).toBeVisible();
  await expect(page.locator('.notice').filter({ hasText: 'could not be shown' })).toBeVisible();
});

for (const theme of ['Dark', 'Light'] as const) {
  for (const preset of ['trade', 'monitor', 'premium', 'connections'] as const) {
    test(`axe finds nothing to object to in ${preset}, ${theme.toLowerCase()}`, async ({ page }) => {
      await page.getByTestId('settings-button').click();
      await page.getByTestId('settings-menu').getByText(theme, { exact: true }).click();
      await page.keyboard.press('Escape');
      await chooseLayout(page, `preset-${preset}`);
      await expect(page.getByTestId('workspace').locator('.panel-docked').first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  }
}

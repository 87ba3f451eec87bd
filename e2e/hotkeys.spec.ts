import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { addDemo, openAccounts } from './accounts-view.ts';
import { test } from './app.ts';
import { hangulInput } from './ime.ts';
import { violations } from './violations.ts';

const ALT = 1;

async function onNothing(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

async function openKeys(page: Page) {
  await onNothing(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('> settings');
  await page.getByTestId('palette').locator('[data-line="view.settings"]').click();
  const keys = page.getByTestId('hotkeys');
  await keys.scrollIntoViewIfNeeded();
  return keys;
}

async function keptKeys(dataDir: string): Promise<unknown> {
  const kept = JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8')) as {
    readonly hotkeys: { readonly bindings: unknown };
  };
  return kept.hotkeys.bindings;
}

test('keys are recorded, conflicts move them only when that is said, and only differences are kept', async ({
  page,
  desk,
}) => {
  const keys = await openKeys(page);
  const toggle = keys.locator('[data-command="look.theme-toggle"]');
  await toggle.getByTestId('hotkey-record').click();
  await expect(toggle.getByTestId('hotkey-listening')).toBeVisible();

  // A letter alone belongs to the search, and the browser does not give up its own.
  await page.keyboard.press('x');
  await expect(toggle.getByTestId('hotkey-refused')).toContainText('letters open the search');
  await page.keyboard.press('Control+j');
  await expect(toggle.getByTestId('hotkey-keys')).toHaveText('CtrlJ');
  await expect.poll(() => keptKeys(desk.dataDir)).toEqual({ 'look.theme-toggle': 'Mod+KeyJ' });

  // It works at once, from anywhere.
  await onNothing(page);
  await page.keyboard.press('Control+j');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');

  // Somebody has these: asked, it stays where it is; said so, it moves.
  await toggle.getByTestId('hotkey-record').click();
  await page.keyboard.press('Alt+w');
  await expect(toggle.getByTestId('hotkey-conflict')).toContainText('Watch this instrument');
  await page.keyboard.press('Escape');
  await expect(toggle.getByTestId('hotkey-keys')).toHaveText('CtrlJ');
  await toggle.getByTestId('hotkey-record').click();
  await page.keyboard.press('Alt+w');
  await toggle.getByTestId('hotkey-take').click();
  await expect(toggle.getByTestId('hotkey-keys')).toHaveText('AltW');
  await expect(keys.locator('[data-command="market.watch"]').getByTestId('hotkey-keys')).toHaveText(
    'no keys',
  );
  await expect
    .poll(() => keptKeys(desk.dataDir))
    .toEqual({ 'look.theme-toggle': 'Alt+KeyW', 'market.watch': null });

  // Esc leaves, Backspace takes away, the default comes back, and all of them at once.
  await toggle.getByTestId('hotkey-record').click();
  await page.keyboard.press('Escape');
  await expect(toggle.getByTestId('hotkey-keys')).toHaveText('AltW');
  await toggle.getByTestId('hotkey-record').click();
  await page.keyboard.press('Backspace');
  await expect(toggle.getByTestId('hotkey-keys')).toHaveText('no keys');
  await keys.locator('[data-command="market.watch"]').getByTestId('hotkey-reset').click();
  await expect.poll(() => keptKeys(desk.dataDir)).toEqual({});
  expect(await violations(page)).toEqual([]);
});

test('the sheet of keys shows them all, is searched, and says whether orders may be given by keys', async ({
  page,
}) => {
  await onNothing(page);
  await page.keyboard.press('Shift+?');
  const sheet = page.getByTestId('cheat-sheet');
  await expect(sheet.getByTestId('keysheet-orders')).toContainText('OFF');
  await expect(sheet.locator('[data-command="order.buy"]')).toContainText('off');
  await sheet.getByTestId('keysheet-find').fill('alt+1');
  await expect(sheet.locator('[data-command]')).toHaveCount(1);
  await expect(sheet.locator('[data-command="view.desk"]')).toContainText('Show the desk');
  await sheet.getByTestId('keysheet-find').fill('없는것');
  await expect(sheet.locator('[data-command]')).toHaveCount(0);
  // The first one empties the field, as in every search field; the second one leaves.
  await page.keyboard.press('Escape');
  await expect(sheet.getByTestId('keysheet-find')).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('order keys are off at first; on, they prepare and never place, never while typing, never twice, with Hangul on too', async ({
  page,
  simulator,
}) => {
  await openAccounts(page);
  await addDemo(page, 'binance');
  await expect(page.locator('[data-testid=account][data-state=live]')).toHaveCount(1);
  await page.keyboard.press('Alt+1');
  const ticket = page.getByTestId('ticket');
  const quantity = page.getByTestId('ticket-quantity');
  await expect(ticket).toBeVisible();
  const isSell = () =>
    ticket.evaluate(
      (form) =>
        form
          .querySelector('[data-segments=side] [data-value=sell]')
          ?.matches(':checked, :has(:checked), [aria-pressed=true], [aria-checked=true]') ?? false,
    );

  await onNothing(page);
  await page.keyboard.press('Alt+s');
  await expect(quantity).not.toBeFocused();
  expect(await isSell()).toBe(false);

  const keys = await openKeys(page);
  await keys.getByTestId('hotkeys-orders').check();
  await page.keyboard.press('Alt+1');
  await onNothing(page);
  await page.keyboard.press('Alt+s');
  await expect(quantity).toBeFocused();
  await expect.poll(isSell).toBe(true);

  // The caret is in a field: the same key, and the one of the other side, do nothing.
  await page.keyboard.press('Alt+b');
  expect(await isSell()).toBe(true);

  // An input method that takes the key does not keep it from being the key it is; in a syllable it is none.
  await onNothing(page);
  const hangul = await hangulInput(page);
  await hangul.take('KeyB', ALT);
  await expect.poll(isSell).toBe(false);
  await quantity.focus();
  await hangul.take('KeyS', ALT);
  expect(await isSell()).toBe(false);

  const { requests } = (await simulator.get('requests?venue=binance')) as {
    requests: readonly { path: string; method: string }[];
  };
  expect(
    requests.filter(({ method, path }) => method === 'POST' && path.split('?')[0] === '/fapi/v1/order'),
  ).toEqual([]);
});

test('the kill switch opens its confirmation by keys, even over a dialog and from within a field', async ({
  page,
}) => {
  await onNothing(page);
  await page.keyboard.press('Shift+?');
  await page.getByTestId('keysheet-find').focus();
  await page.keyboard.press('Alt+Shift+k');
  await expect(page.getByTestId('kill-do')).toBeFocused();
  await expect(page.getByTestId('cheat-sheet')).toBeHidden();
  // Esc leaves: nothing is halted.
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('kill-dialog')).toBeHidden();
  await expect(page.getByTestId('kill')).not.toHaveClass(/halted/);
});

test('a command of the palette opens its dialog in its place, and Esc closes that', async ({ page }) => {
  await onNothing(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('> all keys');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('palette')).toBeHidden();
  await expect(page.getByTestId('cheat-sheet')).toBeVisible();
  // Under a dialog the palette stays away, and letters go nowhere but into its fields.
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('cheat-sheet')).toBeHidden();
});

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './app.ts';
import { openHeadlessDesk } from './headless-desk.ts';
import { chooseTheme } from './theme.ts';
import { violations } from './violations.ts';

const STALE = 'connections.staleAfterMs';

// Many small steps: a machine that is busy with other things takes its time over them.
test.describe.configure({ timeout: 240_000 });

async function openSettings(page: Page): Promise<void> {
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-all').click();
  await expect(page.getByTestId('settings-search')).toBeFocused();
}

/** What the engine has written, once it has. */
async function written(dataDir: string): Promise<Readonly<Record<string, never>>> {
  return JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'));
}

/** As from a clipboard that belongs to nobody else. */
async function paste(page: Page, testId: string, text: string): Promise<void> {
  await page.getByTestId(testId).evaluate((input: HTMLInputElement, pasted) => {
    input.focus();
    input.select();
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    input.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

test('a setting is found in either language, by other names, and by first consonants', async ({ page }) => {
  await openSettings(page);
  for (const typed of ['time zone', '시간대', 'ㅅㄱㄷ', 'seoul']) {
    await page.getByTestId('settings-search').fill(typed);
    await expect(page.getByTestId('setting-timeZone'), typed).toBeVisible();
    await expect(page.getByTestId(`setting-${STALE}`), typed).toBeHidden();
  }
  await page.getByTestId('settings-search').fill('zzqx');
  await expect(page.getByTestId('settings-nothing')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId(`setting-${STALE}`)).toBeVisible();
});

test('nonsense from the clipboard is refused with words, and what was in force stays', async ({
  page,
  desk,
}) => {
  await openSettings(page);
  const field = page.getByTestId(`setting-${STALE}`);
  for (const text of ['abc', '1e9999', '<b>20</b>', '1,5', '2\u202e0']) {
    await paste(page, `setting-${STALE}`, text);
    await expect(page.locator('.number-refused'), text).toBeVisible();
    await expect(field, text).toHaveValue('30');
  }
  await field.fill('1e9999');
  await field.press('Enter');
  await expect(page.getByTestId(`setting-refused-${STALE}`)).toContainText('30 s stays in force');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.press('Escape');
  await expect(field).toHaveValue('30');
  await field.fill('600');
  await field.press('Enter');
  await expect(page.getByTestId(`setting-refused-${STALE}`)).toContainText('above 30 s');
  await field.press('Escape');
  // What can only mean one thing is taken: full-width digits, thousands in threes.
  await paste(page, `setting-${STALE}`, '２５');
  await field.press('Enter');
  await expect(field).toHaveValue('25');
  await paste(page, 'setting-priceCache.size', '2,000');
  await page.getByTestId('setting-priceCache.size').press('Enter');
  await expect
    .poll(async () => {
      const { connections, priceCache } = (await written(desk.dataDir)) as Record<
        string,
        Record<string, unknown>
      >;
      return [connections?.['staleAfterMs'], priceCache?.['size']];
    })
    .toEqual([25_000, 2000]);
});

test('what was changed is marked, put back one by one or by section, and that can be undone', async ({
  page,
}) => {
  await openSettings(page);
  const changed = page.getByTestId(`setting-changed-${STALE}`);
  await expect(changed).toBeHidden();
  await page.getByTestId(`setting-${STALE}`).fill('20');
  await page.getByTestId(`setting-${STALE}`).press('Enter');
  await page.getByTestId('setting-connections.heartbeatMs').fill('2');
  await page.getByTestId('setting-connections.heartbeatMs').press('Enter');
  await expect(changed).toContainText('30 s');
  await expect(page.getByTestId('settings-profile-now')).toContainText(
    'based on Production, 2 changed by hand',
  );
  await page.getByTestId('settings-only-changed').check();
  await expect(page.getByTestId('setting-theme')).toBeHidden();
  await page.getByTestId('settings-only-changed').uncheck();

  await page.getByTestId(`setting-reset-${STALE}`).click();
  await expect(page.getByTestId(`setting-${STALE}`)).toHaveValue('30');
  await page.getByTestId('settings-undo-button').click();
  await expect(page.getByTestId(`setting-${STALE}`)).toHaveValue('20');
  await page.getByTestId('settings-reset-connections').click();
  await expect(page.getByTestId('setting-connections.heartbeatMs')).toHaveValue('5');
  await expect(page.getByTestId('settings-profile-now')).toContainText('Production');
  await page.getByTestId('settings-part-connections').getByRole('heading').click();
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('setting-connections.heartbeatMs')).toHaveValue('2');
});

test('a profile shows what it would change before it is taken, and is kept', async ({ page, desk }) => {
  await openSettings(page);
  await page.getByTestId('settings-profile-high-frequency').click();
  const preview = page.getByTestId('settings-profile-preview');
  await expect(preview).toContainText('Heartbeat check');
  await expect(preview).toContainText('5 s → 1 s');
  await expect(page.getByTestId('setting-connections.heartbeatMs')).toHaveValue('5');
  await page.getByTestId('settings-profile-apply').click();
  await expect(page.getByTestId('setting-connections.heartbeatMs')).toHaveValue('1');
  await expect(page.getByTestId('settings-profile-now')).toContainText('High frequency');
  await expect.poll(async () => (await written(desk.dataDir))['profile']).toBe('high-frequency');
  await page.getByTestId('settings-undo-button').click();
  await expect(page.getByTestId('setting-connections.heartbeatMs')).toHaveValue('5');
});

test('settings leave as a file without what is secret, and come back after they were shown', async ({
  page,
  desk,
}) => {
  await openSettings(page);
  const address = page.getByTestId('setting-alarms.webhookUrl');
  await address.fill('not an address');
  await address.press('Enter');
  await expect(address).toHaveAttribute('aria-invalid', 'true');
  await address.fill('https://hook.example/T0P');
  await address.press('Enter');
  await expect(page.getByTestId('settings-folder')).toHaveText(desk.dataDir);
  const download = page.waitForEvent('download');
  await page.getByTestId('settings-export').click();
  const path = await (await download).path();
  const text = await readFile(path, 'utf8');
  expect(text).not.toContain('T0P');

  await page.getByTestId('settings-import-file').setInputFiles({
    name: 'other.json',
    mimeType: 'application/json',
    buffer: Buffer.from('<html>'),
  });
  await expect(page.getByTestId('settings-import-refused')).toBeVisible();
  const given = JSON.parse(text);
  const brought = { ...given, theme: 'light', wings: 2, trading: { ...given.trading, mainnet: true } };
  await page.getByTestId('settings-import-file').setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(brought)),
  });
  const preview = page.getByTestId('settings-import-preview');
  await expect(preview).toContainText('would change 1 setting');
  await expect(preview).toContainText('wings');
  await expect(preview).toContainText('Real money');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByTestId('settings-import-apply').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(address).toHaveValue('https://hook.example/T0P');
});

test('compression of one venue renews its sockets without a gap, and says so', async ({ page }) => {
  await openSettings(page);
  await page.getByTestId('settings-search').fill('compression binance');
  await page.getByTestId('setting-connections.compression.binance').check();
  await page.keyboard.press('Alt+Digit2');
  await expect(
    page.getByText('Binance: market data comes compressed now', { exact: false }).first(),
  ).toBeVisible();
});

test('the whole page is reached by keyboard and read by a screen reader, in both themes', async ({
  page,
}) => {
  await openSettings(page);
  await page.getByTestId('settings-search').fill('theme');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('settings-only-changed')).toBeFocused();
  await page.getByTestId('settings-search').fill('');
  await page.getByTestId(`setting-${STALE}`).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId(`setting-${STALE}`)).toHaveValue('29');
  await page.getByTestId('settings-section-rates').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#settings-rates')).toBeFocused();
  for (const theme of ['dark', 'light'] as const) {
    await chooseTheme(page, theme);
    expect(await violations(page, '[data-testid=panel-settings]')).toEqual([]);
  }
});

test('a settings file with mistakes is said in the window, survived, and kept beside', async ({
  chrome,
  faults,
}) => {
  test.skip(chrome === undefined, 'the desktop app’s first settings are not the test’s to write');
  if (chrome === undefined) return;
  const file = '{"welcome":"done","language":"tlh","theme":"light","wings":2,"rates":{"errors":"many"}}';
  const desk = await openHeadlessDesk(chrome, faults, false, file);
  try {
    const { page, dataDir } = desk;
    await expect(page.getByTestId('notice').first()).toContainText('language, wings, rates.errors');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await openSettings(page);
    await expect(page.getByTestId('settings-trouble')).toContainText('settings.json.broken');
    await expect(page.getByTestId('setting-rates.errors')).toHaveValue('3');
    expect([
      existsSync(join(dataDir, 'settings.json.broken')),
      await readFile(join(dataDir, 'settings.json.broken'), 'utf8'),
    ]).toEqual([true, file]);
  } finally {
    await desk.close();
  }
});

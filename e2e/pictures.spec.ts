import { join } from 'node:path';
import { expect } from '@playwright/test';
import { addDemo, openAccounts, tab } from './accounts-view.ts';
import { test } from './app.ts';

const OPT_IN = 'HEARTLINE_PICTURES';

test.skip(process.env[OPT_IN] !== '1', `${OPT_IN}=1 takes the pictures of the desk`);

// Pictures a person has looked at, not a comparison of pixels: the market in them moves.
for (const theme of ['dark', 'light'] as const) {
  for (const [language, name] of [
    ['en', 'English'],
    ['ko', '한국어'],
  ] as const) {
    test(`a picture of the desk, ${theme}, ${language}`, async ({ page }) => {
      await page.setViewportSize({ width: 1600, height: 1000 });
      await page.getByTestId('settings-button').click();
      const menu = page.getByTestId('settings-menu');
      await menu.locator(`input[value=${theme}]`).check({ force: true });
      await menu.getByText(name, { exact: true }).click();
      await page.keyboard.press('Escape');
      await page.mouse.click(1, 1);
      // Live throughout, with a round trip measured.
      const chips = page.getByTestId('status-bar').getByRole('list');
      await expect(chips).toHaveText(name === 'English' ? /live\d.*live\d/ : /실시간\d.*실시간\d/, {
        timeout: 20_000,
      });
      await page.screenshot({
        path: join(import.meta.dirname, '__screenshots__', `desk-${theme}-${language}.png`),
      });
      await openAccounts(page);
      for (const venue of ['binance', 'bybit', 'upbit', 'bithumb']) await addDemo(page, venue);
      await expect(page.locator('[data-testid=account][data-state=live]')).toHaveCount(4);
      await tab(page, 'positions');
      await page.getByTestId('holdings-row').first().waitFor();
      await page.screenshot({
        path: join(import.meta.dirname, '__screenshots__', `accounts-${theme}-${language}.png`),
      });
    });
  }
}

import { expect } from '@playwright/test';
import { test } from './app.ts';

test('another interval is one click, and stays chosen after a reload', async ({ page }) => {
  const fiveMinutes = page.getByTestId('interval-switch').locator('[data-interval="5m"]');
  await fiveMinutes.click();
  await expect(fiveMinutes).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('chart-loading')).toBeHidden();
  await page.reload();
  await expect(fiveMinutes).toHaveAttribute('aria-pressed', 'true');
});

test('typing a name anywhere finds an instrument and Enter shows it', async ({ page }) => {
  await page.getByTestId('desk').click({ position: { x: 5, y: 5 } });
  await page.keyboard.type('eth');
  await expect(page.getByTestId('instrument-search')).toHaveValue('eth');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('chart-instrument')).toContainText('ETH-USDT-PERP');
  await expect(page.getByTestId('book-notice')).toBeHidden();
  await expect(page.getByTestId('book-bids').locator('[role=row]:visible').first()).toBeVisible();
});

test('the light theme is chosen in the settings and kept', async ({ page }) => {
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-menu').getByText('Light', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

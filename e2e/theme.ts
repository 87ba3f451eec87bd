import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

export async function chooseTheme(page: Page, theme: 'dark' | 'light'): Promise<void> {
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-menu').locator(`input[value=${theme}]`).check({ force: true });
  await page.keyboard.press('Escape');
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './app.ts';

for (const theme of ['Dark', 'Light'] as const) {
  test(`the desk has nothing that axe objects to, ${theme.toLowerCase()}`, async ({ page }) => {
    await page.getByTestId('settings-button').click();
    await page.getByTestId('settings-menu').getByText(theme, { exact: true }).click();
    await page.keyboard.press('Escape');
    const { violations } = await new AxeBuilder({ page })
      // Electron has no second page to put the results together in.
      .setLegacyMode()
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`),
    ).toEqual([]);
  });
}

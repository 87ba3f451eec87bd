import type { Page } from '@playwright/test';

/** Brings a docked panel's tab to the front. */
export async function showPanel(page: Page, kind: string): Promise<void> {
  await page.getByTestId('workspace').locator(`[data-tab=${kind}]`).first().click();
}

/** Chooses from the layout menu by the item's id: `preset-monitor`, `undo`, `save`. */
export async function chooseLayout(page: Page, item: string): Promise<void> {
  await page.getByTestId('layout-menu').click();
  await page.getByTestId(`layout-menu-${item}`).click();
}

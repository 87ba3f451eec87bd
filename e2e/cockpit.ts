import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Shows the connections view, by its key. */
export async function openCockpit(page: Page): Promise<void> {
  await page.getByTestId('desk').waitFor();
  await page.keyboard.press('Alt+2');
  await expect(page.getByTestId('panel-map')).toBeVisible();
}

/** A line of the map: a venue, a connection, or `<connection> <stream key>`. */
export function row(page: Page, id: string): Locator {
  return page.locator(`[data-row="${id}"]`);
}

/** What axe objects to. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}

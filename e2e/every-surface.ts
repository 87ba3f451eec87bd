import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Dialogs of a view that a button opens by a click, by the button's test id. */
const DIALOGS: Readonly<Record<string, readonly string[]>> = {
  connections: ['drill-button', 'export-button', 'alarm-settings-open'],
  venues: ['venue-add'],
  accounts: ['account-add'],
};

/** Keys that open something on the desk, and what it is. */
const KEYS = [
  ['Shift+?', 'cheat-sheet'],
  ['Control+k', 'palette'],
] as const;

export interface Surface {
  readonly name: string;
  /** What to look at: the page, or the dialog or menu over it. */
  readonly within: string;
}

type Visit = (surface: Surface) => Promise<void>;

/** Every view there is, by the buttons of the top bar. */
export async function viewsOf(page: Page): Promise<string[]> {
  await page.getByTestId('desk').waitFor();
  return page
    .locator('.view-switch [data-view]')
    .evaluateAll((buttons) => buttons.map((button) => (button as HTMLElement).dataset['view'] ?? ''));
}

export async function showView(page: Page, view: string): Promise<void> {
  await page.locator(`.view-switch [data-view=${view}]`).click();
  await expect(page.getByTestId('desk')).toHaveAttribute('data-view', view);
  await expect(page.locator('[data-testid^=panel-]:visible').first()).toBeVisible();
}

/** Closes whatever stands over the desk. */
async function clear(page: Page): Promise<void> {
  for (let tries = 0; tries < 4; tries += 1) {
    const open = page.locator('dialog[open], [popover]:popover-open, [role=menu]');
    if ((await open.count()) === 0) return;
    await page.keyboard.press('Escape');
    await page.waitForTimeout(50);
  }
  expect(await page.locator('dialog[open], [popover]:popover-open, [role=menu]').count(), 'Esc closes').toBe(
    0,
  );
}

/** Every button on screen that says it opens a menu or a dialog, one of each kind. */
async function openersOf(page: Page): Promise<string[]> {
  return page
    .locator(':is([aria-haspopup=menu], [aria-haspopup=dialog])[data-testid]:visible')
    .evaluateAll((buttons) => {
      const kinds = new Map<string, string>();
      for (const button of buttons as HTMLElement[]) {
        const id = button.dataset['testid'] ?? '';
        if (button.matches(':disabled')) continue;
        // Of many of one kind (a menu in each head, a switch in each row) the first stands for all.
        const kind = id.replace(/\d+$/, '').replace(/^(frame-menu|tab)-.*/, '$1');
        if (!kinds.has(kind)) kinds.set(kind, id);
      }
      return [...kinds.values()];
    });
}

/** Walks through these views, all if none are named, and in each through the menus and dialogs its buttons open. */
export async function walkSurfaces(page: Page, visit: Visit, views?: readonly string[]): Promise<string[]> {
  const walked: string[] = [];
  const look = async (surface: Surface) => {
    walked.push(surface.name);
    await visit(surface);
  };
  const opened = 'dialog[open], [popover]:popover-open, [role=menu]';
  for (const view of views ?? (await viewsOf(page))) {
    await showView(page, view);
    await look({ name: view, within: 'body' });
    for (const id of await openersOf(page)) {
      if (view !== 'desk' && walked.some((name) => name.endsWith(` ${id}`))) continue;
      // The hidden desk behind a view may have one of the same kind.
      await page.locator(`[data-testid="${id}"]:visible`).first().click();
      await expect(page.locator(opened).first(), `${id} opens something`).toBeVisible();
      await look({ name: `${view} ${id}`, within: opened });
      await clear(page);
    }
    for (const id of DIALOGS[view] ?? []) {
      const button = page.locator(`[data-testid="${id}"]:visible`);
      if ((await button.count()) === 0) continue;
      await button.first().click();
      await expect(page.locator('dialog[open]').first(), `${id} opens a dialog`).toBeVisible();
      await look({ name: `${view} ${id}`, within: 'dialog[open]' });
      await clear(page);
    }
    if (view !== 'desk') continue;
    for (const [key, name] of KEYS) {
      await page.getByTestId('status-bar').click({ position: { x: 2, y: 2 } });
      await page.keyboard.press(key);
      const dialog = page.locator('dialog[open]').first();
      await expect(dialog, `${key} opens ${name}`).toBeVisible();
      await look({ name: `${view} ${name}`, within: 'dialog[open]' });
      await clear(page);
    }
    await page.getByTestId('settings-button').click();
    await page.getByTestId('settings-trading').click();
    await expect(page.locator('dialog[open]').first()).toBeVisible();
    await look({ name: `${view} trading-settings`, within: 'dialog[open]' });
    await clear(page);
  }
  return walked;
}

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules whose answer hangs on the theme. */
const CONTRASTS = ['color-contrast', 'link-in-text-block'];

/** What axe objects to; `within` a selector, only there. */
export async function violations(page: Page, within?: string): Promise<string[]> {
  return look(page, within, { type: 'tag', values: TAGS });
}

/** What axe objects to in the theme worn now, and to the contrasts of the other, which is worn for that moment. */
export async function violationsInBothThemes(page: Page, within?: string): Promise<string[]> {
  const found = await violations(page, within);
  const worn = await page.evaluate(() => document.documentElement.dataset['theme']);
  const other = worn === 'light' ? 'dark' : 'light';
  await wear(page, other);
  const contrasts = await look(page, within, { type: 'rule', values: CONTRASTS });
  await wear(page, worn ?? 'dark');
  return [...found, ...contrasts.map((one) => `${other}: ${one}`)];
}

async function wear(page: Page, theme: string): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset['theme'] = name;
  }, theme);
}

interface Rules {
  readonly type: 'tag' | 'rule';
  readonly values: string[];
}

async function look(page: Page, within: string | undefined, rules: Rules): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  if (within !== undefined) builder.include(within);
  const { violations: found } = await builder
    // Electron has no second page to put the results together in.
    .setLegacyMode()
    // What passed need not be told of, and there is nothing to fetch.
    .options({ runOnly: rules, resultTypes: ['violations'], preload: false })
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}

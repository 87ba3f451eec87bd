import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { walkSurfaces } from './every-surface.ts';

// A window of 1600 × 1000 at 200 %: half the room in the units of the page, each of them two pixels wide.
test.use({ viewport: { width: 800, height: 500 }, deviceScaleFactor: 2 });

/** Controls that cannot be brought into view and pressed, and words on them that are cut off with nothing to say the rest. */
async function lost(page: Page, within: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const roots = selector === 'body' ? [document.body] : [...document.querySelectorAll(selector)];
    const controls =
      'button, a[href], input, select, textarea, [role=tab], [role=menuitem], [role=option], summary';
    const wrong: string[] = [];
    for (const control of new Set(
      roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>(controls)]),
    )) {
      if (
        !control.checkVisibility({ visibilityProperty: true }) ||
        control.closest('.sr-only, [aria-hidden=true], [inert]')
      )
        continue;
      // A hidden input is pressed by the words beside it.
      const isHidden = control.matches('input') && getComputedStyle(control).opacity === '0';
      const target = isHidden ? (control.nextElementSibling as HTMLElement | null) : control;
      if (target === null) continue;
      target.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = target.getBoundingClientRect();
      const name = `${target.tagName.toLowerCase()} ${target.dataset['testid'] ?? target.className} "${(target.getAttribute('aria-label') ?? target.textContent).slice(0, 30)}"`;
      if (width === 0 || height === 0) continue;
      const points = [0.5, 0.2, 0.8].flatMap((x) =>
        [0.5, 0.25, 0.75].map((y) => [left + x * width, top + y * height] as const),
      );
      const isReached = points.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit !== null && (target.contains(hit) || hit.contains(target));
      });
      if (!isReached) wrong.push(`${name} cannot be reached`);
      const isCut =
        target.matches('button') &&
        target.scrollWidth > target.clientWidth + 1 &&
        getComputedStyle(target).overflowX !== 'visible';
      if (isCut && !target.title && !target.getAttribute('aria-label')) wrong.push(`${name} is cut off`);
    }
    document.scrollingElement?.scrollTo(0, 0);
    return wrong;
  }, within);
}

for (const [language, name] of [
  ['en', 'English'],
  ['ko', '한국어'],
] as const) {
  test(`at 200 % every control of every view, menu and dialog can still be seen and pressed, ${language}`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await page.getByTestId('settings-button').click();
    await page.getByTestId('settings-menu').getByText(name, { exact: true }).click();
    await page.keyboard.press('Escape');
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const wrong: string[] = [];
    const walked = await walkSurfaces(page, async ({ name: surface, within }) => {
      wrong.push(...(await lost(page, within)).map((one) => `${surface}: ${one}`));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) wrong.push(`${surface}: the page is ${overflow} px wider than the window`);
    });
    expect(wrong).toEqual([]);
    expect(walked.length).toBeGreaterThan(12);
  });
}

test('with the widest spacing of text a person may set, nothing is lost either', async ({ page }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  // WCAG 1.4.12; through the object model, as the policy of the window lets no style element in.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  const wrong: string[] = [];
  await walkSurfaces(page, async ({ name: surface, within }) => {
    wrong.push(...(await lost(page, within)).map((one) => `${surface}: ${one}`));
  });
  expect(wrong).toEqual([]);
});

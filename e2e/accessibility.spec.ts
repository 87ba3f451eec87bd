import { expect } from '@playwright/test';
import { test } from './app.ts';
import { type Surface, showView, viewsOf, walkSurfaces } from './every-surface.ts';
import { chooseTheme } from './theme.ts';
import { violations, violationsInBothThemes } from './violations.ts';

// Each screen is looked at once: by every rule in one theme, and by what the theme decides, its contrasts, in the other.
for (const { language, name, theme } of [
  { language: 'en', name: 'English', theme: 'dark' },
  { language: 'ko', name: '한국어', theme: 'light' },
] as const) {
  for (const part of ['desk', 'views'] as const) {
    test(`axe objects to nothing on the ${part}, its dialogs and menus, ${language}, in both themes`, async ({
      page,
    }) => {
      test.setTimeout(240_000);
      await chooseTheme(page, theme);
      await page.getByTestId('settings-button').click();
      await page.getByTestId('settings-menu').getByText(name, { exact: true }).click();
      await page.keyboard.press('Escape');
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      const views = (await viewsOf(page)).filter((view) => (view === 'desk') === (part === 'desk'));
      const found: string[] = [];
      const visit = async (surface: Surface) => {
        const told = await violationsInBothThemes(page, surface.within);
        found.push(...told.map((one) => `${surface.name}: ${one}`));
      };
      const walked = await walkSurfaces(page, visit, views);
      expect(found).toEqual([]);
      expect(walked.length).toBeGreaterThan(9);
    });
  }
}

test('every part of every view is reached by F6 and every control by Tab, and the focus is seen and not covered', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const wrong: string[] = [];
  for (const view of await viewsOf(page)) {
    await showView(page, view);
    await page.waitForTimeout(500);
    const parts = await page.evaluate(
      () =>
        [...document.querySelectorAll('.top-bar, .dv-groupview, .panel, .status-bar')].filter(
          (part) =>
            part.checkVisibility({ visibilityProperty: true }) &&
            !part.parentElement?.closest('.dv-groupview'),
        ).length,
    );
    const reached = new Set<string>();
    for (let press = 0; press < parts + 3; press += 1) {
      await page.keyboard.press('F6');
      reached.add(
        await page.evaluate(() => {
          const part =
            document.activeElement?.closest('.dv-groupview') ??
            document.activeElement?.closest('.top-bar, .panel, .banners, .trading-over, .status-bar');
          return String([...document.querySelectorAll('*')].indexOf(part ?? document.body));
        }),
      );
    }
    if (reached.size < 3) wrong.push(`${view}: F6 reached ${reached.size} of ${parts} parts`);
    for (let press = 0; press < 160; press += 1) {
      await page.keyboard.press('Tab');
      const said = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!(focused instanceof HTMLElement) || focused === document.body) return 'outside';
        // A hidden input stands in its label, whose text shows the focus; a grid marks the cell it is in.
        const active = focused.getAttribute('aria-activedescendant');
        const shown =
          (active === null ? null : document.getElementById(active)) ??
          (focused.matches('input[type=radio], input[type=checkbox]') &&
          getComputedStyle(focused).opacity === '0'
            ? focused.nextElementSibling
            : focused);
        if (!(shown instanceof HTMLElement)) return '';
        const { left, top, width, height } = shown.getBoundingClientRect();
        // A field that a list hangs on shows the focus by itself, and its option by its ground.
        const marks = [...(active === null ? [] : [focused]), shown, ...shown.querySelectorAll('*')]
          .slice(0, 12)
          .map((one) => getComputedStyle(one));
        const isMarked = marks.some(
          ({ outlineStyle, outlineWidth, boxShadow, borderColor }) =>
            (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) ||
            boxShadow !== 'none' ||
            borderColor === '',
        );
        const name = `${focused.tagName.toLowerCase()} ${focused.dataset['testid'] ?? focused.className} "${(focused.getAttribute('aria-label') ?? focused.textContent).slice(0, 30)}"`;
        if (width === 0 || height === 0) return `${name}: has no place`;
        if (!isMarked) return `${name}: shows no focus`;
        const points = [0.5, 0.15, 0.85].flatMap((x) =>
          [0.5, 0.2, 0.8].map((y) => [left + x * width, top + y * height] as const),
        );
        const hits = points.map(([x, y]) => document.elementFromPoint(x, y));
        const isSeen = hits.some((hit) => hit !== null && (shown.contains(hit) || hit.contains(shown)));
        return isSeen ? '' : `${name}: is covered by ${hits[0]?.className ?? 'the edge'}`;
      });
      if (said === 'outside') break;
      if (said !== '' && !wrong.includes(`${view}: ${said}`)) wrong.push(`${view}: ${said}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('what the market does is not read out, only what happened to connections and orders', async ({
  page,
}) => {
  const told = await page.evaluate(async () => {
    const regions = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], [role=log]';
    const said: string[] = [];
    const watch = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest(regions);
        if (region && !element?.closest('[aria-hidden=true], [aria-live=off]'))
          said.push(
            `${region.getAttribute('data-testid') ?? region.className}: ${region.textContent.slice(0, 60)}`,
          );
      }
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    watch.disconnect();
    return [...new Set(said)];
  });
  expect(told).toEqual([]);
});

test('a venue that stays down is read out once, and once more when it is back', async ({
  page,
  simulator,
}) => {
  const news = page.getByTestId('connection-news');
  await expect(
    page.getByTestId('venue-chip').filter({ hasText: 'Bithumb' }).getByTestId('chip-word'),
  ).toHaveText('live');
  await simulator.post('faults', { kind: 'refuse', venue: 'bithumb' });
  await simulator.post('faults', { kind: 'reset', venue: 'bithumb' });
  await expect(news).toHaveText(/Bithumb: (?:down|failed|stale|degraded)/, { timeout: 40_000 });
  await simulator.delete('faults');
  await expect(news).toHaveText('Bithumb: live', { timeout: 60_000 });
});

test('nothing moves for who asked for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      const longest = Math.max(
        ...transitionDuration.split(',').map(Number.parseFloat),
        animationName === 'none' ? 0 : Math.max(...animationDuration.split(',').map(Number.parseFloat)),
      );
      return longest > 0.02 ? [`${element.tagName} ${element.className}`] : [];
    }),
  );
  expect(moving).toEqual([]);
});

test('the system’s own colours are worn, and more contrast is given to who asks for it', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.getByTestId('settings-button').click();
  const chosen = page.locator('.choice-option:has(input:checked) span').first();
  await expect(chosen).toHaveCSS('outline-style', 'solid');
  await page.keyboard.press('Escape');
  await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
  const dim = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--dim').trim(),
  );
  expect(dim).toBe('#c3ccd8');
  expect(await violations(page)).toEqual([]);
});

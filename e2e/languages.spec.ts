import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { en } from '../src/renderer/i18n/en.ts';
import { ko } from '../src/renderer/i18n/ko.ts';
import { test } from './app.ts';

type Key = keyof typeof en;
type Language = 'en' | 'ko';

/** Texts that differ, as patterns for a whole text, each with how many letters of it are fixed. */
function patternsOf(
  texts: Readonly<Record<Key, string>>,
  others: Readonly<Record<Key, string>>,
): readonly RegExp[] {
  return (Object.entries(texts) as [Key, string][]).flatMap(([key, text]) => {
    const fixed = text.replaceAll(/\{\{\w+\}\}/g, '');
    if (text === others[key] || fixed.replaceAll(/[^A-Za-z가-힣]/g, '').length < 4) return [];
    const parts = text.split(/\{\{\w+\}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return [new RegExp(`^${parts.join('.{1,120}?')}$`, 's')];
  });
}
const ENGLISH = patternsOf(en, ko);

const FAMILIES = new Set(Object.keys(en).map((key) => key.slice(0, key.indexOf('.'))));

/** Every text a person can read or hear, whole. */
async function saidOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const said = new Set<string>();
    const add = (text: string | null | undefined) => {
      const trimmed = text?.trim() ?? '';
      if (trimmed !== '') said.add(trimmed);
    };
    add(document.title);
    // The desk behind another view is painted anew, in the language of then, when it is shown again.
    const isUnseen = (element: Element) => element.closest('[data-testid=workspace][data-hidden]') !== null;
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent !== null && !isUnseen(parent) && !['SCRIPT', 'STYLE'].includes(parent.tagName))
        add(node.textContent);
    }
    for (const element of document.querySelectorAll('*')) {
      if (isUnseen(element)) continue;
      for (const name of [
        'aria-label',
        'aria-description',
        'aria-roledescription',
        'aria-valuetext',
        'title',
        'placeholder',
        'alt',
      ]) {
        add(element.getAttribute(name));
      }
    }
    return [...said];
  });
}

async function leftovers(page: Page, language: Language): Promise<readonly string[]> {
  const said = await saidOn(page);
  // A key that stands for itself is no language at all.
  const keys = said.filter(
    (text) => /^[a-z]+\.[a-z][A-Za-z0-9.-]*$/.test(text) && FAMILIES.has(text.split('.')[0] ?? ''),
  );
  if (keys.length > 0) return keys;
  // A language is named in itself, letters that are typed are what they are, and so are coins' own names.
  if (language === 'en') return said.filter((text) => /[가-힣]{2,}/.test(text) && text !== '한국어');
  return said.filter((text) => !/[가-힣]/.test(text) && ENGLISH.some((pattern) => pattern.test(text)));
}

/** Through the settings menu, with whatever else is open left open. */
async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate(() => {
    const button = document.querySelector<HTMLButtonElement>('[data-testid=settings-button]');
    (button?.popoverTargetElement as HTMLElement | null)?.showPopover();
  });
  await page.waitForSelector(`[data-testid=settings-menu] input[name=language][value=${language}]`, {
    state: 'attached',
  });
  await page.evaluate((wanted) => {
    document
      .querySelector<HTMLInputElement>(`[data-testid=settings-menu] input[name=language][value=${wanted}]`)
      ?.click();
    const button = document.querySelector<HTMLButtonElement>('[data-testid=settings-button]');
    (button?.popoverTargetElement as HTMLElement | null)?.hidePopover();
  }, language);
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

for (const key of ['Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5']) {
  test(`a view is spoken wholly in one language, and in the other after a switch, without a reload (${key})`, async ({
    page,
  }) => {
    // Every text of the page is looked at, many times.
    test.slow();
    await page.evaluate(() => {
      (window as unknown as { isSame: boolean }).isSame = true;
    });
    await page.keyboard.press(key);
    await page.waitForTimeout(1_500);
    for (const language of ['ko', 'en', 'ko'] as const) {
      await speak(page, language);
      await expect
        .poll(() => leftovers(page, language), { message: `nothing is left in ${language}` })
        .toEqual([]);
    }
    // The desk comes back in the language that is spoken now.
    await page.keyboard.press('Alt+1');
    await expect.poll(() => leftovers(page, 'ko')).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { isSame?: boolean }).isSame)).toBe(true);
  });
}

test('open dialogs change their language where they stand', async ({ page }) => {
  await page.keyboard.press('Alt+2');
  await page.getByTestId('drill-button').click();
  await expect(page.getByTestId('drill-dialog')).toBeVisible();
  await speak(page, 'ko');
  await expect(page.getByTestId('drill-dialog')).toContainText('무엇을 망가뜨릴지');
  await expect.poll(() => leftovers(page, 'ko')).toEqual([]);
  await speak(page, 'en');
  await expect(page.getByTestId('drill-dialog')).toBeVisible();
  await expect.poll(() => leftovers(page, 'en')).toEqual([]);
});

test.describe('where the system speaks neither', () => {
  test.use({ isFirstRun: true });
  test('English stands in, which is said once', async ({ page, desk }) => {
    test.skip(desk.shell === 'desktop', 'the languages of the system are asked by the browser');
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'languages', { get: () => ['fr-FR', 'de'] });
    });
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByTestId('welcome')).toContainText('a language Heartline does not speak');
    await page.getByTestId('welcome-dismiss').click();
    await page.reload();
    await page.getByTestId('desk').waitFor();
    await expect(page.getByText('does not speak')).toHaveCount(0);
  });
});

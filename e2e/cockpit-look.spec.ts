import { expect } from '@playwright/test';
import { test } from './app.ts';
import { openCockpit, row, violations } from './cockpit.ts';

for (const theme of ['Dark', 'Light'] as const) {
  test(`the connections view and what opens over it have nothing that axe objects to, ${theme.toLowerCase()}`, async ({
    page,
  }) => {
    await page.getByTestId('settings-button').click();
    await page.getByTestId('settings-menu').getByText(theme, { exact: true }).click();
    await page.keyboard.press('Escape');
    await openCockpit(page);
    await expect(page.getByTestId('heat')).toBeVisible({ timeout: 30_000 });
    const view = await violations(page);
    await page.getByRole('tab', { name: /Alarms/ }).click();
    const alarms = await violations(page);
    await page.getByRole('button', { name: 'Thresholds and ways' }).click();
    const settings = await violations(page);
    await page.keyboard.press('Escape');
    await page.getByTestId('drill-button').click();
    const drill = await violations(page);
    await page.keyboard.press('Escape');
    await page.getByTestId('export-button').click();
    expect({ view, alarms, settings, drill, evidence: await violations(page) }).toEqual({
      view: [],
      alarms: [],
      settings: [],
      drill: [],
      evidence: [],
    });
  });
}

test('the connections view speaks Korean, live', async ({ page }) => {
  await openCockpit(page);
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-menu').getByText('한국어', { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('panel-map')).toContainText('실시간 지도');
  await expect(row(page, 'binance').getByTestId('map-word')).toHaveText('실시간');
  await expect(page.getByTestId('panel-limits')).toContainText('취소용 예비');
  await expect(page.getByTestId('drill-button')).toHaveText('훈련 실행');
  // No sentence that is seen is left in English: names, units and symbols aside.
  // biome-ignore lint/performance/useDomNodeTextContent: the hidden desk behind the view is told anew when it is shown.
  const told = await page.getByRole('main').innerText();
  const english = [...told.matchAll(/[A-Za-z]{4,}(?: [a-z]{2,}){2,}/g)].map(([text]) => text);
  expect(english).toEqual([]);
});

test('everything of the connections view can be reached in a small window', async ({ page }) => {
  await openCockpit(page);
  for (const size of [
    { width: 1100, height: 700 },
    { width: 800, height: 500 },
  ]) {
    await page.setViewportSize(size);
    const reach = await page.evaluate(() => ({
      sideways: document.documentElement.scrollWidth - innerWidth,
      cut: [...document.querySelectorAll<HTMLElement>('[data-testid^=panel-]')]
        // The desk behind this view stands there as well, unseen.
        .filter((panel) => panel.checkVisibility({ visibilityProperty: true }))
        .filter((panel) => {
          const { left, right, bottom } = panel.getBoundingClientRect();
          const below = bottom + scrollY > document.documentElement.scrollHeight;
          return left < 0 || right > innerWidth || right - left < 200 || below;
        })
        .map((panel) => panel.dataset['testid']),
    }));
    expect(reach).toEqual({ sideways: 0, cut: [] });
  }
});

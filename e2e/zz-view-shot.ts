import { chromium } from '@playwright/test';
import { createFaultWatch } from './fault-watch.ts';
import { openHeadlessDesk } from './headless-desk.ts';
import { browserFlags, ensureBrowser } from '../scripts/browser.ts';

const browser = await chromium.launch({ args: [...browserFlags()], executablePath: ensureBrowser() });
const faults = createFaultWatch();
const wrapped = Object.create(browser);
wrapped.newContext = () => browser.newContext({ viewport: { width: 1600, height: 1000 }, colorScheme: 'dark', locale: 'en-GB', timezoneId: 'Asia/Seoul' });
const desk = await openHeadlessDesk(wrapped, faults);
const { page } = desk;
const shot = (name: string) => page.screenshot({ path: `/tmp/view-${name}.png` });
const set = async (theme: string, lang: string) => {
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-menu').locator(`input[value=${theme}]`).check({ force: true });
  await page.getByTestId('settings-menu').getByText(lang, { exact: true }).click();
  await page.keyboard.press('Escape');
  await page.mouse.move(1, 1);
  await page.waitForTimeout(1000);
};
const wanted = process.argv.slice(2);
await page.waitForTimeout(Number(process.env.SETTLE ?? 8_000));
try {
  for (const [theme, lang, code] of [['dark', 'English', 'en'], ['dark', '한국어', 'ko'], ['light', 'English', 'en'], ['light', '한국어', 'ko']] as const) {
    await set(theme, lang);
    for (const width of [1600, 1280]) {
      await page.setViewportSize({ width, height: width === 1600 ? 1000 : 800 });
      for (const [key, name] of [['1', 'desk'], ['3', 'premium'], ['4', 'venues']] as const) {
        const id = `${name}-${theme}-${code}-${width}`;
        if (wanted.length > 0 && !wanted.some((one) => id.includes(one))) continue;
        await page.keyboard.press(`Alt+${key}`);
        await page.waitForTimeout(3_000);
        await shot(id);
      }
      await page.keyboard.press('Alt+1');
    }
    await page.setViewportSize({ width: 1600, height: 1000 });
  }
} finally {
  console.log('faults', faults.unexpected);
  await desk.close();
  await browser.close();
}

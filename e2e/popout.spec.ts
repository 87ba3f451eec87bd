import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './app.ts';

/** The layout with its window is written once it has stood for a moment. */
const isKept = (dataDir: string) =>
  expect
    .poll(() => readFile(join(dataDir, 'layouts.json'), 'utf8').catch(() => ''))
    .toMatch(/"popoutGroups":\s*\[\s*\{/);

/** Pops a panel out by its tab's menu, as a person does. */
async function popOut(page: Page, kind: string): Promise<Page> {
  await page.locator(`.dock-tab[data-tab="${kind}"]`).first().click({ button: 'right' });
  const opened = page.waitForEvent('popup');
  await page.getByRole('menuitem', { name: 'Window of its own' }).click();
  const popout = await opened;
  await popout.waitForLoadState('load');
  return popout;
}

test('a panel in a window of its own looks and moves as on the desk, and comes back when that is closed', async ({
  page,
}) => {
  const said: string[] = [];
  page.context().on('page', (opened) => {
    opened.on('console', (message) => void said.push(`${message.type()}: ${message.text()}`));
    opened.on('pageerror', (fault) => void said.push(fault.message));
  });
  const popout = await popOut(page, 'tape');
  const panel = popout.getByTestId('tape');
  await expect(panel).toBeVisible();
  await expect(page.getByTestId('tape')).toHaveCount(0);
  await expect(popout).toHaveTitle(/Heartline$/);
  await expect(popout).not.toHaveTitle(/DEMO/);

  const look = (of: Page) =>
    of.evaluate(() => ({
      theme: document.documentElement.dataset.theme,
      lang: document.documentElement.lang,
      ground: getComputedStyle(document.body).backgroundColor,
      font: getComputedStyle(document.body).fontFamily,
      scripts: window.opener !== null,
    }));
  expect({ ...(await look(popout)), scripts: false }).toEqual(await look(page));

  // It goes on painting: what is on it changes, whatever that is.
  const before = await panel.textContent();
  await expect.poll(() => panel.textContent(), { timeout: 20_000 }).not.toBe(before);

  const sheets = await popout.evaluate(() =>
    [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map(({ href }) => href),
  );
  expect(sheets.length).toBe(new Set(sheets).size);
  expect(said.filter((line) => !line.startsWith('info') && !line.startsWith('debug'))).toEqual([]);

  await popout.close();
  await expect(page.getByTestId('tape')).toBeVisible();
});

test('the theme and the language of the desk are its own too, at once', async ({ page }) => {
  const popout = await popOut(page, 'tape');
  await expect(popout.getByTestId('tape')).toBeVisible();
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'light';
    document.documentElement.lang = 'ko';
  });
  await expect
    .poll(() =>
      popout.evaluate(() => [document.documentElement.dataset.theme, document.documentElement.lang]),
    )
    .toEqual(['light', 'ko']);
});

test('while the desk is covered a pop-out goes on painting', async ({ page }) => {
  const popout = await popOut(page, 'tape');
  const panel = popout.getByTestId('tape');
  await expect(panel).toBeVisible();
  // As a browser does to a window nobody sees: no frames, and it says that it is hidden.
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const before = await panel.textContent();
  await expect.poll(() => panel.textContent(), { timeout: 20_000 }).not.toBe(before);
});

test('of an engine that stands still a pop-out says so in itself', async ({ page, desk, faults }) => {
  test.skip(process.platform === 'win32', 'a process cannot be stopped and continued there');
  faults.allow(/WebSocket|Failed to load/);
  const popout = await popOut(page, 'tape');
  const strip = popout.getByTestId('popout-strip');
  await expect(popout.getByTestId('tape')).toBeVisible();
  await expect(strip).toBeHidden();
  process.kill(desk.pid, 'SIGSTOP');
  try {
    await expect(strip).toHaveText(/engine does not answer/);
    await expect(popout).toHaveTitle(/^▲ stale/);
    await expect(page).toHaveTitle(/engine not answering/);
  } finally {
    process.kill(desk.pid, 'SIGCONT');
  }
  await expect(strip).toBeHidden();
});

test('opened by its address alone, the page of a pop-out says what it is', async ({ page }) => {
  const alone = await page.context().newPage();
  await alone.goto(new URL('/popout.html', page.url()).href);
  await expect(alone.getByTestId('popout-alone')).toContainText('there is no desk behind it');
  const stranger = await page.request.get(new URL('/popout.html', page.url()).href, {
    headers: { cookie: '' },
  });
  expect([stranger.status(), stranger.headers()['cross-origin-opener-policy']]).toEqual([401, 'same-origin']);
});

test('what a panel opens in its own window stands there, not on the desk: a menu, and a dialog that takes the typing', async ({
  page,
}) => {
  const popout = await popOut(page, 'watchlist');
  const row = popout.getByTestId('watchlist-row').first();
  await row.click({ button: 'right' });
  await expect(popout.getByTestId('watch-row-menu')).toBeVisible();
  await expect(page.getByTestId('watch-row-menu')).toHaveCount(0);
  await popout.keyboard.press('Escape');
  await expect(popout.getByTestId('watch-row-menu')).toHaveCount(0);
  await popout.getByTestId('watch-menu').click();
  await expect(popout.getByTestId('watch-menu-menu')).toBeVisible();
  await popout.getByTestId('watch-menu-new').click();
  await expect(popout.getByTestId('watch-name')).toBeVisible();
  await expect(page.getByTestId('watch-name')).toHaveCount(0);
  await popout.getByTestId('watch-name-field').fill('Far away');
  await popout.keyboard.press('Enter');
  await expect(popout.getByTestId('watch-name')).toHaveCount(0);
  await expect(popout.getByTestId('watch-tab').last()).toHaveText(/Far away/);
});

test('a window that was open is open again at the next start', async ({ page, desk }) => {
  await popOut(page, 'tape');
  await expect(page.getByTestId('tape')).toHaveCount(0);
  await isKept(desk.dataDir);
  const again = page.waitForEvent('popup');
  await page.reload();
  const popout = await again;
  await expect(popout.getByTestId('tape')).toBeVisible();
  await expect(page.getByTestId('tape')).toHaveCount(0);
  await popout.close();
  await expect(page.getByTestId('tape')).toBeVisible();
});

test('where the browser blocks it, the panel stands on the desk, with a word', async ({
  page,
  desk,
  faults,
}) => {
  faults.allow(/pop-?out/i);
  await popOut(page, 'tape');
  await isKept(desk.dataDir);
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await page.reload();
  await expect(page.getByTestId('panel-chart')).toBeVisible();
  await expect(page.getByTestId('tape')).toBeVisible();
  await expect(page.locator('.notice').filter({ hasText: 'stays on the desk' })).toBeVisible();
});

test('a window whose screen is gone opens on one that is there, with a word', async ({ page, desk }) => {
  await popOut(page, 'tape');
  await isKept(desk.dataDir);
  const places: string[] = [];
  await page.addInitScript(() => {
    const { open } = window;
    window.open = (url, target, features) => {
      Object.assign(window, { openedWith: features });
      return open.call(window, url, target, features);
    };
  });
  // As it is read after a screen far to the right was unplugged.
  await page.routeWebSocket(/\/contract$/, (socket) => {
    const host = socket.connectToServer();
    host.onMessage((message) => {
      if (typeof message !== 'string' || !message.includes('"popoutGroups"')) return socket.send(message);
      const moved = message.replace(/("popoutGroups":.*?"left":)-?\d+/, '$190000');
      places.push(moved);
      return socket.send(moved);
    });
  });
  const again = page.waitForEvent('popup');
  await page.reload();
  const popout = await again;
  await expect(popout.getByTestId('tape')).toBeVisible();
  expect(places.join()).toContain('"left":90000');
  await expect(page.locator('.notice').filter({ hasText: 'not there any more' })).toBeVisible();
  const features = await page.evaluate(() => (window as unknown as { openedWith: string }).openedWith);
  const left = Number(/left=(-?\d+)/.exec(features)?.[1]);
  expect(left).toBeLessThan(await page.evaluate(() => screen.width));
});

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { test } from './app.ts';
import { waitForFirstCandle } from './desk.ts';
import { readyLine } from './ready-line.ts';
import { showPanel } from './workspace.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const FAR = '900000000';

/** Sets a price alert of what the desk shows, by the panel's own form. */
async function setPrice(page: Page, when: 'above' | 'below', level: string, note: string): Promise<void> {
  await showPanel(page, 'alerts');
  await page.getByTestId('alert-add').click();
  await page.getByTestId('alert-when').selectOption(when);
  await page.getByTestId('alert-level').fill(level);
  await page.getByTestId('alert-note').fill(note);
  await page.getByTestId('alert-save').click();
  await expect(page.getByTestId('alert-form')).toBeHidden();
}

test('a price alert triggers as a toast, stands in the list, and is there after the host was started anew', async ({
  page,
  desk,
  faults,
}) => {
  test.skip(
    desk.shell === 'desktop',
    'the host is started anew here; in the desktop app window and engine end together',
  );
  await showPanel(page, 'alerts');
  await expect(page.getByTestId('alerts-empty')).toBeVisible();
  await setPrice(page, 'above', '1', 'low');
  await setPrice(page, 'above', FAR, 'far');
  const toast = page.getByTestId('own-alert-toast');
  await expect(toast).toContainText('low');
  await expect(page.locator('[data-testid=alert][data-state=done]')).toContainText('low');
  await expect(page.locator('[data-testid=alert][data-state=armed]')).toContainText('far');
  await expect(
    page.locator('[data-testid=alert][data-state=armed]').getByTestId('alert-value'),
  ).toHaveAttribute('data-fresh', 'fresh');

  // Nobody has seen it, and the program ends.
  faults.allow(/ERR_CONNECTION_REFUSED|WebSocket (?:connection to|is already in CLOSING)/);
  process.kill(desk.pid, 'SIGTERM');
  await expect(page.getByTestId('engine-banner')).toBeVisible();
  const host = spawn(
    process.execPath,
    ['out/main/headless.js', '--demo', '--json', '--port', '0', '--data-dir', desk.dataDir],
    { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  try {
    const { url = '' } = await readyLine(host);
    await page.goto(url);
    await waitForFirstCandle(page);
    await expect(toast).toContainText('low');
    await showPanel(page, 'alerts');
    await expect(page.locator('[data-testid=alert][data-state=done]')).toContainText('low');
    await expect(page.locator('[data-testid=alert][data-state=armed]')).toContainText('far');
    await page.getByTestId('alert-seen').click();
    await expect(toast).toHaveCount(0);
  } finally {
    host.kill('SIGTERM');
  }
});

test('an alert whose data is stale says that it could not be watched, and that it is again', async ({
  page,
  simulator,
}) => {
  test.setTimeout(180_000);
  await setPrice(page, 'above', FAR, 'far');
  const alert = page.getByTestId('alert');
  await expect(alert).toHaveAttribute('data-state', 'armed');
  await simulator.post('faults', { kind: 'mute' });
  await simulator.post('faults', { kind: 'rest' });
  await expect(alert).toHaveAttribute('data-state', 'blind', { timeout: 60_000 });
  await expect(alert.getByTestId('alert-value')).toHaveAttribute('data-fresh', 'stale');
  await expect(page.getByTestId('own-alert-toast')).toContainText('could not be watched', {
    timeout: 60_000,
  });
  await expect(page.locator('[data-testid=alert-happening][data-kind=triggered]')).toHaveCount(0);
  await simulator.delete('faults');
  await expect(alert).toHaveAttribute('data-state', 'armed', { timeout: 60_000 });
  await expect(page.getByTestId('alert-happening')).toContainText('Watched again');
});

test('what makes no sense is refused in the form with what would; each way is tested by itself', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await showPanel(page, 'alerts');
  await page.getByTestId('alert-add').click();
  for (const nonsense of ['abc', '-5', 'NaN', '']) {
    await page.getByTestId('alert-level').fill(nonsense);
    await page.getByTestId('alert-save').click();
    await expect(page.getByTestId('alert-refused')).toContainText('not set');
  }
  await page.getByTestId('alert-instrument').fill('binance:NO-SUCH');
  await page.getByTestId('alert-level').fill('1');
  await page.getByTestId('alert-save').click();
  await expect(page.getByTestId('alert-refused')).toContainText('not listed');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('alert')).toHaveCount(0);

  await page.getByTestId('alert-tests').click();
  await page.getByTestId('alert-test-toast').click();
  await expect(page.getByTestId('alert-tested-toast')).toHaveAttribute('data-outcome', 'shown');
  await page.getByTestId('alert-test-webhook').click();
  await expect(page.getByTestId('alert-tested-webhook')).toHaveAttribute('data-outcome', 'address');
  await page.getByTestId('alert-test-sound').click();
  await expect(page.getByTestId('alert-tested-sound')).toHaveAttribute('data-outcome', /sounded|silent/);
  await page.getByTestId('alert-test-notification').click();
  await expect(page.getByTestId('alert-tested-notification')).toHaveAttribute(
    'data-outcome',
    /notified|denied|unasked|missing/,
  );
});

test('an alert is set by a click on the chart, at the price that was pointed at, and stands on it as a line', async ({
  page,
}) => {
  const chart = page.getByTestId('panel-chart').getByTestId('chart');
  await page.getByTestId('chart-draw').first().click();
  await page.getByTestId('chart-draw-alert').click();
  const box = await chart.boundingBox();
  if (!box) throw new Error('the chart has no place on the screen');
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.12);
  await showPanel(page, 'alerts');
  const alert = page.getByTestId('alert');
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText(/BTC-USDT-PERP.*crosses [\d,]+/);
  await expect(alert).toHaveAttribute('data-state', 'armed');
  // One click sets one: the tool is put down again.
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.2);
  await expect(alert).toHaveCount(1);
});

test('a new alert is a key away from wherever the person is', async ({ page }) => {
  await page.keyboard.press('Alt+A');
  await expect(page.getByTestId('alert-form')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('alert-form')).toHaveCount(0);
  // Behind another tab by now, and another view is shown.
  await showPanel(page, 'positions');
  await page.keyboard.press('Alt+3');
  await expect(page.getByTestId('workspace')).toBeHidden();
  await page.keyboard.press('Alt+A');
  await expect(page.getByTestId('alert-form')).toBeVisible();
  await expect(page.getByTestId('panel-alerts')).toBeVisible();
  await expect(page.getByTestId('alert-instrument')).toHaveValue('binance:BTC-USDT-PERP');
});

test('a click on the notification of an alert leads to the alerts', async ({ page, desk }) => {
  test.skip(desk.shell === 'desktop', 'the system’s own notifications cannot be pressed by a test');
  await page.addInitScript(() => {
    const shown: Pretended[] = [];
    class Pretended {
      static readonly permission = 'granted';
      onclick: (() => void) | null = null;
      readonly title: string;
      constructor(title: string) {
        this.title = title;
        shown.push(this);
      }
      close() {
        shown.splice(shown.indexOf(this), 1);
      }
    }
    Object.assign(window, { Notification: Pretended, shownNotifications: shown });
  });
  await page.reload();
  await waitForFirstCandle(page);
  const titles = () =>
    page.evaluate(() =>
      (window as unknown as { shownNotifications: { title: string }[] }).shownNotifications.map(
        ({ title }) => title,
      ),
    );
  await setPrice(page, 'above', '1', 'low');
  await expect.poll(titles).toEqual(['Alert']);
  await showPanel(page, 'positions');
  await page.keyboard.press('Alt+3');
  await expect(page.getByTestId('workspace')).toBeHidden();
  await page.evaluate(() =>
    (window as unknown as { shownNotifications: { onclick(): void }[] }).shownNotifications[0]?.onclick(),
  );
  await expect(page.getByTestId('panel-alerts')).toBeVisible();
  await expect(page.locator('[data-testid=alert][data-state=done]')).toContainText('low');
  expect(await titles()).toEqual([]);
});

import { expect } from '@playwright/test';
import { test } from './app.ts';

test('the tape marks where trades may be missing, until the whole tape has come again', async ({
  page,
  simulator,
}) => {
  const breaks = page.locator('.tape-row[data-side=break]');
  await expect(breaks).toHaveCount(0);
  await simulator.post('faults', { kind: 'mute' });
  await expect(breaks.first()).toContainText('trades may be missing', { timeout: 30_000 });
  await simulator.delete('faults');
  await simulator.post('faults', { kind: 'reset' });
  // After a reconnect the engine reads what was missed and sends the whole tape anew.
  await expect(breaks).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByTestId('tape')).toContainText(/\d{2}:\d{2}:\d{2}/);
});

test('a desk opened while its market is gone stands, and says what is wrong', async ({ page, simulator }) => {
  await simulator.post('stop');
  await page.reload();
  await expect(page.getByTestId('desk')).toBeVisible();
  await expect(page.getByTestId('chip-word').first()).toHaveText(/down|failed/, { timeout: 20_000 });
  await expect(page.getByTestId('status-bar')).toContainText('the venue refused the connection');
  // What is remembered on disk is shown; what never was, cannot be.
  await expect(page.getByTestId('chart-failed')).toHaveCount(0);
  await page.locator('[data-interval="4h"]').click();
  await expect(page.getByTestId('chart-failed')).toContainText('cannot be reached', { timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.getByTestId('panel-tape')).toContainText('refused the connection');
});

test('a new login link pasted into a tab that was refused opens the desk again', async ({
  page,
  desk,
  faults,
}) => {
  test.skip(desk.shell === 'desktop', 'the desktop app has no links');
  faults.allow(/401|403|WebSocket/);
  await page.context().clearCookies();
  await page.evaluate(() => {
    window.location.hash = `#token=${'x'.repeat(43)}`;
  });
  // The link is a wrong one, but it reached the login page, which says so.
  await expect(page.getByRole('heading')).toContainText('This link is not from');
});

test('zoomed to 200 % every part can still be reached, and nothing is cut off sideways', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 500 });
  const reach = () =>
    page.evaluate(() => ({
      sideways: document.documentElement.scrollWidth - innerWidth,
      cut: [...document.querySelectorAll<HTMLElement>('[data-testid^=panel-]')]
        .filter((panel) => {
          const { left, right, bottom } = panel.getBoundingClientRect();
          // The docked panels scroll under the bars, with their workspace.
          const scroller = panel.closest('[data-testid=workspace]') ?? document.documentElement;
          const below = bottom > scroller.getBoundingClientRect().top + scroller.scrollHeight;
          return left < 0 || right > innerWidth || right - left < 200 || below;
        })
        .map((panel) => panel.dataset['testid']),
    }));
  await expect.poll(reach).toEqual({ sideways: 0, cut: [] });
  await expect(page.getByTestId('status-bar')).toBeInViewport();
  await expect(page.getByTestId('demo-badge')).toBeInViewport();
});

test('scrolled back to the very beginning, the chart says that the venue has nothing older', async ({
  page,
}) => {
  await page.locator('[data-interval="1d"]').click();
  await expect(page.getByTestId('chart-loading')).toBeHidden();
  await page.getByTestId('chart').focus();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByTestId('chart-older')).toContainText('No older data');
});

test('an instrument its venue does not list says so everywhere, and the next one is shown whole', async ({
  page,
  desk,
}) => {
  test.skip(desk.shell === 'desktop', 'the settings are written past the window, over the host’s own link');
  await page.routeWebSocket(/\/contract$/, (window) => {
    const host = window.connectToServer();
    // What the settings of a person might name after a delisting.
    host.onMessage((message) =>
      window.send(
        typeof message === 'string'
          ? message.replace('"selected":"binance:BTC-USDT-PERP"', '"selected":"binance:GONE-USDT-PERP"')
          : message,
      ),
    );
  });
  await page.reload();
  for (const panel of ['book', 'tape', 'chart']) {
    await expect(page.getByTestId(`panel-${panel}`)).toContainText('GONE-USDT-PERP is not listed');
  }
  await page.locator('[data-instrument="binance:BTC-USDT-PERP"]').first().click();
  await expect(page.getByTestId('book-bids').getByRole('cell').first()).toHaveText(/\d/);
  await expect(page.getByTestId('tape')).toContainText(/\d{2}:\d{2}:\d{2}/);
  await expect(page.locator('[data-instrument$="ETH-USDT-PERP"] [data-fresh=fresh]').first()).toBeVisible();
});

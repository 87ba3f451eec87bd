import { expect } from '@playwright/test';
import { test } from './app.ts';
import { showPanel } from './workspace.ts';

test('a venue that answers pings but sends nothing is not called live, and comes back by itself', async ({
  page,
  simulator,
}) => {
  await expect(page.getByTestId('chip-word').first()).toHaveText('live');
  await simulator.post('faults', { kind: 'mute' });
  await expect
    .poll(() => page.getByTestId('chip-word').allTextContents(), { timeout: 30_000 })
    .not.toContain('live');
  await expect(page.getByTestId('book-notice')).toBeVisible();
  await simulator.delete('faults');
  await expect
    .poll(async () => new Set(await page.getByTestId('chip-word').allTextContents()), { timeout: 45_000 })
    .toEqual(new Set(['live']));
  await expect(page.getByTestId('book-notice')).toBeHidden();
});

test('a cut connection is shown in the log and the desk is live again within seconds', async ({
  page,
  simulator,
}) => {
  await showPanel(page, 'log');
  await simulator.post('faults', { kind: 'reset' });
  await expect(page.getByTestId('log')).toContainText('reset');
  await expect
    .poll(async () => new Set(await page.getByTestId('chip-word').allTextContents()))
    .toEqual(new Set(['live']));
});

test('a simulator that is gone is said, and no number goes on looking fresh', async ({ page, simulator }) => {
  await simulator.post('stop');
  await expect
    .poll(() => page.getByTestId('chip-word').allTextContents(), { timeout: 30_000 })
    .not.toContain('live');
  await expect(page.getByTestId('chart-stale')).toBeVisible();
  await expect(page.getByTestId('book-notice')).toBeVisible();
  await expect(page.getByTestId('desk')).toBeVisible();
});

test('an engine that is gone makes the whole desk say so', async ({ page, desk, faults }) => {
  test.skip(desk.shell === 'desktop', 'in the desktop app the engine and the window end together');
  // The page's own attempts to reach what is not there any more.
  faults.allow(/ERR_CONNECTION_REFUSED|WebSocket connection to/);
  process.kill(desk.pid, 'SIGKILL');
  await expect(page.getByTestId('engine-banner')).toBeVisible();
  await expect(page.getByTestId('engine-banner')).toContainText('not answering');
});

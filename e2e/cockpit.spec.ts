import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { openCockpit, row } from './cockpit.ts';

test('the connections view opens by key and by button, shows every part, and the desk comes back live', async ({
  page,
}) => {
  await openCockpit(page);
  for (const name of ['timeline', 'map', 'heat', 'incidents', 'log', 'plots', 'limits']) {
    await expect(page.getByTestId(`panel-${name}`)).toBeVisible();
  }
  await expect(page.getByTestId('panel-book')).toBeHidden();
  await page.keyboard.press('Alt+1');
  await expect(page.getByTestId('panel-map')).toHaveCount(0);
  await expect(page.getByTestId('book-bids').getByRole('cell').first()).toHaveText(/\d/);
  await expect(page.getByTestId('book-notice')).toBeHidden();
  await page.getByRole('button', { name: 'Connections' }).click();
  await expect(page.getByTestId('panel-map')).toBeVisible();
});

test('what the connections view watches is let go of when it is left', async ({ page, desk }) => {
  test.skip(desk.shell === 'desktop', 'a message port cannot be listened to from outside');
  const open = new Map<number, string>();
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const message = typeof payload === 'string' ? JSON.parse(payload) : {};
      if (message.t === 'watch') open.set(message.id, message.name);
      if (message.t === 'unwatch') open.delete(message.id);
    }),
  );
  await page.reload();
  await expect(page.getByTestId('chip-word').first()).toHaveText('live');
  const before = [...open.values()].sort();
  await openCockpit(page);
  await expect.poll(() => [...open.values()]).toContain('metrics');
  // The streams that are looked at stay open: looking must not close them.
  expect([...open.values()]).toEqual(expect.arrayContaining(before));
  await page.keyboard.press('Alt+1');
  await expect.poll(() => [...open.values()].sort()).toEqual(before);
});

test('a venue’s chip leads to its place on the map', async ({ page }) => {
  await page.getByTestId('status-bar').getByRole('button').filter({ hasText: 'Upbit' }).click();
  await page.getByRole('button', { name: 'Look closer' }).click();
  await expect(row(page, 'upbit')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('map-details')).toContainText('Upbit');
  await expect(page.getByTestId('map-sentence')).toContainText('Every connection to this venue delivers.');
});

test('the map is walked by keys alone, and says everything about the row it stands on', async ({ page }) => {
  await openCockpit(page);
  const map = page.getByTestId('map');
  await expect(row(page, 'binance').getByTestId('map-word')).toHaveText('live');
  await map.focus();
  await page.keyboard.press('Home');
  await expect(row(page, 'binance')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'binance')).toHaveAttribute('aria-expanded', 'false');
  await expect(page.locator('[data-row^="binance/"]')).toHaveCount(0);
  // Unfold the venue, go to its first connection, unfold that, go to its first stream.
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight');
  const selected = map.locator('[aria-selected=true]');
  await expect(selected).toHaveAttribute('aria-level', '3');
  await expect(page.getByTestId('map-sentence')).toContainText('This stream has been live for');
  await expect(page.getByTestId('map-details')).toContainText(/venue → arrival p50 \/ p99\s*[\d.]+ m?s/);
  // The plots follow.
  const stream = (await selected.getAttribute('data-row'))?.split('-').at(0)?.split(':').at(-1) ?? '?';
  await expect(page.getByTestId('plots-stream')).toContainText(stream);
});

test('a pulled plug is told by the map, the strip and the incidents, and explained when it is over', async ({
  page,
  simulator,
}) => {
  await openCockpit(page);
  await expect(row(page, 'binance/market').getByTestId('map-word')).toHaveText('live');
  await simulator.post('faults', { kind: 'refuse', venue: 'binance' });
  await simulator.post('faults', { kind: 'reset', venue: 'binance' });

  await expect(row(page, 'binance/market').getByTestId('map-word')).toContainText(/down|failed|connecting/);
  await expect(row(page, 'binance').getByTestId('map-word')).not.toContainText('live');
  const strip = page.getByTestId('timeline').locator('[data-connection="binance/market"]');
  await expect(strip.locator('[data-kind=waiting]').first()).toBeVisible();
  await strip.locator('[data-kind=waiting]').first().hover();
  await expect(page.getByTestId('timeline-told')).toContainText(/Binance market · down · \d\d:\d\d:\d\d → /);
  const incident = page.getByTestId('incident').filter({ hasText: 'Binance market' }).first();
  await expect(incident).toContainText(/→ now .* noticed after/);

  await simulator.delete('faults');
  await expect(row(page, 'binance/market').getByTestId('map-word')).toHaveText('live', { timeout: 45_000 });
  await expect(incident).toContainText(/\d\d:\d\d:\d\d → \d\d:\d\d:\d\d/);
  await expect(incident).toContainText(/On (your|the venue’s) side \(\d+ %\)|Unclear whose fault/);
  await incident.getByRole('button').first().click();
  const told = incident.getByTestId('post-mortem');
  await expect(told).toContainText('How it went');
  await expect(told).toContainText('Your orders and positions at the venue stand as they are');
  // The newest stand on top, and only those in sight are in the page: what is older is looked for.
  await page.getByTestId('log-search').fill('nothing like this is in the log');
  await expect(page.getByTestId('log')).toContainText('No line matches');
  await page.getByTestId('log-search').fill('binance down');
  await expect(page.getByTestId('log')).toContainText('Binance market is down');
});

test('the evidence of an incident is saved as one zip', async ({ page, desk, simulator }) => {
  test.skip(desk.shell === 'desktop', 'the desktop app saves where its own dialog says');
  await simulator.post('faults', { kind: 'reset', venue: 'upbit' });
  await openCockpit(page);
  const incident = page.getByTestId('incident').filter({ hasText: 'Upbit' }).first();
  await incident.getByRole('button').first().click();
  const download = page.waitForEvent('download');
  await incident.getByRole('button', { name: 'Export evidence' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.zip$/);
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
  await expect(incident.getByTestId('evidence-saved')).toContainText(/SHA-256 [0-9a-f]{64}/);
});

test('the timeline is walked by keys from state to state', async ({ page }) => {
  await openCockpit(page);
  const timeline = page.getByTestId('timeline');
  await timeline.focus();
  await expect(page.getByTestId('timeline-told')).toContainText(/ · live · \d\d:\d\d:\d\d → now/);
  await page.keyboard.press('Home');
  await expect(page.getByTestId('timeline-told')).not.toContainText('→ now');
  const first = await timeline.getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowDown');
  await expect(timeline).not.toHaveAttribute('aria-activedescendant', first ?? '');
  for (const range of ['1h', '6h', '24h', '7d', '30d']) {
    await page.locator(`[data-range="${range}"]`).click();
    await expect(timeline.getByRole('row').first()).toBeVisible();
  }
});

test('the heat’s cells are walked by keys and tell their figures; its figures column is never empty of words', async ({
  page,
}) => {
  await openCockpit(page);
  const heat = page.getByTestId('heat');
  const told = page.getByTestId('heat-told');
  await expect(heat).toBeVisible({ timeout: 30_000 });
  await heat.focus();
  await page.keyboard.press('ArrowDown');
  await expect(told).toContainText(/ · \d\d:\d\d:\d\d–\d\d:\d\d:\d\d · /);
  // The column of now fills ten seconds at a time.
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowLeft');
      return told.textContent();
    })
    .toMatch(/p50 .* p99 .* · (good|fair|late|bad)/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('map').locator('[aria-selected=true]')).toHaveAttribute('aria-level', '3');
  await page.getByRole('tab', { name: 'Latency' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Silence' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('panel-heat')).toContainText('longest time without data');
});

test('the limits say what is used, what is kept for cancels, and in which state they are', async ({
  page,
}) => {
  await openCockpit(page);
  const weight = page.getByTestId('limits').getByRole('row').filter({ hasText: 'Binance weight' });
  await expect(weight).toContainText(/Binance weight[\d,.]+ \/ [\d,]+\d+normal/);
  await page.getByTestId('rate-profile').selectOption('conservative');
  await page.reload();
  await openCockpit(page);
  await expect(page.getByTestId('rate-profile')).toHaveValue('conservative');
});

test('a venue is paused and let go on from the map', async ({ page }) => {
  await openCockpit(page);
  await row(page, 'upbit').click();
  await page.getByRole('button', { name: 'Pause venue' }).click();
  await expect(row(page, 'upbit').getByTestId('map-word')).toHaveText('paused');
  await page.getByRole('button', { name: 'Let it go on' }).click();
  await expect(row(page, 'upbit').getByTestId('map-word')).toHaveText('live', { timeout: 30_000 });
});

test('alarm bounds that make no sense are not taken; those that do are kept', async ({ page }) => {
  await openCockpit(page);
  await page.getByRole('tab', { name: /Alarms/ }).click();
  await page.getByRole('button', { name: 'Thresholds and ways' }).click();
  const form = page.getByTestId('alarm-settings');
  await form.locator('[name=scoreBelow]').fill('7');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByRole('alert')).toContainText('Nothing was saved');
  await expect(form.locator('[name=scoreBelow]')).toHaveAttribute('aria-invalid', 'true');
  await form.locator('[name=scoreBelow]').fill('0.6');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await page.reload();
  await openCockpit(page);
  await page.getByRole('tab', { name: /Alarms/ }).click();
  await page.getByRole('button', { name: 'Thresholds and ways' }).click();
  await expect(page.getByTestId('alarm-settings').locator('[name=scoreBelow]')).toHaveValue('0.6');
});

test('a test alarm comes as a toast, in either view', async ({ page }) => {
  await openCockpit(page);
  await page.getByRole('tab', { name: /Alarms/ }).click();
  await page.getByRole('button', { name: 'Test the alarm' }).first().click();
  await expect(page.getByTestId('alarm-toast')).toContainText('Nothing is wrong');
  await page.keyboard.press('Alt+1');
  await expect(page.getByTestId('alarm-toast')).toBeVisible();
  await page.getByTestId('alarm-toast').getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByTestId('alarm-toast')).toHaveCount(0);
});

test('a drill runs from its dialog and ends with a score card in words', async ({ page }) => {
  test.setTimeout(210_000);
  await openCockpit(page);
  await page.getByTestId('drill-button').click();
  const dialog = page.getByTestId('drill-dialog');
  await dialog.getByRole('button', { name: 'Choose none' }).click();
  await expect(page.getByTestId('drill-start')).toBeDisabled();
  await dialog.getByText('Cut sockets').click();
  await page.getByTestId('drill-start').click();
  await expect(page.getByTestId('drill-state')).toContainText('running');
  await expect(page.getByTestId('drill-state')).toContainText('over', { timeout: 170_000 });
  await expect(page.getByTestId('drill-scores')).toContainText(/Cut sockets.*(passed|failed)/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  // What is on the desk was not touched.
  await expect(row(page, 'binance').getByTestId('map-word')).toHaveText('live');
});

test('with the engine gone nothing in the view is called live', async ({ page, desk, faults }) => {
  test.skip(desk.shell === 'desktop', 'in the desktop app the engine and the window end together');
  faults.allow(/ERR_CONNECTION_REFUSED|WebSocket connection to/);
  await openCockpit(page);
  await expect(row(page, 'binance').getByTestId('map-word')).toHaveText('live');
  // What was never known does not grow old.
  await expect(page.getByTestId('map')).toHaveAttribute('data-fresh', 'fresh');
  await expect(page.getByTestId('limits')).toHaveAttribute('data-fresh', 'fresh');
  process.kill(desk.pid, 'SIGKILL');
  await expect(row(page, 'binance').getByTestId('map-word')).toHaveText('not known');
  await expect(page.getByTestId('map-summary')).toContainText(/^0 of \d+ streams live/);
  await expect(page.getByTestId('map')).toHaveAttribute('data-fresh', 'stale');
  await expect(page.getByTestId('limits')).toHaveAttribute('data-fresh', 'stale');
  await expect(page.getByRole('button', { name: 'Reconnect now' })).toBeDisabled();
});

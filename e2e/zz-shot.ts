import { chromium } from '@playwright/test';
import { createFaultWatch } from './fault-watch.ts';
import { openHeadlessDesk } from './headless-desk.ts';
import { simulatorControl } from './simulator-control.ts';
import { browserFlags, ensureBrowser } from '../scripts/browser.ts';

const fake = process.argv.includes('--fake');
const browser = await chromium.launch({ args: [...browserFlags()], executablePath: ensureBrowser() });
const faults = createFaultWatch();
// One context with the size wanted.
const wrapped = Object.create(browser);
wrapped.newContext = () => browser.newContext({ viewport: { width: 1600, height: 1000 }, colorScheme: 'dark', locale: 'en-GB', timezoneId: 'Asia/Seoul' });
const desk = await openHeadlessDesk(wrapped, faults);
const { page } = desk;
const sim = simulatorControl(desk.simulator);
const t0 = Date.now();
if (fake) {
  await page.routeWebSocket(/\/contract$/, (ws) => {
    const host = ws.connectToServer();
    const now = Date.now();
    const ids = ['binance/public', 'binance/market', 'bybit/linear', 'upbit/public', 'bithumb/public'];
    const cause = { code: 'socket.silent', detail: 'no data for 15 s' };
    const incident = (id: string, venue: string, connection: string, ended: number | undefined, extra = {}) => ({
      id, venue, connection, worst: 'stale', cause, startedAt: now - 400_000, noticedAt: now - 395_200, ...(ended ? { endedAt: ended } : {}),
      attempts: 3, tradesMissed: 12, tradesRecovered: 12, candlesRepaired: 4, booksResynced: 1, ordersInFlight: 0,
      verdict: { side: 'theirs', kind: 'socket', confidence: 0.86, evidence: [{ code: 'others.fine', details: { venues: 'upbit bybit' } }, { code: 'rest.answers', details: { tookMs: 2100 } }, { code: 'what.ever', details: {} }] },
      others: [{ venue: 'upbit', worst: 'live' }, { venue: 'bybit', worst: 'degraded' }],
      transitions: [{ at: now - 395_200, kind: 'stale', cause }, { at: now - 390_000, kind: 'waiting', cause }, { at: now - 380_000, kind: 'connecting' }],
      ...extra,
    });
    const alarm = (id: string, rule: string, subject: string, state: string, exposure: string, value: number, bound: number) => ({ id, rule, subject, exposure, state, raisedAt: now - 100_000, lastAt: now, count: 2, value, bound });
    ws.onMessage((text) => {
      const m = typeof text === 'string' ? JSON.parse(text) : {};
      const answer = (output: unknown) => ws.send(JSON.stringify({ t: 'answer', id: m.id, output }));
      if (m.t === 'request' && m.name === 'timeline.read') {
        const { from, to } = m.input;
        const w = to - from;
        return answer(ids.map((connection, i) => ({
          venue: connection.split('/')[0], connection, uptime: [1, 0.9996, 0.994, 0.962, NaN][i] ?? null,
          spans: i === 4 ? [{ from: to - w * 0.3, to, kind: 'paused', cause: { code: 'user', detail: '' } }] : [
            { from: from + w * 0.05 * i, to: from + w * 0.5, kind: 'live' },
            { from: from + w * 0.5, to: from + w * 0.5 + w * 0.1 * i, kind: ['live', 'rotating', 'degraded', 'stale'][i], ...(i > 1 ? { cause } : {}) },
            { from: from + w * 0.5 + w * 0.1 * i, to: from + w * 0.9, kind: 'live' },
            { from: from + w * 0.9, to: from + w * 0.902, kind: 'waiting', cause },
            { from: from + w * 0.902, to: from + w * 0.95, kind: i === 3 ? 'waiting' : 'live', ...(i === 3 ? { cause } : {}) },
            { from: from + w * 0.95, to, kind: i === 2 ? 'failed' : 'live', ...(i === 2 ? { cause } : {}) },
          ],
        })));
      }
      if (m.t === 'request' && m.name === 'incidents.list') return answer([]);
      if (m.t === 'watch' && m.name === 'incidents') { pushes.push([m.id, [incident('a', 'binance', 'binance/market', undefined), incident('b', 'upbit', 'upbit/public', now - 200_000, { worst: 'degraded', startedAt: now - 900_000, noticedAt: now - 899_000, verdict: { side: 'mine', kind: 'correlated', confidence: 0.64, evidence: [{ code: 'link.all-venues', details: {} }] }, tradesMissed: 0, tradesRecovered: 0, candlesRepaired: 0, booksResynced: 0, attempts: 0 })]]); return; }
      if (m.t === 'watch' && m.name === 'alarms') { pushes.push([m.id, { alarms: [alarm('x', 'inactive', 'bithumb/public', 'active', 'position', 125_000, 120_000), alarm('y', 'memory', 'engine', 'snoozed', 'none', 140, 100)], calls: process.argv.includes('--toast') ? [{ alarm: alarm('x', 'inactive', 'bithumb/public', 'active', 'position', 125_000, 120_000), ways: ['toast'], isTest: false, at: now }] : [], webhook: { at: now, ok: false, detail: 'HTTP 500' } }]); return; }
      if (m.t === 'watch' && m.name === 'drill') { pushes.push([m.id, { state: 'done', progress: 1, scores: [
        { scenario: 'kill', venue: 'binance', passed: true, noticedAfterMs: 12, falseGreenMs: 0, recoveredAfterMs: 640, unrepairedGaps: 0, tradesLost: 0, doubledSubscriptions: 0, faults: [] },
        { scenario: 'mute-but-pinging', venue: 'upbit', passed: false, noticedAfterMs: 9100, falseGreenMs: 4100, recoveredAfterMs: 2640, unrepairedGaps: 1, tradesLost: 3, doubledSubscriptions: 0, faults: ['false-green 4.1 s > 0 s'] },
      ] }]); return; }
      if (m.t === 'ack' && m.seq >= 1e6) return;
      host.send(text);
    });
    const pushes: [number, unknown][] = [];
    let seq = 1e6;
    setInterval(() => { while (pushes.length) { const p = pushes.shift(); ws.send(JSON.stringify({ t: 'batch', seq: seq++, updates: [p] })); } }, 300);
    host.onMessage((text) => ws.send(text));
  });
  await page.reload();
  await page.getByTestId('desk').waitFor();
}
await page.waitForTimeout(Number(process.env.SETTLE ?? 12_000));
await page.keyboard.press('Alt+2');
await page.waitForTimeout(15_000);
if (process.argv.includes('--fault')) { await page.waitForTimeout(20_000); await sim.post('faults', { kind: 'refuse', venue: 'bithumb' }); await sim.post('faults', { kind: 'reset', venue: 'bithumb' }); await sim.post('faults', { kind: 'delay', ms: 1900, venue: 'upbit' }); await page.waitForTimeout(9_000); await page.locator('[data-row="bithumb/public"]').click(); await page.waitForTimeout(6_000); }
const shot = (name: string) => page.screenshot({ path: `/tmp/cockpit-${name}.png` });
await shot('dark-en');
if (process.argv.includes('--more')) {
  await page.getByTestId('incident').first().getByRole('button').first().click().catch(() => {});
  await page.getByTestId('map').focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowDown');
  await page.getByTestId('heat').focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  await page.waitForTimeout(1200);
  await shot('open');
  await page.getByRole('tab', { name: /Alarms/ }).click();
  await page.getByRole('tab', { name: 'Rate' }).click();
  await page.waitForTimeout(1500);
  await shot('alarms-rate');
  await page.getByRole('tab', { name: 'Silence' }).click();
  await page.getByRole('button', { name: 'Thresholds' }).click();
  await page.waitForTimeout(1500);
  await shot('settings');
  await page.keyboard.press('Escape');
  await page.getByTestId('drill-button').click();
  await page.waitForTimeout(800);
  await shot('drill');
  await page.keyboard.press('Escape');
  await page.getByTestId('export-button').click();
  await page.waitForTimeout(300);
  await shot('export');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Latency' }).click();
}
if (process.argv.includes('--all')) {
  const set = async (theme: string, lang: string) => {
    await page.getByTestId('settings-button').click();
    await page.getByTestId('settings-menu').locator(`input[value=${theme}]`).check({ force: true });
    await page.getByTestId('settings-menu').getByText(lang, { exact: true }).click();
    await page.keyboard.press('Escape');
    await page.mouse.move(1, 1);
    await page.waitForTimeout(1500);
  };
  await set('light', 'English'); await shot('light-en');
  await set('light', '한국어'); await shot('light-ko');
  await set('dark', '한국어'); await shot('dark-ko');
  await page.setViewportSize({ width: 1100, height: 760 }); await page.waitForTimeout(1000);
  await page.screenshot({ path: '/tmp/cockpit-narrow.png', fullPage: true });
}
console.log('faults', faults.unexpected, Date.now() - t0);
await desk.close();
await browser.close();
void sim;

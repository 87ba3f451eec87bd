import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync, existsSync, rmSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { browserFlags, ensureBrowser } from '../scripts/browser.ts';
import { readyLine } from './ready-line.ts';
const dir = mkdtempSync('/tmp/hl-perf-');
const coins = ['BTC','ETH','SOL','XRP','DOGE','ADA','AVAX','LINK','BNB','SUI','TRX','DOT','SHIB','LTC','BCH'];
const watchlist = [...coins.map(c=>`binance:${c}-USDT-PERP`), ...coins.map(c=>`bybit:${c}-USDT-PERP`), ...coins.map(c=>`upbit:${c}-KRW`), ...coins.map(c=>`bithumb:${c}-KRW`)];
const host = spawn(process.execPath, ['src/headless/main.ts','--demo','--json','--port','0','--data-dir',dir], { stdio: ['ignore','pipe','pipe'] });
const { url } = await readyLine(host as never);
const browser = await chromium.launch({ args: [...browserFlags()], executablePath: ensureBrowser() });
const page = await (await browser.newContext({ viewport: { width: 1600, height: 1000 } })).newPage();
await page.addInitScript(() => {
  (window as any).long = [];
  new PerformanceObserver((l) => { for (const e of l.getEntries()) (window as any).long.push([Math.round(e.startTime), Math.round(e.duration)]); }).observe({ type: 'longtask', buffered: true });
});
// The settings are written by the page's own contract: patched on the way in.
await page.routeWebSocket(/\/contract$/, (ws) => {
  const h = ws.connectToServer();
  h.onMessage((m) => ws.send(typeof m === 'string' && m.includes('"watchlist":[') ? m.replace(/"watchlist":\[[^\]]*\]/, `"watchlist":${JSON.stringify(watchlist)}`) : m));
});
await page.goto(url!);
await page.getByTestId('desk').waitFor();
await page.waitForTimeout(20_000);
await page.keyboard.press('Alt+2');
await page.waitForTimeout(20_000);
const summary = await page.getByTestId('map-summary').textContent();
// All streams unfolded: the most rows there can be.
await page.evaluate(() => { (window as any).from = performance.now(); });
const frames = await page.evaluate(() => new Promise((done) => { const at: number[] = []; const end = performance.now() + 20_000; const step = (t: number) => { at.push(t); if (t < end) requestAnimationFrame(step); else { const gaps = at.slice(1).map((x, i) => x - at[i]!).sort((a, b) => a - b); done({ frames: gaps.length, p50: gaps[Math.floor(gaps.length * .5)], p99: gaps[Math.floor(gaps.length * .99)], max: gaps.at(-1) }); } }; requestAnimationFrame(step); }));
const long = await page.evaluate(() => (window as any).long.filter(([s]: number[]) => s! > (window as any).from));
const { metrics } = await (async () => { const c = await page.context().newCDPSession(page); await c.send('Performance.enable'); const a = await c.send('Performance.getMetrics'); await new Promise((r) => setTimeout(r, 10_000)); const b = await c.send('Performance.getMetrics'); const g = (x: any, n: string) => x.metrics.find((m: any) => m.name === n).value; return { metrics: Object.fromEntries(['TaskDuration','ScriptDuration','LayoutDuration','RecalcStyleDuration'].map((n) => [n, ((g(b, n) - g(a, n)) * 100).toFixed(1) + ' ms/s'])) }; })();
console.log(JSON.stringify({ summary, frames, long, metrics }));
await page.screenshot({ path: '/tmp/cockpit-many.png' });
await browser.close();
host.kill(); 
await new Promise((r) => setTimeout(r, 800));
rmSync(dir, { recursive: true, force: true });

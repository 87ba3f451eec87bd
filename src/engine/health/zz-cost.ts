import { mkdtempSync, statSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { openConnectionStore } from './connection-store.ts';
import { createEventLog } from './event-log.ts';
import { openTimeline } from './timeline.ts';
import { createTimelinePruning } from './timeline-pruning.ts';
import { createVirtualClock } from '../../shared/test-kit/virtual-clock.ts';
const perDay = Number(process.argv[2]);
const dataDir = mkdtempSync(join(tmpdir(), 'cost-'));
const clock = createVirtualClock(1_760_000_000_000);
const log = createEventLog(clock);
let store = openConnectionStore({ dataDir, clock, log });
let timeline = openTimeline({ store, clock });
const venues = ['binance','bybit','upbit','bithumb'] as any[];
const cause = { code: 'socket.silent', detail: 'no data for 15000 ms although the socket answers' } as const;
const seq = [{kind:'degraded',cause},{kind:'stale',cause},{kind:'waiting',attempt:1,retryAt:1_760_000_000_000,cause,exhausted:false},{kind:'connecting',attempt:1},{kind:'subscribing'},{kind:'live'}] as any[];
const everyS = 86400 / perDay;
let next = 0, n = 0, noteMs = 0, flushMs = 0, worst = 0, flushes = 0;
for (let s = 0; s < 30 * 86400; s += 1) {
  clock.advance(1000);
  timeline.second();
  while (s >= next) {
    const c = (n / 6 | 0) % 12;
    const t = performance.now();
    timeline.note({ at: clock.now(), venue: venues[c % 4], connection: `${venues[c % 4]}/r${c / 4 | 0}`, state: seq[n % 6], lastDataAt: clock.now() - 3000 });
    noteMs += performance.now() - t;
    n += 1; next += everyS;
  }
  const t = performance.now();
  store.flush();
  const took = performance.now() - t;
  flushMs += took; flushes += 1; worst = Math.max(worst, took);
}
const time = (name: string, f: () => unknown) => { const t = performance.now(); const r: any = f(); console.log(name, (performance.now() - t).toFixed(1), 'ms', Array.isArray(r) ? `${r.length} rows, ${r.reduce((a: number, x: any) => a + (x.spans?.length ?? 1), 0)} spans, ${(JSON.stringify(r).length/1024).toFixed(0)} kB` : ''); };
console.log({ perDay, n, noteUs: (noteMs / n * 1000).toFixed(1), flushUsMean: (flushMs / flushes * 1000).toFixed(1), flushWorstMs: worst.toFixed(1), dbMB: (statSync(join(dataDir, 'connections.db')).size / 1e6).toFixed(2), walMB: (statSync(join(dataDir, 'connections.db-wal')).size / 1e6).toFixed(2) });
const now = clock.now();
time('rows 30 d', () => timeline.rows(now - 30 * 86400e3, now));
{ let worstStep=0, last=performance.now(); const t0=last; await timeline.rowsInSteps(now - 30 * 86400e3, now, async () => { worstStep=Math.max(worstStep, performance.now()-last); await new Promise((r) => setTimeout(r,0)); last=performance.now(); }); console.log('rows in steps', (performance.now()-t0).toFixed(0), 'ms, longest step', worstStep.toFixed(1), 'ms'); }
time('rows 24 h', () => timeline.rows(now - 86400e3, now));
time('transitions 24 h', () => timeline.transitions(now - 86400e3, now, 10001));
const pruning = createTimelinePruning(store);
clock.advance(15 * 86400e3); 
pruning.ask(clock.now() - 30 * 86400e3);
timeline.second();
let worstPrune = 0, rounds = 0; for (let i = 0; i < 100; i++) { const t = performance.now(); store.flush(); const d = performance.now() - t; worstPrune = Math.max(worstPrune, d); rounds++; if (d < 0.05) break; }
console.log({ rounds, worstPruneMs: worstPrune.toFixed(1), left: store.database!.prepare('select count(*) from transitions').pluck().get() });
timeline.dispose(); store.dispose();
const t = performance.now(); store = openConnectionStore({ dataDir, clock, log }); console.log('open', (performance.now() - t).toFixed(1), 'ms'); store.dispose();
rmSync(dataDir, { recursive: true });

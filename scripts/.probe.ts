import { createEngine } from '../src/engine/engine.ts';
import { systemClock } from '../src/shared/base/system-clock.ts';
import { PROVENANCES } from '../src/shared/domain/market-data.ts';
import { startSimulator } from '../src/simulator/simulator.ts';
import { venuesAt } from '../src/venues/registry.ts';
import { mkdtempSync } from 'node:fs';
const sim = await startSimulator({ seed: 3 });
const dataDir = mkdtempSync('/tmp/probe-');
const venues = venuesAt((v) => sim.address.venues[v.id]);
const engine = createEngine({ clock: systemClock, dataDir, venues, app: { version: '0', mode: 'demo', environment: 's', shell: 'headless' } as never });
const w = (n: string, i: unknown) => engine.api.watch(n as never, i as never, () => undefined);
const instruments = venues.flatMap(({ venue }) => venue.favourites);
const src: [string, any][] = [];
for (const v of ['upbit', 'bithumb']) for (const n of [0, 7]) for (const interval of ['1m', '5m', '1h']) { const i = instruments.filter((x) => x.startsWith(v + ':'))[n]; src.push([`${i} ${interval}`, w('candles', { instrument: i, interval })]); }
await new Promise((r) => setTimeout(r, 70_000));
await fetch(sim.address.control + '/_sim/faults', { method: 'POST', body: JSON.stringify({ kind: 'reset' }) });
await new Promise((r) => setTimeout(r, 110_000));
const log = w('log', {}).take() as any[];
for (const e of log) if (/candles|data|rest\.|history/.test(e.code)) console.log(e.code, e.message.slice(0, 260));
for (const [n, s] of src) { const t = s.take() as any; const c = t?.candles; console.log(n, 'holes', t?.holes.length, [...c.openTime].slice(-6).map((o: number, k: number) => `${new Date(o).toISOString().slice(14, 16)}${c.closed.at(k - Math.min(6, c.openTime.length))}${PROVENANCES[c.provenance.at(k - Math.min(6, c.openTime.length))]}`).join(' ')); s.dispose(); }
await engine[Symbol.asyncDispose]();
await sim.stop();

import { mkdtempSync } from 'node:fs';
import { createEngine } from './engine/engine.ts';
import { systemClock } from './shared/base/system-clock.ts';
import { startSimulator } from './simulator/simulator.ts';
import { venuesAt } from './venues/registry.ts';
import { watchInputs } from './shared/contract/api.ts';
const simulator = await startSimulator({ seed: 7 });
const engine = createEngine({ clock: systemClock, dataDir: mkdtempSync('/tmp/hl-'), venues: venuesAt((v) => simulator.address.venues[v.id]), app: { version: '0', mode: 'demo', environment: 'simulator', shell: 'headless' } });
const w = engine.api.watch('tickers', watchInputs.tickers.parse({ instruments: ['binance:BTC-USDT-PERP'] }) as never, () => {});
const h = engine.api.watch('health', {} as never, () => {});
const t0 = Date.now();
for (let i = 0; i < 34; i++) {
  await new Promise((r) => setTimeout(r, 1000));
  if (i === 6) console.log('mute', (await fetch(simulator.address.control + '/_sim/faults', { method: 'POST', body: JSON.stringify({ kind: 'mute', durationMs: 12000 }) })).status);
  w.take();
  const v: any = h.take();
  console.log(((Date.now() - t0) / 1000).toFixed(1), v?.connections.map((c: any) => `${c.id} ${c.state.kind} ${c.state.cause?.detail ?? ''} [${c.streams.map((s: any) => s.stream.split(' ')[0] + '=' + s.state + '/' + s.perSecond.toFixed(1)).join(' ')}]`).join(' | '));
}
await engine[Symbol.asyncDispose](); await simulator.stop();

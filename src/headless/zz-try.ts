import { mkdtempSync } from 'node:fs';
import { createEngine } from '#engine/engine.ts';
import { openRecordedDesk } from '#engine/recorder/recorded-desk.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { venues } from '#venues/registry.ts';
const t=performance.now();
const desk = await openRecordedDesk({ path: process.argv[2]!, speed: Number(process.argv[3]), clock: systemClock, venues, settingsFrom: mkdtempSync('/tmp/x-') });
console.log('opened', performance.now()-t, desk.recording.streams.length, new Date(desk.recording.app.replay.from).toISOString(), new Date(desk.recording.app.replay.to).toISOString());
const engine = createEngine({ dataDir: desk.dataDir, ...desk.recording, app: { version: '0', shell: 'headless', ...desk.recording.app } });
const counts: Record<string, number> = {};
await engine.tap(desk.recording.streams, (e) => { counts[e.kind] = (counts[e.kind] ?? 0) + 1; });
let ended = '';
await desk.begin(engine, (d) => { ended = d; });
const log = engine.api.watch('log', {}, () => undefined);
const show = () => { const h = engine.health(); console.log(new Date(h.asOf).toISOString(), h.connections.map(c=>`${c.id} ${c.state.kind}${'cause' in c.state ? ' '+c.state.cause.detail:''} [${c.streams.map(s=>s.stream.split(' ')[0]+':'+s.state+(s.gaps?` gaps${s.gaps}`:'')).join(',')}]`).join(' | '), JSON.stringify(counts), h.engine.eventLoopDelayMs.toFixed(1), h.engine.memoryMb); };
for (let i=0;i<30 && !ended;i++){ await new Promise(r=>setTimeout(r,1000)); show(); }
await new Promise(r=>setTimeout(r,500)); show();
console.log(ended, log.take()?.map(e=>`${e.level} ${e.code} ${e.message}`.slice(0,160)).join('\n'));
await engine[Symbol.asyncDispose](); await desk[Symbol.asyncDispose]();

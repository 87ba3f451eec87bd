import v8flags from "node:v8"; if (process.env.GF) v8flags.setFlagsFromString("--semi-space-growth-factor=" + process.env.GF);if (process.env.MS) v8flags.setFlagsFromString("--max-semi-space-size=" + process.env.MS);
const mb = (n: number) => Math.round(n / 1e5) / 10;
const show = (what: string) => { globalThis.gc?.(); globalThis.gc?.(); const m = process.memoryUsage(); console.log(what.padEnd(24), 'rss', mb(m.rss), 'heapTotal', mb(m.heapTotal), 'used', mb(m.heapUsed), 'ext', mb(m.external), 'ab', mb(m.arrayBuffers)); };
show('bare');
const { createEngine } = await import('#engine/engine.ts');
const { systemClock } = await import('#shared/base/system-clock.ts');
show('imports');
const { venuesAt } = await import('#venues/registry.ts');
show('venues');
const { watchInputs } = await import('#shared/contract/api.ts');
const [dataDir = '', endpoints = '{}', openedText='10'] = process.argv.slice(2);
const addresses = JSON.parse(endpoints);
const venues = venuesAt(({ id }: any) => addresses[id]);
const engine = createEngine({ clock: systemClock, dataDir, venues, app: { version: 'b', mode: 'demo', environment: 's', shell: 'headless' } });
show('engine');
await new Promise((r) => setTimeout(r, 3000)); show('engine 3 s');
const listed = await engine.api.request('instruments.list', {});
show('list ' + listed.length);
const per = venues.map(({ venue }: any) => [...new Set([...venue.favourites, ...listed.filter((o: any) => o.venue === venue.id && o.status !== 'halted').map((o: any) => o.id)])].slice(0, 50));
let events = 0;
const tap = (kinds: string[], n: number) => engine.tap(per.flatMap((w: any) => w.slice(0, n).flatMap((instrument: any) => kinds.map((kind) => ({ kind, instrument, ...(kind === 'candle' && { interval: '1m' }) })))) as any, () => { events++; });
for (const [kinds, n] of [[['ticker'], 50], [['top', 'trade', 'mark'], 50], [['book'], Number(openedText)], [['candle'], Number(openedText)]] as const) {
  await tap(kinds as any, n); events = 0;
  await new Promise((r) => setTimeout(r, 12000)); show(`${kinds} x${n} ev ${events}`);
}
const v8 = await import('node:v8'); console.log(v8.getHeapSpaceStatistics().map((s) => `${s.space_name} ${mb(s.space_size)}/${mb(s.space_used_size)}`).join(' | '));
if (process.argv[5]) v8.writeHeapSnapshot(process.argv[5]);
{const u=process.cpuUsage();console.log("cpu", (u.user+u.system)/1e6)}
process.exit(0);

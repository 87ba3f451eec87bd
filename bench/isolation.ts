// Goal G16: what one venue does to the others. Trades of three venues, from the frame in our hands to the batch for a
// window, while the fourth (Bybit) works, hangs, floods, or makes its decoder throw at every frame; rounds interleaved,
// each beside a calm one. Prints one JSON. `node bench/isolation.ts [rounds] [seconds each]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../src/engine/engine.ts';
import { openSocket, type SocketListener } from '../src/engine/net/socket.ts';
import { systemClock } from '../src/shared/base/system-clock.ts';
import type { TradeColumns } from '../src/shared/contract/columns.ts';
import type { ClientMessage, ServerChannel } from '../src/shared/contract/protocol.ts';
import { startSimulatorProcess } from '../src/simulator/test-kit/simulator-process.ts';
import { venuesAt } from '../src/venues/registry.ts';
import { median, rounded } from './kit/statistics.ts';

const [rounds = 5, seconds = 4] = process.argv.slice(2).map(Number);
const GOAL_MORE = 0.05;
const FLOOD_PER_SECOND = 5000;
const TICK_MS = 5;
const TROUBLES = ['hang', 'flood', 'throw'] as const;
type Trouble = (typeof TROUBLES)[number];

const simulator = await startSimulatorProcess(6);
const folder = mkdtempSync(join(tmpdir(), 'heartline-bench-'));
let trouble: Trouble | 'calm' = 'calm';
/** When the frame with the newest trades of an instrument came. */
const cameAt = new Map<string, number>();
const latencies: Record<string, number[]> = { calm: [], hang: [], flood: [], throw: [] };
const p99s: Record<Trouble, { calm: number; worst: number }[]> = { hang: [], flood: [], throw: [] };
let flooded: { readonly listener: SocketListener; readonly bytes: Buffer } | undefined;

const staged = venuesAt(({ id }) => simulator.address.venues[id]).map((one) =>
  one.venue.id === 'bybit' ? { ...one, venue: { ...one.venue, createDecoder: throwing(one.venue.createDecoder) } } : one,
);
const engine = createEngine({
  clock: systemClock,
  dataDir: folder,
  venues: staged,
  app: { version: 'bench', mode: 'demo', environment: 'simulator', shell: 'headless' },
  openSocket: (url, listener) => {
    const isTroubled = url.includes(new URL(simulator.address.venues['bybit']?.ws ?? '').host);
    return openSocket(url, {
      ...listener,
      frame(bytes) {
        if (isTroubled) {
          if (trouble === 'hang') return;
          if (bytes.includes('publicTrade')) flooded = { listener, bytes: Buffer.from(bytes) };
        } else cameAt.set(url, performance.now());
        listener.frame(bytes);
        arrived.clear();
      },
    });
  },
});
/** The moment the frame under way came: what it says is in the window's hands at the next batch. */
const arrived = new Map<string, number>();
openWindow();
await live();
for (let round = 0; round < rounds; round += 1) {
  for (const kind of TROUBLES) {
    const calm = await measure('calm');
    const worst = await measure(kind);
    p99s[kind].push({ calm, worst });
    trouble = 'calm';
    // The circuit lets go, the sockets come back.
    await pause(6000);
  }
}
const more = Object.fromEntries(
  TROUBLES.map((kind) => [kind, median(p99s[kind].map(({ calm, worst }) => worst / calm - 1))]),
);
process.stdout.write(
  `${JSON.stringify({
    bench: 'isolation',
    rounds,
    p99CalmMs: rounded(median(TROUBLES.flatMap((kind) => p99s[kind].map(({ calm }) => calm)))),
    p99Ms: Object.fromEntries(TROUBLES.map((kind) => [kind, rounded(median(p99s[kind].map(({ worst }) => worst)))])),
    morePercent: Object.fromEntries(Object.entries(more).map(([kind, share]) => [kind, rounded(share * 100)])),
    goalPercent: GOAL_MORE * 100,
    met: Object.values(more).every((share) => share <= GOAL_MORE),
  })}\n`,
);
await engine[Symbol.asyncDispose]();
await simulator[Symbol.asyncDispose]();
rmSync(folder, { recursive: true, force: true });
process.exit(0);

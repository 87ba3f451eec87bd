// From the frame of a private event to the batch that tells a window of it, over a real loopback socket to
// the contract's own client, batching included. Orders are placed at the simulator behind the back of one engine on all four venues; each is
// timed from the arrival of the first frame that names it to the batch with its row. Prints one JSON.
// `node bench/account-latency.ts [orders]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccounts } from '../src/engine/accounts/open-accounts.ts';
import { createEngine } from '../src/engine/engine.ts';
import { openSocket } from '../src/engine/net/socket.ts';
import { systemClock } from '../src/shared/base/system-clock.ts';
import { createClient } from '../src/shared/contract/client.ts';
import { createChannelPair } from '../src/shared/test-kit/channel-pair.ts';
import { startSimulatorProcess } from '../src/simulator/test-kit/simulator-process.ts';
import { accountsAt } from '../src/venues/account-registry.ts';
import { venuesAt } from '../src/venues/registry.ts';
import { rounded } from './kit/statistics.ts';

const [orders = 400] = process.argv.slice(2).map(Number);
const GOAL = { p99Ms: 50 };
const VENUES = { binance: 'BTCUSDT', bybit: 'BTCUSDT', upbit: 'KRW-BTC', bithumb: 'KRW-BTC' } as const;

await using simulator = await startSimulatorProcess(9);
const { control, venues } = simulator.address;
const folder = mkdtempSync(join(tmpdir(), 'heartline-bench-'));
/** When each venue's private socket last brought a frame. */
const frameAt = new Map<string, number>();
const took: number[] = [];

await using engine = createEngine({
  clock: systemClock,
  dataDir: folder,
  venues: venuesAt(({ id }) => venues[id]),
  app: { version: 'bench', mode: 'demo', environment: 'simulator', shell: 'headless' },
  accounts: openAccounts({
    environment: 'simulator',
    store: 'memory',
    places: accountsAt(({ id }) => venues[id]),
  }),
  openSocket: (url, listener, options) =>
    openSocket(
      url,
      {
        ...listener,
        frame(bytes) {
          const venue = venueAt(url);
          // The first of the frames an order brings: what comes while it is awaited is its own.
          if (awaited === venue && !frameAt.has(venue) && url.includes('/private'))
            frameAt.set(venue, performance.now());
          listener.frame(bytes);
        },
      },
      options,
    ),
});
let awaited = '';

const ends = createChannelPair();
engine.serve(ends.server);
const client = createClient({ connect: async () => ends.client, clock: systemClock });
await until(() => client.status === 'open');
await client.request('keys.choose', { kind: 'memory' });
for (const venue of Object.keys(VENUES)) {
  const answer = (await (await fetch(`${control}/_sim/keys?venue=${venue}`)).json()) as {
    keys: readonly { name: string; apiKey: string; secret: string }[];
  };
  const key = answer.keys.find(({ name }) => name === 'trade');
  if (!key) throw new Error(`no key of ${venue}`);
  const { apiKey, secret } = key;
  await client.request('accounts.add', { venue, environment: 'simulator', label: venue, apiKey, secret });
}
await until(() => {
  const mine = engine.health().connections.filter(({ id }) => id.includes('/account:'));
  return mine.length === 4 && mine.every(({ state }) => state.kind === 'live');
});

let told: () => void = () => undefined;
client.watch('orders', {}, (update) => {
  if (
    !update.restart &&
    update.rows.some(({ instrument, source }) => instrument.startsWith(`${awaited}:`) && source === 'stream')
  )
    told();
});
await pause(3000);
for (let round = 0; round < orders; round += 1) {
  const venue = Object.keys(VENUES)[round % 4] as keyof typeof VENUES;
  const isKrw = venue === 'upbit' || venue === 'bithumb';
  frameAt.delete(venue);
  awaited = venue;
  const heard = new Promise<void>((resolve) => {
    told = () => {
      const since = frameAt.get(venue);
      if (since !== undefined && awaited === venue) took.push(performance.now() - since);
      awaited = '';
      resolve();
    };
  });
  await post('orders', {
    venue,
    key: 'trade',
    action: 'place',
    symbol: VENUES[venue],
    side: 'buy',
    type: 'limit',
    ...(isKrw ? { price: '60000000', quantity: '0.001' } : { price: '50000', quantity: '0.003' }),
    clientOrderId: `bench${round}`,
  });
  await Promise.race([heard, pause(2000)]);
  awaited = '';
  await post('orders', { venue, key: 'trade', action: 'cancel', clientOrderId: `bench${round}` });
  await pause(20);
}
const sorted = took.toSorted((one, other) => one - other);
const at = (share: number) =>
  rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
process.stdout.write(
  `${JSON.stringify({
    bench: 'account-latency',
    orders: took.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    worstMs: at(1),
    goal: GOAL,
    met: took.length >= orders * 0.99 && at(0.99) <= GOAL.p99Ms,
  })}\n`,
);
rmSync(folder, { recursive: true, force: true });

function venueAt(url: string): string {
  return Object.entries(venues).find(([, { ws }]) => url.startsWith(ws))?.[0] ?? '';
}

async function post(path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${control}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`);
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!holds() && performance.now() < deadline) await pause(20);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

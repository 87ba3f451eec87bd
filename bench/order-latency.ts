// Issue 6: from a click to the request on the wire, and from the kill switch to the last order gone. One engine on all four
// simulated venues, asked by the contract's own client as a window asks it; every line of the journal is forced to the
// disk. A click is timed from the message with its token to the signed request being handed to `fetch`, the kill from its message to
// the first cancel there and to the ledgers without open orders, fifty at each venue. Beside it: how long this disk takes to
// be forced to take one page at that moment, and how long this process really computed between click and request: without
// these the click's figure says little on a machine that does something else as well. Prints one JSON.

// `node bench/order-latency.ts [orders]`
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccounts } from '../src/engine/accounts/open-accounts.ts';
import { createEngine } from '../src/engine/engine.ts';
import { systemClock } from '../src/shared/base/system-clock.ts';
import { createClient } from '../src/shared/contract/client.ts';
import type { AccountId } from '../src/shared/domain/account.ts';
import { instrumentId } from '../src/shared/domain/instrument.ts';
import { createChannelPair } from '../src/shared/test-kit/channel-pair.ts';
import { startSimulatorProcess } from '../src/simulator/test-kit/simulator-process.ts';
import { accountsAt } from '../src/venues/account-registry.ts';
import { venuesAt } from '../src/venues/registry.ts';
import { rounded } from './kit/statistics.ts';

const [orders = 400] = process.argv.slice(2).map(Number);
const GOAL = { p99Ms: 15, firstCancelMs: 100, allGoneMs: 1000 };
const OPEN = 50;
const VENUES = { binance: 'BTCUSDT', bybit: 'BTCUSDT', upbit: 'KRW-BTC', bithumb: 'KRW-BTC' } as const;
type Name = keyof typeof VENUES;
const NAMES = Object.keys(VENUES) as readonly Name[];
const isKrw = (venue: Name) => VENUES[venue] === 'KRW-BTC';

await using simulator = await startSimulatorProcess(9);
const { control, venues } = simulator.address;
const folder = mkdtempSync(join(tmpdir(), 'heartline-bench-'));
/** When the next request that is no question is handed over. */
let handedOver: ((at: number, request: string) => void) | undefined;

await using engine = createEngine({
  clock: systemClock,
  dataDir: folder,
  venues: venuesAt(({ id }) => venues[id]),
  app: { version: 'bench', mode: 'demo', environment: 'simulator', shell: 'headless' },
  accounts: openAccounts({
    environment: 'simulator',
    store: 'memory',
    places: accountsAt(({ id }) => venues[id]),
    fetch: (url, init) => {
      if (init?.method !== 'GET') handedOver?.(performance.now(), `${init?.method} ${url}`);
      return fetch(url, init);
    },
  }),
});
const ends = createChannelPair();
engine.serve(ends.server);
const client = createClient({ connect: async () => ends.client, clock: systemClock });
await until(() => client.status === 'open');
await client.request('keys.choose', { kind: 'memory' });
const accounts = new Map<Name, AccountId>();
for (const venue of NAMES) {
  const { keys } = (await ask(`keys?venue=${venue}`)) as {
    keys: readonly { name: string; apiKey: string; secret: string }[];
  };
  const key = keys.find(({ name }) => name === 'trade');
  if (!key) throw new Error(`no key of ${venue}`);
  const { apiKey, secret } = key;
  const wish = { venue, environment: 'simulator', label: venue, apiKey, secret } as const;
  const { account } = await client.request('accounts.add', wish);
  if (account !== undefined) accounts.set(venue, account);
}
const { trading } = await client.request('settings.read', {});
const limits = { ...trading.limits, ordersPer10s: 100, maxOpenOrders: 500 };
await client.request('settings.write', { trading: { ...trading, limits } });
const instrumentOf = (venue: Name) => instrumentId(`${venue}:${isKrw(venue) ? 'BTC-KRW' : 'BTC-USDT-PERP'}`);
// As a window has it: the book is shown before anybody clicks.
for (const venue of NAMES)
  client.watch('book', { instrument: instrumentOf(venue), depth: 30 }, () => undefined);
const shown = new Map<string, string>();
client.watch('orders', {}, ({ rows }) => {
  for (const { account, venueOrderId, status } of rows) shown.set(`${account} ${venueOrderId}`, status);
});
await until(() => {
  const mine = engine.health().connections.filter(({ id }) => id.includes('/account:'));
  const isMeasured = Object.keys(engine.health().clockOffsetMs).length === NAMES.length;
  return isMeasured && mine.length === NAMES.length && mine.every(({ state }) => state.kind === 'live');
});
await pause(3000);

const prices = new Map<Name, readonly string[]>();
for (const venue of NAMES) prices.set(venue, await pricesAt(venue, orders));

const took: number[] = [];
const inEngine: number[] = [];
const forced: number[] = [];
const computed: number[] = [];
const page = openSync(join(folder, 'page'), 'w');
const refused = new Map<string, number>();
for (let round = 0; round < orders; round += 1) {
  const venue = NAMES[round % NAMES.length] as Name;
  const account = accounts.get(venue) as AccountId;
  const { token } = await client.request('orders.intent', {});
  const draft = {
    account,
    instrument: instrumentOf(venue),
    side: 'buy',
    type: 'limit',
    // Another price each time: the very same order twice within a second is denied as a slip.
    price: prices.get(venue)?.[round] ?? '',
    quantity: { unit: 'base', value: '0.003' },
    timeInForce: 'GTC',
    postOnly: false,
    reduceOnly: false,
    closePosition: false,
  } as const;
  let sentAt: number | undefined;
  let computedUntil = 0;
  handedOver = (at) => {
    if (sentAt === undefined) computedUntil = computedMs();
    sentAt ??= at;
  };
  const computedBefore = computedMs();
  const clickedAt = performance.now();
  const answer = await client.request('orders.place', { token, draft });
  handedOver = undefined;
  if (answer.kind !== 'placed' || sentAt === undefined) {
    const why = JSON.stringify(answer.kind === 'blocked' ? answer.trust : answer).slice(0, 200);
    refused.set(why, (refused.get(why) ?? 0) + 1);
    continue;
  }
  took.push(sentAt - clickedAt);
  computed.push(computedUntil - computedBefore);
  const { clientOrderId } = answer.order.request;
  inEngine.push(answer.order.sentAfterMs ?? Number.NaN);
  await client.request('orders.cancel', {
    account,
    instrument: draft.instrument,
    clientOrderId,
    isConditional: false,
  });
  await pause(25);
  const forcedAt = performance.now();
  writeSync(page, Buffer.alloc(4096), 0, 4096, 0);
  fsyncSync(page);
  forced.push(performance.now() - forcedAt);
}
closeSync(page);

const before = await Promise.all(NAMES.map(open));
for (const venue of NAMES) {
  const [price] = await pricesAt(venue, 1);
  for (let placed = 0; placed < OPEN; placed += 1) {
    await post('orders', {
      venue,
      key: 'trade',
      action: 'place',
      symbol: VENUES[venue],
      side: 'buy',
      type: 'limit',
      price,
      quantity: '0.002',
    });
  }
}
const there = before.reduce((sum, count) => sum + count, OPEN * NAMES.length);
await until(
  () => [...shown.values()].filter((status) => /NEW|PENDING|PARTIALLY/u.test(status)).length >= there,
);
let firstCancelAt: number | undefined;
handedOver = (at) => {
  firstCancelAt ??= at;
};
const killedAt = performance.now();
await client.request('trading.kill', {});
const goneAfter = await Promise.all(
  NAMES.map(async (venue) => {
    while ((await open(venue)) > 0) await pause(5);
    return performance.now() - killedAt;
  }),
);

const at = (all: readonly number[], share: number) => {
  const sorted = all.toSorted((one, other) => one - other);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
};
const firstCancelMs = rounded((firstCancelAt ?? Number.NaN) - killedAt);
const allGoneMs = rounded(Math.max(...goneAfter));
process.stdout.write(
  `${JSON.stringify({
    bench: 'order-latency',
    orders: took.length,
    p50Ms: at(took, 0.5),
    p99Ms: at(took, 0.99),
    worstMs: at(took, 1),
    engineP50Ms: at(inEngine, 0.5),
    engineP99Ms: at(inEngine, 0.99),
    computedP50Ms: at(computed, 0.5),
    computedP99Ms: at(computed, 0.99),
    diskP50Ms: at(forced, 0.5),
    diskP99Ms: at(forced, 0.99),
    firstCancelMs,
    killed: there,
    goneMs: Object.fromEntries(NAMES.map((venue, index) => [venue, rounded(goneAfter[index] ?? Number.NaN)])),
    allGoneMs,
    refused: Object.fromEntries(refused),
    goal: GOAL,
    met:
      took.length >= orders * 0.99 &&
      at(took, 0.99) <= GOAL.p99Ms &&
      firstCancelMs <= GOAL.firstCancelMs &&
      allGoneMs <= GOAL.allGoneMs,
  })}\n`,
);
rmSync(folder, { recursive: true, force: true });

/** Prices that stand below the market, each another one. */
async function pricesAt(venue: Name, count: number): Promise<readonly string[]> {
  const { bids } = (await ask(`truth/book?venue=${venue}&symbol=${VENUES[venue]}&limit=1`)) as {
    bids: readonly (readonly string[])[];
  };
  const step = isKrw(venue) ? 1000 : 1;
  const highest = Math.floor((Number(bids[0]?.[0]) * 0.97) / step);
  return Array.from({ length: count }, (_, at) => String((highest - at) * step));
}

/** Of this process so far. */
function computedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function open(venue: Name): Promise<number> {
  const { openOrders } = (await ask(`ledger?venue=${venue}&key=trade`)) as { openOrders: readonly unknown[] };
  return openOrders.length;
}

async function ask(path: string): Promise<unknown> {
  return (await fetch(`${control}/_sim/${path}`)).json();
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

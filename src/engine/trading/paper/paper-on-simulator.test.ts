import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { type Instrument, instrumentId } from '#shared/domain/instrument.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';
import type { FillReport } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { venuesAt } from '#venues/registry.ts';
import { orderName } from '../../accounts/account-holdings.ts';
import { createEventLog } from '../../health/event-log.ts';
import { createMarketList } from '../../market/market-list.ts';
import { createVenueMarket } from '../../market/venue-market.ts';
import { createRestClient } from '../../net/rest-client.ts';
import { openSocket } from '../../net/socket.ts';
import { marketFacts } from '../market-facts.ts';
import { createPaperAccounts } from './paper-accounts.ts';

// The whole way of public data on real sockets: simulator → venue codec → market → paper account. Nothing private is opened.

const PLACES = ['binance:BTC-USDT-PERP', 'bybit:BTC-USDT', 'upbit:BTC-KRW', 'bithumb:BTC-KRW'].map(
  instrumentId,
);
const PATIENCE_MS = 40_000;
/** Both are of this machine, but one is measured over a socket. */
const CLOCKS_APART_MS = 100;

let simulator: Simulator;
let dataDir: string;
const undo: (() => void)[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-paper-'));
  simulator = await startSimulator({ seed: 7 });
});

afterEach(async () => {
  for (const one of undo.splice(0).reverse()) one();
  await simulator.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function openDesk() {
  const log = createEventLog(systemClock);
  const markets = createMarketList();
  const venues = venuesAt((venue) => simulator.address.venues[venue.id]);
  for (const { venue, endpoints } of venues) {
    const rest = createRestClient({
      venue,
      baseUrl: endpoints.rest,
      clock: systemClock,
      fetch,
      profile: () => 'balanced',
    });
    markets.add(createVenueMarket({ venue, endpoints, clock: systemClock, log, openSocket, rest }));
  }
  const paper = createPaperAccounts({
    clock: systemClock,
    dataDir,
    log,
    markets,
    venues: venues.map(({ venue }) => venue),
    environment: 'simulator',
  });
  undo.push(
    () => markets.dispose(),
    () => paper.dispose(),
    systemClock.every(1000, () => {
      for (const market of markets.all) market.second();
      paper.second();
    }),
  );
  return { markets, paper };
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const endsAt = systemClock.monotonic() + PATIENCE_MS;
  while (!isSo()) {
    if (systemClock.monotonic() > endsAt) throw new Error(`never came: ${what}`);
    await new Promise<void>((resolve) => void systemClock.after(10, resolve));
  }
}

test.each(PLACES)(
  'on the live market of %s paper fills only at prices that were in the book or were traded through',
  async (id) => {
    const { markets, paper } = openDesk();
    const market = markets.of(id.slice(0, id.indexOf(':')));
    const trades: TradeEvent[] = [];
    // Before the account hears of it.
    undo.push(
      market.onChange((change) => {
        if (change.kind !== 'trade' || change.instrument !== id) return;
        // What was missed and fetched afterwards was traded as well.
        trades.push(...(change.trade ? [change.trade] : market.tape(id).recent));
      }),
    );
    const account = paper.of(paper.add(market.venue.id));
    const instrument: Instrument = await market.check(id);
    for (const kind of ['book', 'ticker', 'trade'] as const) undo.push(market.hold({ kind, instrument: id }));
    const facts = () => marketFacts(market, instrument, systemClock.now());
    await until(() => facts().asks.length > 3 && facts().bids.length > 3, 'a book');

    const witnessed: { fill: FillReport; isWitnessed: boolean }[] = [];
    // Told in the very moment: the book is the one it was filled against.
    account.onHoldings((now, before) => {
      for (const [name, fill] of now.fills) {
        if (before.fills.has(name)) continue;
        const { bids, asks } = facts();
        const isBuy = fill.side === 'buy';
        const price = Number(fill.price);
        const other = isBuy ? asks : bids;
        const inBook = other.some(
          ([at, stood]) => at === fill.price && Number(stood) >= Number(fill.quantity),
        );
        const met = other.some(([at]) => (isBuy ? Number(at) <= price : Number(at) >= price));
        const { createdAt = 0 } = now.orders.get(orderName({ ...fill, isConditional: false }))?.order ?? {};
        const since = trades.filter(({ venueTime }) => venueTime > createdAt - CLOCKS_APART_MS);
        const traded = since.some((trade) => (isBuy ? trade.price <= price : trade.price >= price));
        witnessed.push({ fill, isWitnessed: fill.isMaker === true ? met || traded : inBook });
      }
    });

    const isSpot = instrument.kind === 'spot';
    let count = 0;
    const place = async (wish: Pick<OrderRequest, 'side' | 'price' | 'quantity' | 'timeInForce'>) => {
      count += 1;
      const outcome = await account.place(
        {
          account: account.id,
          instrument: id,
          clientOrderId: `simulated${String(count).padStart(12, '0')}`,
          type: 'limit',
          isMarket: false,
          reduceOnly: false,
          closePosition: false,
          leg: 'both',
          notional: '1',
          ...wish,
        },
        () => undefined,
      );
      return outcome.verdict;
    };
    const quantity = isSpot && instrument.quote === 'KRW' ? '0.01' : '0.05';
    const best = () => ({
      bid: facts().bids[0]?.[0] ?? '',
      ask: facts().asks[0]?.[0] ?? '',
      far: facts().asks[3]?.[0] ?? '',
    });
    await until(() => (facts().bookAgeMs ?? Number.POSITIVE_INFINITY) < 1000, 'a fresh book');
    const verdicts = [await place({ side: 'buy', price: best().far, quantity, timeInForce: 'IOC' })];
    await until(() => (facts().bookAgeMs ?? Number.POSITIVE_INFINITY) < 1000, 'a fresh book');
    verdicts.push(await place({ side: 'buy', price: best().bid, quantity, timeInForce: 'GTX' }));
    const held = account.holdings.fills.size > 0 ? quantity : '0';
    if (held !== '0')
      verdicts.push(await place({ side: 'sell', price: best().ask, quantity: '0.005', timeInForce: 'GTC' }));
    await until(() => witnessed.some(({ fill }) => fill.isMaker === true), 'a fill of a resting order');

    expect({
      verdicts: new Set(verdicts),
      takers: witnessed.some(({ fill }) => fill.isMaker === false),
      unwitnessed: witnessed.filter(({ isWitnessed }) => !isWitnessed),
    }).toEqual({ verdicts: new Set(['accepted']), takers: true, unwitnessed: [] });
  },
  100_000,
);

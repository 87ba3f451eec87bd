// What one changed level costs an order book when its best 20 levels are read after every event: ns per level,
// medians of interleaved rounds over a recorded session, decoded beforehand. Prints one JSON.
// `node bench/book.ts [btcusdt-20240808|btcusdt-20230404|ethusdt-20240808] [rounds]`
import { pro } from 'ccxt';
import { type BookChange, OrderBook } from 'tardis-dev';
import { createBook } from '../src/engine/market/book.ts';
import { fromScaled } from '../src/shared/base/decimal.ts';
import { instrumentId } from '../src/shared/domain/instrument.ts';
import type { BookDeltaEvent, BookSnapshotEvent } from '../src/shared/domain/market-data.ts';
import { binance } from '../src/venues/binance/index.ts';
import { recordedSession } from './kit/recorded-session.ts';
import { median } from './kit/statistics.ts';

const DEPTH = 20;
const EPOCH = new Date(0);
const [name = 'btcusdt-20240808', roundsText = '7'] = process.argv.slice(2);
const session = recordedSession(name);

interface Contestant {
  change(index: number): void;
  /** The best levels as `price quantity` texts, bids then asks. */
  read(): readonly string[];
}

// Every book starts from the snapshot and takes the changes after it.
const { snapshot, changes } = changesOf();
const levels = changes.reduce((sum, { bids, asks }) => sum + (bids.length + asks.length) / 2, 0);
const asNumbers = changes.map((change) => ({
  bids: numbers(change, change.bids),
  asks: numbers(change, change.asks),
}));
const asObjects = asNumbers.map((change) => tardisChange(change, false));
const snapshotNumbers = { bids: numbers(snapshot, snapshot.bids), asks: numbers(snapshot, snapshot.asks) };

const contestants = { heartline, ccxtLimited: ccxt, tardis };
const samples: Record<keyof typeof contestants, number[]> = { heartline: [], ccxtLimited: [], tardis: [] };
const finals: Record<string, string> = {};
// Held to the end, or the collector would throw their compiled code away with them between rounds.
const held: Contestant[] = [];
for (let round = 0; round <= Number(roundsText); round++) {
  for (const key of Object.keys(contestants) as (keyof typeof contestants)[]) {
    globalThis.gc?.();
    const contestant = contestants[key]();
    held.push(contestant);
    const since = performance.now();
    for (let index = 0; index < changes.length; index++) contestant.change(index);
    const ns = ((performance.now() - since) * 1e6) / levels;
    // The first round warms up and is not counted.
    if (round > 0) samples[key].push(ns);
    finals[key] = contestant.read().slice(0, 3).join();
  }
}

const agree = Object.values(finals).every((top) => top === finals['heartline']);
const against = (key: keyof typeof contestants) =>
  tenths(median(samples[key].map((ns, round) => ns / (samples.heartline[round] ?? Number.NaN))));
process.stdout.write(
  `${JSON.stringify({
    bench: 'book',
    session: session.name,
    whole: session.isWhole,
    events: changes.length,
    levels,
    nsPerLevel: Object.fromEntries(Object.entries(samples).map(([key, list]) => [key, tenths(median(list))])),
    timesCcxtLimited: against('ccxtLimited'),
    timesTardis: against('tardis'),
    goal: 5,
    met: agree && against('ccxtLimited') >= 5,
    finalTopsAgree: agree,
    finalTop: finals['heartline'],
  })}\n`,
);
process.exit(agree ? 0 : 1);

function heartline(): Contestant {
  const book = createBook(binance.book);
  book.applySnapshot(snapshot);
  const bids = new Float64Array(DEPTH * 2);
  const asks = new Float64Array(DEPTH * 2);
  return {
    change(index) {
      const change = changes[index];
      if (change) book.applyDelta(change);
      book.readInto('bids', bids);
      book.readInto('asks', asks);
    },
    read: () => {
      const { bid, ask } = book.best();
      return [bid, ask].map((level) =>
        level
          ? `${Number(fromScaled(level.price, book.priceScale))} ${Number(fromScaled(level.quantity, book.quantityScale))}`
          : 'none',
      );
    },
  };
}

function ccxt(): Contestant {
  // Its types say nothing of the book behind `watchOrderBook`.
  const book = (
    new pro.binanceusdm() as unknown as { orderBook(snapshot: object, depth: number): CcxtBook }
  ).orderBook({}, 1_000);
  book.reset({ ...snapshotNumbers, nonce: 1, timestamp: 1 });
  return {
    change(index) {
      const change = asNumbers[index];
      for (const level of change?.asks ?? []) book.asks.store(level[0], level[1]);
      for (const level of change?.bids ?? []) book.bids.store(level[0], level[1]);
      book.limit();
      Array.prototype.slice.call(book.bids, 0, DEPTH);
      Array.prototype.slice.call(book.asks, 0, DEPTH);
    },
    read: () => [book.bids[0], book.asks[0]].map((level) => (level ? `${level[0]} ${level[1]}` : 'none')),
  };
}

interface CcxtSide extends ReadonlyArray<readonly [number, number]> {
  store(price: number, quantity: number): void;
}
interface CcxtBook {
  readonly bids: CcxtSide;
  readonly asks: CcxtSide;
  limit(): void;
  reset(snapshot: object): void;
}

function tardis(): Contestant {
  const book = new OrderBook();
  book.update(tardisChange(snapshotNumbers, true));
  const readTop = (side: Iterable<unknown>) => {
    let left = DEPTH;
    for (const _ of side) if (--left === 0) break;
  };
  return {
    change(index) {
      const change = asObjects[index];
      if (change) book.update(change);
      readTop(book.bids());
      readTop(book.asks());
    },
    read: () =>
      [book.bestBid(), book.bestAsk()].map((level) => (level ? `${level.price} ${level.amount}` : 'none')),
  };
}

function tardisChange(change: (typeof asNumbers)[number], isSnapshot: boolean): BookChange {
  return {
    type: 'book_change',
    symbol: 'X',
    exchange: 'binance-futures',
    isSnapshot,
    bids: change.bids.map(([price, amount]) => ({ price, amount })),
    asks: change.asks.map(([price, amount]) => ({ price, amount })),
    timestamp: EPOCH,
    localTimestamp: EPOCH,
  };
}

function changesOf(): { snapshot: BookSnapshotEvent; changes: readonly BookDeltaEvent[] } {
  const decode = binance.createDecoder();
  const found: BookDeltaEvent[] = [];
  let first: BookSnapshotEvent | undefined;
  for (const record of session.records) {
    if (record.kind === 'snapshot') {
      const call = binance.rest.bookSnapshot(instrumentId('binance:BTC-USDT-PERP'));
      first = call.parse(JSON.parse(record.text), 0);
    } else {
      for (const decoded of decode(record.bytes, 0)) if (decoded.kind === 'book-delta') found.push(decoded);
    }
  }
  if (!first) throw new Error(`${session.name} holds no snapshot`);
  const { lastUpdateId } = first;
  return { snapshot: first, changes: found.filter((change) => change.lastUpdateId >= lastUpdateId) };
}

function numbers(
  { priceScale, quantityScale }: { readonly priceScale: number; readonly quantityScale: number },
  flat: Float64Array,
): (readonly [number, number])[] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    Number(fromScaled(flat[index * 2] ?? 0, priceScale)),
    Number(fromScaled(flat[index * 2 + 1] ?? 0, quantityScale)),
  ]);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

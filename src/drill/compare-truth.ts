import type { Venue } from '#venues/venue.ts';
import type { SimulatorControl } from './simulator-control.ts';
import type { WatchedInstrument } from './watched-instrument.ts';

/** What differs between what the engine holds and what really was. */
export interface Difference {
  readonly tradesLost: number;
  readonly gaps: readonly string[];
}

interface TruthTrade {
  readonly price: string;
  readonly quantity: string;
  readonly side: 'buy' | 'sell';
  readonly time: number;
}

interface TruthCandle {
  readonly openTime: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
  readonly closed: boolean;
}

type Level = readonly [price: string, quantity: string];

const ROWS = 500;
const BITHUMB_DIGITS = 4;
const BITHUMB_UNITS = 15;
/** What happened in the last moments may still be on its way. */
const SETTLED_MS = 1500;
const SLACK = 1e-9;

/** Compares one instrument's trades, candles and book since `from` (venue time, ms) with the simulator's own. */
export async function compareTruth(
  control: SimulatorControl,
  venue: Venue,
  watched: WatchedInstrument,
  from: number,
): Promise<Difference> {
  const query = `venue=${venue.id}&symbol=${encodeURIComponent(venue.symbolOf(watched.instrument))}${categoryOf(watched)}`;
  const { now } = (await control.read('stats')) as { now: number };
  const lost = await missingTrades(control, query, watched, from, now - SETTLED_MS);
  const gaps = [
    ...(await wrongCandles(control, query, watched, from)),
    ...(await wrongBook(control, query, watched)),
  ];
  return { tradesLost: lost, gaps };
}

/** Bybit lists the same spelling twice. */
function categoryOf({ instrument }: WatchedInstrument): string {
  if (!instrument.startsWith('bybit:')) return '';
  return instrument.endsWith('-PERP') ? '&category=linear' : '&category=spot';
}

async function missingTrades(
  control: SimulatorControl,
  query: string,
  watched: WatchedInstrument,
  from: number,
  until: number,
): Promise<number> {
  const { trades } = (await control.read(`truth/trades?${query}&limit=${ROWS}`)) as {
    trades: readonly TruthTrade[];
  };
  // One venue prints a taker's order as one trade, another each fill: what must agree is how much changed hands when.
  const seen = new Map<string, number>();
  for (const { price, quantity, isBuy, venueTime } of watched.trades.values()) {
    const key = `${venueTime} ${price} ${isBuy}`;
    seen.set(key, (seen.get(key) ?? 0) + quantity);
  }
  const due = new Map<string, number>();
  for (const { price, quantity, side, time } of trades) {
    if (time < from || time > until) continue;
    const key = `${time} ${Number(price)} ${side === 'buy'}`;
    due.set(key, (due.get(key) ?? 0) + Number(quantity));
  }
  return [...due].filter(([key, quantity]) => !isSame(seen.get(key) ?? 0, quantity)).length;
}

async function wrongCandles(
  control: SimulatorControl,
  query: string,
  watched: WatchedInstrument,
  from: number,
): Promise<readonly string[]> {
  const { candles } = (await control.read(`truth/candles?${query}&limit=10`)) as {
    candles: readonly TruthCandle[];
  };
  const gaps: string[] = [];
  for (const truth of candles) {
    if (!truth.closed || truth.openTime + 60_000 < from) continue;
    const held = watched.candles.get(truth.openTime);
    const at = `${watched.instrument} ${new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' }).format(truth.openTime)}`;
    if (!held) gaps.push(`candle missing: ${at}`);
    else if (!held.closed) gaps.push(`candle still open: ${at}`);
    else {
      const wrong = (['open', 'high', 'low', 'close', 'volume'] as const).filter(
        (key) => !isSame(held[key], Number(truth[key])),
      );
      if (wrong.length > 0)
        gaps.push(
          `candle differs in ${wrong.map((key) => `${key} ${held[key]} (${truth[key]})`).join(', ')}: ${at}`,
        );
    }
  }
  for (const openTime of watched.holes) {
    if (openTime >= from - 60_000) gaps.push(`hole: ${watched.instrument} ${openTime}`);
  }
  return gaps;
}

async function wrongBook(
  control: SimulatorControl,
  query: string,
  watched: WatchedInstrument,
): Promise<readonly string[]> {
  const { book, instrument } = watched;
  if (book?.state !== 'live') return [`book ${book?.state ?? 'missing'}: ${instrument}`];
  const asOf = instrument.startsWith('binance:') ? `updateId=${book.updateId}` : `time=${book.venueTime}`;
  // Bithumb tells quantities to four digits, and leaves levels that round to nothing for the reader to drop.
  const digits = instrument.startsWith('bithumb:') ? BITHUMB_DIGITS : undefined;
  const depth = Math.max(book.bids.length, book.asks.length) / 2;
  const truth = (await control.read(
    `truth/book?${query}&${asOf}&limit=${digits === undefined ? Math.max(1, depth) : BITHUMB_UNITS}`,
  )) as {
    readonly bids: readonly Level[];
    readonly asks: readonly Level[];
  };
  const differs = (levels: Float64Array, told: readonly Level[]) =>
    told
      .filter(([, quantity]) => digits === undefined || Number(quantity) >= 0.5 * 10 ** -digits)
      .some(
        ([price, quantity], at) =>
          2 * at < levels.length &&
          (!isSame((levels[2 * at] ?? Number.NaN) / 10 ** book.priceScale, Number(price)) ||
            !isSame((levels[2 * at + 1] ?? Number.NaN) / 10 ** book.quantityScale, Number(quantity), digits)),
      );
  return depth === 0 || differs(book.bids, truth.bids) || differs(book.asks, truth.asks)
    ? [`book differs: ${instrument}`]
    : [];
}

/** `digits`: told rounded to so many after the point. */
function isSame(a: number, b: number, digits?: number): boolean {
  const rounding = digits === undefined ? 0 : 0.5 * 10 ** -digits;
  return Math.abs(a - b) <= rounding + SLACK * Math.max(1, Math.abs(a), Math.abs(b));
}

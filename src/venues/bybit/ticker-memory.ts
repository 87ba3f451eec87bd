import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { MarkEvent, TickerEvent } from '#shared/domain/market-data.ts';
import type { Decoded } from '../venue.ts';

/** The figures a `tickers` frame may bring, by the place of their value in a reading. */
export const TICKER_FIELDS = [
  'lastPrice',
  'prevPrice24h',
  'highPrice24h',
  'lowPrice24h',
  'volume24h',
  'turnover24h',
  'markPrice',
  'indexPrice',
  'fundingRate',
  'nextFundingTime',
] as const;
const [LAST, OPEN, HIGH, LOW, VOLUME, QUOTE_VOLUME, MARK, INDEX, RATE, NEXT] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;
/** Bits of the fields that a `ticker` event is made of, of those of a `mark` event, and of those that are prices. */
const DAY = 0b111111;
const MARKING = 0b1111 << MARK;
const PRICES = 0b1111 | (0b11 << MARK);

/** What stands unchanged is said again this often (venue time, ms), so that it does not age while the venue stands by it. */
const SAID_AGAIN_MS = 1_000;

/** The figures of one symbol, put together from its snapshot and the changes since. NaN: not known, or none. */
export interface TickerMemory {
  readonly instrument: InstrumentId;
  readonly values: Float64Array;
  /** A snapshot has come. */
  isKnown: boolean;
  /** Cross sequence of the last frame taken. */
  sequence: number;
  tickerSaidAt: number;
  markSaidAt: number;
}

/** One frame's figures. Only values whose bit stands in `mask` count; NaN is an empty text. */
export interface TickerReading {
  readonly values: Float64Array;
  mask: number;
  isSnapshot: boolean;
  /** −1 where the frame names none. */
  sequence: number;
  venueTime: number;
}

export function createTickerMemory(instrument: InstrumentId): TickerMemory {
  return {
    instrument,
    values: new Float64Array(TICKER_FIELDS.length).fill(Number.NaN),
    isKnown: false,
    sequence: -1,
    tickerSaidAt: Number.NEGATIVE_INFINITY,
    markSaidAt: Number.NEGATIVE_INFINITY,
  };
}

export function createTickerReading(): TickerReading {
  const values = new Float64Array(TICKER_FIELDS.length);
  return { values, mask: 0, isSnapshot: false, sequence: -1, venueTime: 0 };
}

/**
 * Takes a frame's figures in and says what is whole and new (or not said for a second): a `ticker`, a `mark`, both or
 * neither. Linear frames bring only what changed; spot frames are whole and have no mark.
 */
export function takeReading(
  memory: TickerMemory,
  reading: TickerReading,
  receivedAt: number,
): readonly Decoded[] {
  const { mask, isSnapshot, sequence, venueTime } = reading;
  if (isSnapshot) {
    memory.values.fill(Number.NaN);
    memory.isKnown = true;
    memory.tickerSaidAt = memory.markSaidAt = Number.NEGATIVE_INFINITY;
  } else if (!memory.isKnown) {
    return BEFORE_SNAPSHOT;
  }
  const isOutdated = !isSnapshot && sequence >= 0 && sequence < memory.sequence;
  // Also the outdated one counts from here on: a single absurd number must not shut out all that follow.
  if (sequence >= 0) memory.sequence = sequence;
  if (isOutdated) return OUTDATED;
  for (let field = 0, bit = 1; bit <= mask; field++, bit <<= 1) {
    if ((mask & bit) === 0) continue;
    const value = reading.values[field] as number;
    memory.values[field] = value === 0 && (PRICES & bit) !== 0 ? Number.NaN : value;
  }
  const ticker =
    (mask & DAY) !== 0 || venueTime - memory.tickerSaidAt >= SAID_AGAIN_MS
      ? tickerOf(memory, venueTime, receivedAt)
      : undefined;
  const mark =
    (mask & MARKING) !== 0 || venueTime - memory.markSaidAt >= SAID_AGAIN_MS
      ? markOf(memory, venueTime, receivedAt)
      : undefined;
  if (ticker) memory.tickerSaidAt = venueTime;
  if (mark) memory.markSaidAt = venueTime;
  if (ticker && mark) return [ticker, mark];
  return ticker ? [ticker] : mark ? [mark] : NOTHING_NEW;
}

const BEFORE_SNAPSHOT: readonly Decoded[] = [{ kind: 'ignored', reason: 'a change before its snapshot' }];
const OUTDATED: readonly Decoded[] = [{ kind: 'ignored', reason: 'older than what is known' }];
const NOTHING_NEW: readonly Decoded[] = [{ kind: 'ignored', reason: 'nothing of the figures changed' }];

function tickerOf(
  { instrument, values }: TickerMemory,
  venueTime: number,
  receivedAt: number,
): TickerEvent | undefined {
  for (let field = LAST; field <= QUOTE_VOLUME; field++) if (Number.isNaN(values[field])) return undefined;
  return {
    kind: 'ticker',
    instrument,
    venueTime,
    receivedAt,
    last: values[LAST] as number,
    open: values[OPEN] as number,
    high: values[HIGH] as number,
    low: values[LOW] as number,
    volume: values[VOLUME] as number,
    quoteVolume: values[QUOTE_VOLUME] as number,
  };
}

function markOf(
  { instrument, values }: TickerMemory,
  venueTime: number,
  receivedAt: number,
): MarkEvent | undefined {
  const markPrice = values[MARK] as number;
  const indexPrice = values[INDEX] as number;
  if (Number.isNaN(markPrice) || Number.isNaN(indexPrice)) return undefined;
  const mark = { kind: 'mark', instrument, venueTime, receivedAt, markPrice, indexPrice } as const;
  // Delivery contracts pay no funding: both texts are empty.
  const fundingRate = values[RATE] as number;
  if (Number.isNaN(fundingRate)) return mark;
  const nextFundingTime = values[NEXT] as number;
  return nextFundingTime > 0 ? { ...mark, fundingRate, nextFundingTime } : { ...mark, fundingRate };
}

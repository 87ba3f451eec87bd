import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';
import type { MarkEvent, TickerEvent } from '#shared/domain/market-data.ts';
import { SCAN_EVERY_MS, type ScannedVenue, type ToldFault } from '#shared/domain/scanner.ts';
import type { AllTickers } from '../market/all-tickers.ts';
import type { Market } from '../market/market.ts';
import { createPriceSamples } from './price-samples.ts';

const LONGEST_WAIT_MS = 5 * 60_000;

/** The newest figures of one instrument. NaN: not told. */
export interface ScanRow {
  readonly instrument: Instrument;
  readonly last: number;
  readonly open: number;
  readonly quoteVolume: number;
  readonly fundingRate: number;
  readonly nextFundingTime: number;
  /** When `last` came, wall ms. */
  readonly receivedAt: number;
}

/** One venue's figures, read again and again while somebody looks. */
export interface VenueScan {
  readonly rows: ReadonlyMap<InstrumentId, ScanRow>;
  /** Short moves of a row: see `PriceSamples.move`. */
  move(row: ScanRow, windowMs: number): number;
  status(): ScannedVenue;
  /** Reads when it is time to. Call once a second while somebody looks. */
  second(): void;
  dispose(): void;
}

/** What does not come is tried again after twice as long each time. What was read before stays, with its age. */
export function createVenueScan(options: {
  readonly market: Market;
  readonly clock: Clock;
  readonly onChange: () => void;
}): VenueScan {
  const { market, clock, onChange } = options;
  const rows = new Map<InstrumentId, ScanRow>();
  const samples = createPriceSamples();
  let readAt = Number.NaN;
  let failures = 0;
  let triesAt = Number.NEGATIVE_INFINITY;
  let triesAgainAt = Number.NaN;
  let fault: ToldFault | undefined;
  let unread = 0;
  let isReading = false;
  let wasPaused = market.isPaused;
  let isDisposed = false;

  async function read(allTickers: () => Promise<AllTickers>): Promise<void> {
    isReading = true;
    const startedAt = clock.monotonic();
    try {
      const told = await allTickers();
      if (isDisposed) return;
      take(told);
      failures = 0;
      fault = told.fault && toldFault(told.fault);
      triesAt = startedAt + SCAN_EVERY_MS;
      triesAgainAt = Number.NaN;
    } catch (reason) {
      if (isDisposed) return;
      const waitMs = Math.max(
        Math.min(SCAN_EVERY_MS * 2 ** failures, LONGEST_WAIT_MS) * (0.75 + clock.random() / 2),
        silenceMs(reason, clock.now()),
      );
      failures += 1;
      fault = toldFault(reason);
      triesAt = clock.monotonic() + waitMs;
      triesAgainAt = clock.now() + waitMs;
    } finally {
      isReading = false;
      if (!isDisposed) onChange();
    }
  }

  function take(told: AllTickers): void {
    const marks = new Map<InstrumentId, MarkEvent>();
    const tickers = new Map<InstrumentId, TickerEvent>();
    for (const event of told.events) {
      if (event.kind === 'ticker') tickers.set(event.instrument, event);
      else marks.set(event.instrument, event);
    }
    const listed = new Set(told.instruments.map(({ id }) => id));
    for (const id of rows.keys()) if (!listed.has(id)) rows.delete(id);
    for (const instrument of told.instruments) {
      const { id } = instrument;
      rows.set(id, merged(instrument, rows.get(id), tickers.get(id), marks.get(id)));
    }
    unread = told.unread;
    readAt = clock.now();
    samples.note(readAt, pricesAt(tickers.values()));
  }

  return {
    rows,
    move: ({ instrument, last, receivedAt }, windowMs) =>
      samples.move(instrument.id, last, receivedAt, windowMs),
    status: () => ({
      venue: market.venue.id,
      state: stateOf(),
      readAt,
      sampledSince: samples.since,
      triesAgainAt,
      unread,
      ...(fault ? { fault } : {}),
    }),
    second() {
      if (market.isPaused !== wasPaused) {
        wasPaused = market.isPaused;
        onChange();
      }
      if (isReading || market.isPaused || !market.allTickers || clock.monotonic() < triesAt) return;
      void read(() => market.allTickers?.() ?? Promise.reject(new HeartlineError('internal', 'no tickers')));
    },
    dispose() {
      isDisposed = true;
    },
  };

  function stateOf(): ScannedVenue['state'] {
    if (!market.allTickers) return 'unsupported';
    if (market.isPaused) return 'paused';
    if (failures > 0) return 'failed';
    if (fault) return 'part';
    return Number.isNaN(readAt) ? 'waiting' : 'read';
  }
}

/** What this reading did not tell stays as it was told, with the age it has. */
function merged(
  instrument: Instrument,
  known: ScanRow | undefined,
  ticker: TickerEvent | undefined,
  mark: MarkEvent | undefined,
): ScanRow {
  return {
    instrument,
    last: ticker ? priceOf(ticker.last) : (known?.last ?? Number.NaN),
    open: ticker ? priceOf(ticker.open) : (known?.open ?? Number.NaN),
    quoteVolume: ticker ? ticker.quoteVolume : (known?.quoteVolume ?? Number.NaN),
    fundingRate: mark ? (mark.fundingRate ?? Number.NaN) : (known?.fundingRate ?? Number.NaN),
    nextFundingTime: mark ? (mark.nextFundingTime ?? Number.NaN) : (known?.nextFundingTime ?? Number.NaN),
    receivedAt: ticker ? ticker.receivedAt : (known?.receivedAt ?? Number.NaN),
  };
}

/** Venues write 0 where there was no trade yet. */
function priceOf(told: number): number {
  return told > 0 ? told : Number.NaN;
}

function* pricesAt(tickers: Iterable<TickerEvent>): Iterable<readonly [InstrumentId, number]> {
  for (const { instrument, last } of tickers) yield [instrument, priceOf(last)];
}

/** How long the venue ordered us to be quiet. */
function silenceMs(reason: unknown, now: number): number {
  if (!(reason instanceof HeartlineError)) return 0;
  const { until, retryAfterMs } = reason.details;
  if (typeof until === 'number') return Math.max(0, until - now);
  return typeof retryAfterMs === 'number' ? retryAfterMs : 0;
}

function toldFault(reason: unknown): ToldFault {
  if (reason instanceof HeartlineError) {
    const { code, message, details } = reason;
    return { code, message: message.slice(0, 300), details: plainDetails(details) };
  }
  return { code: 'internal', message: messageOf(reason).slice(0, 300), details: {} };
}

function plainDetails(details: Readonly<Record<string, unknown>>): ToldFault['details'] {
  return Object.fromEntries(
    Object.entries(details).filter(
      (one): one is [string, string | number] => typeof one[1] === 'string' || typeof one[1] === 'number',
    ),
  );
}

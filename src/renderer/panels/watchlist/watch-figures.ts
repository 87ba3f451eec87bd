import type { Freshness } from '#shared/domain/freshness.ts';
import { type InstrumentId, instrumentName } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { Desk } from '../../stores/desk.ts';
import type { RowFiguresState } from '../../stores/row-figures.ts';
import {
  dayFreshness,
  lastFreshness,
  lessFresh,
  markFreshness,
  topFreshness,
} from '../../stores/ticker-freshness.ts';
import type { TickerRow } from '../../stores/tickers.ts';
import {
  changePercent,
  formatChange,
  formatCompact,
  formatDecimal,
  formatRate,
  UNKNOWN,
} from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatAge } from '../../ui/format-time.ts';
import type { WatchColumn, WatchKey } from './watch-columns.ts';

/** What a figure is read from. */
export interface WatchSources extends Pick<Desk, 'tickers' | 'pulse' | 'instruments'> {
  readonly extras: { getState(): RowFiguresState };
}

export interface Figure {
  readonly text: string;
  readonly fresh: Freshness;
  readonly move?: 'up' | 'down' | 'flat';
}

const NOTHING: Figure = { text: UNKNOWN, fresh: 'unknown' };
const NO_MOVE: Figure = { text: UNKNOWN, fresh: 'unknown', move: 'flat' };

/** One cell, with how far it is to be believed. A line is no text: see the painter. */
export function readFigure(
  sources: WatchSources,
  instrument: InstrumentId,
  column: Exclude<WatchColumn, 'spark'>,
): Figure {
  const isMove = column === 'change' || column === 'funding' || column === 'premium';
  const ticker = sources.tickers.store.getState().rows.get(instrument);
  if (ticker === undefined) return isMove ? NO_MOVE : NOTHING;
  const fresh = freshnessOfColumn(sources, instrument, column);
  if (fresh === 'unknown') return isMove ? NO_MOVE : NOTHING;
  const value = figureOf(sources, instrument, ticker, column);
  if (Number.isNaN(value)) return isMove ? NO_MOVE : NOTHING;
  const text = textOf(sources, instrument, ticker, column, value);
  return isMove ? { text, fresh, move: value > 0 ? 'up' : value < 0 ? 'down' : 'flat' } : { text, fresh };
}

/** What the row is sorted by; NaN: not known. */
export function sortValue(sources: WatchSources, instrument: InstrumentId, key: WatchKey): number | string {
  if (key === 'name') return instrumentName(instrument);
  const ticker = sources.tickers.store.getState().rows.get(instrument);
  return ticker === undefined ? Number.NaN : figureOf(sources, instrument, ticker, key);
}

type Column = Exclude<WatchColumn, 'spark'>;

function freshnessOfColumn(sources: WatchSources, instrument: InstrumentId, column: Column): Freshness {
  switch (column) {
    case 'last':
    case 'age':
      return lastFreshness(sources, instrument);
    case 'change':
    case 'high':
    case 'low':
    case 'volume':
      return lessFresh(lastFreshness(sources, instrument), dayFreshness(sources, instrument));
    case 'mark':
    case 'funding':
      return markFreshness(sources, instrument);
    case 'spread':
      return topFreshness(sources, instrument);
    case 'premium':
      // The engine tells none of what is stale; an engine that is silent tells nothing.
      return sources.pulse.getState().answering ? 'fresh' : 'stale';
  }
}

function figureOf(
  sources: WatchSources,
  instrument: InstrumentId,
  ticker: TickerRow,
  column: Column,
): number {
  switch (column) {
    case 'last':
      return ticker.last;
    case 'change':
      return changePercent(ticker.last, ticker.open24h);
    case 'high':
      return ticker.high24h;
    case 'low':
      return ticker.low24h;
    case 'volume':
      return ticker.quoteVolume24h;
    case 'mark':
      return ticker.mark;
    case 'funding':
      return ticker.fundingRate;
    case 'premium':
      return sources.extras.getState().premiums.get(instrument) ?? Number.NaN;
    case 'spread':
      return changePercent(ticker.ask, ticker.bid);
    case 'age':
      return sources.pulse.getState().now - ticker.lastReceivedAt;
  }
}

function textOf(
  { instruments }: WatchSources,
  instrument: InstrumentId,
  ticker: TickerRow,
  column: Column,
  value: number,
): string {
  switch (column) {
    case 'last':
    case 'high':
    case 'low':
    case 'mark':
      return formatPrice(instruments.get(instrument), value);
    case 'change':
      return formatChange(ticker.last, ticker.open24h);
    case 'volume':
      return formatCompact(value, currentLanguage());
    case 'funding':
      return formatRate(value, 4);
    case 'premium':
      return formatRate(value, 2);
    case 'spread':
      return `${formatDecimal(value, 3)}%`;
    case 'age':
      return formatAge(value, currentLanguage());
  }
}

import { assertNever } from '#shared/base/assert-never.ts';
import type { Clock } from '#shared/base/clock.ts';
import type { AlertRule } from '#shared/domain/alert.ts';
import { type Instrument, type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import { coinOf } from '#shared/domain/premium.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { tickAt } from '#shared/domain/tick-at.ts';
import type { Market } from '../market/market.ts';
import type { MarketList } from '../market/market-list.ts';
import type { TickerRow } from '../market/ticker-rows.ts';
import type { Fx } from '../premium/fx.ts';
import { tetherOf } from '../premium/premium-pairs.ts';
import type { AlertReading } from './judge-alert.ts';
import { positionFigure } from './position-figure.ts';
import type { PositionSight } from './position-sight.ts';
import type { StreamStates } from './stream-states.ts';

export interface FigureSources {
  readonly clock: Clock;
  readonly markets: MarketList;
  readonly states: StreamStates;
  readonly fx: Pick<Fx, 'rate' | 'isStale'>;
  readonly positions: PositionSight;
  /** As the venue listed it; `undefined` while that is not known. */
  readonly listed: (instrument: InstrumentId) => Instrument | undefined;
  /** For how long a venue's connections have not all been live, s; `undefined`: nobody expects them to be. */
  readonly downSeconds: (venue: string) => number | undefined;
}

/** What an alert's figure is now, or why nothing can be said. A move is worked out from the price this gives. */
export function readFigure(sources: FigureSources, rule: AlertRule): AlertReading {
  switch (rule.kind) {
    case 'price':
      return rule.of === 'mark'
        ? markFigure(sources, rule.instrument, 'mark')
        : lastPrice(sources, rule.instrument);
    case 'move':
      return lastPrice(sources, rule.instrument);
    case 'spread':
      return spread(sources, rule);
    case 'funding': {
      const reading = markFigure(sources, rule.instrument, 'fundingRate');
      return reading.kind === 'known' ? { ...reading, value: percent(reading.value) } : reading;
    }
    case 'premium':
      return premium(sources, rule);
    case 'pnl':
    case 'liquidation': {
      const { positions, clock } = sources;
      const rows = positions.positions(rule.account, rule.instrument);
      return positionFigure(rule, positions.stateOf(rule.account), rows, clock.now());
    }
    case 'connection':
      return connection(sources, rule.venue);
    default:
      return assertNever(rule);
  }
}

function marketOf({ markets }: FigureSources, instrument: InstrumentId): Market | undefined {
  const venue = venueOf(instrument);
  return markets.all.find((market) => market.venue.id === venue);
}

/** The first of these that can be believed vouches for the figure: a ticker where nothing is traded, trades where it is silent. */
function vouched(
  { states }: FigureSources,
  market: Market | undefined,
  streams: readonly StreamKey[],
): { readonly isLate: boolean } | Extract<AlertReading, { kind: 'blind' }> {
  if (!market) return { kind: 'blind', reason: 'venue-gone' };
  if (market.isPaused) return { kind: 'blind', reason: 'paused' };
  const best = states.best(streams);
  if (best === 'live' || best === 'late') return { isLate: best === 'late' };
  return { kind: 'blind', reason: best === 'stale' ? 'stale' : 'waiting' };
}

function rowFigure(
  sources: FigureSources,
  instrument: InstrumentId,
  kinds: readonly ('ticker' | 'trade' | 'mark')[],
  pick: (row: TickerRow) => { readonly value: number; readonly receivedAt: number },
): AlertReading {
  const market = marketOf(sources, instrument);
  const by = vouched(
    sources,
    market,
    kinds.map((kind) => ({ kind, instrument })),
  );
  if ('kind' in by) return by;
  const row = market?.row(instrument);
  const { value, receivedAt } = row ? pick(row) : { value: Number.NaN, receivedAt: Number.NaN };
  if (!Number.isFinite(value) || Number.isNaN(receivedAt)) return { kind: 'blind', reason: 'waiting' };
  return { kind: 'known', value, receivedAt, isLate: by.isLate };
}

function lastPrice(sources: FigureSources, instrument: InstrumentId): AlertReading {
  return rowFigure(sources, instrument, ['ticker', 'trade'], (row) => ({
    value: row.last,
    receivedAt: row.lastReceivedAt,
  }));
}

function markFigure(
  sources: FigureSources,
  instrument: InstrumentId,
  figure: 'mark' | 'fundingRate',
): AlertReading {
  return rowFigure(sources, instrument, ['mark'], (row) => ({
    value: row[figure],
    receivedAt: row.markReceivedAt,
  }));
}

function spread(sources: FigureSources, rule: Extract<AlertRule, { kind: 'spread' }>): AlertReading {
  const { instrument } = rule;
  const market = marketOf(sources, instrument);
  const by = vouched(sources, market, [{ kind: 'book', instrument }]);
  if ('kind' in by) return by;
  const book = market?.book(instrument)?.book;
  if (book === undefined || book.state !== 'live') return { kind: 'blind', reason: 'waiting' };
  const { bids, asks } = book.read(1);
  const [bid, ask] = [bids[0], asks[0]];
  if (bid === undefined || ask === undefined) return { kind: 'blind', reason: 'waiting' };
  const known = { kind: 'known', receivedAt: book.receivedAt, isLate: by.isLate } as const;
  // Integers at one scale: their quotient is that of the prices.
  if (rule.unit === 'bps') return { ...known, value: ((ask - bid) / (ask + bid)) * 20_000 };
  const listed = sources.listed(instrument);
  if (!listed) return { kind: 'blind', reason: 'waiting' };
  const scale = 10 ** book.priceScale;
  const tick = Number(tickAt(listed, ask / scale)) * scale;
  return { ...known, value: Math.round(((ask - bid) / tick) * 1e6) / 1e6 };
}

function premium(sources: FigureSources, rule: Extract<AlertRule, { kind: 'premium' }>): AlertReading {
  const legs = [rule.krw, rule.usdt, ...(rule.basis === 'tether' ? [tetherOf(venueOf(rule.krw))] : [])];
  const readings = legs.map((leg) => lastPrice(sources, leg));
  const blind = readings.find((reading) => reading.kind === 'blind');
  if (blind) return blind;
  const [krw, usdt, tether] = readings.flatMap((reading) => (reading.kind === 'known' ? [reading] : []));
  if (!krw || !usdt) return { kind: 'blind', reason: 'waiting' };
  const rate = tether?.value ?? sources.fx.rate().krwPerUsd;
  if (tether === undefined && sources.fx.isStale(sources.clock.now()))
    return { kind: 'blind', reason: 'rate' };
  const value = percent(perCoin(rule.krw, krw.value) / (perCoin(rule.usdt, usdt.value) * rate) - 1);
  if (!Number.isFinite(value)) return { kind: 'blind', reason: 'waiting' };
  return {
    kind: 'known',
    value,
    receivedAt: Math.min(krw.receivedAt, usdt.receivedAt, tether?.receivedAt ?? Number.POSITIVE_INFINITY),
    isLate: krw.isLate || usdt.isLate || tether?.isLate === true,
  };
}

function perCoin(instrument: InstrumentId, price: number): number {
  const [base = ''] = instrument.slice(instrument.lastIndexOf(':') + 1).split('-');
  return price / coinOf(base).coinsPerBase;
}

function connection(sources: FigureSources, venue: string): AlertReading {
  const market = sources.markets.all.find((one) => one.venue.id === venue);
  if (!market) return { kind: 'blind', reason: 'venue-gone' };
  const seconds = sources.downSeconds(venue);
  if (seconds === undefined) return { kind: 'idle', reason: 'asked' };
  return { kind: 'known', value: seconds, receivedAt: sources.clock.now(), isLate: false };
}

/** A share as percent, without what halves of a bit add to it. */
function percent(share: number): number {
  return Math.round(share * 1e12) / 1e10;
}

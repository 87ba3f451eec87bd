import { type Interval, isInterval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle } from '../candle.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { civilOf, timeOf } from './korean-time.ts';
import { secondCandle } from './stream-candles.ts';
import { tradesBefore } from './trade-pages.ts';

const SECOND = 1000;
const MINUTE_UNITS: Readonly<Record<string, Interval>> = {
  '1': '1m',
  '3': '3m',
  '5': '5m',
  '10': '10m',
  '15': '15m',
  '30': '30m',
  '60': '1h',
  '240': '4h',
};

/** How time is cut into candles. */
export interface Period {
  /** Where the candles are the series' own. */
  readonly interval: Interval | undefined;
  openTimeAt(time: number): number;
  nextOpenTime(openTime: number): number;
}

/**
 * The period a path asks for: `seconds`, `minutes` with its unit, `days`, `weeks`, `months`, `years`. Days and longer
 * begin at midnight of the zone that is `offsetMs` ahead of UTC. `undefined`: no such candles.
 */
export function periodOf(name: string, minutes: string | undefined, offsetMs: number): Period | undefined {
  switch (name) {
    case 'seconds':
      return fixed('1s', 0);
    case 'minutes':
      return fixed(MINUTE_UNITS[minutes ?? ''], 0);
    case 'days':
      return fixed('1d', offsetMs);
    case 'weeks':
      return fixed('1w', offsetMs);
    case 'months':
      return fixed('1M', offsetMs);
    case 'years':
      return {
        interval: undefined,
        openTimeAt: (time) => yearAt(time + offsetMs, 0) - offsetMs,
        nextOpenTime: (openTime) => yearAt(openTime + offsetMs, 1) - offsetMs,
      };
    default:
      return undefined;
  }
}

function fixed(interval: Interval | undefined, offsetMs: number): Period | undefined {
  if (interval === undefined || !isInterval(interval)) return undefined;
  return {
    interval: offsetMs === 0 ? interval : undefined,
    openTimeAt: (time) => openTimeAt(interval, time + offsetMs) - offsetMs,
    nextOpenTime: (openTime) => nextOpenTime(interval, openTime + offsetMs) - offsetMs,
  };
}

function yearAt(time: number, later: number): number {
  const year = civilOf(time).year + later;
  return timeOf({ year, month: 1, day: 1, hour: 0, minute: 0, second: 0 });
}

/**
 * Up to `count` candles that open before `to` (ms epoch, exclusive), newest first. Candles nothing traded in are
 * absent: the page then reaches further back.
 */
export function candlePage(market: InstrumentMarket, period: Period, to: number, count: number): Candle[] {
  if (period.interval === '1s') return secondPage(market, to, count);
  const { candles } = market;
  const found: Candle[] = [];
  const newest = Math.min(to - 1, candles.openMinute.openTime);
  const first = period.openTimeAt(candles.onboardTime);
  let openTime = period.openTimeAt(newest);
  while (found.length < count && openTime >= first) {
    const candle = period.interval
      ? candles.candle(period.interval, openTime)
      : candles.fold(openTime, period.nextOpenTime(openTime), openTime);
    if (candle.fills > 0) found.push(candle);
    openTime = period.openTimeAt(openTime - 1);
  }
  return found;
}

function secondPage(market: InstrumentMarket, to: number, count: number): Candle[] {
  const found: Candle[] = [];
  // Candles that open before `to`: the last second is whole.
  let end = Math.min(Math.ceil(to / SECOND) * SECOND, market.tape.last.time + 1);
  while (found.length < count) {
    const [newest] = tradesBefore(market, end, 1);
    if (!newest) break;
    const openTime = openTimeAt('1s', newest.time);
    found.push(secondCandle(market, openTime));
    end = openTime;
  }
  return found;
}

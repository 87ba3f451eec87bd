import { type Interval, isInterval, openTimeAt } from '#shared/domain/interval.ts';
import { addPrint, type Candle, emptyCandle } from '../candle.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { lastTradeIn } from './trade-pages.ts';

const INTERVALS: Readonly<Record<string, Interval>> = { '60m': '1h', '240m': '4h' };

/** `candle.60m` → `1h`; `undefined` for what is no candle stream. */
export function intervalOfType(type: string): Interval | undefined {
  const unit = type.startsWith('candle.') ? type.slice('candle.'.length) : '';
  const interval = INTERVALS[unit] ?? unit;
  return isInterval(interval) ? interval : undefined;
}

/** One second's candle, folded from its trades. Without trades: empty at price 0. */
export function secondCandle({ tape }: InstrumentMarket, openTime: number): Candle {
  const candle = emptyCandle(openTime, 0);
  for (const print of tape.between(openTime, openTime + 999)) addPrint(candle, print);
  return candle;
}

/** The candle of `interval` that holds `time`, as of now. */
export function candleAt(market: InstrumentMarket, interval: Interval, time: number): Candle {
  const openTime = openTimeAt(interval, time);
  return interval === '1s' ? secondCandle(market, openTime) : market.candles.candle(interval, openTime);
}

/** The latest candle anything traded in, with the time of its last trade. */
export function latestCandle(
  market: InstrumentMarket,
  interval: Interval,
): { readonly candle: Candle; readonly at: number } {
  const { time } = market.tape.last;
  return { candle: candleAt(market, interval, time), at: time };
}

/** When the candle's last trade happened: what the venue stamps it with. */
export function stampOf(market: InstrumentMarket, candle: Candle, endTime: number): number {
  return lastTradeIn(market, candle.openTime, endTime) ?? endTime - 1;
}

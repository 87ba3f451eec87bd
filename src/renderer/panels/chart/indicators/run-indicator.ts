import {
  ATR,
  BollingerBands,
  EMA,
  type IndicatorSeries,
  MACD,
  RSI,
  SMA,
  StochasticOscillator,
  VWAP,
} from 'trading-signals';
import { assertNever } from '#shared/base/assert-never.ts';
import type { HeldCandle } from '../../../stores/candle-series.ts';
import { type IndicatorChoice, numberOf, type Session } from './indicator-kinds.ts';
import { sessionStart } from './session-start.ts';

export type Priced = Pick<HeldCandle, 'openTime' | 'open' | 'high' | 'low' | 'close' | 'volume'>;

/** One value for each line of the indicator; NaN while there is none. */
export type IndicatorValues = readonly number[];

/** An indicator fed with candles one after another. What a step costs does not depend on how many there were. */
export interface IndicatorRun {
  /** The next candle. */
  add(candle: Priced): IndicatorValues;
  /** Another reading of the candle given last. */
  replace(candle: Priced): IndicatorValues;
}

type Step = (candle: Priced, replaces: boolean) => IndicatorValues;

export function runIndicator(choice: IndicatorChoice): IndicatorRun {
  const step = stepOf(choice);
  return { add: (candle) => step(candle, false), replace: (candle) => step(candle, true) };
}

function stepOf(choice: IndicatorChoice): Step {
  const number = (name: Parameters<typeof numberOf>[1]) => numberOf(choice, name);
  switch (choice.kind) {
    case 'sma':
      return closes(new SMA(number('period')), number('period'));
    case 'ema':
      return closes(new EMA(number('period')), number('period'));
    case 'rsi':
      return closes(new RSI(number('period')), number('period') + 1);
    case 'bollinger':
      return bollinger(number('period'), number('width'));
    case 'macd':
      return macd(number('fast'), number('slow'), number('signal'));
    case 'atr':
      return atr(number('period'));
    case 'stochastic':
      return stochastic(number('period'), number('smooth'), number('signal'));
    case 'vwap':
      return vwap(choice.session);
    default:
      return assertNever(choice.kind);
  }
}

/** The library gives an EMA a value from its first price on; ours is one once it has had its whole period. */
function closes(indicator: Pick<IndicatorSeries<number>, 'update'>, needed: number): Step {
  let count = 0;
  return ({ close }, replaces) => {
    if (!replaces) count += 1;
    const value = indicator.update(close, replaces);
    return [count >= needed ? (value ?? Number.NaN) : Number.NaN];
  };
}

function bollinger(period: number, width: number): Step {
  const bands = new BollingerBands(period, width);
  return ({ close }, replaces) => {
    const found = bands.update(close, replaces);
    return found === null ? [Number.NaN, Number.NaN, Number.NaN] : [found.upper, found.middle, found.lower];
  };
}

function macd(fast: number, slow: number, signal: number): Step {
  // Named the wrong way round it would still be a difference of two averages: the slower is the longer one.
  const long = Math.max(fast, slow);
  const indicator = new MACD(new EMA(Math.min(fast, slow)), new EMA(long), new EMA(signal));
  let count = 0;
  return ({ close }, replaces) => {
    if (!replaces) count += 1;
    const found = indicator.update(close, replaces);
    if (found === null || count < long) return [Number.NaN, Number.NaN, Number.NaN];
    const told = count >= long + signal - 1;
    return [found.macd, told ? found.signal : Number.NaN, told ? found.histogram : Number.NaN];
  };
}

function atr(period: number): Step {
  const indicator = new ATR(period);
  return (candle, replaces) => [indicator.update({ ...candle }, replaces) ?? Number.NaN];
}

function stochastic(kPeriod: number, kSlowingPeriod: number, dPeriod: number): Step {
  const indicator = new StochasticOscillator({ kPeriod, kSlowingPeriod, dPeriod });
  return (candle, replaces) => {
    const found = indicator.update({ ...candle }, replaces);
    return found === null ? [Number.NaN, Number.NaN] : [found.stochK, found.stochD];
  };
}

/** Nothing beside anything that was traded. The library takes no candle without volume, and would then replace the one before it. */
const NEXT_TO_NOTHING = 1e-300;

function vwap(session: Session): Step {
  let from = Number.NaN;
  let sum = new VWAP();
  return ({ openTime, high, low, close, volume }, replaces) => {
    const start = sessionStart(session, openTime);
    const isNew = start !== from;
    if (isNew) {
      from = start;
      sum = new VWAP();
    }
    const traded = { high, low, close, volume: volume > 0 ? volume : NEXT_TO_NOTHING };
    return [sum.update(traded, replaces && !isNew) ?? Number.NaN];
  };
}

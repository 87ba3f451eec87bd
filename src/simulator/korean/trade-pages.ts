import type { InstrumentMarket } from '../instrument-market.ts';
import type { Print } from '../print.ts';

const MINUTE = 60_000;
/** A market that stood still for longer than this is taken to have no earlier trades. */
const PATIENCE_MINUTES = 3 * 1440;

/**
 * Up to `count` prints before `time` (ms epoch, exclusive) that `fits`, newest first. Walks back minute by minute,
 * because the past is made again a minute at a time.
 */
export function tradesBefore(
  market: InstrumentMarket,
  time: number,
  count: number,
  fits: (print: Print) => boolean = () => true,
): Print[] {
  const { tape, candles } = market;
  const found: Print[] = [];
  let end = time;
  for (let turn = 0; turn < PATIENCE_MINUTES && found.length < count && end > candles.onboardTime; turn++) {
    const start = Math.floor((end - 1) / MINUTE) * MINUTE;
    found.push(
      ...tape
        .between(start, end - 1)
        .reverse()
        .filter(fits),
    );
    end = start;
  }
  return found.slice(0, count);
}

/** When the last trade of [openTime, endTime) happened. */
export function lastTradeIn(market: InstrumentMarket, openTime: number, endTime: number): number | undefined {
  const { tape } = market;
  if (tape.last.time >= openTime && tape.last.time < endTime) return tape.last.time;
  for (let end = endTime; end > openTime; ) {
    const start = Math.max(openTime, Math.floor((end - 1) / MINUTE) * MINUTE);
    const last = tape.between(start, end - 1).at(-1);
    if (last) return last.time;
    end = start;
  }
  return undefined;
}

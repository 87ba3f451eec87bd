import { hash32, hashText, unit } from './random.ts';

/** Between two settlements of funding, ms. */
export const FUNDING_PERIOD = 8 * 3_600_000;

/** Prices in ticks, not rounded. */
export interface Mark {
  readonly time: number;
  readonly markPrice: number;
  /** Moving average of the mark price over half a minute. */
  readonly markAverage: number;
  readonly indexPrice: number;
}

/** The first mark of an instrument, where index, middle and mark are one. */
export function firstMark(time: number, price: number): Mark {
  return { time, markPrice: price, markAverage: price, indexPrice: price };
}

/** The mark a second later: the index, moved towards the middle of the book as far as a slow basis allows. */
export function nextMark(mark: Mark, time: number, indexPrice: number, middle: number): Mark {
  const basis = mark.markPrice / mark.indexPrice - 1;
  const towards = basis + (middle / indexPrice - 1 - basis) * 0.05;
  const markPrice = indexPrice * (1 + towards);
  return { time, markPrice, markAverage: mark.markAverage + (markPrice - mark.markAverage) / 30, indexPrice };
}

/** When the funding period that holds `time` ends. */
export function nextFundingTime(time: number): number {
  return (Math.floor(time / FUNDING_PERIOD) + 1) * FUNDING_PERIOD;
}

/** Funding rate settled at `fundingTime`, in units of 1e-8: around one hundredth of a percent, now and then negative. */
export function fundingRateAt(seed: number, symbol: string, fundingTime: number): number {
  const period = fundingTime / FUNDING_PERIOD;
  const own = unit(hash32(seed, hashText(`${symbol} funding`), period));
  return own > 0.55 ? 10_000 : Math.round(-4_000 + (own / 0.55) * 14_000);
}

import { Cascade } from './cascade.ts';
import type { Coin } from './coins.ts';
import { hash32, hashText } from './random.ts';

const MINUTES_PER_DAY = 1440;
const COMMON_DEVIATION_PER_DAY = 0.019;
/** 2026-11-21 00:00 UTC: where every coin stands at its anchor price. */
const ANCHOR_TIME = 1_795_219_200_000;

function variancePerMinute(deviationPerDay: number): number {
  return deviationPerDay ** 2 / MINUTES_PER_DAY;
}

/** What all coins have in common: one walk of the whole market. */
export interface CommonFactor {
  readonly seed: number;
  readonly walk: Cascade;
  readonly anchor: number;
}

export function createCommonFactor(seed: number): CommonFactor {
  const own = hash32(seed, hashText('common factor'));
  const walk = new Cascade({
    seed: own,
    variancePerMinute: variancePerMinute(COMMON_DEVIATION_PER_DAY),
    wander: 0.18,
  });
  return { seed: own, walk, anchor: walk.valueAt(ANCHOR_TIME) };
}

/** By how much (natural logarithm) a venue's price stands above the coin's own at a time, ms epoch. */
export type Basis = (time: number) => number;

/**
 * The fair price of one instrument at any time, past or future, without walking there: the anchor price moved by the
 * common factor, by the coin's own, and by what its venue adds. Depends on nothing but the seed, the coin, the venue
 * and the time.
 */
export class PricePath {
  readonly #coin: Coin;
  readonly #common: CommonFactor;
  readonly #own: Cascade;
  readonly #ownAnchor: number;
  readonly #basis: Basis | undefined;

  constructor(seed: number, coin: Coin, common: CommonFactor, basis?: Basis) {
    this.#coin = coin;
    this.#common = common;
    this.#basis = basis;
    this.#own = new Cascade({
      seed: hash32(seed, hashText(`${coin.path}USDT`)),
      variancePerMinute: variancePerMinute(coin.ownDeviation),
      wander: coin.wander ?? 0.12,
      sharedSeed: common.seed,
    });
    this.#ownAnchor = this.#own.valueAt(ANCHOR_TIME);
  }

  /** Fair price in ticks, not rounded. */
  ticksAt(time: number): number {
    const { anchorPrice, beta, tick } = this.#coin;
    const common = this.#common.walk.valueAt(time) - this.#common.anchor;
    const own = this.#own.valueAt(time) - this.#ownAnchor;
    return (anchorPrice / tick) * Math.exp(beta * common + own + (this.#basis?.(time) ?? 0));
  }

  /** Relative deviation of the price during `minute` (minutes since the epoch). */
  deviationOfMinute(minute: number): number {
    const { beta, ownDeviation } = this.#coin;
    const common = this.#common.walk.massOfMinute(minute) * variancePerMinute(COMMON_DEVIATION_PER_DAY);
    const own = this.#own.massOfMinute(minute) * variancePerMinute(ownDeviation);
    return Math.sqrt(beta * beta * common + own);
  }

  /** Relative deviation of the price over one second, long-run average. */
  get deviationPerSecond(): number {
    const { beta, ownDeviation } = this.#coin;
    return Math.sqrt((beta * COMMON_DEVIATION_PER_DAY) ** 2 + ownDeviation ** 2) / Math.sqrt(86_400);
  }

  /** How busy `minute` is: 1 on average. */
  activityOfMinute(minute: number): number {
    return this.#own.massOfMinute(minute);
  }

  /** Activity summed from the epoch to the start of `minute`: about one per minute. */
  activityUntilMinute(minute: number): number {
    return this.#own.massAtMinute(minute);
  }
}

import { Cascade } from './cascade.ts';
import { hash32, hashText } from './random.ts';

const MINUTES_PER_DAY = 1440;

/** Won per dollar moves inside 1,430 ± 50. */
const RATE_MIDDLE = 1430;
const RATE_REACH = 50;
/** Premiums move inside 2 % ± 3 %: from −1 % to +5 %. */
const PREMIUM_MIDDLE = 0.02;
const PREMIUM_REACH = 0.03;

function walk(seed: number, name: string, deviationPerDay: number, wander: number): Cascade {
  return new Cascade({
    seed: hash32(seed, hashText(name)),
    variancePerMinute: deviationPerDay ** 2 / MINUTES_PER_DAY,
    wander,
  });
}

/** What a dollar costs in Korea, at any time, past or future. Depends on nothing but the seed and the time. */
export class KrwRates {
  readonly #seed: number;
  readonly #rate: Cascade;
  readonly #everywhere: Cascade;
  readonly #premiums = new Map<string, Cascade>();

  constructor(seed: number) {
    this.#seed = seed;
    this.#rate = walk(seed, 'won per dollar', 0.2, 0.5);
    this.#everywhere = walk(seed, 'premium', 0.3, 0.6);
  }

  /** The official rate, won per dollar, between 1,380 and 1,480. */
  krwPerUsd(time: number): number {
    return RATE_MIDDLE + RATE_REACH * Math.tanh(this.#rate.valueAt(time));
  }

  /** How much more coins cost at a Korean venue than elsewhere: 0.02 is 2 %. Between −1 % and +5 %. */
  premium(venue: string, time: number): number {
    let own = this.#premiums.get(venue);
    if (!own) {
      own = walk(this.#seed, `${venue} premium`, 0.15, 0.3);
      this.#premiums.set(venue, own);
    }
    const lean = this.#everywhere.valueAt(time) + own.valueAt(time);
    return PREMIUM_MIDDLE + PREMIUM_REACH * Math.tanh(lean);
  }
}

import type { Coin } from './coins.ts';
import { InstrumentMarket, type InstrumentMarketOptions } from './instrument-market.ts';

/**
 * How the venue lists an instrument. `suspended`: listed, but nothing is traded. `delisted`: gone from the list, and
 * unknown to whoever asks for it.
 */
export const LISTINGS = ['trading', 'warned', 'suspended', 'delisted'] as const;
export type Listing = (typeof LISTINGS)[number];

/** An instrument begins on a multiple of this after the market's start. */
const BEGIN_EVERY_MS = 60_000;

export interface InstrumentsOptions extends Omit<InstrumentMarketOptions, 'coin' | 'basis'> {
  readonly coins: readonly Coin[];
  basisOf(coin: Coin): InstrumentMarketOptions['basis'];
  /** Where the market stands, ms epoch. */
  now(): number;
}

/**
 * The instruments of one market, made when first asked for: a market that nobody watches costs nothing. One that is
 * asked for begins on the last whole minute since the market's start and catches up from there, silently. So all that
 * is asked for within the first minute is as if it had been there from the start, and what is asked for later skips
 * the time in which nobody could have seen it: its past is then its history, which is the same for the same seed.
 * Once made, an instrument stays: a minute of its life costs a millisecond or two.
 */
export class Instruments {
  readonly #coinOf: ReadonlyMap<string, Coin>;
  readonly #options: InstrumentsOptions;
  readonly #made = new Map<string, InstrumentMarket>();
  readonly #activityOf = new Map<string, number>();
  readonly #listingOf = new Map<string, Listing>();
  #listed: readonly Coin[];
  #isCatchingUp = false;

  constructor(options: InstrumentsOptions) {
    this.#options = options;
    this.#listed = options.coins;
    this.#coinOf = new Map(options.coins.map((coin) => [coin.symbol, coin]));
  }

  /** What the venue lists. */
  get coins(): readonly Coin[] {
    return this.#listed;
  }

  has(symbol: string): boolean {
    return this.#coinOf.has(symbol) && this.listingOf(symbol) !== 'delisted';
  }

  listingOf(symbol: string): Listing {
    return this.#listingOf.get(symbol) ?? 'trading';
  }

  /** Lists it so from now on, also where nobody looks yet; what is not traded stands still. False: no such symbol. */
  setListing(symbol: string, listing: Listing): boolean {
    if (!this.#coinOf.has(symbol)) return false;
    this.#listingOf.set(symbol, listing);
    const made = this.#made.get(symbol);
    if (made) made.isSuspended = listing === 'suspended';
    this.#listed = this.#options.coins.filter((coin) => this.listingOf(coin.symbol) !== 'delisted');
    this.setActivity(listing === 'suspended' || listing === 'delisted' ? 0 : 1, [symbol]);
    return true;
  }

  /** The instrument, made if need be; `undefined` when the venue lists no such symbol. */
  get(symbol: string): InstrumentMarket | undefined {
    if (this.listingOf(symbol) === 'delisted') return undefined;
    const made = this.#made.get(symbol);
    if (made) return made;
    const coin = this.#coinOf.get(symbol);
    return coin && this.#make(coin);
  }

  /** Those that have been made: all that can change. */
  get made(): IterableIterator<InstrumentMarket> {
    return this.#made.values();
  }

  /** All of them, in the order of the list. Makes what is not made yet. */
  all(): InstrumentMarket[] {
    return this.coins.map((coin) => this.get(coin.symbol) as InstrumentMarket);
  }

  /** Makes order events this many times as frequent, everywhere or for some symbols, also where nobody looks yet. */
  setActivity(multiplier: number, symbols?: readonly string[]): void {
    for (const { symbol } of this.#options.coins) {
      if (symbols && !symbols.includes(symbol)) continue;
      this.#activityOf.set(symbol, multiplier);
      this.#made.get(symbol)?.setActivity(multiplier);
    }
  }

  #make(coin: Coin): InstrumentMarket {
    const { startTime, listener, basisOf, now, ...shared } = this.#options;
    const time = now();
    const begin = startTime + Math.floor((time - startTime) / BEGIN_EVERY_MS) * BEGIN_EVERY_MS;
    this.#isCatchingUp = true;
    const market = new InstrumentMarket({
      ...shared,
      coin,
      basis: basisOf(coin),
      startTime: begin,
      // Nobody is told of what happened before anybody listened.
      listener: {
        filled: (one, fill) => this.#isCatchingUp || listener.filled(one, fill),
        printed: (one, print) => this.#isCatchingUp || listener.printed(one, print),
        topChanged: (one, at) => this.#isCatchingUp || listener.topChanged(one, at),
      },
    });
    market.catchUp(time);
    this.#isCatchingUp = false;
    const activity = this.#activityOf.get(coin.symbol);
    if (activity !== undefined) market.setActivity(activity);
    market.isSuspended = this.listingOf(coin.symbol) === 'suspended';
    this.#made.set(coin.symbol, market);
    return market;
  }
}

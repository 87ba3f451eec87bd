import { COIN_FACTS } from './coin-facts.ts';
import { type Coin, listCoin } from './coins.ts';
import { KrwRates } from './krw-rates.ts';
import { grainsOf, type PriceBand, unitNear } from './krw-ticks.ts';
import type { Basis } from './price-path.ts';

/** Won per dollar and premium in the middle of where they move: what anchor prices are told in. */
const MIDDLE_KRW_PER_USD = 1430;
const MIDDLE_PREMIUM = 0.02;
const KRW_PER_USDT = MIDDLE_KRW_PER_USD * (1 + MIDDLE_PREMIUM);
const MIN_ORDER_KRW = 5000;
/** Taker orders in Korea are smaller than those of the busiest venue. */
const ORDER_SHARE = 0.15;
const LEVELS = 80;
const DAY_SECONDS = 86_400;

export interface KrwListing {
  /** Venue id. */
  readonly venue: string;
  readonly bands: readonly PriceBand[];
  /** Share of the busiest venue's trading, 0 to 1. */
  readonly share: number;
  /** Coins whose books are thin: fewer levels than a frame has room for. */
  readonly thin: Readonly<Record<string, number>>;
  /** Coins of whose best levels next to nothing is left now and then: how often, and less than how many coins. */
  readonly crumbs: Readonly<Record<string, { readonly share: number; readonly below: number }>>;
}

/** Every coin of the simulated world in won, and the tether, as one Korean venue lists them. */
export function krwCoins(listing: KrwListing): readonly Coin[] {
  return [...[...COIN_FACTS.keys()].map((name) => krwCoin(listing, name)), tether(listing)];
}

/** What a Korean venue adds to the coins' own prices: the rate and its premium. */
export function krwBasis(venue: string): (coin: Coin, seed: number) => Basis {
  return (_coin, seed) => {
    const rates = new KrwRates(seed);
    return (time) => Math.log((rates.krwPerUsd(time) * (1 + rates.premium(venue, time))) / KRW_PER_USDT);
  };
}

function krwCoin(listing: KrwListing, name: string): Coin {
  const { venue, share, bands } = listing;
  const price = (COIN_FACTS.get(name)?.price ?? 1) * KRW_PER_USDT;
  const coin = listCoin({
    market: venue,
    symbol: `KRW-${name}`,
    name,
    quote: 'KRW',
    quotePerUsdt: KRW_PER_USDT,
    tickSize: unitNear(bands, price),
    stepSize: '1',
    minNotional: String(MIN_ORDER_KRW),
    share,
    levels: listing.thin[name] ?? LEVELS,
  });
  return inWon({ ...coin, takerNotional: coin.takerNotional * ORDER_SHARE }, listing);
}

/** The tether follows no market: its dollar price stays within a fraction of a percent of 1. */
function tether(listing: KrwListing): Coin {
  const like = krwCoin(listing, 'XRP');
  const anchorPrice = KRW_PER_USDT;
  const tickSize = unitNear(listing.bands, anchorPrice);
  const coin: Coin = {
    ...like,
    symbol: 'KRW-USDT',
    base: 'USDT',
    path: 'USDT',
    crowd: `${listing.venue} KRW-USDT`,
    anchorPrice,
    beta: 0,
    ownDeviation: 0.001,
    wander: 0.0005,
    takersPerSecond: 2 * listing.share,
    takerNotional: 1_200_000,
    reach: 0.02,
    subType: 'Stable',
    tickSize,
    tick: Number(tickSize),
    tickUnits: 1,
    priceDecimals: 0,
  };
  return inWon(coin, listing);
}

/** Puts a coin onto the venue's ticks and minimum, in quantity steps as fine as exact sums allow. */
function inWon(coin: Coin, { bands, crumbs }: KrwListing): Coin {
  const quantityDecimals = decimalsFor(coin);
  const step = 10 ** -quantityDecimals;
  const crumb = crumbs[coin.path];
  return {
    ...coin,
    quantityDecimals,
    stepSize: quantityDecimals === 0 ? '1' : `0.${'1'.padStart(quantityDecimals, '0')}`,
    step,
    grainAt: grainsOf(bands, coin.tickSize),
    leastAt: (price) => Math.ceil(MIN_ORDER_KRW / (price * coin.tick) / step),
    ...(crumb ? { crumbs: { share: crumb.share, below: Math.floor(crumb.below / step) } } : {}),
  };
}

/** Eight digits where a day's value, counted in ticks times steps, stays well below 2^53; else fewer. */
function decimalsFor({ takersPerSecond, takerNotional, tick }: Coin): number {
  const dayInTicks = (takersPerSecond * DAY_SECONDS * takerNotional) / tick;
  return Math.max(0, Math.min(8, Math.floor(Math.log10(2 ** 52 / dayInTicks))));
}

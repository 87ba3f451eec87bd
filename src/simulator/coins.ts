import { decimalPlaces, toScaled } from '#shared/base/decimal.ts';
import { COIN_FACTS } from './coin-facts.ts';

/** A coin as one venue lists it. */
export interface Listing {
  /** The venue's market it belongs to, `bybit linear`: gives the instrument a crowd of its own. */
  readonly market: string;
  /** The venue's spelling of the instrument, `BTCUSDT`, `KRW-BTC`. */
  readonly symbol: string;
  /** The coin's name in the table of facts. */
  readonly name: string;
  /** The venue's spelling of the coin. Default: its name. */
  readonly base?: string;
  /** Default `USDT`. */
  readonly quote?: string;
  /** Coins per unit traded: 1000 for `1000PEPE`. Default 1. */
  readonly unit?: number;
  /** Quote per USDT: 1 unless the quote is another currency. */
  readonly quotePerUsdt?: number;
  /** Venue's words; digits after the point are the digits of a price on the wire. */
  readonly tickSize: string;
  readonly stepSize: string;
  readonly minNotional: string;
  /** The spread it has most of the time, in ticks. Default 1. */
  readonly spreadTicks?: number;
  /** Share of the busiest venue's trading, 0 to 1. Default 1. */
  readonly share?: number;
  /** Overrides the coin's levels per side. */
  readonly levels?: number;
}

/** One instrument of a simulated market: the coin's facts as its venue lists them. */
export interface Coin {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Names the price path: the same for one coin on every venue. */
  readonly path: string;
  /** Names the crowd: every instrument has its own. */
  readonly crowd: string;
  readonly tickSize: string;
  readonly stepSize: string;
  readonly minNotional: string;
  /** Largest limit and market order, base. */
  readonly maxQuantity: string;
  readonly maxMarketQuantity: string;
  /** Price in quote at the anchor of the price path. */
  readonly anchorPrice: number;
  readonly beta: number;
  readonly ownDeviation: number;
  /** Taker orders per second, long-run average. */
  readonly takersPerSecond: number;
  /** Average value of a taker order in quote. */
  readonly takerNotional: number;
  readonly spreadTicks: number;
  readonly levels: number;
  readonly reach: number;
  /** What kind of coin it is, for show in the instrument list. */
  readonly subType: string;
  /** Where ticks grow with the price: how many of `tick` a step is at a price (in ticks). Absent: one, everywhere. */
  readonly grainAt?: (price: number) => number;
  /** Smallest order in steps at a price (in ticks), where the venue's crowd keeps to its minimum. Absent: one step. */
  readonly leastAt?: (price: number) => number;
  /** Takers who leave next to nothing of a level: how often, and below how many steps. Absent: none. */
  readonly crumbs?: { readonly share: number; readonly below: number };
  /** Deviation of its own factor over half a year. Default 0.12. */
  readonly wander?: number;

  /** Derived: digits, and how many units of the last written digit one tick and one step are. */
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  readonly tickUnits: number;
  readonly stepUnits: number;
  /** One tick in quote, one step in base: for arithmetic that may round. */
  readonly tick: number;
  readonly step: number;
}

/** Throws when the coin is not in the table of facts: a mistake in a venue's list. */
export function listCoin(listing: Listing): Coin {
  const { market, symbol, name, quote = 'USDT', unit = 1, quotePerUsdt = 1, tickSize, stepSize } = listing;
  const facts = COIN_FACTS.get(name);
  if (!facts) throw new Error(`No facts about a coin named ${name}.`);
  const anchorPrice = facts.price * unit * quotePerUsdt;
  const priceDecimals = decimalPlaces(tickSize);
  const largest = 10 ** Math.floor(Math.log10(80_000_000 / (facts.price * unit)));
  return {
    symbol,
    base: listing.base ?? name,
    quote,
    path: name,
    crowd: `${market} ${symbol}`,
    tickSize,
    stepSize,
    minNotional: listing.minNotional,
    maxQuantity: String(largest),
    maxMarketQuantity: String(largest / 10),
    anchorPrice,
    beta: facts.beta,
    ownDeviation: facts.ownDeviation,
    takersPerSecond: facts.takersPerSecond * (listing.share ?? 1),
    takerNotional: facts.takerNotional * quotePerUsdt,
    spreadTicks: listing.spreadTicks ?? 1,
    levels: listing.levels ?? facts.levels,
    reach: facts.reach,
    subType: facts.kind,
    priceDecimals,
    quantityDecimals: decimalPlaces(stepSize),
    tickUnits: toScaled(tickSize, priceDecimals) ?? 1,
    stepUnits: toScaled(stepSize, decimalPlaces(stepSize)) ?? 1,
    tick: Number(tickSize),
    step: Number(stepSize),
  };
}

import { decimalPlaces, toScaled } from '#shared/base/decimal.ts';

/** One USDT perpetual of the simulated market. Decimal texts are written the way the venue writes them. */
export interface Coin {
  readonly symbol: string;
  readonly base: string;
  /** Venue's words; digits after the point are the digits of every price on the wire. */
  readonly tickSize: string;
  readonly stepSize: string;
  readonly minNotional: string;
  /** Largest limit and market order, base. */
  readonly maxQuantity: string;
  readonly maxMarketQuantity: string;
  /** Price in quote at the anchor of the price path. */
  readonly anchorPrice: number;
  /** How strongly it follows the common factor. */
  readonly beta: number;
  /** Deviation per day of its own factor, 0.02 = 2 %. */
  readonly ownDeviation: number;
  /** Taker orders per second, long-run average. */
  readonly takersPerSecond: number;
  /** Average value of a taker order in quote. */
  readonly takerNotional: number;
  /** The spread it has most of the time, in ticks. */
  readonly spreadTicks: number;
  /** Levels per side its book settles at. */
  readonly levels: number;
  /** How far the deepest level stands from the best, 0.02 = 2 %. */
  readonly reach: number;
  /** The venue's category of the coin, for show in the instrument list. */
  readonly subType: string;

  /** Derived: digits, and how many units of the last written digit one tick is. */
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  readonly tickUnits: number;
  /** One tick in quote, one step in base: for arithmetic that may round. */
  readonly tick: number;
  readonly step: number;
}

type Row = readonly [
  base: string,
  tickSize: string,
  stepSize: string,
  minNotional: string,
  anchorPrice: number,
  beta: number,
  ownDeviation: number,
  takersPerSecond: number,
  takerNotional: number,
  spreadTicks: number,
  levels: number,
  reach: number,
  subType: string,
];

// Ticks, steps and decimals as the venue lists them; prices as they might stand in late 2026.
const ROWS: readonly Row[] = [
  ['BTC', '0.10', '0.001', '50', 83_860, 1, 0.007, 8, 6_000, 1, 1_000, 0.02, 'PoW'],
  ['ETH', '0.01', '0.001', '20', 4_100, 1.2, 0.015, 6, 3_000, 1, 950, 0.025, 'Layer-1'],
  ['SOL', '0.0100', '0.01', '5', 187.4, 1.35, 0.024, 3, 2_400, 1, 800, 0.05, 'Layer-1'],
  ['XRP', '0.0001', '0.1', '5', 1.4912, 1.15, 0.026, 2, 1_900, 1, 760, 0.06, 'Payment'],
  ['BNB', '0.010', '0.01', '5', 912.4, 0.8, 0.014, 1.2, 1_700, 2, 700, 0.03, 'Layer-1'],
  ['DOGE', '0.000010', '1', '5', 0.1823, 1.4, 0.03, 1.3, 1_200, 1, 720, 0.06, 'Meme'],
  ['ADA', '0.00010', '1', '5', 0.6174, 1.35, 0.026, 0.9, 900, 1, 620, 0.12, 'Layer-1'],
  ['LINK', '0.001', '0.01', '5', 17.86, 1.3, 0.027, 0.9, 900, 2, 640, 0.06, 'Infrastructure'],
  ['AVAX', '0.0010', '1', '5', 22.41, 1.4, 0.029, 0.8, 800, 2, 640, 0.06, 'Layer-1'],
  ['SUI', '0.000100', '0.1', '5', 2.3874, 1.5, 0.035, 1, 900, 2, 660, 0.06, 'Layer-1'],
  ['LTC', '0.01', '0.001', '20', 98.3, 0.95, 0.022, 0.7, 800, 1, 620, 0.09, 'PoW'],
  ['TRX', '0.00001', '1', '5', 0.31245, 0.5, 0.014, 0.7, 900, 1, 640, 0.03, 'Layer-1'],
  ['DOT', '0.001', '0.1', '5', 5.412, 1.3, 0.027, 0.6, 700, 1, 620, 0.14, 'Layer-0'],
  ['1000PEPE', '0.0000001', '1', '5', 0.0089412, 1.7, 0.042, 1.2, 900, 3, 700, 0.06, 'Meme'],
  ['BCH', '0.01', '0.001', '20', 486.2, 1, 0.025, 0.6, 800, 2, 640, 0.05, 'PoW'],
  ['NEAR', '0.0010', '1', '5', 3.118, 1.45, 0.031, 0.6, 600, 1, 600, 0.22, 'Layer-1'],
];

export const COINS: readonly Coin[] = ROWS.map(toCoin);

function toCoin(row: Row): Coin {
  const [base, tickSize, stepSize, minNotional, anchorPrice, beta, ownDeviation] = row;
  const [, , , , , , , takersPerSecond, takerNotional, spreadTicks, levels, reach, subType] = row;
  const priceDecimals = decimalPlaces(tickSize);
  const largest = 10 ** Math.floor(Math.log10(80_000_000 / anchorPrice));
  return {
    symbol: `${base}USDT`,
    base,
    tickSize,
    stepSize,
    minNotional,
    maxQuantity: String(largest),
    maxMarketQuantity: String(largest / 10),
    anchorPrice,
    beta,
    ownDeviation,
    takersPerSecond,
    takerNotional,
    spreadTicks,
    levels,
    reach,
    subType,
    priceDecimals,
    quantityDecimals: decimalPlaces(stepSize),
    tickUnits: toScaled(tickSize, priceDecimals) ?? 1,
    tick: Number(tickSize),
    step: Number(stepSize),
  };
}

/** What is true of a coin on every venue. */
export interface CoinFacts {
  /** Price of one coin in USDT at the anchor of the price path. */
  readonly price: number;
  /** How strongly it follows the common factor. */
  readonly beta: number;
  /** Deviation per day of its own factor, 0.02 = 2 %. */
  readonly ownDeviation: number;
  /** Taker orders per second on the busiest venue, long-run average. */
  readonly takersPerSecond: number;
  /** Average value of a taker order in USDT. */
  readonly takerNotional: number;
  /** Levels per side its book settles at. */
  readonly levels: number;
  /** How far the deepest level stands from the best, 0.02 = 2 %. */
  readonly reach: number;
  /** What kind of coin it is, for show in instrument lists. */
  readonly kind: string;
}

type Row = readonly [
  name: string,
  price: number,
  beta: number,
  ownDeviation: number,
  takersPerSecond: number,
  takerNotional: number,
  levels: number,
  reach: number,
  kind: string,
];

// Prices as they might stand in late 2026. The first sixteen are busy and deep; the rest trade now and then.
const ROWS: readonly Row[] = [
  ['BTC', 83_860, 1, 0.007, 8, 6_000, 1_000, 0.02, 'PoW'],
  ['ETH', 4_100, 1.2, 0.015, 6, 3_000, 950, 0.025, 'Layer-1'],
  ['SOL', 187.4, 1.35, 0.024, 3, 2_400, 800, 0.05, 'Layer-1'],
  ['XRP', 1.4912, 1.15, 0.026, 2, 1_900, 760, 0.06, 'Payment'],
  ['BNB', 912.4, 0.8, 0.014, 1.2, 1_700, 700, 0.03, 'Layer-1'],
  ['DOGE', 0.1823, 1.4, 0.03, 1.3, 1_200, 720, 0.06, 'Meme'],
  ['ADA', 0.6174, 1.35, 0.026, 0.9, 900, 620, 0.12, 'Layer-1'],
  ['LINK', 17.86, 1.3, 0.027, 0.9, 900, 640, 0.06, 'Infrastructure'],
  ['AVAX', 22.41, 1.4, 0.029, 0.8, 800, 640, 0.06, 'Layer-1'],
  ['SUI', 2.3874, 1.5, 0.035, 1, 900, 660, 0.06, 'Layer-1'],
  ['LTC', 98.3, 0.95, 0.022, 0.7, 800, 620, 0.09, 'PoW'],
  ['TRX', 0.31245, 0.5, 0.014, 0.7, 900, 640, 0.03, 'Layer-1'],
  ['DOT', 5.412, 1.3, 0.027, 0.6, 700, 620, 0.14, 'Layer-0'],
  ['PEPE', 0.0000089412, 1.7, 0.042, 1.2, 900, 700, 0.06, 'Meme'],
  ['BCH', 486.2, 1, 0.025, 0.6, 800, 640, 0.05, 'PoW'],
  ['NEAR', 3.118, 1.45, 0.031, 0.6, 600, 600, 0.22, 'Layer-1'],
  ['UNI', 7.842, 1.35, 0.03, 0.4, 600, 320, 0.08, 'DeFi'],
  ['APT', 5.034, 1.4, 0.031, 0.35, 550, 320, 0.09, 'Layer-1'],
  ['ARB', 0.4126, 1.5, 0.033, 0.4, 500, 320, 0.1, 'Layer-2'],
  ['OP', 0.7318, 1.5, 0.034, 0.35, 500, 320, 0.1, 'Layer-2'],
  ['AAVE', 268.4, 1.3, 0.029, 0.35, 700, 320, 0.06, 'DeFi'],
  ['ATOM', 4.216, 1.25, 0.027, 0.3, 450, 300, 0.1, 'Layer-0'],
  ['ETC', 21.67, 1.15, 0.026, 0.3, 500, 300, 0.08, 'PoW'],
  ['FIL', 2.318, 1.3, 0.029, 0.3, 450, 300, 0.12, 'Storage'],
  ['ICP', 5.127, 1.3, 0.031, 0.25, 450, 300, 0.09, 'Layer-1'],
  ['HBAR', 0.2214, 1.35, 0.034, 0.35, 500, 300, 0.1, 'Layer-1'],
  ['XLM', 0.3647, 1.2, 0.029, 0.35, 500, 300, 0.08, 'Payment'],
  ['ALGO', 0.2183, 1.3, 0.03, 0.25, 400, 300, 0.1, 'Layer-1'],
  ['VET', 0.02413, 1.3, 0.03, 0.2, 350, 300, 0.14, 'Infrastructure'],
  ['INJ', 12.86, 1.45, 0.035, 0.3, 500, 300, 0.08, 'DeFi'],
  ['TIA', 1.842, 1.55, 0.038, 0.3, 450, 300, 0.12, 'Layer-0'],
  ['SEI', 0.2947, 1.5, 0.037, 0.3, 450, 300, 0.1, 'Layer-1'],
  ['STX', 0.6532, 1.4, 0.034, 0.2, 400, 300, 0.1, 'Layer-2'],
  ['IMX', 0.5214, 1.4, 0.033, 0.2, 400, 300, 0.1, 'Layer-2'],
  ['RENDER', 3.687, 1.5, 0.036, 0.25, 450, 300, 0.09, 'AI'],
  ['GRT', 0.0873, 1.35, 0.031, 0.2, 350, 300, 0.1, 'Infrastructure'],
  ['SAND', 0.2716, 1.35, 0.031, 0.2, 350, 300, 0.1, 'Metaverse'],
  ['MANA', 0.2684, 1.35, 0.031, 0.2, 350, 300, 0.1, 'Metaverse'],
  ['AXS', 2.147, 1.35, 0.033, 0.2, 350, 300, 0.1, 'Metaverse'],
  ['THETA', 0.7431, 1.35, 0.032, 0.2, 350, 300, 0.1, 'Infrastructure'],
  ['EGLD', 13.42, 1.3, 0.031, 0.15, 350, 300, 0.1, 'Layer-1'],
  ['FLOW', 0.3518, 1.3, 0.031, 0.15, 350, 300, 0.1, 'Layer-1'],
  ['XTZ', 0.6873, 1.25, 0.029, 0.2, 350, 300, 0.1, 'Layer-1'],
  ['CRV', 0.7124, 1.45, 0.037, 0.3, 450, 300, 0.1, 'DeFi'],
  ['COMP', 41.86, 1.3, 0.033, 0.2, 400, 300, 0.08, 'DeFi'],
  ['SNX', 0.6218, 1.4, 0.037, 0.2, 350, 300, 0.1, 'DeFi'],
  ['ENA', 0.5874, 1.6, 0.044, 0.4, 500, 320, 0.1, 'DeFi'],
  ['ONDO', 0.8923, 1.45, 0.036, 0.3, 450, 300, 0.1, 'RWA'],
  ['WLD', 0.9647, 1.5, 0.041, 0.35, 500, 300, 0.1, 'AI'],
  ['JUP', 0.4731, 1.5, 0.037, 0.25, 400, 300, 0.1, 'DeFi'],
  ['PYTH', 0.1246, 1.45, 0.038, 0.2, 350, 300, 0.1, 'Infrastructure'],
  ['WIF', 0.8162, 1.7, 0.048, 0.4, 500, 300, 0.1, 'Meme'],
  ['BONK', 0.00002137, 1.65, 0.045, 0.35, 450, 300, 0.1, 'Meme'],
  ['SHIB', 0.00001248, 1.4, 0.033, 0.4, 450, 300, 0.08, 'Meme'],
  ['TAO', 384.2, 1.45, 0.038, 0.3, 600, 300, 0.06, 'AI'],
  ['HYPE', 38.74, 1.4, 0.039, 0.6, 800, 320, 0.06, 'DeFi'],
  ['POL', 0.2346, 1.35, 0.031, 0.25, 400, 300, 0.1, 'Layer-2'],
  ['ENS', 21.73, 1.4, 0.035, 0.2, 400, 300, 0.08, 'Infrastructure'],
  ['CHZ', 0.04127, 1.25, 0.029, 0.2, 350, 300, 0.12, 'Infrastructure'],
  ['PENDLE', 4.863, 1.45, 0.039, 0.25, 400, 300, 0.1, 'DeFi'],
  ['ZRO', 1.914, 1.45, 0.041, 0.2, 350, 300, 0.1, 'Layer-0'],
  ['KAIA', 0.1482, 1.1, 0.027, 0.15, 300, 300, 0.1, 'Layer-1'],
];

/** Every coin of the simulated world by name, busiest first. */
export const COIN_FACTS: ReadonlyMap<string, CoinFacts> = new Map(
  ROWS.map(([name, price, beta, ownDeviation, takersPerSecond, takerNotional, levels, reach, kind]) => [
    name,
    { price, beta, ownDeviation, takersPerSecond, takerNotional, levels, reach, kind },
  ]),
);

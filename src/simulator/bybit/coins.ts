import { Cascade } from '../cascade.ts';
import { COIN_FACTS } from '../coin-facts.ts';
import { type Coin, listCoin } from '../coins.ts';
import type { Basis } from '../price-path.ts';
import { hash32, hashText } from '../random.ts';
import type { Category } from './category.ts';

type Row = readonly [symbolBase: string, tickSize: string, stepSize: string, spreadTicks?: number];

// Ticks and steps as the venue lists them: some steps are tens and hundreds.
const LINEAR: readonly Row[] = [
  ['BTC', '0.10', '0.001', 1],
  ['ETH', '0.01', '0.01', 1],
  ['SOL', '0.010', '0.1', 1],
  ['XRP', '0.0001', '0.1'],
  ['BNB', '0.10', '0.01'],
  ['DOGE', '0.00001', '1'],
  ['ADA', '0.0001', '1'],
  ['LINK', '0.001', '0.1'],
  ['AVAX', '0.001', '0.1'],
  ['SUI', '0.00010', '10'],
  ['LTC', '0.01', '0.1'],
  ['TRX', '0.00001', '1'],
  ['DOT', '0.0001', '0.1'],
  ['1000PEPE', '0.0000010', '100'],
  ['BCH', '0.10', '0.01'],
  ['NEAR', '0.0001', '0.1'],
  ['UNI', '0.001', '0.1'],
  ['APT', '0.0001', '0.01'],
  ['ARB', '0.00001', '0.1'],
  ['OP', '0.00001', '0.1'],
  ['AAVE', '0.01', '0.01'],
  ['ATOM', '0.0001', '0.1'],
  ['ETC', '0.001', '0.1'],
  ['FIL', '0.0001', '0.1'],
  ['ICP', '0.001', '0.1'],
  ['HBAR', '0.00001', '1'],
  ['XLM', '0.00001', '1'],
  ['ALGO', '0.00001', '0.1'],
  ['VET', '0.000001', '1'],
  ['INJ', '0.0010', '0.1'],
  ['TIA', '0.0001', '0.1'],
  ['SEI', '0.00001', '1'],
  ['STX', '0.00010', '0.1'],
  ['IMX', '0.00001', '0.1'],
  ['RENDER', '0.0001', '0.1'],
  ['GRT', '0.00001', '0.1'],
  ['SAND', '0.00001', '1'],
  ['MANA', '0.00001', '0.1'],
  ['AXS', '0.0001', '0.1'],
  ['THETA', '0.00001', '0.1'],
  ['EGLD', '0.001', '0.01'],
  ['FLOW', '0.00001', '0.1'],
  ['XTZ', '0.0001', '0.1'],
  ['CRV', '0.0001', '0.1'],
  ['COMP', '0.001', '0.01'],
  ['SNX', '0.0001', '0.1'],
  ['ENA', '0.00001', '1'],
  ['ONDO', '0.0001', '1'],
  ['WLD', '0.0001', '0.1'],
  ['JUP', '0.00001', '1'],
  ['PYTH', '0.00001', '1'],
  ['WIF', '0.00001', '1'],
  ['1000BONK', '0.0000010', '100'],
  ['SHIB1000', '0.000001', '10'],
  ['HYPE', '0.001', '0.01'],
  ['POL', '0.00001', '1'],
];

const SPOT: readonly Row[] = [
  ['BTC', '0.1', '0.000001', 1],
  ['ETH', '0.01', '0.00001', 1],
  ['SOL', '0.01', '0.001'],
  ['XRP', '0.0001', '0.01'],
  ['BNB', '0.1', '0.0001'],
  ['DOGE', '0.00001', '0.1'],
  ['ADA', '0.0001', '0.01'],
  ['LINK', '0.001', '0.01'],
  ['AVAX', '0.01', '0.001'],
  ['SUI', '0.0001', '0.01'],
  ['LTC', '0.01', '0.00001'],
  ['TRX', '0.00001', '0.01'],
  ['DOT', '0.0001', '0.001'],
  ['PEPE', '0.000000001', '1'],
  ['BCH', '0.1', '0.0001'],
  ['NEAR', '0.001', '0.01'],
  ['UNI', '0.001', '0.01'],
  ['APT', '0.001', '0.01'],
  ['ARB', '0.0001', '0.01'],
  ['OP', '0.0001', '0.01'],
  ['AAVE', '0.01', '0.001'],
  ['ATOM', '0.001', '0.001'],
  ['ETC', '0.01', '0.01'],
  ['FIL', '0.001', '0.001'],
  ['ICP', '0.001', '0.001'],
  ['HBAR', '0.00001', '0.1'],
  ['XLM', '0.00001', '0.1'],
  ['ALGO', '0.0001', '0.01'],
  ['INJ', '0.001', '0.01'],
  ['TIA', '0.0001', '0.01'],
  ['SEI', '0.0001', '0.01'],
  ['STX', '0.0001', '0.01'],
  ['IMX', '0.0001', '0.01'],
  ['RENDER', '0.001', '0.01'],
  ['GRT', '0.00001', '0.1'],
  ['SAND', '0.0001', '0.01'],
  ['MANA', '0.0001', '0.01'],
  ['AXS', '0.001', '0.01'],
  ['THETA', '0.0001', '0.01'],
  ['EGLD', '0.01', '0.0001'],
  ['FLOW', '0.0001', '0.01'],
  ['XTZ', '0.0001', '0.01'],
  ['CRV', '0.0001', '0.01'],
  ['COMP', '0.01', '0.0001'],
  ['SNX', '0.0001', '0.01'],
  ['ENA', '0.0001', '0.01'],
  ['ONDO', '0.0001', '0.01'],
  ['WLD', '0.0001', '0.01'],
  ['JUP', '0.0001', '0.01'],
  ['PYTH', '0.0001', '0.01'],
  ['WIF', '0.0001', '0.01'],
  ['BONK', '0.00000001', '0.1'],
  ['SHIB', '0.00000001', '0.1'],
  ['HYPE', '0.01', '0.001'],
];

/** Dated futures by symbol, with when they are delivered, ms epoch. */
export const DELIVERY_TIMES: ReadonlyMap<string, number> = new Map([['BTCUSDT-25DEC26', 1_798_185_600_000]]);

/** Listed but not traded: a client has to filter. */
export const UNTRADED: Readonly<Record<string, string>> = { EOSUSDT: 'Closed', MOONUSDT: 'PreLaunch' };

/** `1000PEPE` and `SHIB1000` are thousands of a coin. */
function coinsPerUnit(symbolBase: string): readonly [name: string, unit: number] {
  const name = symbolBase.replace('1000', '');
  return [name, name === symbolBase ? 1 : 1000];
}

/** Spreads stay near a basis point where a row does not say, as far as ticks allow. */
function usualSpread(name: string, unit: number, tickSize: string): number {
  const ticks = ((COIN_FACTS.get(name)?.price ?? 0) * unit) / Number(tickSize);
  return Math.max(1, Math.min(4, Math.round(ticks * 0.000_08)));
}

function listed(category: Category, share: number) {
  return ([symbolBase, tickSize, stepSize, spreadTicks]: Row): Coin => {
    const [name, unit] = coinsPerUnit(symbolBase);
    return listCoin({
      market: `bybit ${category}`,
      symbol: `${symbolBase}USDT`,
      name,
      base: symbolBase,
      unit,
      tickSize,
      stepSize,
      minNotional: '5',
      spreadTicks: spreadTicks ?? usualSpread(name, unit, tickSize),
      share,
    });
  };
}

const OTHERS: readonly Coin[] = [
  ...[...DELIVERY_TIMES.keys()].map((symbol) => ({
    ...listed('linear', 0.05)(['BTC', '0.10', '0.001', 4]),
    symbol,
    crowd: `bybit linear ${symbol}`,
  })),
  // Settled in another coin.
  {
    ...listed('linear', 0.1)(['BTC', '0.10', '0.001', 2]),
    symbol: 'BTCPERP',
    quote: 'USDC',
    crowd: 'bybit linear BTCPERP',
  },
];

export const BYBIT_COINS: Readonly<Record<Category, readonly Coin[]>> = {
  linear: [...LINEAR.map(listed('linear', 0.7)), ...OTHERS],
  spot: SPOT.map(listed('spot', 0.4)),
};

/** A few basis points that drift over days: the same coin is never worth quite the same elsewhere. */
export function bybitBasis(coin: Coin, seed: number): Basis {
  const drift = new Cascade({
    seed: hash32(seed, hashText(`${coin.crowd} basis`)),
    variancePerMinute: 1e-11,
    wander: 0.0004,
  });
  return (time) => drift.valueAt(time);
}

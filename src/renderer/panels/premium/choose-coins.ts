import { type Instrument, type InstrumentId, instrumentName } from '#shared/domain/instrument.ts';
import { coinOf } from '#shared/domain/premium.ts';

/** Always worth a look. */
const USUAL = ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE'];
/** Every coin holds two to four books open at the venues. */
const MOST_BY_ITSELF = 8;
/** As many as one watch takes. */
const MOST = 100;

/** Coins that stand both on a KRW and on a USDT market, in the order of the list. */
export function comparableCoins(instruments: Iterable<Instrument>): readonly string[] {
  const here = new Set<string>();
  const abroad = new Set<string>();
  for (const { base, quote, kind, status } of instruments) {
    if (status !== 'trading') continue;
    if (quote === 'KRW' && kind === 'spot') here.add(coinOf(base).coin);
    else if (quote === 'USDT' && kind !== 'future') abroad.add(coinOf(base).coin);
  }
  return [...here].filter((coin) => abroad.has(coin));
}

/** What the person added, then the watchlist's coins and the usual ones as far as they can be compared. */
export function chooseCoins(
  comparable: readonly string[],
  watchlist: readonly InstrumentId[],
  added: readonly string[],
): readonly string[] {
  const known = new Set(comparable);
  const watched = watchlist.map((instrument) => coinOf(instrumentName(instrument).split('-')[0] ?? '').coin);
  const byItself = [...new Set([...watched, ...USUAL])].filter((coin) => known.has(coin));
  const wanted = [...byItself.slice(0, MOST_BY_ITSELF), ...added.filter((coin) => known.has(coin))];
  return [...new Set(wanted)].slice(0, MOST);
}

import Big from 'big.js';
import type { Coin } from '../coins.ts';
import type { Account } from './account.ts';
import type { Listing, SimDraft } from './account-desk.ts';
import { priceOf, quantityOf } from './coin-units.ts';
import type { Desk } from './desk.ts';
import { awayFrom, type Deed, doneBefore, stepsWorth } from './past.ts';

const BUSY_INSTRUMENTS = 50;
const BUSY_ORDERS = 200;
/** Won per dollar, roughly: what is worth so many dollars here is worth about that many won there. */
const KRW_PER_DOLLAR = 1430;

/** What an account is found with when one of its keys is first used. */
export function furnish(desk: Desk, account: Account): void {
  const unit = desk.rules.cash === 'KRW' ? KRW_PER_DOLLAR : 1;
  if (account.id === 'main') furnishMain(desk, account, unit);
  else if (account.id === 'busy') furnishBusy(desk, account, unit);
  else {
    account.move(desk.rules.cash, new Big(10_000 * unit));
    const [category = '', coin] = coinsOf(desk)[0] ?? [];
    if (coin) rest(desk, account, { category, symbol: coin.symbol }, 'buy', 0.08, 200 * unit);
  }
}

/** Something of everything, for somebody who looks around. */
function furnishMain(desk: Desk, account: Account, unit: number): void {
  account.move(desk.rules.cash, new Big(40_000 * unit));
  const categories = Object.entries(desk.rules.categories).map(([category, { kind }]) => {
    const at = (name: string): Listing => ({ category, symbol: symbolOf(desk, category, name) });
    return { isSpot: kind === 'spot', btc: at('BTC'), eth: at('ETH'), sol: at('SOL'), xrp: at('XRP') };
  });
  const deed = { type: 'limit' as const, side: 'buy' as const };
  doneBefore(
    desk,
    account,
    categories.flatMap(({ isSpot, btc, eth, sol, xrp }): Deed[] => [
      { ...deed, at: btc, minutesAgo: 1510, notional: 3000 * unit },
      { ...deed, at: xrp, minutesAgo: 1480, notional: 900 * unit, type: 'market' },
      { ...deed, at: xrp, minutesAgo: 1290, side: 'sell', notional: 400 * unit },
      { ...deed, at: eth, minutesAgo: 760, side: isSpot ? 'buy' : 'sell', notional: 2400 * unit },
      { ...deed, at: btc, minutesAgo: 540, notional: 1500 * unit, type: 'market' },
      { ...deed, at: eth, minutesAgo: 300, notional: 500 * unit, isCancelled: true },
      { ...deed, at: sol, minutesAgo: 130, notional: 1200 * unit, type: 'market' },
      { ...deed, at: btc, minutesAgo: 45, side: 'sell', notional: 800 * unit },
    ]),
  );
  for (const { isSpot, btc, eth, sol } of categories) {
    rest(desk, account, btc, 'buy', 0.012, 1000 * unit);
    rest(desk, account, btc, 'sell', 0.018, 1000 * unit);
    rest(desk, account, eth, 'buy', 0.025, 700 * unit);
    rest(desk, account, sol, 'sell', 0.03, 400 * unit);
    if (isSpot) continue;
    // A stop under the long position.
    place(desk, account, btc, 'sell', 1000 * unit, 0.06, (price) => ({
      type: 'market',
      timeInForce: 'IOC',
      reduceOnly: true,
      trigger: { price, kind: 'stop' },
    }));
  }
  if (desk.rules.cash !== 'KRW')
    for (const [currency, total] of POCKET) account.move(currency, new Big(total));
}

/** What else lies in a wallet. */
const POCKET = [
  ['BNB', '3.25'],
  ['USDC', '1250.5'],
] as const;

/** 200 orders nobody will meet, over many instruments; 50 positions, or 50 currencies where there are none. */
function furnishBusy(desk: Desk, account: Account, unit: number): void {
  account.move(desk.rules.cash, new Big(1_000_000 * unit));
  const coins = coinsOf(desk).slice(0, BUSY_INSTRUMENTS);
  const deeds = coins.map(([category, coin], index) => {
    const isSpot = desk.rules.categories[category]?.kind === 'spot';
    const side = isSpot || index % 3 !== 2 ? ('buy' as const) : ('sell' as const);
    const minutesAgo = 200 - index;
    return {
      at: { category, symbol: coin.symbol },
      minutesAgo,
      side,
      notional: 600 * unit,
      type: 'market' as const,
    };
  });
  doneBefore(desk, account, deeds);
  for (let index = 0; account.open.size < BUSY_ORDERS && index < BUSY_ORDERS * 2; index++) {
    const { at } = deeds[index % deeds.length] ?? {};
    if (!at) return;
    const round = Math.floor(index / deeds.length);
    rest(desk, account, at, round % 2 === 0 ? 'buy' : 'sell', 0.25 + round * 0.03, 120 * unit);
  }
}

/** Instruments with positions where there are any, else spot ones. */
function coinsOf(desk: Desk): (readonly [category: string, coin: Coin])[] {
  const [first] = desk.options.markets;
  const [category, market] = first ?? [];
  if (category === undefined || !market) return [];
  const { fundingName, kind } = desk.rules.categories[category] ?? {};
  return market.instruments.coins
    .filter((coin) => kind !== 'derivatives' || fundingName?.(coin) !== undefined)
    .map((coin) => [category, coin] as const);
}

function symbolOf(desk: Desk, category: string, name: string): string {
  const coins = desk.options.markets.get(category)?.instruments.coins ?? [];
  const found = coins.find((coin) => coin.path === name && /USDT$|^KRW-/.test(coin.symbol));
  return found?.symbol ?? '';
}

/** A limit order in the real book, that share away from the market. */
function rest(
  desk: Desk,
  account: Account,
  at: Listing,
  side: 'buy' | 'sell',
  share: number,
  notional: number,
) {
  place(desk, account, at, side, notional, share, (price) => ({
    type: 'limit',
    timeInForce: 'GTC',
    price,
    reduceOnly: false,
  }));
}

type Rest = Pick<SimDraft, 'type' | 'timeInForce' | 'price' | 'reduceOnly' | 'trigger'>;

/** A stop's trigger lies where a purchase at that share away would lie, whatever its side. */
function place(
  desk: Desk,
  account: Account,
  at: Listing,
  side: 'buy' | 'sell',
  notional: number,
  share: number,
  draftOf: (price: Big) => Rest,
): void {
  const instrument = desk.instrumentOf(at);
  if (!instrument) return;
  const { coin, tape } = instrument;
  const asked = draftOf(new Big(1));
  const ticks = awayFrom(instrument, tape.last.price, asked.trigger ? 'buy' : side, share);
  const quantity = quantityOf(coin, stepsWorth(instrument, ticks, notional));
  desk.dealing.place(account, { ...at, ...draftOf(priceOf(coin, ticks)), side, quantity });
}

import { type BookLevels, walkBook } from './walk-book.ts';

/** One side of the comparison. Prices in its quote, for one coin. */
export interface PremiumLeg {
  readonly last: number;
  readonly bids: BookLevels;
  readonly asks: BookLevels;
  /** Share of the notional. */
  readonly takerFee: number;
  /** Coins in one unit of base: 1000 for `1000PEPE`. */
  readonly coinsPerBase: number;
}

export interface PremiumFigures {
  readonly official: number;
  readonly tether: number;
  readonly executableIn: number;
  readonly executableOut: number;
  readonly filledShare: number;
}

/**
 * The premium four ways, as shares (0.012 = +1.2 %); NaN where a figure is missing.
 * official, tether: last price here ÷ (last price abroad × KRW per USD, or per USDT) − 1.
 * in: buying abroad and selling here `notionalKrw` worth of coin; out: the other way round. Both through the visible books
 * with both taker fees, in the official dollar. Where a book ends before the quantity does, both sides are cut to what it holds.
 */
export function premiumOf(
  krw: PremiumLeg,
  usdt: PremiumLeg,
  rates: { readonly krwPerUsd: number; readonly krwPerUsdt: number },
  notionalKrw: number,
): PremiumFigures {
  const krwPrice = krw.last / krw.coinsPerBase;
  const usdtPrice = usdt.last / usdt.coinsPerBase;
  const coins = notionalKrw / krwPrice;
  const inward = trade({ buy: usdt, sell: krw }, coins);
  const outward = trade({ buy: krw, sell: usdt }, coins);
  return {
    official: krwPrice / (usdtPrice * rates.krwPerUsd) - 1,
    tether: krwPrice / (usdtPrice * rates.krwPerUsdt) - 1,
    executableIn: inward.proceeds / (inward.cost * rates.krwPerUsd) - 1,
    executableOut: (outward.proceeds * rates.krwPerUsd) / outward.cost - 1,
    filledShare: Math.min(inward.filledShare, outward.filledShare),
  };
}

/** Buys on one venue what it sells on the other; fees included. Each in its own quote. */
function trade({ buy, sell }: { readonly buy: PremiumLeg; readonly sell: PremiumLeg }, coins: number) {
  const boughtMost = walkBook(buy.asks, coins / buy.coinsPerBase).quantity * buy.coinsPerBase;
  const soldMost = walkBook(sell.bids, coins / sell.coinsPerBase).quantity * sell.coinsPerBase;
  const both = Math.min(boughtMost, soldMost);
  if (!(both > 0))
    return { cost: Number.NaN, proceeds: Number.NaN, filledShare: Number.isNaN(coins) ? Number.NaN : 0 };
  return {
    cost: walkBook(buy.asks, both / buy.coinsPerBase).notional * (1 + buy.takerFee),
    proceeds: walkBook(sell.bids, both / sell.coinsPerBase).notional * (1 - sell.takerFee),
    filledShare: both / coins,
  };
}

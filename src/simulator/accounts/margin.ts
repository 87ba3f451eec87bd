import Big from 'big.js';
import type { Listing, SimPosition } from './account-desk.ts';
import { entryPriceOf, type Holding } from './holding.ts';
import type { Ledger, LedgerOrder } from './ledger.ts';

const ZERO = new Big(0);
/** Money is rounded to this where it is divided. */
const MONEY_DECIMALS = 8;

/** What a spot order that is open keeps its account from spending otherwise. */
export function lockOf(
  order: LedgerOrder,
): { readonly currency: string; readonly quantity: Big } | undefined {
  const { rules, view, instrument } = order;
  if (rules.kind !== 'spot' || view.status === 'untriggered') return undefined;
  const { base, quote } = instrument.coin;
  if (view.side === 'sell') return { currency: base, quantity: order.remaining };
  if (!view.price) return undefined;
  return { currency: quote, quantity: withFee(order.remaining.times(view.price), rules) };
}

/** A notional and the fee that may come on top of it. */
export function withFee(notional: Big, rules: { feeIn: string; makerFee: string; takerFee: string }): Big {
  if (rules.feeIn === 'received') return notional;
  const rate = new Big(rules.makerFee).gt(rules.takerFee) ? rules.makerFee : rules.takerFee;
  return notional.plus(notional.times(rate));
}

interface Exposure {
  readonly at: Listing;
  position: Big;
  buys: Big;
  sells: Big;
}

export interface InitialMargin {
  readonly positions: Big;
  readonly orders: Big;
  readonly total: Big;
}

/**
 * Margin of all positions at mark price, and of the open orders that could add to them: of an instrument's buys and
 * sells the side that leads further counts. `extra` as if it were open.
 */
export function initialMargin(
  account: Ledger,
  extra?: { readonly at: Listing; readonly side: 'buy' | 'sell'; readonly notional: Big },
): InitialMargin {
  const exposures = new Map<string, Exposure>();
  const exposureOf = (at: Listing): Exposure => {
    const key = `${at.category} ${at.symbol}`;
    let exposure = exposures.get(key);
    if (!exposure) {
      exposure = { at, position: ZERO, buys: ZERO, sells: ZERO };
      exposures.set(key, exposure);
    }
    return exposure;
  };
  const add = (at: Listing, side: 'buy' | 'sell', notional: Big) => {
    const exposure = exposureOf(at);
    if (side === 'buy') exposure.buys = exposure.buys.plus(notional);
    else exposure.sells = exposure.sells.plus(notional);
  };
  for (const { at, holding } of account.holdings()) {
    exposureOf(at).position = holding.quantity.times(account.markPriceOf(at) ?? 0);
  }
  for (const { rules, view, remaining } of account.open.values()) {
    if (rules.kind !== 'derivatives' || view.reduceOnly || view.status === 'untriggered' || !view.price)
      continue;
    add(view, view.side, remaining.times(view.price));
  }
  if (extra) add(extra.at, extra.side, extra.notional);
  let [positions, orders] = [ZERO, ZERO];
  for (const { at, position, buys, sells } of exposures.values()) {
    const leverage = account.leverageOf(at);
    const [up, down] = [position.plus(buys).abs(), position.minus(sells).abs()];
    const furthest = up.gt(down) ? up : down;
    const own = position.abs();
    positions = positions.plus(own.div(leverage));
    if (furthest.gt(own)) orders = orders.plus(furthest.minus(own).div(leverage));
  }
  positions = positions.round(MONEY_DECIMALS);
  orders = orders.round(MONEY_DECIMALS);
  return { positions, orders, total: positions.plus(orders) };
}

export function unrealisedPnl(account: Ledger): Big {
  let sum = ZERO;
  for (const { at, holding } of account.holdings()) sum = sum.plus(profitOf(account, at, holding));
  return sum;
}

/** What all positions need at least; below it they are closed. */
export function maintenanceMargin(account: Ledger): Big {
  let sum = ZERO;
  for (const { at, holding } of account.holdings()) sum = sum.plus(maintenanceOf(account, at, holding));
  return sum;
}

/** All positions with everything that follows from their mark prices; those whose instrument is gone are left out. */
export function positionsOf(account: Ledger): SimPosition[] {
  const rows = [...account.holdings()].map(({ at, holding }) => ({
    at,
    holding,
    profit: profitOf(account, at, holding),
    maintenance: maintenanceOf(account, at, holding),
  }));
  const wallet = account.totalOf(account.site.rules.cash);
  const cushion = rows.reduce((sum, row) => sum.plus(row.profit).minus(row.maintenance), wallet);
  return rows.flatMap(({ at, holding, profit, maintenance }) => {
    const markPrice = account.markPriceOf(at);
    if (!markPrice) return [];
    const { quantity, cost, realised, openedAt, updatedAt } = holding;
    const leverage = account.leverageOf(at);
    // The mark price at which, all else staying as it is, the account has just the maintenance margin left.
    const others = cushion.minus(profit).plus(maintenance);
    const liquidation = cost.minus(others).div(quantity.minus(quantity.abs().times(rateOf(account, at))));
    const position: SimPosition = {
      category: at.category,
      symbol: at.symbol,
      quantity,
      entryPrice: entryPriceOf(holding),
      markPrice,
      unrealisedPnl: profit,
      realisedPnl: realised,
      leverage,
      marginMode: 'cross',
      margin: quantity.times(markPrice).abs().div(leverage).round(MONEY_DECIMALS),
      maintenanceMargin: maintenance,
      liquidationPrice: liquidation.gt(0) ? liquidation.round(MONEY_DECIMALS) : undefined,
      openedAt,
      updatedAt,
    };
    return [position];
  });
}

function profitOf(account: Ledger, at: Listing, { quantity, cost }: Holding): Big {
  const markPrice = account.markPriceOf(at);
  return markPrice ? quantity.times(markPrice).minus(cost) : ZERO;
}

function rateOf(account: Ledger, at: Listing): string {
  return account.site.rules.categories[at.category]?.maintenanceRate ?? '0.005';
}

function maintenanceOf(account: Ledger, at: Listing, { quantity }: Holding): Big {
  const notional = quantity.times(account.markPriceOf(at) ?? 0).abs();
  return notional.times(rateOf(account, at)).round(MONEY_DECIMALS);
}

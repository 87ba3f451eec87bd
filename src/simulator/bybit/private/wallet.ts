import Big from 'big.js';
import type { SimAccount } from '../../accounts/account-desk.ts';
import type { Market } from '../../market.ts';
import { plain } from './rows.ts';

const ZERO = new Big(0);
/** Positions are settled in it. */
const SETTLED_IN = 'USDT';
const DOLLARS: ReadonlySet<string> = new Set(['USDT', 'USDC']);

function sum(values: readonly Big[]): Big {
  return values.reduce((total, value) => total.plus(value), ZERO);
}

/** What one unit of a currency is worth in dollars, by its last trade; nothing where nobody trades it. */
function dollarsPer(currency: string, spot: Market | undefined): Big {
  if (DOLLARS.has(currency)) return new Big(1);
  const symbol = `${currency}USDT`;
  const instrument = spot?.instruments.has(symbol) ? spot.instruments.get(symbol) : undefined;
  return instrument ? new Big(instrument.coin.tickSize).times(instrument.tape.last.price) : ZERO;
}

/** What open spot orders hold of a currency; never more than is held in all. */
function lockedIn(currency: string, account: SimAccount, used: Big): Big {
  if (currency !== SETTLED_IN) return used;
  const buys = account
    .openOrders()
    .filter(
      ({ category, side, status }) => category === 'spot' && side === 'buy' && status !== 'untriggered',
    );
  const locked = sum(
    buys.map(({ price, quantity, filled }) =>
      price && quantity ? price.times(quantity.minus(filled)) : ZERO,
    ),
  );
  return locked.gt(used) ? used : locked;
}

/**
 * The one account of `/v5/account/wallet-balance` and of the `wallet` topic. `only`: just these coins, as the topic
 * tells them.
 */
export function walletRow(
  account: SimAccount,
  spot: Market | undefined,
  only?: readonly string[],
): Record<string, unknown> {
  const positions = account.positions().filter(({ category }) => category === 'linear');
  const profit = sum(positions.map(({ unrealisedPnl }) => unrealisedPnl));
  const initial = sum(positions.map(({ margin }) => margin));
  const maintenance = sum(positions.map(({ maintenanceMargin }) => maintenanceMargin));
  const all = account.balances().map(({ currency, total, used }) => {
    const isSettled = currency === SETTLED_IN;
    const locked = lockedIn(currency, account, used);
    const positionMargin = isSettled ? initial : ZERO;
    const orderMargin = used.minus(locked).minus(positionMargin);
    const equity = isSettled ? total.plus(profit) : total;
    const row = {
      coin: currency,
      equity: plain(equity),
      usdValue: plain(equity.times(dollarsPer(currency, spot)).round(8)),
      walletBalance: plain(total),
      locked: plain(locked),
      spotHedgingQty: '0',
      borrowAmount: '0',
      accruedInterest: '0',
      totalOrderIM: plain(orderMargin.gt(0) ? orderMargin : ZERO),
      totalPositionIM: plain(positionMargin),
      totalPositionMM: plain(isSettled ? maintenance : ZERO),
      unrealisedPnl: plain(isSettled ? profit : ZERO),
      cumRealisedPnl: plain(isSettled ? sum(positions.map(({ realisedPnl }) => realisedPnl)) : ZERO),
      bonus: '0',
      collateralSwitch: true,
      marginCollateral: true,
      availableToWithdraw: '',
      availableToBorrow: '',
      spotBorrow: '0',
    };
    return { row, worth: equity.times(dollarsPer(currency, spot)), isSettled, used };
  });
  const equity = sum(all.map(({ worth }) => worth));
  const margin = sum(all.filter(({ isSettled }) => isSettled).map(({ used }) => used));
  const two = (value: Big) => value.toFixed(8);
  const available = equity.minus(margin);
  const rate = (part: Big) => (equity.gt(0) ? part.div(equity).toFixed(8) : '0');
  return {
    accountType: 'UNIFIED',
    accountLTV: '0',
    accountIMRate: rate(margin),
    accountMMRate: rate(maintenance),
    totalEquity: two(equity),
    totalWalletBalance: two(equity.minus(profit)),
    totalMarginBalance: two(equity),
    totalAvailableBalance: two(available.gt(0) ? available : ZERO),
    totalPerpUPL: two(profit),
    totalInitialMargin: two(margin),
    totalMaintenanceMargin: two(maintenance),
    coin: all.filter(({ row }) => only?.includes(row.coin) ?? true).map(({ row }) => row),
  };
}

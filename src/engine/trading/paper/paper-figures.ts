import Big from 'big.js';
import type { AccountId } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { BalanceReport, PositionReport } from '#venues/account.ts';
import { type AccountEvent, type AccountHoldings, emptyHoldings } from '../../accounts/account-holdings.ts';
import { accountState } from '../../accounts/account-state.ts';
import { entryOf } from './paper-ledger.ts';
import { availableOf, liquidationOf, type PaperBooks } from './paper-margin.ts';
import { paperReport } from './paper-order.ts';
import { PAPER_LEVERAGE } from './paper-rules.ts';
import type { PaperState } from './paper-state.ts';

const PLACES = 8;

/** As a venue would tell it: losses of open positions are held as well, and `free` is never below zero. */
export function balanceReports(books: PaperBooks): readonly BalanceReport[] {
  return Object.entries(books.ledger.balances).map(([currency, total]) => {
    const available = availableOf(books, currency);
    const free = available.lt(0) ? new Big(0) : available;
    return {
      currency,
      total,
      free: free.toFixed(),
      used: new Big(total).minus(free).toFixed(),
    };
  });
}

export function positionReports(books: PaperBooks): readonly PositionReport[] {
  return Object.entries(books.ledger.positions).map(([instrument, position]) => {
    const mark = books.markOf(instrument);
    const liquidation = liquidationOf(books, instrument);
    const margin = new Big(position.cost).abs().div(PAPER_LEVERAGE).round(PLACES);
    return {
      instrument: instrument as InstrumentId,
      leg: 'both',
      quantity: position.quantity,
      entryPrice: entryOf(position).toFixed(),
      ...(mark && { markPrice: mark.toFixed() }),
      unrealisedPnl: (mark?.times(position.quantity).minus(position.cost) ?? new Big(0)).toFixed(),
      leverage: PAPER_LEVERAGE,
      marginMode: 'cross',
      ...(liquidation && { liquidationPrice: liquidation.toFixed() }),
      margin: margin.toFixed(),
    };
  });
}

/** What moves only with trades, or with what trades elsewhere do to it: another text is news. */
export function positionWord({ quantity, entryPrice, liquidationPrice }: PositionReport): string {
  return [quantity, entryPrice, liquidationPrice].join(' ');
}

/** What an account showed when it was kept. */
export function holdingsOf(account: AccountId, { orders, fills }: PaperState, now: number): AccountHoldings {
  const past: AccountEvent = { kind: 'past', orders: orders.map(paperReport), fills, receivedAt: now };
  return accountState(emptyHoldings(account), past);
}

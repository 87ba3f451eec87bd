import Big from 'big.js';
import type { AccountId, Balance, FigureSource } from '#shared/domain/account.ts';
import type { BalanceReport } from '#venues/account.ts';
import type { LastWord } from './newest-wins.ts';

export interface HeldBalance {
  /** Absent: the venue lists none of it any more. */
  readonly row?: Balance;
  readonly last: LastWord;
  /** Serial of the streamed event that told it last; 0: only REST did. */
  readonly told: number;
}

/**
 * A report with two of its three figures says them all. With one, what is held by orders is taken as before: for that
 * there must be a before (`isIncomplete` otherwise).
 */
export function mergeBalance(
  held: HeldBalance | undefined,
  { currency, total, free, used }: BalanceReport,
  telling: {
    readonly account: AccountId;
    readonly source: FigureSource;
    readonly receivedAt: number;
    readonly told: number;
    readonly last: LastWord;
  },
): { readonly held: HeldBalance; readonly isIncomplete: boolean } {
  const known = [total, free, used].filter((figure) => figure !== undefined).length;
  const before = new Big(held?.row?.used ?? 0);
  const heldUp =
    used !== undefined
      ? new Big(used)
      : total !== undefined && free !== undefined
        ? new Big(total).minus(free)
        : before;
  const all =
    total !== undefined
      ? new Big(total)
      : free !== undefined
        ? new Big(free).plus(heldUp)
        : new Big(held?.row?.free ?? 0).plus(heldUp);
  const { account, source, receivedAt, told, last } = telling;
  return {
    held: {
      row: {
        account,
        currency,
        total: total ?? all.toFixed(),
        free: free ?? all.minus(heldUp).toFixed(),
        used: used ?? heldUp.toFixed(),
        source,
        receivedAt,
      },
      last,
      told,
    },
    isIncomplete: known < 2 && held?.row === undefined,
  };
}

/** Equal in what only trading, fees and transfers change. None of it is nothing. */
export function sameTotal(a: Balance | undefined, b: Balance | undefined): boolean {
  return new Big(a?.total ?? 0).eq(b?.total ?? 0);
}

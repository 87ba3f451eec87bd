import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountView } from '#shared/contract/account-views.ts';
import type { Account, AccountChange, AccountList } from './account-list-options.ts';

/** Accounts that are nowhere but here. They have no key, no session and no connection. */
export interface PaperEntries {
  readonly entries: readonly Account[];
  readonly views: readonly AccountView[];
  onRows(listener: (change: AccountChange) => void): Undo;
}

/** The accounts of the kept keys with the paper ones behind them, for whoever shows them. Only the former are looked after. */
export function withPaper(list: AccountList, paper: PaperEntries): AccountList {
  const paperOf = (id: string) => paper.entries.find(({ record }) => record.id === id);
  return {
    get all() {
      return [...list.all, ...paper.entries];
    },
    of: (account) => paperOf(account) ?? list.of(account),
    sessionOf(account) {
      const found = paperOf(account);
      if (found === undefined) return list.sessionOf(account);
      throw new HeartlineError('account.closed', `${found.record.label} has no venue behind it`, {
        details: { account, label: found.record.label, state: 'paper' },
      });
    },
    views: () => [...list.views(), ...paper.views],
    health: () => list.health(),
    onChange(listener) {
      const undo = [list.onChange(listener), paper.onRows(listener)];
      return () => {
        for (const leave of undo) leave();
      };
    },
    onTransition: (listener) => list.onTransition(listener),
    wake: (cause) => list.wake(cause),
    second: () => list.second(),
    dispose: () => list.dispose(),
  };
}

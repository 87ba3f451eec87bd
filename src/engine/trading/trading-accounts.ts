import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { TradingVenue } from '#venues/order.ts';
import type { AccountList } from '../accounts/account-list-options.ts';
import type { TradingAccount, TradingAccounts } from './trading-account.ts';
import { createVenueAccount } from './venue-account.ts';

export interface TradingAccountsOptions {
  readonly clock: Clock;
  readonly list: AccountList;
  readonly venues: readonly TradingVenue[];
  readonly clockOffsetMs: (venue: VenueId) => number | undefined;
  /** Accounts of another kind: paper. */
  readonly extra?: TradingAccounts;
}

/** The kept keys at venues that take orders from here, and whatever other accounts there are. `onChange`: which there are. */
export function createTradingAccounts(
  options: TradingAccountsOptions,
): TradingAccounts & { dispose(): void } {
  const { clock, list, venues, extra } = options;
  const made = new Map<AccountId, TradingAccount>();
  const changed = createEmitter<void>();
  const undo: Undo[] = [];
  let names = '';

  function sync(): void {
    const kept = new Set(list.all.map(({ record }) => record.id));
    for (const id of made.keys()) if (!kept.has(id)) made.delete(id);
    for (const { record } of list.all) {
      const venue = venues.find(({ id }) => id === record.venue);
      if (venue === undefined || made.has(record.id)) continue;
      const clockOffsetMs = () => options.clockOffsetMs(record.venue);
      made.set(record.id, createVenueAccount({ clock, list, account: record.id, venue, clockOffsetMs }));
    }
    const now = [...made.keys()].join(' ');
    if (now === names) return;
    names = now;
    changed.emit();
  }

  undo.push(
    list.onChange(({ kind }) => {
      if (kind === 'accounts') sync();
    }),
  );
  if (extra) undo.push(extra.onChange(() => changed.emit()));
  sync();

  const all = () => [...made.values(), ...(extra?.all ?? [])];
  return {
    get all() {
      return all();
    },
    of(account) {
      const found = made.get(account) ?? all().find(({ id }) => id === account);
      if (found) return found;
      throw new HeartlineError('account.unknown', `no such account: ${account}`, { details: { account } });
    },
    onChange: (listener) => changed.on(listener),
    dispose() {
      for (const stop of undo) stop();
    },
  };
}

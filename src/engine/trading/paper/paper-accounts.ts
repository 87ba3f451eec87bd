import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountView } from '#shared/contract/account-views.ts';
import {
  type AccountId,
  accountId,
  accountVenue,
  type Environment,
  type KeyRights,
} from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { Account, AccountChange } from '../../accounts/account-list-options.ts';
import type { EventLog } from '../../health/event-log.ts';
import type { MarketList } from '../../market/market-list.ts';
import type { TradingAccounts } from '../trading-account.ts';
import { createPaperAccount, type PaperAccount } from './paper-account.ts';
import { openPaperFile } from './paper-file.ts';
import { paperStart } from './paper-rules.ts';
import { freshState, type PaperState } from './paper-state.ts';

export interface PaperAccountsOptions {
  readonly clock: Clock;
  readonly dataDir: string;
  readonly log: EventLog;
  readonly markets: MarketList;
  /** Where a paper account can be had. */
  readonly venues: readonly { readonly id: VenueId; readonly name: string }[];
  /** Of the market data: accounts of another are kept and rest. */
  readonly environment: Environment;
}

/** The paper accounts: at most one a venue, each with money that is none. They survive a restart, as they were. */
export interface PaperAccounts extends TradingAccounts {
  readonly all: readonly PaperAccount[];
  of(account: AccountId): PaperAccount;
  /** As they stand in the list of accounts: see `withPaper`. */
  readonly entries: readonly Account[];
  readonly views: readonly AccountView[];
  /** Of their rows, and of which there are. */
  onRows(listener: (change: AccountChange) => void): Undo;
  /** With the starting money; nothing where there is one already. Throws `venue.unknown`. */
  add(venue: VenueId): AccountId;
  /** Ends what is open and begins anew with the starting money. Throws `account.unknown`. */
  reset(account: AccountId): void;
  /** Ends what is open, and forgets it. Throws `account.unknown`. */
  remove(account: AccountId): void;
  /** Once a second. */
  second(): void;
  dispose(): void;
}

const SOON_MS = 500;
const NO_RIGHTS = { read: 'yes', trade: 'yes', withdraw: 'no', transfer: 'no', ipBound: 'unknown' } as const;

export function createPaperAccounts(options: PaperAccountsOptions): PaperAccounts {
  const { clock, log, markets, venues } = options;
  const file = openPaperFile(options.dataDir, options.environment, log);
  const accounts = new Map<AccountId, { readonly account: PaperAccount; readonly leave: Undo }>();
  const changed = createEmitter<void>();
  const rows = createEmitter<AccountChange>();
  let cancelSave: Undo | undefined;
  let isOwed = false;

  function saveNow(): void {
    cancelSave?.();
    cancelSave = undefined;
    // Those of venues that are not here now stay as they were kept.
    const kept = new Map(file.kept);
    for (const { account } of accounts.values()) kept.set(account.venue, account.kept());
    for (const venue of removed) if (!accounts.has(idOf(venue))) kept.delete(venue);
    isOwed = !file.write(kept);
  }

  function save(when: 'now' | 'soon'): void {
    if (when === 'now') saveNow();
    else cancelSave ??= clock.after(SOON_MS, saveNow);
  }

  const removed = new Set<VenueId>();
  const idOf = (venue: VenueId) => accountId(`${venue}#paper0`);

  function open(venue: PaperAccountsOptions['venues'][number], from: PaperState): PaperAccount {
    const account = createPaperAccount({
      clock,
      log,
      id: idOf(venue.id),
      venue,
      market: markets.of(venue.id),
      from,
      save,
    });
    const leave = account.onHoldings((now, before) => rows.emit({ kind: 'holdings', now, before }));
    accounts.set(account.id, { account, leave });
    return account;
  }

  function close(account: PaperAccount): void {
    accounts.get(account.id)?.leave();
    accounts.delete(account.id);
    account.dispose();
  }

  function tellWhich(): void {
    changed.emit();
    rows.emit({ kind: 'accounts' });
  }

  function of(account: AccountId): PaperAccount {
    const found = accounts.get(account)?.account;
    if (found) return found;
    throw new HeartlineError('account.unknown', `no such account: ${account}`, { details: { account } });
  }

  for (const venue of venues) {
    const from = file.kept.get(venue.id);
    if (from === undefined) continue;
    const account = open(venue, from);
    const count = from.orders.length;
    log.add(
      'info',
      'paper.restored',
      `${account.label}: taken up again; nothing was filled while Heartline was off`,
      {
        label: account.label,
        count,
      },
    );
  }

  const all = () => [...accounts.values()].map(({ account }) => account);
  return {
    get all() {
      return all();
    },
    of,
    onChange: (listener) => changed.on(listener),
    get entries() {
      return all().map(entryOf);
    },
    get views() {
      return all().map(viewOf);
    },
    onRows: (listener) => rows.on(listener),
    add(id) {
      const venue = venues.find((one) => one.id === id);
      if (!venue)
        throw new HeartlineError('venue.unknown', `no paper account can be had at ${id}`, {
          details: { venue: id },
        });
      if (accounts.has(idOf(id))) return idOf(id);
      const account = open(venue, freshState(paperStart(id), clock.now()));
      saveNow();
      tellWhich();
      return account.id;
    },
    reset(id) {
      const account = of(id);
      account.close('cancelled: the paper account begins anew');
      const { nextNumber } = account.kept();
      const { id: venue, name } = venues.find((one) => one.id === accountVenue(id)) ?? {
        id: account.venue,
        name: account.label,
      };
      close(account);
      tellWhich();
      // Numbers go on: no name of an order comes twice.
      open({ id: venue, name }, { ...freshState(paperStart(venue), clock.now()), nextNumber });
      saveNow();
      tellWhich();
    },
    remove(id) {
      const account = of(id);
      account.close('cancelled: the paper account was removed');
      close(account);
      removed.add(account.venue);
      saveNow();
      tellWhich();
    },
    second() {
      for (const account of all()) account.second();
      if (isOwed) saveNow();
    },
    dispose() {
      if (cancelSave || isOwed) saveNow();
      for (const account of all()) close(account);
    },
  };
}

/** Nobody gave it a key: it may do here what it likes, and nothing anywhere else. */
function rightsOf({ addedAt }: PaperAccount): KeyRights {
  return { ...NO_RIGHTS, checkedAt: addedAt };
}

function entryOf(account: PaperAccount): Account {
  const { id, venue, label, mode, addedAt, holdings, state } = account;
  return {
    record: { id, venue, environment: 'paper', label, mode, rights: rightsOf(account), keyTail: '', addedAt },
    holdings,
    state,
    session: undefined,
    isHedged: false,
  };
}

function viewOf(account: PaperAccount): AccountView {
  const { id, venue, label, mode, addedAt, state } = account;
  return {
    id,
    venue,
    environment: 'paper',
    label,
    mode,
    rights: rightsOf(account),
    keyTail: '',
    addedAt,
    state,
    since: addedAt,
    isHedged: false,
    unknownStatuses: [],
  };
}

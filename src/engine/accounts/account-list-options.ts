import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { AccountView } from '#shared/contract/account-views.ts';
import type { AccountId, AccountState, Environment } from '#shared/domain/account.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { Transition } from '#shared/domain/incident.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { AccountEndpoints, AccountVenue, Credentials } from '#venues/account.ts';
import type { EventLog } from '../health/event-log.ts';
import type { OpenSocket } from '../net/socket.ts';
import type { Tuning } from '../tuning.ts';
import type { AccountClient } from './account-client.ts';
import type { AccountHoldings } from './account-holdings.ts';
import type { AccountSession } from './account-session-options.ts';
import type { KeyRecord, KeyShelf } from './key-shelf.ts';

/** A venue where accounts can be had on this desk. */
export interface AccountPlace {
  readonly venue: AccountVenue;
  readonly name: string;
  readonly endpoints: AccountEndpoints;
}

export interface AccountListOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly shelf: KeyShelf;
  readonly places: readonly AccountPlace[];
  /** Of the desk: accounts of any other rest. */
  readonly environment: Environment;
  readonly openSocket: OpenSocket;
  /** Absent: the defaults. */
  readonly tuning?: Tuning | undefined;
  readonly clientFor: (place: AccountPlace, credentials: Credentials) => AccountClient;
  readonly clockOffsetMs: (venue: VenueId) => number | undefined;
  readonly measureClock: (venue: VenueId) => Promise<void>;
  /** The venue refuses the key of a running account, or takes it again: whoever keeps keys wants to know. */
  readonly onRefusal?: (account: AccountId) => void;
}

/** A kept key; or, `paper`, what stands for one where there is none. */
export type AccountRecord = Omit<KeyRecord, 'environment'> & { readonly environment: Environment | 'paper' };

/** One kept key at work, or resting; or a paper account. */
export interface Account {
  readonly record: AccountRecord;
  readonly holdings: AccountHoldings;
  readonly state: AccountState;
  readonly session: AccountSession | undefined;
  /** Long and short stand side by side; `undefined` while not known. */
  readonly isHedged: boolean | undefined;
}

export type AccountChange =
  | { readonly kind: 'accounts' }
  | { readonly kind: 'holdings'; readonly now: AccountHoldings; readonly before: AccountHoldings };

/** The accounts of the kept keys, each with a session of its own while there is something to sign with. */
export interface AccountList {
  readonly all: readonly Account[];
  /** Throws `account.unknown`. */
  of(account: AccountId): Account;
  /** Throws `account.unknown`, `account.closed` while it is not at work. */
  sessionOf(account: AccountId): AccountSession;
  views(): readonly AccountView[];
  health(): readonly ConnectionHealth[];
  onChange(listener: (change: AccountChange) => void): Undo;
  onTransition(listener: (transition: Transition) => void): Undo;
  wake(cause: 'resume' | 'link'): void;
  second(): void;
  dispose(): void;
}

import type { Undo } from '#shared/base/emitter.ts';
import type { AccountId, Environment, KeyRefusal, KeyRights } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { Credentials } from '#venues/account.ts';

/** What is known of a kept key besides its secret. */
export interface KeyRecord {
  readonly id: AccountId;
  readonly venue: VenueId;
  readonly environment: Environment;
  readonly label: string;
  readonly mode: 'read-only' | 'trade';
  readonly rights: KeyRights;
  readonly keyTail: string;
  readonly addedAt: number;
  /** Why the venue's last word on it was no: shown as `refused`, and nothing is signed with it. */
  readonly refusal?: KeyRefusal;
}

/** The kept keys, as whoever signs with them sees them. */
export interface KeyShelf {
  readonly records: readonly KeyRecord[];
  /** `undefined` while locked, when the store has lost it, or when it was refused for what it may do. A rotated key is another object. */
  credentialsOf(account: AccountId): Credentials | undefined;
  /** Keys came, went, were rotated, locked or unlocked. */
  onChange(listener: () => void): Undo;
}

import type { AccountId } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { TradingAccounts } from './trading-account.ts';

/** Accounts without money or key, filled here against live public data. One a venue. */
export interface PaperAccounts extends TradingAccounts {
  /** Throws `venue.unknown`, `paper.exists`. */
  add(venue: VenueId): void;
  /** Begins anew with the starting money. Throws `account.unknown`. */
  reset(account: AccountId): void;
  /** Throws `account.unknown`. */
  remove(account: AccountId): void;
  /** Once a second. */
  second(): void;
  dispose(): void;
}

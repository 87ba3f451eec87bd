import type { Undo } from '#shared/base/emitter.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { JournalEvent, JournalLine } from '#shared/domain/journal.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';

/**
 * The write-ahead journal: one append-only, hash-chained list of everything that happens to orders. What is to have an
 * effect outside is appended first.
 */
export interface Journal {
  /**
   * On the disk when it returns (fsync). Throws `journal.unwritable`: then nothing may leave. `halted` and cancels go on without it.
   */
  append(event: JournalEvent): JournalLine;
  /** Several lines at the price of one: all of them are on the disk when it returns, or none is. Throws as `append`. */
  appendAll(events: readonly JournalEvent[]): readonly JournalLine[];
  /** Why it cannot be written now; tried again by `probe` and by every append. */
  readonly fault: string | undefined;
  /** Tries to write when there is a fault; once a second. */
  probe(): void;
  /** Orders placed from here, folded from the lines; by client order id. Unknown ones always, settled ones the newest 500. */
  readonly orders: ReadonlyMap<string, OwnOrder>;
  /** Throws `order.unknown`. */
  linesOf(clientOrderId: string): readonly JournalLine[];
  /** Notional in quote of the orders of an account that left since `since` (wall ms), by quote currency. Decimal text. */
  spent(account: AccountId, quote: string, since: number): string;
  /** How many orders of an account left since. */
  left(account: AccountId, since: number): number;
  verify(): { readonly lines: number; readonly brokenAt?: number };
  /** NDJSON, one line each, oldest first. */
  exported(): string;
  onOrder(listener: (order: OwnOrder) => void): Undo;
  dispose(): void;
}

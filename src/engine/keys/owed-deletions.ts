import { messageOf } from '#shared/base/errors.ts';
import type { KeyPlace } from '#shared/contract/key-places.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { EventLog } from '../health/event-log.ts';
import type { KeyFile, KeyList } from './key-file.ts';
import type { KeyStore } from './key-store.ts';

/**
 * Secrets that have to go. Noted before one is written and struck off together with its record's arrival, so that a crash
 * leaves no secret nobody knows of; noted as well where a store is shut in the moment of a deletion.
 */
export interface OwedDeletions {
  note(account: AccountId, place: KeyPlace): void;
  /**
   * The list for the same writing as a record whose secret is in `place` now: nothing is owed there, and what lay in `left`
   * has to go.
   */
  arrived(account: AccountId, place: KeyPlace, left?: KeyPlace): KeyList['owed'];
  /** Now, or as soon as the store opens; struck off when done. */
  remove(account: AccountId, place: KeyPlace): Promise<void>;
  /** Deletes what had to go while this store was shut. */
  settle(opened: KeyStore): Promise<void>;
}

export function createOwedDeletions(
  file: KeyFile,
  log: EventLog,
  storeOf: (kind: KeyPlace) => Promise<KeyStore>,
): OwedDeletions {
  const without = (account: AccountId, place: KeyPlace) =>
    file.read().owed.filter(({ id, kept }) => id !== account || kept !== place);
  const later = (place: KeyPlace, fault: unknown) =>
    log.add('warn', 'keys.left-behind', `a secret could not be deleted yet: ${messageOf(fault)}`, {
      store: place,
    });

  function note(account: AccountId, place: KeyPlace): void {
    // Of memory nothing is left by itself.
    if (place !== 'memory') file.write({ owed: [...without(account, place), { id: account, kept: place }] });
  }

  return {
    note,
    arrived(account, place, left) {
      const owed = without(account, place);
      return left === undefined || left === place || left === 'memory'
        ? owed
        : [...owed.filter(({ id, kept }) => id !== account || kept !== left), { id: account, kept: left }];
    },
    async remove(account, place) {
      try {
        await (await storeOf(place)).remove(account);
        file.write({ owed: without(account, place) });
      } catch (fault) {
        later(place, fault);
        note(account, place);
      }
    },
    async settle(opened) {
      const place = opened.backend.kind;
      for (const { id, kept } of file.read().owed) {
        if (kept !== place) continue;
        try {
          await opened.remove(id);
          file.write({ owed: without(id, place) });
        } catch (fault) {
          later(place, fault);
        }
      }
    },
  };
}

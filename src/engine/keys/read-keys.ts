import { messageOf } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { Credentials } from '#venues/account.ts';
import type { KeyRecord } from '../accounts/key-shelf.ts';
import type { EventLog } from '../health/event-log.ts';
import type { KeptRecord, KeyFile } from './key-file.ts';
import type { KeyStore } from './key-store.ts';
import { unknownRights } from './rights.ts';
import { textOf } from './secret-text.ts';

export interface ReadKeys {
  readonly found: ReadonlyMap<AccountId, Credentials>;
  /** Their store is open and has nothing for them. They stay: another keyring may be the one that is open. */
  readonly missing: readonly KeyRecord[];
}

/**
 * Every key of these records that lies in `store`; one that is `held` already is that same object, as another would mean
 * another key. Throws as the store does.
 */
export async function readKeys(
  store: KeyStore,
  entries: readonly KeptRecord[],
  held: ReadonlyMap<AccountId, Credentials>,
): Promise<ReadKeys> {
  const found = new Map<AccountId, Credentials>();
  const missing: KeyRecord[] = [];
  for (const { record, kept } of entries) {
    if (kept !== store.backend.kind || isForfeit(record)) continue;
    const credentials = await store.read(record.id);
    const old = held.get(record.id);
    if (credentials) found.set(record.id, old && isSame(old, credentials) ? old : credentials);
    else missing.push(record);
  }
  return { found, missing };
}

/** What was refused for what it may do has no secret any more. */
function isForfeit({ refusal }: KeyRecord): boolean {
  return refusal === 'withdraw' || refusal === 'transfer';
}

function isSame(one: Credentials, other: Credentials): boolean {
  return textOf(one) === textOf(other);
}

export function tailOf({ apiKey }: Credentials): string {
  return apiKey.reveal().slice(-4);
}

/**
 * Where a crash came between the two halves of a rotation, or an older copy of a vault was put back, the key that lies
 * there is the one that counts; what it may do is not what the other might.
 */
export function mendTails(file: KeyFile, log: EventLog, found: ReadKeys['found']): void {
  const mended = withTailsOf(file.read().entries, found);
  try {
    if (mended) file.write({ entries: mended });
  } catch (fault) {
    // Found again after the next start: no reason to keep the keys from their use.
    log.add('warn', 'keys.unwritable', messageOf(fault));
  }
}

function withTailsOf(
  entries: readonly KeptRecord[],
  found: ReadonlyMap<AccountId, Credentials>,
): readonly KeptRecord[] | undefined {
  const mended = entries.map((entry) => {
    const credentials = found.get(entry.record.id);
    const keyTail = credentials ? tailOf(credentials) : entry.record.keyTail;
    if (keyTail === entry.record.keyTail) return entry;
    const { refusal: _ofTheOther, ...known } = entry.record;
    const rights = unknownRights(known.rights.checkedAt);
    return { ...entry, record: { ...known, keyTail, mode: 'read-only' as const, rights } };
  });
  return mended.some((entry, at) => entry !== entries[at]) ? mended : undefined;
}

import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { AccountId, AccountNotice, KeyRefusal, KeyRights } from '#shared/domain/account.ts';
import type { KeyRecord } from '../accounts/key-shelf.ts';
import type { EventLog } from '../health/event-log.ts';

const DAY_MS = 86_400_000;
const WARN_DAYS = 14;

/** Tells, in the log and to whoever listens, what the venues say of the kept keys. */
export interface KeyNotices {
  on(listener: (notice: AccountNotice) => void): Undo;
  /** The venue has shown what the key may do. Told once, and again when something about it is news. */
  confirmed(record: KeyRecord): void;
  /** The venue refuses the key. */
  refused(record: KeyRecord, reason: KeyRefusal, venueCode: string): void;
  forgotten(account: AccountId): void;
}

export function createKeyNotices(log: EventLog, nameOf: (record: KeyRecord) => string): KeyNotices {
  const told = createEmitter<AccountNotice>();
  /** What was said last, by account. */
  const standing = new Map<AccountId, 'good' | 'lost'>();
  const who = (record: KeyRecord) => accountDetails(record, nameOf(record));

  return {
    on: (listener) => told.on(listener),
    confirmed(record) {
      const { id: account, rights } = record;
      const kind = standing.get(account);
      standing.set(account, 'good');
      if (kind === 'good') return;
      const code = kind === 'lost' || record.refusal ? 'account.restored' : 'account.connected';
      const words = code === 'account.restored' ? 'works again' : 'is connected';
      log.add('info', code, `${record.label} at ${nameOf(record)} ${words}`, {
        ...who(record),
        ...permissions(rights),
      });
      told.emit({ kind: code === 'account.restored' ? 'restored' : 'connected', account, rights });
      if (rights.ipBound === 'no') {
        log.add('warn', 'account.not-ip-bound', `${record.label} works from every address`, who(record));
      }
      if (rights.expiresAt !== undefined && rights.expiresAt - rights.checkedAt < WARN_DAYS * DAY_MS) {
        const days = Math.floor((rights.expiresAt - rights.checkedAt) / DAY_MS);
        log.add('warn', 'account.expires', `${record.label} ends in ${days} days`, { ...who(record), days });
      }
    },
    refused(record, reason, venueCode) {
      if (standing.get(record.id) === 'lost' && record.refusal === reason) return;
      standing.set(record.id, 'lost');
      const code = reason === 'withdraw' || reason === 'transfer' ? 'account.dangerous' : 'account.lost';
      log.add('error', code, `${record.label} at ${nameOf(record)} is refused: ${reason}`, {
        ...who(record),
        reason,
        venueCode,
      });
      told.emit({ kind: 'lost', account: record.id, cause: { code: 'auth', detail: reason } });
    },
    forgotten(account) {
      standing.delete(account);
    },
  };
}

/** What every entry about an account names it by. */
export function accountDetails({ label, id }: KeyRecord, venue: string): Readonly<Record<string, string>> {
  return { label, venue, account: id };
}

function permissions({
  read,
  trade,
  withdraw,
  transfer,
  ipBound,
}: KeyRights): Readonly<Record<string, string>> {
  return { read, trade, withdraw, transfer, ipBound };
}

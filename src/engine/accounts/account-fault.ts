import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { KeyRefusal } from '#shared/domain/account.ts';
import type { Cause } from '#shared/domain/connection.ts';

/** What a failed private call says of the account. `passing`: worth another try. `ours`: we are closing. */
export type AccountFault =
  | { readonly kind: 'refused'; readonly reason: KeyRefusal; readonly detail: string }
  | { readonly kind: 'passing'; readonly cause: Cause }
  | { readonly kind: 'ours' };

const REFUSALS: Readonly<Record<string, KeyRefusal>> = {
  'account.wrong-key': 'wrong-key',
  'account.wrong-secret': 'wrong-secret',
  'account.expired': 'expired',
  'account.address': 'address',
  'account.permission': 'no-read',
  'account.clock': 'clock',
};

const CAUSES: Readonly<Record<string, Cause['code']>> = {
  'rest.timeout': 'timeout',
  'rest.unreachable': 'socket.refused',
  'rest.silent': 'rate-limit',
  'account.rate-limit': 'rate-limit',
  'account.ban': 'ban',
  'account.geo': 'geo',
  'account.maintenance': 'maintenance',
  'account.venue.error': 'venue.error',
  'account.not-found': 'venue.error',
  'account.listen-key': 'venue.error',
  'venue.answer': 'protocol',
};

/** Sorts what `AccountClient.call` throws. */
export function accountFault(fault: unknown): AccountFault {
  const detail = messageOf(fault);
  if (!(fault instanceof HeartlineError)) return { kind: 'passing', cause: { code: 'unknown', detail } };
  if (fault.code === 'rest.stopped') return { kind: 'ours' };
  const reason = REFUSALS[fault.code];
  if (reason !== undefined) return { kind: 'refused', reason, detail };
  return { kind: 'passing', cause: { code: CAUSES[fault.code] ?? 'unknown', detail } };
}

export function isAccountFault(fault: unknown, code: string): boolean {
  return fault instanceof HeartlineError && fault.code === code;
}

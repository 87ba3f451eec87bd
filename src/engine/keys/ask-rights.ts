import { HeartlineError } from '#shared/base/errors.ts';
import type { KeyRefusal, KeyRights, Right } from '#shared/domain/account.ts';
import type { RightsQuestion } from '#venues/account.ts';
import type { AccountClient } from '../accounts/account-client.ts';
import { mergedRight, probedRight, unknownRights } from './rights.ts';

/** `venueCode`: what the venue called it, for the log; never more than a code looks like. */
export type AskedRights =
  | { readonly kind: 'rights'; readonly rights: KeyRights }
  | { readonly kind: 'refused'; readonly reason: KeyRefusal; readonly venueCode: string };

/** Finds out what a key may do: first what the venue tells, then what harmless calls show. Never throws for what a venue does. */
export async function askRights(
  client: AccountClient,
  question: RightsQuestion,
  checkedAt: number,
): Promise<AskedRights> {
  let rights: KeyRights = { ...unknownRights(checkedAt), ...question.assumed };
  const learn = (more: Partial<KeyRights>) => {
    rights = {
      ...rights,
      ...more,
      read: mergedRight('read', rights.read, more.read),
      trade: mergedRight('trade', rights.trade, more.trade),
      withdraw: mergedRight('withdraw', rights.withdraw, more.withdraw),
      transfer: mergedRight('transfer', rights.transfer, more.transfer),
      ipBound: mergedRight('ipBound', rights.ipBound, more.ipBound),
      checkedAt,
    };
  };
  for (const call of question.told) {
    try {
      learn(await client.call(call));
    } catch (fault) {
      // A key that may not even be asked what it may do, can read nothing.
      if (codeOf(fault) === 'account.permission') learn({ read: 'no' });
      else return { kind: 'refused', reason: refusalOf(fault), venueCode: venueCodeOf(fault) };
    }
  }
  const parts = new Map<RightsQuestion['probed'][number]['right'], readonly Right[]>();
  for (const { right, call, otherwise } of question.probed) {
    const seen = await probe(client, call, otherwise);
    if (typeof seen !== 'string') return seen;
    parts.set(right, [...(parts.get(right) ?? []), seen]);
  }
  for (const [right, seen] of parts) learn({ [right]: probedRight(right, seen) });
  return { kind: 'rights', rights };
}

async function probe(
  client: AccountClient,
  call: Parameters<AccountClient['call']>[0],
  otherwise: Right,
): Promise<Right | Extract<AskedRights, { kind: 'refused' }>> {
  try {
    await client.call(call);
    return 'yes';
  } catch (fault) {
    switch (codeOf(fault)) {
      case 'account.permission':
        return 'no';
      // It got as far as looking at what was asked; a venue in trouble did not.
      case 'account.not-found':
      case 'account.venue.error':
        if (statusOf(fault) < 500) return otherwise;
        return { kind: 'refused', reason: 'venue', venueCode: venueCodeOf(fault) };
      // Answered, in words we do not know: nothing is known.
      case 'venue.answer':
        return 'unknown';
      default:
        return { kind: 'refused', reason: refusalOf(fault), venueCode: venueCodeOf(fault) };
    }
  }
}

/** Why a call that was to find something out found nothing out. Throws again what is no venue's doing. */
function refusalOf(fault: unknown): KeyRefusal {
  switch (codeOf(fault)) {
    case 'account.wrong-key':
      return 'wrong-key';
    case 'account.wrong-secret':
      return 'wrong-secret';
    case 'account.expired':
      return 'expired';
    case 'account.address':
      return 'address';
    case 'account.clock':
      return 'clock';
    case 'rest.timeout':
    case 'rest.unreachable':
    case 'rest.silent':
      return 'unreachable';
    case 'account.permission':
    case 'account.rate-limit':
    case 'account.ban':
    case 'account.geo':
    case 'account.maintenance':
    case 'account.not-found':
    case 'account.listen-key':
    case 'account.venue.error':
    case 'venue.answer':
      return 'venue';
    default:
      throw fault;
  }
}

function codeOf(fault: unknown): string {
  return fault instanceof HeartlineError ? fault.code : '';
}

function statusOf(fault: unknown): number {
  return fault instanceof HeartlineError ? Number(fault.details['status'] ?? 0) : 0;
}

/** A venue's text may repeat the key it was shown: only what can be a code is taken over. */
function venueCodeOf(fault: unknown): string {
  const code = fault instanceof HeartlineError ? String(fault.details['venueCode'] ?? '') : '';
  return /^[\w.-]{1,40}$/u.test(code) ? code : '';
}

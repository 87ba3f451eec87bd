import { assertNever } from '#shared/base/assert-never.ts';
import type { KeyRefusal, KeyRights, KeyVerdict, Right } from '#shared/domain/account.ts';

/** Nothing is known of a key before its venue was asked. */
export function unknownRights(checkedAt: number): KeyRights {
  return {
    read: 'unknown',
    trade: 'unknown',
    withdraw: 'unknown',
    transfer: 'unknown',
    ipBound: 'unknown',
    checkedAt,
  };
}

/**
 * What Heartline makes of a key. What may take money away is refused whatever else it may do; what nobody knows of is
 * not trusted with orders, and says so.
 */
export function verdictOf(rights: KeyRights): KeyVerdict {
  if (rights.withdraw === 'yes') return { kind: 'refused', reason: 'withdraw', rights };
  if (rights.transfer === 'yes') return { kind: 'refused', reason: 'transfer', rights };
  if (rights.read === 'no') return { kind: 'refused', reason: 'no-read', rights };
  if (rights.expiresAt !== undefined && rights.expiresAt <= rights.checkedAt) {
    return { kind: 'refused', reason: 'expired', rights };
  }
  if (rights.trade === 'no') return { kind: 'read-only', reason: 'no-trade', rights };
  const { read, trade, withdraw, transfer } = rights;
  return [read, trade, withdraw, transfer].includes('unknown')
    ? { kind: 'read-only', reason: 'rights-unknown', rights }
    : { kind: 'trade', rights };
}

/** What each answer is worth where several are about one right; who says nothing of it, says `unknown`. */
type Weights = Readonly<Record<Right, number>>;
/** Reading and trading take every part of the right: one no is a no. */
const NEEDED: Weights = { no: 2, yes: 1, unknown: 0 };
/** For taking money away one yes is enough. */
const FEARED: Weights = { yes: 2, no: 1, unknown: 0 };

type RightName = 'read' | 'trade' | 'withdraw' | 'transfer' | 'ipBound';
const isFeared = (name: RightName) => name === 'withdraw' || name === 'transfer';

/** Of two sources. */
export function mergedRight(name: RightName, one: Right, other: Right | undefined): Right {
  const weights = isFeared(name) ? FEARED : NEEDED;
  return other !== undefined && weights[other] > weights[one] ? other : one;
}

/** Of several probes, each of a part of the right: what one part leaves open is open of the whole. */
export function probedRight(name: RightName, parts: readonly Right[]): Right {
  const [decisive, mild]: readonly [Right, Right] = isFeared(name) ? ['yes', 'no'] : ['no', 'yes'];
  if (parts.includes(decisive)) return decisive;
  return parts.length === 0 || parts.includes('unknown') ? 'unknown' : mild;
}

/** Whether a refusal is about the key itself. The others are about the moment: what was known of a kept key stays so. */
export function isAboutKey(reason: KeyRefusal): boolean {
  switch (reason) {
    case 'withdraw':
    case 'transfer':
    case 'no-read':
    case 'wrong-key':
    case 'wrong-secret':
    case 'wrong-environment':
    case 'expired':
    case 'address':
      return true;
    case 'clock':
    case 'unreachable':
    case 'venue':
      return false;
    default:
      return assertNever(reason);
  }
}

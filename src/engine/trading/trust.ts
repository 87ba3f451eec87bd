import { assertNever } from '#shared/base/assert-never.ts';
import { TRUST_REASONS, type Trust, type TrustReason } from '#shared/domain/order-check.ts';
import type { TrustFacts } from './facts.ts';

/** G26. */
export const BOOK_OLD_MS = 2000;
/**
 * Since the last whole comparison. An account compares itself about once a minute: three in a row that failed are a reason
 * to look before anything is added.
 */
const RECONCILED_WITHIN_MS = 180_000;
/**
 * Since the private socket last gave any sign of life. Its orders may rightly say nothing for hours, so what counts is any
 * byte, pongs included: a socket that stands answers a ping every five seconds and is dropped after six without a byte.
 * More than five times that is no busy moment.
 */
const STREAM_SILENT_MS = 30_000;
/**
 * What is signed carries the venue's time as measured, so being apart does no harm by itself and above 500 ms is only told (G14).
 * Beyond this, the receive window of the venues, the machine's clock was set or fails, and what is
 * measured may not hold till the answer. Not measured at all: what is signed carries a time nobody compared, and no later
 * proof that an order never arrived could rest on it.
 */
const CLOCK_APART_MS = 5000;

/**
 * What is in doubt when a proof fails: one trouble shows in several of them. Stepping over one steps over its doubt alone;
 * while another is in doubt as well, or one a person may never step over, there is no stepping over anything.
 */
const DOUBTS: Readonly<Record<TrustReason, 'firm' | 'account' | 'clock' | 'book'>> = {
  halted: 'firm',
  journal: 'firm',
  disarmed: 'firm',
  'account-down': 'firm',
  'not-reconciled': 'account',
  'stream-silent': 'account',
  clock: 'clock',
  resumed: 'account',
  'book-invalid': 'book',
  'book-old': 'book',
};

interface Failing {
  readonly measured?: string;
  readonly limit?: string;
}

/**
 * Whether anything may leave: every reason is looked at in the order of `TRUST_REASONS`, and the first that fails is the
 * answer. `measured` and `limit`: milliseconds as whole numbers, or a word (the state of the account, the code of what broke).
 * A paper account has no venue: of it only halt, journal and book are asked.
 */
export function judgeTrust(facts: TrustFacts): Trust {
  let first: Extract<Trust, { kind: 'blocked' }> | undefined;
  for (const reason of TRUST_REASONS) {
    const failing = failingBy(reason, facts);
    if (failing === undefined) continue;
    if (first === undefined) {
      first = { kind: 'blocked', reason, canOverride: DOUBTS[reason] !== 'firm', ...failing };
    } else if (DOUBTS[reason] !== DOUBTS[first.reason]) first = { ...first, canOverride: false };
  }
  return first ?? { kind: 'ok' };
}

/** What no person may ever step over. */
export function isFirm(trust: Trust): boolean {
  return trust.kind === 'blocked' && DOUBTS[trust.reason] === 'firm';
}

/** Everything is proven, or what is not has been stepped over by its name. */
export function isStepped(trust: Trust, override: string | undefined): boolean {
  return trust.kind === 'ok' || (trust.canOverride && override === (trust.reason satisfies TrustReason));
}

function failingBy(reason: TrustReason, facts: TrustFacts): Failing | undefined {
  const { isPaper, state } = facts;
  switch (reason) {
    case 'halted':
      return facts.isHalted ? {} : undefined;
    case 'journal':
      return facts.journalFault === undefined ? undefined : { measured: facts.journalFault };
    case 'disarmed':
      return facts.isReal && !facts.isArmed ? {} : undefined;
    case 'account-down':
      return isPaper || isUp(facts) ? undefined : { measured: state.kind };
    case 'not-reconciled':
      if (isPaper) return undefined;
      if (state.kind === 'loading') return { measured: 'loading' };
      return (
        longer(facts.reconciledAgoMs, RECONCILED_WITHIN_MS) ??
        (facts.isReconcileOwed ? { measured: 'owed' } : undefined)
      );
    case 'stream-silent':
      if (isPaper) return undefined;
      // Either the socket or REST is down: what one tells the other cannot confirm.
      if (state.kind === 'degraded') return { measured: state.cause.code };
      return longer(facts.streamHeardAgoMs, STREAM_SILENT_MS);
    case 'clock':
      return isPaper ? undefined : longer(absolute(facts.clockOffsetMs), CLOCK_APART_MS);
    case 'resumed':
      return !isPaper && facts.isWakeOwed ? {} : undefined;
    case 'book-invalid':
      return facts.isBookValid ? undefined : {};
    case 'book-old':
      return longer(facts.bookAgeMs, BOOK_OLD_MS);
    default:
      return assertNever(reason);
  }
}

function isUp({ state }: TrustFacts): boolean {
  switch (state.kind) {
    case 'live':
    case 'degraded':
    case 'loading':
      return true;
    case 'resting':
    case 'locked':
    case 'connecting':
    case 'waiting':
    case 'refused':
      return false;
    default:
      return assertNever(state);
  }
}

/** Fails above the bound, and on what is no number: what is not known is not proven. */
function longer(measuredMs: number | undefined, limitMs: number): Failing | undefined {
  if (measuredMs !== undefined && measuredMs <= limitMs) return undefined;
  const isKnown = measuredMs !== undefined && Number.isFinite(measuredMs);
  return { measured: isKnown ? String(Math.round(measuredMs)) : 'unknown', limit: String(limitMs) };
}

function absolute(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.abs(value);
}

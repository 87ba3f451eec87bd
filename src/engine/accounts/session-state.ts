import type { AccountState } from '#shared/domain/account.ts';
import type { Cause } from '#shared/domain/connection.ts';

type Refused = Extract<AccountState, { kind: 'refused' }>;

/** What an account is doing, from what its socket and its REST calls are doing. */
export function sessionState(now: {
  readonly refusal: Refused | undefined;
  /** Why the last read failed; absent: it did not. */
  readonly restCause: Cause | undefined;
  readonly restAttempt: number;
  /** Wall ms. */
  readonly retryAt: number;
  /** Why the socket does not stand. */
  readonly linkCause: Cause | undefined;
  readonly link: { readonly isReady: boolean };
  /** Everything was compared since the socket stands. */
  readonly isCompared: boolean;
  /** There are figures. */
  readonly isLoaded: boolean;
}): AccountState {
  const { refusal, restCause } = now;
  const { isReady } = now.link;
  if (refusal) return refusal;
  if (isReady && now.isCompared && !restCause) return { kind: 'live' };
  const cause = restCause ?? now.linkCause;
  if (isReady && !restCause) return { kind: 'loading' };
  if (cause === undefined) return { kind: 'connecting' };
  // Figures that are read, or streamed, are figures; without either there is only waiting.
  const hasFigures = now.isLoaded && (restCause === undefined || isReady);
  if (hasFigures) return { kind: 'degraded', cause };
  if (restCause === undefined) return { kind: 'connecting' };
  return { kind: 'waiting', retryAt: now.retryAt, attempt: now.restAttempt, cause };
}

/** The same state for the same reason: a retry's time alone makes no new one, its next attempt does. */
export function isSameState(a: AccountState, b: AccountState): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'waiting' && b.kind === 'waiting') return a.attempt === b.attempt && a.retryAt === b.retryAt;
  const causeOf = (state: AccountState) =>
    'cause' in state ? state.cause.code : 'reason' in state ? state.reason : '';
  return causeOf(a) === causeOf(b);
}

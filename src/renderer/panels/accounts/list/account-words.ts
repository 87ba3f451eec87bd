import i18next from 'i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import type { AccountState } from '#shared/domain/account.ts';
import type { Cause } from '#shared/domain/connection.ts';
import { causeText } from '../../../i18n/text-for.ts';

/** What is the matter with an account, in a sentence, and what comes next or what to do about it. */
export interface AccountWords {
  readonly what: string;
  /** Absent where nothing needs to be done or waited for. */
  readonly next?: string;
}

/** `venueName`: as the person knows it. */
export function accountWords(state: AccountState, venueName: string): AccountWords {
  const venue = { venue: venueName };
  switch (state.kind) {
    case 'live':
      return { what: i18next.t('accountstate.live-means') };
    case 'connecting':
    case 'loading':
      return { what: i18next.t(`accountstate.${state.kind}-means`, venue) };
    case 'resting':
    case 'locked':
      return {
        what: i18next.t(`accountstate.${state.kind}-means`),
        next: i18next.t(`accountstate.${state.kind}-do`),
      };
    case 'degraded':
      return {
        what: `${causeWords(state.cause, venueName)} ${i18next.t('accountstate.degraded-means')}`,
        next: causeAdvice(state.cause, 'accountstate.degraded-do'),
      };
    case 'waiting':
      return {
        what: causeWords(state.cause, venueName),
        next: causeAdvice(state.cause, 'accountstate.waiting-do'),
      };
    case 'refused':
      return {
        what: i18next.t(`refusal.${state.reason}`, venue),
        next: i18next.t(`refusal.${state.reason}-do`, venue),
      };
    default:
      return assertNever(state);
  }
}

/** Said of an account's own stream where the words for market data would not fit. */
function causeWords(cause: Cause, venue: string): string {
  const key = `private.${causeName(cause)}`;
  return i18next.exists(key)
    ? String(i18next.t(key as 'private.timeout', { venue }))
    : `${causeText(cause)}.`;
}

function causeAdvice(
  cause: Cause,
  otherwise: 'accountstate.degraded-do' | 'accountstate.waiting-do',
): string {
  const key = `private.${causeName(cause)}-do`;
  return String(i18next.t(i18next.exists(key) ? (key as 'private.clock-do') : otherwise));
}

/** A token that could not be had is a trouble of its own: the venue's socket is not to blame. */
function causeName({ code, detail }: Cause): string {
  return /listen ?key|token/i.test(detail) ? 'listen-key' : code;
}

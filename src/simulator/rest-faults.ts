import { assertNever } from '#shared/base/assert-never.ts';
import type { FaultSpec, FaultSubject, Faults } from './faults.ts';
import type { Answer } from './http.ts';
import { mangledPage } from './mangled-page.ts';

/** What a request comes to: an answer, perhaps late, or none at all. */
export type RestOutcome =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly delayMs: number }
  /** What is answered turns out only then. */
  | { readonly kind: 'later'; readonly delayMs: number; answer(): Answer }
  /** The connection ends: with a reset and nothing said, or after half of this. */
  | { readonly kind: 'cut'; readonly half?: Answer }
  | { readonly kind: 'frozen' };

/** The outcome with every answer passed through `change`. */
export function withAnswer(outcome: RestOutcome, change: (answer: Answer) => Answer): RestOutcome {
  switch (outcome.kind) {
    case 'answer':
      return { ...outcome, answer: change(outcome.answer) };
    case 'later':
      return { ...outcome, answer: () => change(outcome.answer()) };
    case 'cut':
      return outcome.half ? { ...outcome, half: change(outcome.half) } : outcome;
    case 'frozen':
      return outcome;
    default:
      return assertNever(outcome);
  }
}

/** A failure the venue words in its own way. */
export interface RestFailure {
  /** HTTP status: the one the fault names, or 503. */
  readonly status: number;
  /** The one it names, if it names one. */
  readonly asked: number | undefined;
  readonly code: number | undefined;
  readonly msg: string | undefined;
  readonly retryAfterS: number | undefined;
}

/** How long ago the book of a stale snapshot was, ms, where the fault does not say. */
const STALE_MS = 5000;
const MAINTENANCE = 503;

/**
 * Lets the faults in force act on one request. `fail` words a failure as the venue does; `answer` answers as usual,
 * a book request from the book of `staleMs` ago where that is given.
 */
export function respondUnderFaults(
  faults: Faults,
  subject: FaultSubject,
  fail: (failure: RestFailure) => Answer,
  answer: (staleMs: number | undefined) => Answer,
  isBook: boolean,
): RestOutcome {
  if (faults.quiet) return { kind: 'answer', answer: answer(undefined), delayMs: 0 };
  if (faults.strike('freeze', subject)) return { kind: 'frozen' };
  const delayMs = faults.strike('delay', subject)?.ms ?? 0;
  const fault = faults.strike('maintenance', subject) ?? faults.strike('rest', subject);
  if (fault) return { kind: 'answer', answer: fail(failureOf(fault)), delayMs };
  const stale = isBook ? faults.strike('staleSnapshot', subject) : undefined;
  const good = answer(stale && (stale.ms ?? STALE_MS));
  const page = faults.strike('page', subject);
  return { kind: 'answer', answer: page ? mangledPage(good, page.style ?? 'short') : good, delayMs };
}

function failureOf({ kind, status, code, msg, retryAfterS }: FaultSpec): RestFailure {
  // A maintenance's code is that of its sockets.
  const own = kind === 'maintenance' ? undefined : code;
  return { status: status ?? MAINTENANCE, asked: status, code: own, msg, retryAfterS };
}

import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { EventLog } from '../health/event-log.ts';
import { type CircuitState, createCircuitBreaker } from '../net/circuit-breaker.ts';

/** Kinds of data that are asked for over REST; each fails, and is spared, on its own. */
export type RestKind = 'ticker' | 'book' | 'trade' | 'candle';

/** Keeps REST reads of one venue from hammering what fails: one circuit breaker per kind. */
export interface RestGuard {
  /** Does the work unless the kind's circuit is open. Throws `rest.circuit`, and what the work throws. */
  run<Answer>(kind: RestKind, work: () => Promise<Answer>): Promise<Answer>;
  stateOf(kind: RestKind): CircuitState;
  /** The venue's streams are back: what was left alone may be tried again. */
  hurry(): void;
}

export function createRestGuard(options: {
  readonly clock: Clock;
  readonly log: EventLog;
  /** The venue's name. */
  readonly venue: string;
}): RestGuard {
  const { clock, log, venue } = options;
  const breakerOf = (kind: RestKind) =>
    createCircuitBreaker({
      clock,
      onState(state) {
        if (state === 'half-open') return;
        log.add(
          state === 'open' ? 'warn' : 'info',
          `rest.circuit-${state}`,
          `${venue} ${kind} over REST: ${state === 'open' ? 'fails again and again, left alone for a while' : 'answers again'}`,
          { venue, kind },
        );
      },
    });
  const breakers = {
    ticker: breakerOf('ticker'),
    book: breakerOf('book'),
    trade: breakerOf('trade'),
    candle: breakerOf('candle'),
  };

  return {
    async run(kind, work) {
      const breaker = breakers[kind];
      if (!breaker.tryPass()) {
        throw new HeartlineError('rest.circuit', `${venue} ${kind} over REST is left alone for a while`, {
          details: { venue, kind, retryAfterMs: Math.round(breaker.probeInMs) },
        });
      }
      try {
        const answer = await work();
        breaker.succeeded();
        return answer;
      } catch (fault) {
        // One instrument the venue does not know (any more) says nothing against the others: it did answer.
        if (isAboutQuestion(fault)) breaker.succeeded();
        // A silence that was ordered is kept by the limiter, and says nothing of whether the venue answers. A probe must not
        // stay unanswered, though.
        else if (!isOrder(fault) || breaker.state !== 'closed') breaker.failed();
        throw fault;
      }
    },
    stateOf: (kind) => breakers[kind].state,
    hurry() {
      for (const breaker of Object.values(breakers)) breaker.hurry();
    },
  };
}

/** Refused for what was asked, by a server that works. */
function isAboutQuestion(fault: unknown): boolean {
  return (
    fault instanceof HeartlineError && fault.code === 'rest.refused' && Number(fault.details['status']) < 500
  );
}

function isOrder(fault: unknown): boolean {
  return (
    fault instanceof HeartlineError && ['rest.rate-limit', 'rest.ban', 'rest.silent'].includes(fault.code)
  );
}

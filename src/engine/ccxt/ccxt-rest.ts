import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { Cause } from '#shared/domain/connection.ts';
import { type ErrorClass, errorClassOf } from '#shared/domain/error-class.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { BudgetGauge } from '#shared/domain/metrics.ts';
import type { CcxtExchange, CcxtModule } from './exchange.ts';
import { readFault } from './read-fault.ts';
import { createRestTurns } from './rest-turns.ts';

/** REST reads of one exchange, in turns, with its faults in our words. */
export interface CcxtRest {
  /** Throws `rest.*` as the native REST client does; what ccxt threw is its `cause`. */
  call<Answer>(work: () => Promise<Answer>): Promise<Answer>;
  /** The same, with how long the question waited here before it left, ms. */
  timed<Answer>(work: () => Promise<Answer>): Promise<{ readonly answer: Answer; readonly waitedMs: number }>;
  /** What the last answer asked for, ms. */
  readonly retryAfterMs: number | undefined;
  readonly errors: ReadonlyMap<ErrorClass, number>;
  gauge(): BudgetGauge;
  dispose(): void;
}

const LIMIT_MS = 5000;
const BAN_MS = 2 * 60_000;
const LONGEST_MS = 3 * 24 * 60 * 60_000;

export function createCcxtRest(options: {
  readonly venue: VenueId;
  readonly name: string;
  readonly ccxt: CcxtModule;
  readonly exchange: CcxtExchange;
  readonly clock: Clock;
}): CcxtRest {
  const { venue, name, ccxt, exchange, clock } = options;
  const turns = createRestTurns(clock, exchange.rateLimit);
  const errors = new Map<ErrorClass, number>();
  /** Which question a call belongs to: ccxt lets each wait its turn once more. */
  const questions = new AsyncLocalStorage<{ leftAt: number | undefined }>();
  let isStopped = false;

  // Markets, clocks and what ccxt asks for by itself count as well.
  const fetch = exchange.fetch.bind(exchange);
  exchange.fetch = (...args) => {
    turns.spent();
    const asking = questions.getStore();
    if (asking) asking.leftAt ??= clock.monotonic();
    return fetch(...args);
  };

  function retryAfterMs(): number | undefined {
    const header = Object.entries(exchange.last_response_headers ?? {}).find(
      ([key]) => key.toLowerCase() === 'retry-after',
    )?.[1];
    const seconds = Number(header?.trim() || Number.NaN);
    return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_MS) : undefined;
  }

  function told(fault: unknown): HeartlineError {
    const { cause } = readFault(ccxt, fault);
    const of = errorClassOf(cause.code);
    if (of !== undefined) errors.set(of, (errors.get(of) ?? 0) + 1);
    if (cause.code === 'rate-limit') turns.silence(retryAfterMs() ?? LIMIT_MS);
    if (cause.code === 'ban') turns.silence(retryAfterMs() ?? BAN_MS);
    const code = fault instanceof ccxt.BadSymbol ? 'instrument.unknown' : restCodeOf(cause.code);
    return new HeartlineError(code, `${name}: ${cause.detail}`, { cause: fault, details: { venue: name } });
  }

  const rest: CcxtRest = {
    async timed(work) {
      const askedAt = clock.monotonic();
      const question: { leftAt: number | undefined } = { leftAt: undefined };
      const answer = await questions.run(question, () => rest.call(work));
      return { answer, waitedMs: (question.leftAt ?? askedAt) - askedAt };
    },
    async call(work) {
      const isIn = await turns.enter();
      if (!isIn || isStopped) throw new HeartlineError('rest.stopped', `${name} is being closed`);
      try {
        return await work();
      } catch (fault) {
        if (isStopped) throw new HeartlineError('rest.stopped', `${name} is being closed`);
        if (fault instanceof HeartlineError) throw fault;
        throw told(fault);
      }
    },
    get retryAfterMs() {
      return retryAfterMs();
    },
    errors,
    gauge: () => turns.gauge(venue),
    dispose() {
      isStopped = true;
      turns.dispose();
    },
  };
  return rest;
}

function restCodeOf(code: Cause['code']): string {
  switch (code) {
    case 'rate-limit':
    case 'ban':
    case 'geo':
    case 'auth':
    case 'clock':
    case 'maintenance':
    case 'timeout':
      return `rest.${code}`;
    case 'protocol':
      return 'venue.answer';
    case 'venue.error':
    case 'circuit':
    case 'user':
    case 'resume':
    case 'recording.end':
      return 'rest.refused';
    case 'socket.refused':
    case 'socket.reset':
    case 'socket.closed':
    case 'socket.handshake':
    case 'socket.silent':
    case 'socket.dns':
    case 'socket.slow':
    case 'unknown':
      return 'rest.unreachable';
  }
}

import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import type { ErrorClass } from '#shared/domain/error-class.ts';
import type { BudgetGauge } from '#shared/domain/metrics.ts';
import type { RestCall, RestRefusal, Venue } from '#venues/venue.ts';
import { abortableSleep } from './abortable-sleep.ts';
import { createLimiter, type Priority, type RateProfile } from './limiter.ts';
import type { SlowDownRule } from './slow-down.ts';

/** Reads are answered within a second; a longer patience only holds up the repair that waits for them. */
const TIMEOUT_MS = 6_000;
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const ATTEMPTS = 3;
/** What tells that we ask too much, or more than the venue can answer. */
const SLOWS_DOWN: ReadonlySet<ErrorClass> = new Set(['rate-limit', 'ban', 'timeout', 'maintenance']);
/** A venue that gives no answers is out. */
const IS_OUT: ReadonlySet<ErrorClass> = new Set(['timeout', 'maintenance']);
/** A venue that says "slower" without saying for how long. */
const UNNAMED_SILENCE_MS = 60_000;

export type Fetch = (
  url: string,
  init: { readonly signal: AbortSignal; readonly redirect: 'error' },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

export interface RestClient {
  /**
   * Makes the call, waiting for budget, retrying what is safe to repeat (reads only come here).
   * Throws `HeartlineError`: `rest.timeout`, `rest.unreachable`, `rest.rate-limit`, `rest.ban`, `rest.silent` (asked to be
   * quiet for longer than anybody waits), `rest.geo`, `rest.auth`, `rest.clock`, `rest.maintenance`, `rest.refused`,
   * `venue.answer`, `rest.stopped`. `onLeave` runs when a try leaves, its turn having come.
   */
  call<Answer>(call: RestCall<Answer>, priority?: Priority, onLeave?: () => void): Promise<Answer>;
  /** The venue banned this address elsewhere: nothing leaves before that is over. */
  banned(forMs: number): void;
  /** Failed calls by class, since the start. */
  readonly errors: ReadonlyMap<ErrorClass, number>;
  gauges(): readonly BudgetGauge[];
  dispose(): void;
}

/** REST reads of one venue under its budgets. */
export function createRestClient(options: {
  readonly venue: Venue;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly profile?: () => RateProfile;
  readonly slowDown?: () => SlowDownRule;
}): RestClient {
  const { venue, clock } = options;
  const limiter = createLimiter({
    clock,
    venue: venue.id,
    budgets: venue.limits.budgets,
    profile: options.profile ?? (() => 'balanced'),
    slowDown: options.slowDown,
  });
  const errors = new Map<ErrorClass, number>();
  const stop = new AbortController();

  function refused(refusal: RestRefusal, status: number): HeartlineError {
    const isOrder = refusal.code === 'rate-limit' || refusal.code === 'ban';
    const silenceMs = refusal.retryAfterMs ?? (isOrder ? UNNAMED_SILENCE_MS : 0);
    if (silenceMs > 0) limiter.silence(silenceMs, refusal.code === 'ban' ? 'ban' : 'rate-limit');
    return new HeartlineError(
      refusal.code === 'venue.error' ? 'rest.refused' : `rest.${refusal.code}`,
      `${venue.name} answered HTTP ${status}: ${refusal.message}`,
      { details: { venue: venue.name, status, retryAfterMs: refusal.retryAfterMs ?? 0 } },
    );
  }

  function count(fault: unknown, leftAt: number): void {
    const of = classOf(fault);
    if (of === undefined) return;
    errors.set(of, (errors.get(of) ?? 0) + 1);
    if (SLOWS_DOWN.has(of)) limiter.failed(leftAt, IS_OUT.has(of));
    else limiter.answered();
  }

  async function once<Answer>(call: RestCall<Answer>): Promise<Answer> {
    if (stop.signal.aborted) throw stopped();
    const timeout = new AbortController();
    const cancelTimeout = clock.after(TIMEOUT_MS, () => timeout.abort());
    try {
      const answer = await options.fetch(options.baseUrl + call.path, {
        signal: AbortSignal.any([timeout.signal, stop.signal]),
        redirect: 'error',
      });
      const receivedAt = clock.now();
      limiter.noted(venue.budgetNotes?.(call, answer.headers) ?? []);
      const body = await answer.text();
      if (body.length > MAX_BODY_BYTES) throw new HeartlineError('venue.answer', 'answer too long');
      const refusal = venue.refusalOf(answer.status, answer.headers, body, receivedAt);
      if (refusal !== undefined) throw refused(refusal, answer.status);
      if (answer.status >= 400) {
        throw new HeartlineError('rest.refused', `${venue.name} answered HTTP ${answer.status}`, {
          details: { venue: venue.name, status: answer.status },
        });
      }
      limiter.answered();
      return call.parse(parseJson(body), receivedAt, answer.headers);
    } catch (fault) {
      if (fault instanceof HeartlineError) throw fault;
      if (stop.signal.aborted) throw stopped();
      const timedOut = timeout.signal.aborted;
      throw new HeartlineError(
        timedOut ? 'rest.timeout' : 'rest.unreachable',
        `${venue.name} ${timedOut ? `gave no answer within ${TIMEOUT_MS / 1000} s` : `cannot be reached: ${rootMessage(fault)}`}`,
        { cause: fault, details: { venue: venue.name } },
      );
    } finally {
      cancelTimeout();
    }
  }

  return {
    async call(call, priority = 'read', onLeave) {
      for (let attempt = 1; ; attempt += 1) {
        let leftAt = Number.POSITIVE_INFINITY;
        try {
          await limiter.enter(call.scope, call.weight, priority);
          leftAt = clock.monotonic();
          onLeave?.();
          return await once(call);
        } catch (fault) {
          count(fault, leftAt);
          if (attempt >= ATTEMPTS || stop.signal.aborted || !isRepeatable(fault)) throw fault;
          await abortableSleep(clock, stop.signal, 300 * 2 ** (attempt - 1) * (0.5 + clock.random()));
          if (stop.signal.aborted) throw stopped();
        }
      }
    },
    banned: (forMs) => limiter.silence(forMs, 'ban'),
    errors,
    gauges: () => limiter.gauges(),
    dispose() {
      stop.abort();
      limiter.dispose();
    },
  };
}

function parseJson(body: string): unknown {
  try {
    return parseExactJson(body);
  } catch (fault) {
    throw new HeartlineError('venue.answer', 'the answer is not JSON', { cause: fault });
  }
}

function isRepeatable(fault: unknown): boolean {
  if (!(fault instanceof HeartlineError)) return false;
  if (['rest.timeout', 'rest.unreachable', 'rest.maintenance'].includes(fault.code)) return true;
  return fault.code === 'rest.refused' && Number(fault.details['status']) >= 500;
}

/** `undefined` for what is nobody's error: our own closing, a silence that was ordered before. */
function classOf(fault: unknown): ErrorClass | undefined {
  if (!(fault instanceof HeartlineError)) return 'protocol';
  switch (fault.code) {
    case 'rest.stopped':
    case 'rest.silent':
      return undefined;
    case 'rest.timeout':
      return 'timeout';
    case 'rest.unreachable':
      return 'connection';
    case 'rest.rate-limit':
      return 'rate-limit';
    case 'rest.ban':
      return 'ban';
    case 'rest.geo':
      return 'geo';
    case 'rest.auth':
      return 'auth';
    case 'rest.clock':
      return 'clock';
    case 'rest.maintenance':
      return 'maintenance';
    case 'venue.answer':
      return 'protocol';
    default:
      return 'venue';
  }
}

function stopped(): HeartlineError {
  return new HeartlineError('rest.stopped', 'the engine is closing');
}

// fetch wraps the interesting part ("connect ECONNREFUSED …") in its cause.
function rootMessage(fault: unknown): string {
  let inner = fault;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  // Several addresses were tried: the error around them says nothing itself.
  if (inner instanceof AggregateError && inner.message === '') return inner.errors.map(messageOf).join(', ');
  return messageOf(inner);
}

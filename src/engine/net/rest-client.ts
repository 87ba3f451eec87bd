import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { RestCall, Venue } from '#venues/venue.ts';

const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const ATTEMPTS = 3;
/** Part of the budget that reads may use; the rest stays for what is urgent. */
const READ_SHARE = 0.8;
const WINDOW_MS = 60_000;

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
   * Throws `HeartlineError`: `rest.timeout`, `rest.unreachable`, `rest.rate-limit`, `rest.ban`, `rest.refused`, `venue.answer`, `rest.stopped`.
   */
  call<Answer>(call: RestCall<Answer>): Promise<Answer>;
  dispose(): void;
}

/** Public REST reads of one venue under one budget. */
export function createRestClient(options: {
  readonly venue: Venue;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly fetch: Fetch;
}): RestClient {
  const { venue, clock } = options;
  const budget = (venue.limits.budgets[0]?.capacity ?? 0) * READ_SHARE;
  let spent: { readonly at: number; readonly weight: number }[] = [];
  /** Monotonic; nothing leaves before. */
  let silentUntil = Number.NEGATIVE_INFINITY;
  const stop = new AbortController();

  async function sleep(delayMs: number): Promise<void> {
    if (delayMs <= 0) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        cancel();
        stop.signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = clock.after(delayMs, end);
      stop.signal.addEventListener('abort', end);
    });
  }

  function waitForBudgetMs(weight: number): number {
    const now = clock.monotonic();
    spent = spent.filter((entry) => entry.at > now - WINDOW_MS);
    const used = spent.reduce((sum, entry) => sum + entry.weight, 0);
    const pause = silentUntil - now;
    const oldest = spent[0];
    if (used + weight <= budget || oldest === undefined) return Math.max(0, pause);
    return Math.max(pause, oldest.at + WINDOW_MS - now);
  }

  async function once<Answer>(call: RestCall<Answer>): Promise<Answer> {
    for (let waitMs = waitForBudgetMs(call.weight); waitMs > 0; waitMs = waitForBudgetMs(call.weight)) {
      await sleep(waitMs);
      if (stop.signal.aborted) throw stopped();
    }
    spent.push({ at: clock.monotonic(), weight: call.weight });
    const timeout = new AbortController();
    const cancelTimeout = clock.after(TIMEOUT_MS, () => timeout.abort());
    try {
      const answer = await options.fetch(options.baseUrl + call.path, {
        signal: AbortSignal.any([timeout.signal, stop.signal]),
        redirect: 'error',
      });
      const receivedAt = clock.now();
      const body = await answer.text();
      if (body.length > MAX_BODY_BYTES) throw new HeartlineError('venue.answer', 'answer too long');
      const refusal = venue.refusalOf(answer.status, answer.headers, body, receivedAt);
      if (refusal !== undefined) {
        const isOrder = refusal.code === 'rate-limit' || refusal.code === 'ban';
        const waitMs = refusal.retryAfterMs ?? (isOrder ? WINDOW_MS : 0);
        // A call sent before a ban may bring a shorter wait after it: the longest order stands.
        silentUntil = Math.max(silentUntil, clock.monotonic() + waitMs);
        throw new HeartlineError(
          `rest.${isOrder ? refusal.code : 'refused'}`,
          `${venue.name} answered HTTP ${answer.status}: ${refusal.message}`,
          { details: { venue: venue.name, status: answer.status, retryAfterMs: refusal.retryAfterMs ?? 0 } },
        );
      }
      if (answer.status >= 400) {
        throw new HeartlineError('rest.refused', `${venue.name} answered HTTP ${answer.status}`, {
          details: { venue: venue.name, status: answer.status },
        });
      }
      return call.parse(parseJson(body), receivedAt);
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
    async call(call) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(call);
        } catch (fault) {
          if (attempt >= ATTEMPTS || stop.signal.aborted || !isRepeatable(fault)) throw fault;
          await sleep(300 * 2 ** (attempt - 1) * (0.5 + clock.random()));
          if (stop.signal.aborted) throw stopped();
        }
      }
    },
    dispose() {
      stop.abort();
    },
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (fault) {
    throw new HeartlineError('venue.answer', 'the answer is not JSON', { cause: fault });
  }
}

function isRepeatable(fault: unknown): boolean {
  if (!(fault instanceof HeartlineError)) return false;
  if (fault.code === 'rest.timeout' || fault.code === 'rest.unreachable') return true;
  return fault.code === 'rest.refused' && Number(fault.details.status) >= 500;
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

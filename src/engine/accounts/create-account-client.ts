import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import type { AccountRefusal, SignedCall } from '#venues/account.ts';
import { abortableSleep } from '../net/abortable-sleep.ts';
import { createLimiter } from '../net/limiter.ts';
import type { AccountClient, AccountClientOptions, OnLeaving } from './account-client.ts';
import { readBounded } from './read-bounded.ts';
import { createSigner, createSigning, type Signer } from './signer.ts';

/** As patient as the public calls: whoever waits for a balance waits for a screen. */
const TIMEOUT_MS = 6_000;
/** A thousand closed orders are half a megabyte. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const ATTEMPTS = 3;
/** A venue that says "slower" without saying for how long. */
const UNNAMED_SILENCE_MS = 60_000;
const MAX_WORDS = 300;

/** Private REST of one key. See {@link AccountClient} for what a call throws. */
export function createAccountClient(options: AccountClientOptions): AccountClient {
  const { venue, clock, credentials } = options;
  const limiter =
    options.limiter ??
    createLimiter({
      clock,
      venue: venue.id,
      budgets: venue.budgets,
      profile: options.profile ?? (() => 'balanced'),
    });
  const stop = new AbortController();
  const venueNow = () => clock.now() + (options.clockOffsetMs() ?? 0);
  const tokenCall = venue.stream.token?.create();
  let loading: Promise<Signer> | undefined;

  /** Loaded by the first call; a failure is not kept. */
  function signer(): Promise<Signer> {
    loading ??= createSigner({ ...options, now: venueNow }).catch((fault: unknown) => {
      loading = undefined;
      throw fault;
    });
    return loading;
  }

  /** Venues and libraries may repeat in their words what they were given. */
  function masked(words: string): string {
    let result = words.slice(0, MAX_WORDS);
    for (const secret of [credentials.secret.reveal(), credentials.apiKey.reveal()]) {
      if (secret.length === 0) continue;
      result = result.replaceAll(secret, '•••');
      // A cut may have left the beginning of one at the end.
      for (let length = secret.length - 1; length >= 4; length -= 1) {
        if (result.endsWith(secret.slice(0, length))) result = `${result.slice(0, -length)}•••`;
      }
    }
    return result;
  }

  function refused(refusal: AccountRefusal, status: number): HeartlineError {
    const isOrder = refusal.code === 'rate-limit' || refusal.code === 'ban';
    const silenceMs = refusal.retryAfterMs ?? (isOrder ? UNNAMED_SILENCE_MS : 0);
    if (silenceMs > 0) limiter.silence(silenceMs, refusal.code === 'ban' ? 'ban' : 'rate-limit');
    return new HeartlineError(
      `account.${refusal.code}`,
      `${venue.id} answered HTTP ${status}: ${masked(refusal.message)}`,
      { details: { venue: venue.id, venueCode: masked(refusal.venueCode), status } },
    );
  }

  async function once<Answer>(call: SignedCall<Answer>, onLeaving?: OnLeaving): Promise<Answer> {
    const request = (await signer()).sign(call);
    if (stop.signal.aborted) throw stopped();
    onLeaving?.(request);
    const timeout = new AbortController();
    const cancelTimeout = clock.after(TIMEOUT_MS, () => timeout.abort());
    try {
      const { url, method, headers, body: sent } = request;
      const answer = await options.fetch(url, {
        method,
        headers,
        ...(sent !== undefined && { body: sent }),
        signal: AbortSignal.any([timeout.signal, stop.signal]),
        redirect: 'error',
      });
      const receivedAt = clock.now();
      limiter.noted(venue.budgetNotes?.(call, answer.headers) ?? []);
      const body = await readBounded(answer, MAX_BODY_BYTES);
      const refusal = venue.refusalOf(answer.status, answer.headers, body, receivedAt);
      if (refusal !== undefined) throw refused(refusal, answer.status);
      if (answer.status >= 400) {
        throw refused({ code: 'venue.error', venueCode: String(answer.status), message: '' }, answer.status);
      }
      limiter.answered();
      return parsed(call, body, receivedAt);
    } catch (fault) {
      if (fault instanceof HeartlineError) throw fault;
      if (stop.signal.aborted) throw stopped();
      // The fault itself stays behind: its words may hold the address, which holds the signature.
      throw unreachable(venue.id, timeout.signal.aborted, fault);
    } finally {
      cancelTimeout();
    }
  }

  function parsed<Answer>(call: SignedCall<Answer>, body: string, receivedAt: number): Answer {
    const json = parseJson(body);
    try {
      return call.parse(json, receivedAt);
    } catch (fault) {
      if (fault instanceof HeartlineError) throw fault;
      throw new HeartlineError('venue.answer', `${venue.id} ${call.path}: ${masked(messageOf(fault))}`);
    }
  }

  function isRepeatable({ method, section, path }: SignedCall<unknown>): boolean {
    return method === 'GET' || (section === tokenCall?.section && path === tokenCall.path);
  }

  return {
    async call(call, priority = 'read', onLeaving) {
      let attempts = isRepeatable(call) ? ATTEMPTS : 1;
      let isClockMeasured = false;
      for (let attempt = 1; ; attempt += 1) {
        let leftAt = Number.POSITIVE_INFINITY;
        try {
          if (stop.signal.aborted) throw stopped();
          // Before its turn: the first loading must not make a signature old.
          await signer();
          await limiter.enter(call.scope, call.weight, priority);
          if (stop.signal.aborted) throw stopped();
          leftAt = clock.monotonic();
          return await once(call, onLeaving);
        } catch (fault) {
          if (slowsDown(fault)) limiter.failed(leftAt, isOutage(fault));
          const isClock = fault instanceof HeartlineError && fault.code === 'account.clock';
          if (isClock && !isClockMeasured) {
            isClockMeasured = true;
            const measured = options.measureClock().catch(() => undefined);
            if (attempt < attempts) {
              await measured;
              attempts = attempt + 1;
              continue;
            }
          }
          if (attempt >= attempts || stop.signal.aborted || !isPassing(fault)) throw fault;
          await abortableSleep(clock, stop.signal, 300 * 2 ** (attempt - 1) * (0.5 + clock.random()));
        }
      }
    },
    signing: () => createSigning(credentials, venueNow()),
    gauges: () => limiter.gauges(),
    dispose() {
      stop.abort();
      if (options.limiter === undefined) limiter.dispose();
    },
  };
}

function parseJson(body: string): unknown {
  try {
    return parseExactJson(body);
  } catch {
    // What was wrong with it would be told in the answer's own words.
    throw new HeartlineError('venue.answer', 'the answer is not JSON');
  }
}

function isPassing(fault: unknown): boolean {
  if (!(fault instanceof HeartlineError)) return false;
  if (['rest.timeout', 'rest.unreachable', 'account.maintenance'].includes(fault.code)) return true;
  const status = Number(fault.details['status']);
  // 422: Bithumb still registers the order that is asked for (its fact sheet, section 6).
  return fault.code === 'account.venue.error' && (status >= 500 || status === 422);
}

function slowsDown(fault: unknown): boolean {
  if (!(fault instanceof HeartlineError)) return false;
  return ['account.rate-limit', 'account.ban', 'account.maintenance', 'rest.timeout'].includes(fault.code);
}

function isOutage(fault: unknown): boolean {
  return fault instanceof HeartlineError && ['account.maintenance', 'rest.timeout'].includes(fault.code);
}

function stopped(): HeartlineError {
  return new HeartlineError('rest.stopped', 'the account is being closed');
}

/** Names what failed by its error code alone (`ECONNREFUSED`), which is nobody's secret. */
function unreachable(venue: string, isTimeout: boolean, fault: unknown): HeartlineError {
  const what = isTimeout
    ? `gave no answer within ${TIMEOUT_MS / 1000} s`
    : `cannot be reached${codeOf(fault)}`;
  return new HeartlineError(isTimeout ? 'rest.timeout' : 'rest.unreachable', `${venue} ${what}`, {
    details: { venue },
  });
}

function codeOf(fault: unknown): string {
  for (let inner = fault; inner instanceof Error; inner = inner.cause) {
    const code = 'code' in inner ? String(inner.code) : '';
    if (/^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return ` (${code})`;
    // What it says of itself is safe where it says what the platform's own `fetch` says.
    if (inner.cause === undefined && messageOf(inner) === 'unexpected redirect') return ' (redirected)';
  }
  return '';
}

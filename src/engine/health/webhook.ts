import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { AlarmCall, AlarmsView } from '#shared/domain/alarm.ts';
import { decodedPart } from './decoded-part.ts';

/** As the platform's `fetch` has it; tests pass their own. */
export type PostJson = (
  url: string,
  init: {
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; readonly body?: { cancel(): Promise<void> } | null }>;

/** Sends alarms to an address of the person's. What it answered is told, the address never is. */
export interface Webhook {
  /** Queued: at most one leaves per 10 s. What was not taken leaves twice more. */
  send(call: AlarmCall): void;
  /** What the last one came to; absent before the first. */
  readonly result: AlarmsView['webhook'];
  dispose(): void;
}

interface Waiting {
  readonly call: AlarmCall;
  /** How often it left in vain. */
  readonly tries: number;
}

const EVERY_MS = 10_000;
const PATIENCE_MS = 5000;
/** Beyond, the oldest are let go: the newest trouble is what a person has to hear of. */
const MAX_QUEUE = 20;
/** In all. A receiver that is being restarted is back by then; one that refuses stays refusing. */
const TRIES = 3;

export function createWebhook(options: {
  readonly clock: Clock;
  readonly post: PostJson;
  /** As it is set when the call leaves; empty: nothing is sent. */
  readonly url: () => string;
  readonly onResult: (result: NonNullable<AlarmsView['webhook']>) => void;
}): Webhook {
  const { clock } = options;
  let queue: Waiting[] = [];
  let dropped = 0;
  let result: AlarmsView['webhook'];
  let cancel: Undo | undefined;
  let isDisposed = false;
  const stop = new AbortController();

  function next(): void {
    cancel = undefined;
    const waiting = queue.shift();
    if (!waiting || isDisposed) return;
    cancel = clock.after(EVERY_MS, next);
    void post(waiting);
  }

  async function post({ call, tries }: Waiting): Promise<void> {
    const url = options.url();
    if (url === '') return; // switched off meanwhile
    const target = targetOf(url);
    if (target === undefined) {
      tell({ ok: false, detail: 'not an http or https address' });
      return;
    }
    const untold = dropped;
    const timeout = new AbortController();
    const cancelTimeout = clock.after(PATIENCE_MS, () => timeout.abort());
    let told: { readonly ok: boolean; readonly detail: string };
    let mayHelp = true;
    try {
      const answer = await options.post(target.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...target.headers },
        body: JSON.stringify(messageFor(call, untold)),
        // Where an address leads to may be any machine of this network: nobody agreed to that one.
        redirect: 'manual',
        signal: AbortSignal.any([timeout.signal, stop.signal]),
      });
      dropped -= untold;
      // It was heard, and will not think otherwise of the same words.
      mayHelp = answer.status >= 500 || answer.status === 429;
      await answer.body?.cancel();
      told = {
        ok: answer.status >= 200 && answer.status < 300,
        // A redirect that is not followed has no status in some platforms.
        detail: isRedirect(answer.status) ? 'redirect refused' : `HTTP ${answer.status}`,
      };
    } catch (fault) {
      told = {
        ok: false,
        detail: timeout.signal.aborted ? `no answer within ${PATIENCE_MS / 1000} s` : reasonOf(fault),
      };
    } finally {
      cancelTimeout();
    }
    if (mayHelp && tries + 1 < TRIES) keep({ call, tries: tries + 1 }, 'first');
    tell(told);
  }

  function keep(waiting: Waiting, place: 'first' | 'last'): void {
    queue = place === 'first' ? [waiting, ...queue] : [...queue, waiting];
    if (queue.length > MAX_QUEUE) {
      queue = queue.slice(-MAX_QUEUE);
      dropped += 1;
    }
    if (cancel === undefined) next();
  }

  function tell(told: { readonly ok: boolean; readonly detail: string }): void {
    if (isDisposed) return;
    result = { at: clock.now(), ...told };
    options.onResult(result);
  }

  return {
    send: (call) => keep({ call, tries: 0 }, 'last'),
    get result() {
      return result;
    },
    dispose() {
      isDisposed = true;
      cancel?.();
      stop.abort();
    },
  };
}

/** `fetch` refuses addresses with a user in them: that part becomes the header it stands for. */
function targetOf(
  text: string,
): { readonly url: string; readonly headers: Record<string, string> } | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username === '' && url.password === '') return { url: url.href, headers: {} };
  const user = `${decodedPart(url.username)}:${decodedPart(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` } };
}

function messageFor({ alarm, isTest, at }: AlarmCall, dropped: number) {
  const { id, rule, subject, venue, exposure, state, raisedAt, count, value, bound } = alarm;
  return {
    app: 'Heartline',
    at,
    isTest,
    alarm: { id, rule, subject, venue, exposure, state, raisedAt, count, value, bound },
    ...(dropped === 0 ? {} : { dropped }),
  };
}

const isRedirect = (status: number) => status === 0 || (status >= 300 && status < 400);

/** The innermost code alone (`ECONNREFUSED`): a platform's message may carry the whole address. */
function reasonOf(fault: unknown): string {
  let inner = fault;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const code: unknown = inner instanceof Error && 'code' in inner ? inner.code : undefined;
  return typeof code === 'string'
    ? `cannot be reached: ${code}`
    : `cannot be reached: ${messageOf(inner).split(/https?:/)[0]}`;
}

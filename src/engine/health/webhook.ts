import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { AlarmsView } from '#shared/domain/alarm.ts';
import { type PostJson, postWebhook } from './post-webhook.ts';

/** Sends calls to an address of the person's. What it answered is told, the address never is. */
export interface Webhook<Call> {
  /** Queued: at most one leaves per 10 s. What was not taken leaves twice more. */
  send(call: Call): void;
  /** What the last one came to; absent before the first. */
  readonly result: AlarmsView['webhook'];
  dispose(): void;
}

interface Waiting<Call> {
  readonly call: Call;
  /** How often it left in vain. */
  readonly tries: number;
}

const EVERY_MS = 10_000;
/** Beyond, the oldest are let go: the newest trouble is what a person has to hear of. */
const MAX_QUEUE = 20;
/** In all. A receiver that is being restarted is back by then; one that refuses stays refusing. */
const TRIES = 3;

export function createWebhook<Call>(options: {
  readonly clock: Clock;
  readonly post: PostJson;
  /** As it is set when the call leaves; empty: nothing is sent. */
  readonly url: () => string;
  /** `dropped`: calls let go since the last one that was heard. */
  readonly messageFor: (call: Call, dropped: number) => object;
  readonly onResult: (result: NonNullable<AlarmsView['webhook']>) => void;
}): Webhook<Call> {
  const { clock } = options;
  let queue: Waiting<Call>[] = [];
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

  async function post({ call, tries }: Waiting<Call>): Promise<void> {
    const url = options.url();
    if (url === '') return; // switched off meanwhile
    const untold = dropped;
    const sending = { clock, post: options.post, stop: stop.signal };
    const told = await postWebhook(sending, url, options.messageFor(call, untold));
    if (told.isHeard) dropped -= untold;
    if (told.mayHelp && tries + 1 < TRIES) keep({ call, tries: tries + 1 }, 'first');
    tell({ ok: told.ok, detail: told.detail });
  }

  function keep(waiting: Waiting<Call>, place: 'first' | 'last'): void {
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

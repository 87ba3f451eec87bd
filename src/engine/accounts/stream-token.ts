import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { AccountStream } from '#venues/account.ts';
import { BACKOFF, type BackoffRule, delayMs } from '../net/backoff.ts';
import type { AccountClient } from './account-client.ts';
import { isAccountFault } from './account-fault.ts';

/** The token a private socket is opened with (Binance: listen key): made by one call at a time, kept alive, made anew. */
export interface StreamToken {
  readonly value: string | undefined;
  /** Asks for one unless there is one, or one is on its way. `onMade` or `onFailed` follows; after a failure it goes on trying. */
  want(): void;
  /** The venue says it is dead, or nothing comes through it: it is not used again. */
  forget(): void;
  /** Stops trying and extending. The token itself is left to run out: other programs may share it. */
  stop(): void;
}

/** A token lives for an hour: an extension that failed is tried again well within it, and given up after it. */
const EXTEND_AGAIN_MS = 60_000;
const LIFE_MS = 3_600_000;

export function createStreamToken(options: {
  readonly clock: Clock;
  readonly token: NonNullable<AccountStream['token']>;
  readonly client: Pick<AccountClient, 'call'>;
  readonly backoff?: (() => BackoffRule) | undefined;
  readonly onMade: () => void;
  readonly onFailed: (fault: unknown) => void;
  /** An extension was refused, or none came through for as long as it lives: the token is no more. It is forgotten already. */
  readonly onDied: () => void;
}): StreamToken {
  const { clock, token, client } = options;
  let value: string | undefined;
  let isWanted = false;
  let isMaking = false;
  /** What was asked for before this changed is nobody's any more. */
  let epoch = 0;
  let attempt = 0;
  /** When the venue last said that it is good, monotonic. */
  let provenAt = 0;
  let cancel: Undo = () => undefined;

  async function make(): Promise<void> {
    if (isMaking || value !== undefined || !isWanted) return;
    cancel();
    isMaking = true;
    const mine = epoch;
    try {
      const made = await client.call(token.create(), 'urgent');
      isMaking = false;
      if (mine !== epoch) return void make();
      value = made;
      provenAt = clock.monotonic();
      attempt = 0;
      cancel = clock.after(token.extendEveryMs, () => void extend());
      options.onMade();
    } catch (fault) {
      isMaking = false;
      if (mine !== epoch) return void make();
      attempt += 1;
      cancel = clock.after(
        delayMs(options.backoff?.() ?? BACKOFF, attempt, clock.random()),
        () => void make(),
      );
      options.onFailed(fault);
    }
  }

  async function extend(): Promise<void> {
    const held = value;
    if (held === undefined) return;
    const mine = epoch;
    let againMs = token.extendEveryMs;
    try {
      await client.call(token.extend(held), 'urgent');
      provenAt = clock.monotonic();
    } catch (fault) {
      if (mine !== epoch) return;
      if (isAccountFault(fault, 'account.listen-key') || clock.monotonic() - provenAt >= LIFE_MS) {
        forget();
        options.onDied();
        return;
      }
      againMs = Math.min(EXTEND_AGAIN_MS, token.extendEveryMs);
    }
    if (mine === epoch) cancel = clock.after(againMs, () => void extend());
  }

  function forget(): void {
    epoch += 1;
    value = undefined;
    cancel();
  }

  return {
    get value() {
      return value;
    },
    want() {
      isWanted = true;
      void make();
    },
    forget,
    stop() {
      isWanted = false;
      forget();
    },
  };
}

import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';

/**
 * Wanted against confirmed channels of one connection.
 * Changes made while a send must wait merge into one pending state, so N requests in a window cost one frame.
 */
export interface SubscriptionsOptions {
  readonly clock: Clock;
  readonly sendsPerSecond: number;
  readonly channelsPerFrame: number;
  /** Sends one frame; called only while the connection is open. */
  readonly send: (kind: 'subscribe' | 'unsubscribe', channels: readonly string[], requestId: number) => void;
  /** A channel is confirmed: its data may be expected from now on. */
  readonly onConfirmed?: (channel: string) => void;
  /** The venue refused, or never answered, a request for these channels; they will be tried again. */
  readonly onTrouble?: (channels: readonly string[], reason: string) => void;
}

export interface Subscriptions {
  want(channel: string): void;
  /** Not wanted any more. Wanting it again before the frame left costs nothing. */
  drop(channel: string): void;
  /** Asks for it again although it was confirmed: its data never came. */
  renew(channel: string): void;
  /** A fresh socket: nothing is confirmed there. */
  opened(): void;
  closed(): void;
  acknowledged(requestId: number): void;
  refused(requestId: number | undefined, reason: string): void;
  readonly confirmed: readonly string[];
  readonly wanted: readonly string[];
  /** Every wanted channel is confirmed and nothing else is. */
  readonly settled: boolean;
  dispose(): void;
}

type Phase = 'off' | 'subscribing' | 'on' | 'unsubscribing';

interface Entry {
  wanted: boolean;
  phase: Phase;
  notBefore: number;
  /** Asked for on this socket and not known to be gone: even an unanswered request may still be obeyed. */
  mayBeHeld: boolean;
}

const ACK_TIMEOUT_MS = 5000;
// Clicks and panel changes come in clusters; a frame for each would waste the venue's message budget.
const MERGE_MS = 10;
const REFUSED_RETRY_MS = 15_000;

export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { clock } = options;
  const spacingMs = 1000 / options.sendsPerSecond;
  const entries = new Map<string, Entry>();
  const requests = new Map<number, { channels: readonly string[]; cancelTimeout: Undo }>();
  let isOpen = false;
  let nextRequestId = 1;
  let nextSendAt = 0;
  let cancelPending: Undo | undefined;
  let pendingAt = Number.POSITIVE_INFINITY;

  /** Flushes at `notBefore` or as soon after as may be sent; what is due earlier is not held back by what is due later. */
  function schedule(notBefore = 0): void {
    if (!isOpen) return;
    const now = clock.monotonic();
    const at = Math.max(now + MERGE_MS, nextSendAt, notBefore);
    if (cancelPending !== undefined && pendingAt <= at) return;
    cancelPending?.();
    pendingAt = at;
    cancelPending = clock.after(at - now, () => {
      cancelPending = undefined;
      flush();
    });
  }

  function flush(): void {
    const now = clock.monotonic();
    const leaving: string[] = [];
    const coming: string[] = [];
    let retryAt = Number.POSITIVE_INFINITY;
    for (const [channel, entry] of entries) {
      if (!entry.wanted && entry.phase === 'on') leaving.push(channel);
      else if (entry.wanted && entry.phase === 'off') {
        if (entry.notBefore <= now) coming.push(channel);
        else retryAt = Math.min(retryAt, entry.notBefore);
      }
    }
    // Leaving first: a venue that limits streams per connection then has room for what comes.
    const kind = leaving.length > 0 ? 'unsubscribe' : 'subscribe';
    const due = leaving.length > 0 ? leaving : coming;
    const channels = due.slice(0, options.channelsPerFrame);
    if (channels.length > 0) {
      request(kind, channels);
      nextSendAt = now + spacingMs;
    }
    if (due.length > channels.length || (kind === 'unsubscribe' && coming.length > 0)) schedule();
    else if (retryAt < Number.POSITIVE_INFINITY) schedule(retryAt);
  }

  function request(kind: 'subscribe' | 'unsubscribe', channels: readonly string[]): void {
    const requestId = nextRequestId++;
    for (const channel of channels) {
      const entry = entries.get(channel);
      if (!entry) continue;
      entry.phase = kind === 'subscribe' ? 'subscribing' : 'unsubscribing';
      if (kind === 'subscribe') entry.mayBeHeld = true;
    }
    const cancelTimeout = clock.after(ACK_TIMEOUT_MS, () => settle(requestId, 'no answer', 0, true));
    requests.set(requestId, { channels, cancelTimeout });
    options.send(kind, channels, requestId);
  }

  /** Ends a request without success: what it was about counts as off and is tried again later. */
  function settle(requestId: number, reason: string, retryAfterMs: number, isUnanswered = false): void {
    const request = requests.get(requestId);
    if (!request) return;
    requests.delete(requestId);
    request.cancelTimeout();
    for (const channel of request.channels) {
      const entry = entries.get(channel);
      if (!entry) continue;
      if (!isUnanswered && entry.phase === 'subscribing') entry.mayBeHeld = false;
      entry.phase = 'off';
      entry.notBefore = clock.monotonic() + retryAfterMs;
      if (!entry.wanted) leave(channel, entry);
    }
    options.onTrouble?.(request.channels, reason);
    schedule();
  }

  /** An unwanted channel at rest: forgotten when surely not held, asked to leave when it may be. */
  function leave(channel: string, entry: Entry): void {
    if (entry.mayBeHeld) entry.phase = 'on';
    else entries.delete(channel);
  }

  function forgetRequests(): void {
    for (const request of requests.values()) request.cancelTimeout();
    requests.clear();
    cancelPending?.();
    cancelPending = undefined;
  }

  return {
    want(channel) {
      const entry = entries.get(channel);
      if (entry) {
        if (!entry.wanted && entry.phase === 'on') options.onConfirmed?.(channel);
        entry.wanted = true;
      } else entries.set(channel, { wanted: true, phase: 'off', notBefore: 0, mayBeHeld: false });
      schedule();
    },
    drop(channel) {
      const entry = entries.get(channel);
      if (!entry) return;
      entry.wanted = false;
      if (entry.phase === 'off') leave(channel, entry);
      schedule();
    },
    renew(channel) {
      const entry = entries.get(channel);
      if (!entry?.wanted || entry.phase !== 'on') return;
      entry.phase = 'off';
      entry.notBefore = 0;
      schedule();
    },
    opened() {
      forgetRequests();
      isOpen = true;
      nextSendAt = 0;
      for (const [channel, entry] of entries) {
        entry.phase = 'off';
        entry.notBefore = 0;
        entry.mayBeHeld = false;
        if (!entry.wanted) entries.delete(channel);
      }
      if (entries.size > 0) schedule();
    },
    closed() {
      isOpen = false;
      forgetRequests();
      for (const [channel, entry] of entries) {
        entry.phase = 'off';
        entry.mayBeHeld = false;
        if (!entry.wanted) entries.delete(channel);
      }
    },
    acknowledged(requestId) {
      const request = requests.get(requestId);
      if (!request) return;
      requests.delete(requestId);
      request.cancelTimeout();
      for (const channel of request.channels) {
        const entry = entries.get(channel);
        if (!entry) continue;
        if (entry.phase === 'subscribing') {
          entry.phase = 'on';
          if (entry.wanted) options.onConfirmed?.(channel);
        } else if (entry.phase === 'unsubscribing') {
          entry.phase = 'off';
          entry.mayBeHeld = false;
          if (!entry.wanted) entries.delete(channel);
        }
      }
      schedule();
    },
    refused(requestId, reason) {
      if (requestId !== undefined) settle(requestId, reason, REFUSED_RETRY_MS);
    },
    get confirmed() {
      return [...entries].filter(([, entry]) => entry.phase === 'on').map(([channel]) => channel);
    },
    get wanted() {
      return [...entries].filter(([, entry]) => entry.wanted).map(([channel]) => channel);
    },
    get settled() {
      for (const entry of entries.values()) if (!entry.wanted || entry.phase !== 'on') return false;
      return true;
    },
    dispose() {
      isOpen = false;
      forgetRequests();
      entries.clear();
    },
  };
}

import type { Undo } from '#shared/base/emitter.ts';
import { createPendingTask } from './pending-task.ts';
import { MERGE_MS, type Subscriptions, type SubscriptionsOptions } from './subscriptions.ts';

export interface AddedSubscriptionsOptions extends SubscriptionsOptions {
  readonly channelsPerFrame: number;
  /** See `Venue.subscribing`. */
  readonly refusesWhole?: boolean;
  /** Sends one frame; called only while the connection is open. */
  readonly send: (kind: Request['kind'], channels: readonly string[], requestId: number) => void;
}

type Phase = 'off' | 'subscribing' | 'on' | 'unsubscribing';

interface Entry {
  wanted: boolean;
  phase: Phase;
  notBefore: number;
  /** Asked for on this socket and not known to be gone: even an unanswered request may still be obeyed. */
  mayBeHeld: boolean;
  /** Goes into no frame with others: it was refused in company, or is the one that gets frames refused. */
  company: 'any' | 'halves' | 'none';
  refusals: number;
  /** Its data went wrong: it is let go and asked for anew, for a bare question again says nothing or is refused. */
  isRenewed: boolean;
}

interface Request {
  readonly kind: 'subscribe' | 'unsubscribe';
  readonly channels: readonly string[];
  readonly cancelTimeout: Undo;
}

const ACK_TIMEOUT_MS = 5000;
const REFUSED_RETRY_MS = 15_000;
/** The venue does not know the channel: it may one day. */
const CULPRIT_RETRY_MS = 60_000;
const CULPRIT_RETRY_CAP_MS = 15 * 60_000;
/** A venue that will not let a channel go: what comes of it is dropped, and it is forgotten. */
const MOST_LEAVES = 3;

/** For venues whose frames add and remove channels and are answered. */
export function createAddedSubscriptions(options: AddedSubscriptionsOptions): Subscriptions {
  const { clock, budget } = options;
  const entries = new Map<string, Entry>();
  const requests = new Map<number, Request>();
  /** Halves of refused frames, each to be sent as a frame of its own. */
  let halves: (readonly string[])[] = [];
  let isOpen = false;
  let nextRequestId = 1;
  const task = createPendingTask(clock, flush);

  function schedule(notBefore = 0): void {
    if (isOpen) task.at(Math.max(clock.monotonic() + MERGE_MS, budget.nextAt(), notBefore));
  }

  function flush(): void {
    const now = clock.monotonic();
    const leaving: string[] = [];
    const coming: string[] = [];
    const alone: string[] = [];
    let retryAt = Number.POSITIVE_INFINITY;
    for (const [channel, entry] of entries) {
      const isLeaving = entry.phase === 'on' && (!entry.wanted || entry.isRenewed);
      if (!isLeaving && !(entry.wanted && entry.phase === 'off')) continue;
      if (entry.notBefore > now) retryAt = Math.min(retryAt, entry.notBefore);
      else if (entry.company === 'none') alone.push(channel);
      else if (isLeaving) leaving.push(channel);
      else if (entry.company === 'any') coming.push(channel);
    }
    const half = nextHalf();
    // Leaving first: a venue that limits streams per connection then has room for what comes. The lonely come last.
    const isLeaving = leaving.length > 0;
    const due = isLeaving ? leaving : (half ?? (coming.length > 0 ? coming : alone.slice(0, 1)));
    const channels = due.slice(0, options.channelsPerFrame);
    const kind = entries.get(channels[0] ?? '')?.phase === 'off' ? 'subscribe' : 'unsubscribe';
    if (channels.length > 0) request(kind, channels);
    if (half && !isLeaving) halves.shift();
    const left = leaving.length + coming.length + alone.length + halves.length;
    if (left > (half && !isLeaving ? 0 : channels.length)) schedule();
    else if (retryAt < Number.POSITIVE_INFINITY) schedule(retryAt);
  }

  /** The first half that still holds anything to ask for; channels that nobody wants any more fall out of it. */
  function nextHalf(): readonly string[] | undefined {
    for (;;) {
      const [first] = halves;
      if (!first) return undefined;
      const still = first.filter((channel) => {
        const entry = entries.get(channel);
        return entry?.wanted && entry.phase === 'off' && entry.company === 'halves';
      });
      if (still.length > 0) return still;
      halves.shift();
    }
  }

  function request(kind: Request['kind'], channels: readonly string[]): void {
    const requestId = nextRequestId++;
    for (const channel of channels) {
      const entry = entries.get(channel);
      if (!entry) continue;
      entry.phase = kind === 'subscribe' ? 'subscribing' : 'unsubscribing';
      entry.isRenewed = false;
      if (kind === 'subscribe') entry.mayBeHeld = true;
    }
    const cancelTimeout = clock.after(ACK_TIMEOUT_MS, () => {
      const unanswered = take(requestId);
      if (!unanswered) return;
      rest(unanswered, (entry) => {
        entry.notBefore = clock.monotonic() + (entry.company === 'none' ? REFUSED_RETRY_MS : 0);
        entry.company = entry.company === 'halves' ? 'any' : entry.company;
      });
      options.onTrouble?.(channels, 'no answer');
      schedule();
    });
    requests.set(requestId, { kind, channels, cancelTimeout });
    budget.spend();
    options.send(kind, channels, requestId);
  }

  function take(requestId: number): Request | undefined {
    const taken = requests.get(requestId);
    requests.delete(requestId);
    taken?.cancelTimeout();
    return taken;
  }

  /** Ends a request without success: what it was about is at rest again. */
  function rest(request: Request, visit: (entry: Entry, channel: string) => void): void {
    for (const channel of request.channels) {
      const entry = entries.get(channel);
      if (!entry) continue;
      entry.phase = 'off';
      visit(entry, channel);
      if (!entry.wanted) leave(channel, entry);
    }
  }

  /** An unwanted channel at rest: forgotten when surely not held, asked to leave when it may be. */
  function leave(channel: string, entry: Entry): void {
    if (entry.mayBeHeld) entry.phase = 'on';
    else entries.delete(channel);
  }

  function confirm(request: Request): void {
    for (const channel of request.channels) {
      const entry = entries.get(channel);
      if (!entry) continue;
      entry.company = 'any';
      entry.refusals = 0;
      if (entry.phase === 'subscribing') {
        entry.phase = 'on';
        if (entry.wanted) options.onConfirmed?.(channel);
      } else if (entry.phase === 'unsubscribing') {
        entry.phase = 'off';
        entry.mayBeHeld = false;
        if (!entry.wanted) entries.delete(channel);
      }
    }
  }

  function refuse(request: Request, reason: string, isHeld: boolean): boolean {
    const now = clock.monotonic();
    const isMany = request.channels.length > 1;
    if (request.kind === 'unsubscribe') {
      rest(request, (entry) => {
        entry.refusals += 1;
        entry.company = 'none';
        entry.notBefore = isMany || entry.wanted ? now : now + REFUSED_RETRY_MS;
        if (entry.refusals >= MOST_LEAVES) entry.mayBeHeld = false;
      });
      options.onTrouble?.(request.channels, reason);
      return true;
    }
    if (options.refusesWhole && isMany) {
      const middle = request.channels.length >> 1;
      halves = [request.channels.slice(0, middle), request.channels.slice(middle), ...halves];
      rest(request, (entry) => {
        entry.mayBeHeld &&= isHeld;
        entry.notBefore = now;
        entry.company = 'halves';
      });
      return false;
    }
    let isNews = false;
    rest(request, (entry) => {
      entry.mayBeHeld = false;
      entry.refusals += 1;
      const isCulprit = options.refusesWhole === true;
      if (isCulprit) entry.company = 'none';
      isNews ||= !isCulprit || entry.refusals === 1;
      const waitMs = CULPRIT_RETRY_MS * 2 ** Math.min(entry.refusals - 1, 10);
      entry.notBefore = now + (isCulprit ? Math.min(waitMs, CULPRIT_RETRY_CAP_MS) : REFUSED_RETRY_MS);
    });
    if (isNews) options.onTrouble?.(request.channels, reason);
    return isNews;
  }

  function forgetRequests(): void {
    for (const request of requests.values()) request.cancelTimeout();
    requests.clear();
    halves = [];
    task.cancel();
  }

  function reset(): void {
    forgetRequests();
    for (const [channel, entry] of entries) {
      entry.phase = 'off';
      entry.mayBeHeld = false;
      entry.isRenewed = false;
      // A known culprit stays one: it would cost everybody else a search on every new socket.
      if (entry.company === 'halves') entry.company = 'any';
      if (entry.company !== 'none') entry.notBefore = 0;
      if (!entry.wanted) entries.delete(channel);
    }
  }

  return {
    want(channel) {
      const entry = entries.get(channel);
      if (!entry) {
        entries.set(channel, {
          wanted: true,
          phase: 'off',
          notBefore: 0,
          mayBeHeld: false,
          company: 'any',
          refusals: 0,
          isRenewed: false,
        });
      } else if (!entry.wanted) {
        entry.wanted = true;
        if (entry.phase === 'on') options.onConfirmed?.(channel);
      }
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
      entry.isRenewed = true;
      entry.notBefore = 0;
      schedule();
    },
    opened() {
      reset();
      isOpen = true;
      budget.reset();
      if (entries.size > 0) schedule();
    },
    closed() {
      isOpen = false;
      reset();
    },
    acknowledged(requestId) {
      const request = take(requestId);
      if (!request) return;
      confirm(request);
      schedule();
    },
    refused(requestId, reason, isHeld = false) {
      // A refusal that does not say of what can only be meant for the one question there is.
      const [only] = requests.size === 1 ? requests.keys() : [];
      const request = take(requestId ?? only ?? -1);
      if (!request) return true;
      // The answer to the first question was lost: this is it.
      const isAnswer = isHeld && request.kind === 'subscribe' && request.channels.length === 1;
      const isNews = !isAnswer && refuse(request, reason, isHeld);
      if (isAnswer) confirm(request);
      schedule();
      return isNews;
    },
    get confirmed() {
      return [...entries].filter(([, entry]) => entry.phase === 'on').map(([channel]) => channel);
    },
    get wanted() {
      return [...entries].filter(([, entry]) => entry.wanted).map(([channel]) => channel);
    },
    get settled() {
      return [...entries.values()].every(
        ({ wanted, phase, isRenewed }) => wanted && phase === 'on' && !isRenewed,
      );
    },
    dispose() {
      isOpen = false;
      forgetRequests();
      entries.clear();
    },
  };
}

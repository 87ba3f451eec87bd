import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { ConnectionState } from '#shared/domain/connection.ts';
import type { MarketEvent, TradeEvent } from '#shared/domain/market-data.ts';
import type { Venue } from '#venues/venue.ts';
import { createHandover, type Handover } from './handover.ts';
import type { SessionLink } from './session-link.ts';
import type { SessionStream } from './session-streams.ts';

export type RotationReason = Extract<ConnectionState, { kind: 'rotating' }>['reason'];

export interface RotationOptions {
  readonly clock: Clock;
  readonly venue: Venue;
  readonly streams: Iterable<SessionStream>;
  /** The link that delivers. */
  readonly active: () => SessionLink;
  /** A link that is not started yet, with everything wanted asked of it. */
  readonly createLink: () => SessionLink;
  readonly isKnownTrade: (trade: TradeEvent) => boolean;
  /** The new link is proven: it takes over, and `rest` is to be delivered first. */
  readonly onProven: (link: SessionLink, rest: readonly MarketEvent[]) => void;
  /** It could not be proven in time, or its socket was lost; the old one goes on. */
  readonly onGivenUp: (reason: string) => void;
  readonly onChange: () => void;
}

/** Replaces a socket that works by another one that is proven first, so that nobody notices. */
export interface Rotation {
  /** While it lasts. */
  readonly reason: RotationReason | undefined;
  readonly link: SessionLink | undefined;
  /** Nothing happens while one is under way. */
  begin(reason: RotationReason): void;
  /** The active socket has just opened: its age counts from here. */
  opened(): void;
  /** Its socket opened or was lost: what was proven there counts no more. */
  linkChanged(): void;
  confirmed(channel: string): void;
  heard(stream: SessionStream, event: MarketEvent): void;
  delivered(stream: SessionStream, event: MarketEvent): void;
  /** The old socket is gone: gives what is open of the new one, proven or not, and what it said. */
  takeOver(): { readonly link: SessionLink; readonly rest: readonly MarketEvent[] } | undefined;
  second(): void;
  /** Ends it without a word. */
  cancel(): void;
}

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
const CHECK_EVERY_MS = 250;
const PROVEN_WITHIN_MS = 60_000;
/** A stream that may rightly say nothing counts as proven so long after the venue took it on. */
const QUIET_PROOF_MS = 5000;
const AGAIN_MS: Readonly<Record<RotationReason, number>> = {
  age: 5 * 60_000,
  notice: 15_000,
  user: Number.POSITIVE_INFINITY,
};

/** An hour before the venue would end it (a day where it names no end), give or take half an hour. */
export function rotationAge(connectionLifeMs: number, chance: number): number {
  const lifeMs = Number.isFinite(connectionLifeMs) ? connectionLifeMs : DAY_MS;
  // Too short a life for hours: somewhere in its second half.
  if (lifeMs < 2 * HOUR_MS) return lifeMs * (0.5 + 0.3 * chance);
  return lifeMs - HOUR_MS + (chance - 0.5) * HOUR_MS;
}

export function createRotation(options: RotationOptions): Rotation {
  const { clock, venue } = options;
  let reason: RotationReason | undefined;
  let link: SessionLink | undefined;
  let handovers = new Map<SessionStream, Handover>();
  let confirmedAt = new Map<string, number>();
  let endTimers: Undo = () => undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let dueReason: RotationReason = 'age';

  function handoverOf(stream: SessionStream): Handover {
    let handover = handovers.get(stream);
    if (!handover) {
      handover = createHandover(stream.key, venue.book, options.isKnownTrade);
      handovers.set(stream, handover);
    }
    return handover;
  }

  function isProven(stream: SessionStream, now: number): boolean {
    // What the old socket has not got either proves nothing.
    if (stream.confirmedAt === undefined) return true;
    const since = confirmedAt.get(stream.channel);
    if (since === undefined) return false;
    const handover = handovers.get(stream);
    const isLive = stream.pulse.stateAt(now) === 'live';
    if (handover?.isHeard) return handover.isJoined || !isLive;
    return now - since >= QUIET_PROOF_MS && !(isLive && stream.pulse.isCanary);
  }

  function check(): void {
    if (!link?.isOpen) return;
    const now = clock.monotonic();
    for (const stream of options.streams) if (!isProven(stream, now)) return;
    const proven = link;
    const rest = restOfAll();
    end();
    options.onProven(proven, rest);
  }

  function restOfAll(): readonly MarketEvent[] {
    return [...options.streams].flatMap((stream) => handovers.get(stream)?.rest() ?? []);
  }

  /** Forgets the new link without closing it. */
  function end(): void {
    endTimers();
    endTimers = () => undefined;
    reason = undefined;
    link = undefined;
    handovers = new Map();
    confirmedAt = new Map();
  }

  function cancel(): void {
    const given = link;
    end();
    given?.dispose();
  }

  function giveUp(why: string): void {
    if (reason === undefined) return;
    const again = reason;
    cancel();
    dueAt = clock.monotonic() + AGAIN_MS[again];
    if (again === 'user') schedule();
    else dueReason = again;
    options.onGivenUp(why);
    options.onChange();
  }

  function schedule(): void {
    dueReason = 'age';
    dueAt = options.active().openedAt + rotationAge(venue.limits.connectionLifeMs, clock.random());
  }

  function begin(why: RotationReason): void {
    if (reason !== undefined || !options.active().isOpen) return;
    reason = why;
    const stopChecking = clock.every(CHECK_EVERY_MS, () => {
      // One that has to wait (refused, its turn not come) is no better than none: the deadline ends that.
      if (link?.connection.link.kind === 'failed' || link?.connection.link.kind === 'paused') {
        giveUp('the venue does not let a new connection in');
      } else check();
    });
    const cancelDeadline = clock.after(PROVEN_WITHIN_MS, () =>
      giveUp(`the new connection was not proven within ${PROVEN_WITHIN_MS / 1000} s`),
    );
    endTimers = () => {
      stopChecking();
      cancelDeadline();
    };
    link = options.createLink();
    link.connection.start();
    options.onChange();
  }

  return {
    get reason() {
      return reason;
    },
    get link() {
      return link;
    },
    begin,
    opened: schedule,
    linkChanged() {
      handovers = new Map();
      confirmedAt = new Map();
    },
    confirmed(channel) {
      confirmedAt.set(channel, clock.monotonic());
    },
    heard: (stream, event) => handoverOf(stream).heard(event),
    delivered(stream, event) {
      if (link) handoverOf(stream).delivered(event);
    },
    takeOver() {
      if (!link?.isOpen) {
        cancel();
        return undefined;
      }
      const taken = { link, rest: restOfAll() };
      end();
      return taken;
    },
    second() {
      if (reason === undefined && clock.monotonic() >= dueAt && options.active().isOpen) begin(dueReason);
    },
    cancel,
  };
}

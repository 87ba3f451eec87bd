import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';

/** The one door all connections of a venue are opened through, however many sessions want to at once. */
export interface ConnectionGate {
  /**
   * Opens at once where that is allowed; else later, in turn, and says now (and again when a silence begins) about how
   * long it will take. The undo gives the place in the queue up.
   */
  enter(open: () => void, onWait: (waitMs: number) => void): Undo;
  /** Nobody enters for this long: a ban, an order to slow down, an open circuit. The longest silence counts. */
  silence(forMs: number): void;
  /** While narrow, one connection is let through to try; the others wait until `widen`. */
  narrow(): void;
  widen(): void;
  /** Connections opened within the venue's window, and how long nobody may enter, ms. */
  standing(): { readonly used: number; readonly silentMs: number };
  dispose(): void;
}

/**
 * Two openings a window apart may reach the venue closer together: the network delays them unequally. So the window is
 * taken a little longer than the venue counts it.
 */
const JITTER_MS = 250;
/** A probe nobody heard of again must not hold the others for ever. */
const PROBE_MS = 10_000;

/** `limit`: the venue's own, connections per sliding window. */
export function createConnectionGate(
  clock: Clock,
  limit: { readonly count: number; readonly windowMs: number },
): ConnectionGate {
  const spanMs = limit.windowMs + JITTER_MS;
  let enteredAt: number[] = [];
  let waiting: { readonly open: () => void; readonly onWait: (waitMs: number) => void }[] = [];
  let silentUntil = Number.NEGATIVE_INFINITY;
  let isNarrow = false;
  let probedAt = Number.NEGATIVE_INFINITY;
  let cancelTimer: Undo | undefined;

  /** Until whoever stands at `place` of the queue may enter. */
  function waitMs(place: number): number {
    if (place >= limit.count) return waitMs(place - limit.count) + spanMs;
    const now = clock.monotonic();
    // Of those who entered only the one `count` before this place matters.
    const before = enteredAt[enteredAt.length - limit.count + place];
    const own = before === undefined ? 0 : before + spanMs - now;
    const probe = isNarrow ? probedAt + PROBE_MS - now : 0;
    return Math.max(0, own, probe, silentUntil - now);
  }

  function tell(): void {
    for (const [place, entry] of waiting.entries()) entry.onWait(waitMs(place));
  }

  function pump(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    while (waiting.length > 0 && waitMs(0) === 0) {
      const [next, ...rest] = waiting;
      waiting = rest;
      const now = clock.monotonic();
      enteredAt = [...enteredAt.filter((at) => at + spanMs > now), now];
      if (isNarrow) probedAt = now;
      next?.open();
    }
    if (waiting.length > 0) cancelTimer = clock.after(Math.max(1, waitMs(0)), pump);
  }

  return {
    enter(open, onWait) {
      const entry = { open, onWait };
      waiting = [...waiting, entry];
      if (waiting.length === 1) pump();
      const place = waiting.indexOf(entry);
      if (place >= 0) onWait(waitMs(place));
      return () => {
        waiting = waiting.filter((other) => other !== entry);
        if (waiting.length === 0) {
          cancelTimer?.();
          cancelTimer = undefined;
        }
      };
    },
    silence(forMs) {
      silentUntil = Math.max(silentUntil, clock.monotonic() + forMs);
      pump();
      tell();
    },
    narrow() {
      isNarrow = true;
      probedAt = Number.NEGATIVE_INFINITY;
    },
    widen() {
      if (!isNarrow) return;
      isNarrow = false;
      pump();
    },
    standing() {
      const now = clock.monotonic();
      const used = enteredAt.filter((at) => at > now - limit.windowMs).length;
      return { used, silentMs: Math.max(0, silentUntil - now) };
    },
    dispose() {
      waiting = [];
      cancelTimer?.();
    },
  };
}

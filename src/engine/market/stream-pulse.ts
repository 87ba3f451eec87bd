import type { StreamState } from '#shared/domain/connection.ts';

/**
 * One stream's rhythm and health, judged by data frames alone. Times are monotonic ms.
 * A stream with a nominal rhythm (a ticker every 2 s) is judged by it; any other by the mean gap it has
 * shown itself, so that a quiet market is not called dead and a busy stream's silence is noticed early.
 */
export interface StreamPulse {
  note(at: number, wallAt: number): void;
  /** A new socket: it has to prove itself. The rhythm learned on the old one stays the best guess for it. */
  reset(): void;
  /** To be called once a second: moves the rate window on. */
  second(): void;
  stateAt(now: number): StreamState;
  readonly perSecond: number;
  readonly lastReceivedAt: number | undefined;
  /** Monotonic time of the first frame of this socket, if any. */
  readonly firstAt: number | undefined;
  /** True when its silence says something: it has a nominal rhythm or has been busy. */
  readonly isCanary: boolean;
}

const RATE_WINDOW_S = 10;
const LATE_FLOOR_MS = 3000;
const STALE_FLOOR_MS = 8000;
/** A Poisson stream of mean gap g is silent for 20 g about once in 10^8 gaps. */
const LATE_LEARNED = 20;
const STALE_LEARNED = 40;
const LATE_NOMINAL = 3;
const STALE_NOMINAL = 5;
/** A stream slower than this on average is quiet: its own silence proves nothing. */
const BUSY_GAP_MS = 500;
/** A rhythm is known after so many frames over so long: a burst alone is none. */
const LEARNED_FRAMES = 20;
const LEARNED_MS = 3000;
/** Trades come in bursts: a silence is remarkable only beside the longest of the last minutes. */
const STALE_LONGEST = 4;
const LATE_LONGEST = 2;
const LONGEST_FADES_MS = 5 * 60_000;
/** But however bursty, a busy stream silent for this long is not believed. */
const STALE_CEILING_MS = 30_000;

export function createStreamPulse(nominalRhythmMs: number | undefined): StreamPulse {
  let frames = 0;
  let meanGapMs: number | undefined;
  let longestGapMs = 0;
  let watchedMs = 0;
  let lastAt: number | undefined;
  let firstAt: number | undefined;
  let lastWallAt: number | undefined;
  let counted = 0;
  const perSecond: number[] = [];

  const learned = () =>
    frames >= LEARNED_FRAMES && watchedMs >= LEARNED_MS && meanGapMs !== undefined && meanGapMs <= BUSY_GAP_MS
      ? meanGapMs
      : undefined;

  return {
    note(at, wallAt) {
      if (lastAt !== undefined) {
        const gap = at - lastAt;
        watchedMs += gap;
        longestGapMs = Math.max(gap, longestGapMs * Math.max(0, 1 - gap / LONGEST_FADES_MS));
        meanGapMs = meanGapMs === undefined ? gap : meanGapMs + (gap - meanGapMs) / 50;
      }
      firstAt ??= at;
      lastAt = at;
      lastWallAt = wallAt;
      frames += 1;
      counted += 1;
    },
    reset() {
      lastAt = undefined;
      firstAt = undefined;
    },
    second() {
      perSecond.push(counted);
      counted = 0;
      if (perSecond.length > RATE_WINDOW_S) perSecond.shift();
    },
    stateAt(now) {
      if (lastAt === undefined) return 'pending';
      const age = now - lastAt;
      const gap = learned();
      if (nominalRhythmMs !== undefined) {
        if (age > Math.max(STALE_FLOOR_MS, STALE_NOMINAL * nominalRhythmMs)) return 'stale';
        if (age > Math.max(LATE_FLOOR_MS, LATE_NOMINAL * nominalRhythmMs)) return 'late';
      } else if (gap !== undefined) {
        const stale = Math.max(STALE_FLOOR_MS, STALE_LEARNED * gap, STALE_LONGEST * longestGapMs);
        if (age > Math.min(stale, STALE_CEILING_MS)) return 'stale';
        if (age > Math.max(LATE_FLOOR_MS, LATE_LEARNED * gap, LATE_LONGEST * longestGapMs)) return 'late';
      }
      return 'live';
    },
    get perSecond() {
      if (perSecond.length === 0) return 0;
      return perSecond.reduce((sum, count) => sum + count, 0) / perSecond.length;
    },
    get lastReceivedAt() {
      return lastWallAt;
    },
    get firstAt() {
      return firstAt;
    },
    get isCanary() {
      return nominalRhythmMs !== undefined || learned() !== undefined;
    },
  };
}

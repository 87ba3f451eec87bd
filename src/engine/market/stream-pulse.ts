import type { StreamState } from '#shared/domain/connection.ts';

/**
 * One stream's rhythm and health, judged by data frames alone. Times are monotonic ms.
 * A stream with a nominal rhythm (a ticker every 2 s) is judged by it; any other by the silences it has shown itself, so
 * that a quiet market is not called dead and a busy stream's silence is noticed early.
 */
export interface StreamPulse {
  note(at: number, wallAt: number): void;
  /** A new socket: it has to prove itself. The rhythm learned on the old one stays the best guess for it. */
  reset(): void;
  /** To be called once a second: moves the rate window on. */
  second(): void;
  /** `isHushed`: everything else heard of the instrument has slowed down as well. */
  stateAt(now: number, isHushed?: boolean): StreamState;
  /** Frames of the last seconds against what this stream usually brings in that time; `undefined`: not busy, or not heard. */
  tempoAt(now: number): number | undefined;
  readonly perSecond: number;
  readonly lastReceivedAt: number | undefined;
  /** Monotonic time of the first frame of this socket, if any. */
  readonly firstAt: number | undefined;
  /** True when its silence says something: it has a nominal rhythm or has been busy. */
  readonly isCanary: boolean;
}

const RATE_WINDOW_S = 10;
const LATE_FLOOR_MS = 4000;
const STALE_FLOOR_MS = 8000;
const LATE_NOMINAL = 3;
const STALE_NOMINAL = 5;
/**
 * A stream found silent at a random moment stays so for E[g²]/E[g] on average, g being its gaps: twice the mean gap
 * where frames come by chance, much more where they come in bursts. Over all recorded sessions no gap of a busy stream
 * in a market on the move was longer than six of these.
 */
const LATE_SPELLS = 12;
const STALE_SPELLS = 24;
/** A stream slower than this on average is quiet: its own silence proves nothing. */
const BUSY_GAP_MS = 500;
/** A rhythm is known after so many frames over so long: a burst alone is none. */
const LEARNED_FRAMES = 20;
const LEARNED_MS = 3000;
/** What was learned counts half as much after about a minute and a half. */
const MEMORY_MS = 120_000;
/** However bursty, a busy stream silent for this long is not believed; or sooner, where the person wants it so. */
const STALE_CEILING_MS = 30_000;
/** In a hush a silence has to be so many times as long. */
const HUSH = 3;
/** Full seconds that the tempo looks back on, beside the one under way. */
const TEMPO_S = 3;
/** Who has been silent this long itself is no witness. */
const WITNESS_MS = 6000;

export function createStreamPulse(
  nominalRhythmMs: number | undefined,
  staleAfterMs: () => number = () => STALE_CEILING_MS,
): StreamPulse {
  let frames = 0;
  /** Sums over the remembered gaps: their number, lengths and squares. */
  let gaps = 0;
  let lengths = 0;
  let squares = 0;
  let watchedMs = 0;
  let lastAt: number | undefined;
  let firstAt: number | undefined;
  let lastWallAt: number | undefined;
  let counted = 0;
  const perSecond: number[] = [];

  const isBusy = () =>
    frames >= LEARNED_FRAMES && watchedMs >= LEARNED_MS && gaps > 0 && lengths / gaps <= BUSY_GAP_MS;

  const ceilingMs = () => Math.min(STALE_CEILING_MS, staleAfterMs());

  /** Ages from which it is late and stale; `undefined` where silence proves nothing. */
  function bounds(): readonly [late: number, stale: number] | undefined {
    if (nominalRhythmMs !== undefined) {
      return [
        Math.max(LATE_FLOOR_MS, LATE_NOMINAL * nominalRhythmMs),
        Math.max(STALE_FLOOR_MS, STALE_NOMINAL * nominalRhythmMs),
      ];
    }
    if (!isBusy()) return undefined;
    const spellMs = squares / lengths;
    return [
      Math.min(Math.max(LATE_FLOOR_MS, LATE_SPELLS * spellMs), ceilingMs()),
      Math.min(Math.max(STALE_FLOOR_MS, STALE_SPELLS * spellMs), ceilingMs()),
    ];
  }

  return {
    note(at, wallAt) {
      if (lastAt !== undefined) {
        const gap = at - lastAt;
        const kept = Math.max(0, 1 - gap / MEMORY_MS);
        watchedMs += gap;
        gaps = gaps * kept + 1;
        lengths = lengths * kept + gap;
        squares = squares * kept + gap * gap;
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
    stateAt(now, isHushed = false) {
      if (lastAt === undefined) return 'pending';
      const age = now - lastAt;
      if (age <= LATE_FLOOR_MS) return 'live'; // asked for every frame
      const known = bounds();
      if (!known) return 'live';
      const patience = isHushed && nominalRhythmMs === undefined ? HUSH : 1;
      if (age > Math.min(known[1] * patience, ceilingMs())) return 'stale';
      return age > known[0] * patience ? 'late' : 'live';
    },
    tempoAt(now) {
      if (nominalRhythmMs !== undefined || lastAt === undefined || now - lastAt > WITNESS_MS || !isBusy()) {
        return undefined;
      }
      const seen = perSecond.slice(-TEMPO_S).reduce((sum, count) => sum + count, counted);
      return seen / ((gaps / lengths) * (TEMPO_S + 0.5) * 1000);
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
      return nominalRhythmMs !== undefined || isBusy();
    },
  };
}

import type { StreamState } from './connection.ts';

/**
 * How far a value on the screen may be believed.
 * fresh: plain · late: dimmed · stale: struck through, with its age · unknown: an em dash, never an old number.
 */
export type Freshness = 'fresh' | 'late' | 'stale' | 'unknown';

/** The engine sends its health at least once a second; two missed and a half make it silent. */
export const ENGINE_SILENT_AFTER_MS = 2_500;
/** Bounds on a value's own age for streams that speak every few seconds even in a quiet market. */
const LATE_AFTER_MS = 6_000;
const STALE_AFTER_MS = 30_000;

export interface Sighting {
  /** Engine wall time the value arrived, ms epoch; `undefined` or NaN when it never did. */
  readonly receivedAt: number | undefined;
  /** Engine wall time now, ms epoch. */
  readonly now: number;
  /** How long the engine itself has not been heard, ms. */
  readonly engineSilentMs: number;
  /** What the engine says of the stream the value came from; `undefined` while it says nothing. */
  readonly stream: StreamState | undefined;
  /** Own age bounds; `Infinity` for events that may rightly not happen (a trade in a quiet market). */
  readonly lateAfterMs?: number;
  readonly staleAfterMs?: number;
}

/** Decided where the value is shown, so that a frozen engine looks stale too. */
export function freshnessOf(sighting: Sighting): Freshness {
  const { receivedAt, now, engineSilentMs, stream } = sighting;
  if (receivedAt === undefined || Number.isNaN(receivedAt)) return 'unknown';
  if (engineSilentMs > ENGINE_SILENT_AFTER_MS || stream === 'stale') return 'stale';
  const age = now - receivedAt;
  if (age > (sighting.staleAfterMs ?? STALE_AFTER_MS)) return 'stale';
  if (stream === 'late' || stream === 'pending') return 'late';
  return age > (sighting.lateAfterMs ?? LATE_AFTER_MS) ? 'late' : 'fresh';
}

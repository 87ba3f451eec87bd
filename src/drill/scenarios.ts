import type { DrillScenario } from '#shared/domain/drill.ts';

type FaultSpec = Readonly<Record<string, string | number>>;

/** What one scenario does to a venue, and what is asked of the engine. Times in ms. */
export interface Scenario {
  /** How long the fault lasts; 0: over as soon as it struck. */
  readonly forMs: number;
  /** For one venue (`venue` is added). */
  readonly faults: readonly FaultSpec[];
  /** What tells that it was noticed: a state that is not live, or something counted (a gap, a frame that failed, a skew, a limit). */
  readonly noticedBy: 'state' | 'count' | 'offset' | 'nothing';
  readonly noticeWithinMs?: number;
  /** From the end of the fault to live again with everything repaired. */
  readonly recoverWithinMs: number;
  /** The venue's times are moved: what happened cannot be matched by them. */
  readonly movesTime?: true;
  /** A life so short that the connection has to be replaced before it ends. */
  readonly connectionLifeMs?: number;
}

// Bounds: docs/safety-case.md G1-G8, G14, G15. A reconnect after a long fault may have to wait out the backoff it was in.
export const SCENARIOS: Readonly<Record<DrillScenario, Scenario>> = {
  kill: {
    forMs: 0,
    faults: [{ kind: 'reset' }],
    noticedBy: 'state',
    noticeWithinMs: 1000,
    recoverWithinMs: 5000,
  },
  'mute-but-pinging': {
    forMs: 12_000,
    faults: [{ kind: 'mute' }],
    noticedBy: 'state',
    // The busiest stream is flagged within 5 s; on a venue without one, within the bound of a whole connection.
    noticeWithinMs: 8000,
    recoverWithinMs: 15_000,
  },
  'half-open': {
    forMs: 14_000,
    faults: [{ kind: 'freeze' }],
    noticedBy: 'state',
    noticeWithinMs: 10_000,
    recoverWithinMs: 20_000,
  },
  delay: {
    forMs: 12_000,
    faults: [{ kind: 'delay', ms: 4000 }],
    noticedBy: 'state',
    noticeWithinMs: 10_000,
    recoverWithinMs: 15_000,
  },
  reorder: { forMs: 6000, faults: [{ kind: 'reorder' }], noticedBy: 'nothing', recoverWithinMs: 10_000 },
  // Long enough that the next changes, and what is built on them, have come.
  gap: { forMs: 3000, faults: [{ kind: 'gap', count: 5 }], noticedBy: 'nothing', recoverWithinMs: 10_000 },
  garbage: {
    forMs: 3000,
    faults: [{ kind: 'garbage', count: 50 }],
    noticedBy: 'count',
    noticeWithinMs: 3000,
    recoverWithinMs: 10_000,
  },
  'rate-limit-storm': {
    forMs: 8000,
    faults: [{ kind: 'rest', status: 429, retryAfterS: 2 }, { kind: 'reset' }],
    noticedBy: 'count',
    noticeWithinMs: 8000,
    recoverWithinMs: 15_000,
  },
  ban: {
    forMs: 8000,
    faults: [{ kind: 'rest', status: 418, retryAfterS: 8 }, { kind: 'reset' }],
    noticedBy: 'count',
    noticeWithinMs: 8000,
    recoverWithinMs: 20_000,
  },
  'clock-skew': {
    forMs: 20_000,
    faults: [{ kind: 'clockSkew', ms: 7000 }],
    noticedBy: 'offset',
    movesTime: true,
    noticeWithinMs: 20_000,
    recoverWithinMs: 30_000,
  },
  maintenance: {
    forMs: 8000,
    faults: [{ kind: 'maintenance' }],
    noticedBy: 'state',
    noticeWithinMs: 2000,
    recoverWithinMs: 35_000,
  },
  'day-end': {
    forMs: 0,
    faults: [],
    noticedBy: 'nothing',
    recoverWithinMs: 60_000,
    connectionLifeMs: 20_000,
  },
  flapping: {
    forMs: 15_000,
    faults: [{ kind: 'flap', ms: 1500 }],
    noticedBy: 'state',
    noticeWithinMs: 2000,
    recoverWithinMs: 20_000,
  },
};

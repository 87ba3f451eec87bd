import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { BudgetGauge } from '#shared/domain/metrics.ts';
import type { Budget, BudgetNote } from '#venues/venue.ts';
import { createSlowDown, type SlowDownRule } from './slow-down.ts';
import { createSpending, type Spending } from './spending.ts';

export type RateProfile = 'conservative' | 'balanced' | 'aggressive';
/**
 * `urgent`: cancels and reconciliation. `order`: what a person places or changes, before every read, but never out of what is
 * kept for the urgent; it is refused rather than late. `background`: what only fills a list; after every read, and out of half
 * of what reads may use, so that a chart never waits for it. Everything else is a read.
 */
export type Priority = 'background' | 'read' | 'order' | 'urgent';
const RANK: Readonly<Record<Priority, number>> = { urgent: 0, order: 1, read: 2, background: 3 };

/** Part of a budget that reads may use. A fifth at least is always kept for what is urgent (goal G15). */
const READ_SHARE: Readonly<Record<RateProfile, number>> = {
  conservative: 0.5,
  balanced: 0.7,
  aggressive: 0.8,
};
const KEPT_SHARE = 0.2;
/** Who would have to wait longer for a silence to end is told so instead. */
const LONGEST_WAIT_MS = 15_000;
/** A click is for the price that is shown: an order that cannot leave by then does not leave. */
const ORDER_WAIT_MS = 2_000;

export interface LimiterOptions {
  readonly clock: Clock;
  readonly venue: VenueId;
  readonly budgets: readonly Budget[];
  readonly profile: () => RateProfile;
  /** Absent: the law of goal G15. */
  readonly slowDown?: (() => SlowDownRule) | undefined;
}

/** How fast one venue is asked: its budgets, what is left of them, and what it said about our pace. */
export interface Limiter {
  /**
   * Resolves when the call may leave; it is charged by then. First come, first served, what is urgent before reads.
   * Throws `rest.silent` when the venue ordered a silence longer than 15 s (`details.until`), `rest.stopped`; an `order` whose
   * turn does not come within 2 s throws `rest.crowded`.
   */
  enter(scope: string, weight: number, priority?: Priority): Promise<void>;
  /** What an answer's headers said. */
  noted(notes: readonly BudgetNote[]): void;
  /**
   * A call failed by the venue's doing: the third within a minute, and each after it, slows everything down to 0.7.
   * `leftAt`: when the call left, monotonic ms. Calls that were on their way together fail together: they are one failure.
   * `isOutage`: the venue gave no answer. One outage is one failure, however many calls it takes with it: it says nothing
   * about our pace, and what was lost has to be read again without taking minutes.
   */
  failed(leftAt: number, isOutage?: boolean): void;
  /** Something else came of a call: an outage, if there was one, is over. */
  answered(): void;
  /** The venue ordered silence: nothing at all leaves before it ends. The longest order stands. */
  silence(forMs: number, reason: 'rate-limit' | 'ban'): void;
  gauges(): readonly BudgetGauge[];
  dispose(): void;
}

interface Waiting {
  readonly scope: string;
  readonly weight: number;
  readonly priority: Priority;
  readonly go: () => void;
  readonly refuse: (fault: HeartlineError) => void;
}

export function createLimiter(options: LimiterOptions): Limiter {
  const { clock } = options;
  const spendings = new Map<string, Spending>(
    options.budgets.map((budget) => [budget.scope, createSpending(budget)]),
  );
  let queue: Waiting[] = [];
  const slowDown = createSlowDown(clock, options.slowDown);
  let isOut = false;
  let silentUntil = Number.NEGATIVE_INFINITY;
  let silenceReason: 'rate-limit' | 'ban' = 'rate-limit';
  let cancelPump: Undo = () => undefined;

  function spendingOf(scope: string): Spending {
    const spending = spendings.get(scope);
    if (spending) return spending;
    throw new HeartlineError('internal', `${options.venue} has no budget ${scope}`, { details: { scope } });
  }

  function allowance(spending: Spending, priority: Priority): number {
    const readShare = READ_SHARE[options.profile()] * slowDown.factor;
    const shares = {
      urgent: 1,
      order: 1 - KEPT_SHARE,
      read: readShare,
      background: readShare / 2,
    };
    return Math.max(1, Math.floor(spending.budget.capacity * shares[priority]));
  }

  function waitMs(waiting: Waiting, now: number): number {
    const spending = spendingOf(waiting.scope);
    const allowed = allowance(spending, waiting.priority);
    // A call heavier than all it may use would wait for ever: it passes alone, on an empty budget.
    return Math.max(silentUntil - now, spending.waitMs(Math.min(waiting.weight, allowed), allowed, now), 0);
  }

  /** Lets go whoever may go. A scope whose first must wait holds back its later ones, other scopes pass. */
  function pump(): void {
    cancelPump();
    const now = clock.monotonic();
    const blocked = new Set<string>();
    let soonest = Number.POSITIVE_INFINITY;
    const still: Waiting[] = [];
    for (const waiting of queue) {
      const lane = `${waiting.scope} ${waiting.priority}`;
      const wait = blocked.has(lane) ? Number.POSITIVE_INFINITY : waitMs(waiting, now);
      if (wait <= 0) {
        spendingOf(waiting.scope).spend(waiting.weight, now);
        waiting.go();
        continue;
      }
      blocked.add(lane);
      soonest = Math.min(soonest, wait);
      still.push(waiting);
    }
    queue = still;
    if (queue.length > 0) cancelPump = clock.after(Math.max(1, soonest), pump);
  }

  function silentFault(now: number): HeartlineError | undefined {
    const leftMs = silentUntil - now;
    if (leftMs <= LONGEST_WAIT_MS) return undefined;
    return new HeartlineError(
      'rest.silent',
      `${options.venue} asked for silence for ${Math.ceil(leftMs / 1000)} s more`,
      {
        details: { venue: options.venue, reason: silenceReason, until: Math.round(clock.now() + leftMs) },
      },
    );
  }

  function crowdedOut(waiting: Waiting): void {
    queue = queue.filter((other) => other !== waiting);
    const words = `no room among ${options.venue}'s calls within ${ORDER_WAIT_MS / 1000} s`;
    waiting.refuse(new HeartlineError('rest.crowded', words, { details: { venue: options.venue } }));
    pump();
  }

  return {
    enter(scope, weight, priority = 'read') {
      const fault = silentFault(clock.monotonic());
      if (fault) return Promise.reject(fault);
      spendingOf(scope);
      return new Promise((go, refuse) => {
        let giveUp: Undo = () => undefined;
        const waiting: Waiting = {
          scope,
          weight,
          priority,
          go() {
            giveUp();
            go();
          },
          refuse(refusal) {
            giveUp();
            refuse(refusal);
          },
        };
        const behind = queue.findIndex((other) => RANK[other.priority] > RANK[priority]);
        if (behind === -1) queue.push(waiting);
        else queue.splice(behind, 0, waiting);
        if (priority === 'order') giveUp = clock.after(ORDER_WAIT_MS, () => crowdedOut(waiting));
        pump();
      });
    },
    noted(notes) {
      const now = clock.monotonic();
      for (const note of notes) spendings.get(note.scope)?.told(note, now);
    },
    failed(leftAt, isOutage = false) {
      const wasOut = isOut;
      isOut = isOutage;
      if ((isOutage && wasOut) || leftAt <= slowDown.failedAt) return;
      slowDown.failed();
    },
    answered() {
      isOut = false;
    },
    silence(forMs, reason) {
      const now = clock.monotonic();
      const until = now + forMs;
      if (until > silentUntil) {
        silentUntil = until;
        silenceReason = reason;
      }
      const fault = silentFault(now);
      if (fault) for (const waiting of queue.splice(0)) waiting.refuse(fault);
      pump();
    },
    gauges() {
      const now = clock.monotonic();
      const { factor, leftMs: reducedMs } = slowDown;
      const silentMs = silentUntil - now;
      const state = silentMs > 0 ? 'silent' : factor < 1 ? 'reduced' : 'normal';
      const leftMs = state === 'silent' ? silentMs : reducedMs;
      return [...spendings.values()].map(({ budget, used }) => ({
        venue: options.venue,
        scope: budget.scope,
        used: used(now),
        capacity: budget.capacity,
        windowMs: budget.windowMs,
        reserve: Math.ceil(budget.capacity * KEPT_SHARE),
        factor,
        state,
        ...(state === 'normal' ? {} : { until: Math.round(clock.now() + leftMs) }),
      }));
    },
    dispose() {
      cancelPump();
      const fault = new HeartlineError('rest.stopped', 'the engine is closing');
      for (const waiting of queue.splice(0)) waiting.refuse(fault);
    },
  };
}

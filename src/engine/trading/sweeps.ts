import { randomBytes } from 'node:crypto';
import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { Sweep } from '#shared/contract/order-views.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { isSettled, type OwnOrder } from '#shared/domain/own-order.ts';
import type { EventLog } from '../health/event-log.ts';
import type { Executor } from './executor.ts';
import type { Journal } from './journal-port.ts';
import { ownRef } from './known-order.ts';
import type { LateLines } from './late-lines.ts';
import { isInScope, type SweepEnd, type SweepScope, standingIn, sweepRun } from './sweep-run.ts';
import type { TradingAccount, TradingAccounts } from './trading-account.ts';

export interface SweepsOptions {
  readonly clock: Clock;
  readonly accounts: Pick<TradingAccounts, 'all' | 'of'>;
  readonly journal: Pick<Journal, 'orders'>;
  readonly lines: LateLines;
  readonly log: EventLog;
  /** Orders in the dark are cancelled as soon as they are seen, and none that is cancelled comes back changed. */
  readonly cancels: Pick<Executor, 'onSight' | 'abandon'>;
}

/** Long works on many orders, and how far each has come. They ask nobody: no trust, no journal, no halt. */
export interface Sweeps {
  /** Those at work and the newest that have ended, oldest first. */
  readonly all: readonly Sweep[];
  /**
   * Cancels all that is open of an account (all of them where none is named). The first cancels are on their way when it
   * returns. Answers the ids; one with the same scope that is at work already is that one. Throws `account.unknown`.
   */
  cancelAll(what: SweepScope & { readonly account?: AccountId }, from: string): readonly string[];
  /** The kill switch: all of all accounts, and nobody stops it. */
  kill(from: string): readonly string[];
  /** For whatever goes on after the cancels: the sweep stays at work until `end`. */
  begin(account: AccountId, from: string): RunningSweep;
  /** Throws `sweep.unknown`, `sweep.unstoppable`. One that has ended has ended. */
  stop(id: string): void;
  onChange(listener: () => void): Undo;
  dispose(): void;
}

/** The cancels of a sweep that has more to do. */
export interface RunningSweep {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly cancelled: Promise<SweepEnd>;
  /** Positions to close count as found and left. */
  add(found: number): void;
  done(failed?: { readonly order: string; readonly message: string }): void;
  end(outcome: SweepEnd): void;
}

const KEPT = 20;
/** The kill switch outlasts the minute a venue may order silence for. */
const LONGEST_MS = { 'cancel-all': 60_000, flatten: 60_000, kill: 180_000 } as const;

interface Work {
  view: Sweep;
  readonly from: string;
  readonly stop: AbortController;
  readonly ended: Promise<SweepEnd>;
}

export function createSweeps(options: SweepsOptions): Sweeps {
  const { clock, accounts, journal, lines, log } = options;
  const works = new Map<string, Work>();
  const changed = createEmitter<void>();

  function change(id: string, part: Partial<Sweep>): void {
    const work = works.get(id);
    if (work === undefined || work.view.endedAt !== undefined) return;
    work.view = { ...work.view, ...part };
    changed.emit();
  }

  function note({ view, from }: Pick<Work, 'view' | 'from'>): void {
    const { account, found, left, endedAt } = view;
    lines.add({ kind: 'sweep', account, from, found, left, isOver: endedAt !== undefined });
  }

  function end(id: string, { outcome, detail }: SweepEnd): void {
    const work = works.get(id);
    if (work === undefined || work.view.endedAt !== undefined) return;
    change(id, { endedAt: clock.now(), outcome, ...(detail !== undefined && { detail }) });
    note(work);
    if (outcome === 'left-over' || outcome === 'failed') {
      const { left } = work.view;
      const { label } = accountOf(work.view.account) ?? { label: work.view.account };
      log.add('error', 'sweep.left-over', `${label}: ${left} orders may be open still: ${detail ?? ''}`, {
        label,
        left,
      });
    }
    const over = [...works.values()].filter(({ view }) => view.endedAt !== undefined);
    for (const { view } of over.slice(0, Math.max(0, over.length - KEPT))) works.delete(view.id);
  }

  const accountOf = (id: AccountId) => accounts.all.find((account) => account.id === id);

  /** Its first cancels are on their way when it returns; they wait for no line in the journal. */
  function start(account: TradingAccount, kind: Sweep['kind'], scope: SweepScope, from: string): Work {
    const id = randomBytes(8).toString('hex');
    const stop = new AbortController();
    const canCall = account.state.kind !== 'resting' && account.state.kind !== 'locked';
    const known = canCall ? 0 : standingIn(account.holdings, scope).length;
    const view: Sweep = {
      id,
      kind,
      account: account.id,
      ...(scope.instrument !== undefined && { instrument: scope.instrument }),
      startedAt: clock.now(),
      found: known,
      left: known,
      failed: [],
    };
    let ended: Promise<SweepEnd> = Promise.resolve({
      outcome: 'failed',
      detail: `it is ${account.state.kind}`,
    });
    const work: Work = {
      view,
      from,
      stop,
      get ended() {
        return ended;
      },
    };
    works.set(id, work);
    if (canCall) {
      const run = sweepRun({
        clock,
        account,
        scope,
        signal: stop.signal,
        longestMs: LONGEST_MS[kind],
        onProgress({ found, left, failed }) {
          change(id, { found, left, failed: [...failed].map(([order, message]) => ({ order, message })) });
        },
      });
      ended = run.catch((fault: unknown) => ({ outcome: 'failed', detail: messageOf(fault) }));
    }
    options.cancels.abandon((order) => order.account === account.id && isInScope(order, scope));
    const own = ownIn(account, scope);
    // They are on no list yet, and may come onto it once the sweep is over.
    for (const { state, request } of own) {
      if (state === 'unknown' || state === 'submitting') options.cancels.onSight(request.clientOrderId, from);
    }
    // After the cancels have left: forcing lines to the disk takes its time.
    clock.after(0, () => {
      note(work);
      for (const order of own) {
        lines.add({ kind: 'cancel', order: order.request.clientOrderId, ref: ownRef(order), from });
      }
    });
    void ended.then(() => settle(own));
    changed.emit();
    return work;
  }

  /** What is left of them nobody is cancelling any more. */
  function settle(own: readonly OwnOrder[]): void {
    for (const { request, account } of own) {
      const now = journal.orders.get(request.clientOrderId);
      if (now?.account !== account || now.state !== 'cancelling') continue;
      const order = request.clientOrderId;
      lines.add({ kind: 'done', order, action: 'cancel', verdict: 'unknown', afterMs: 0 });
    }
  }

  /** Ours in a scope that may be live. */
  function ownIn({ id }: TradingAccount, scope: SweepScope): readonly OwnOrder[] {
    return [...journal.orders.values()].filter(
      ({ account, state, request }) => account === id && !isSettled(state) && isInScope(request, scope),
    );
  }

  function cancelsOf(
    account: TradingAccount,
    kind: 'cancel-all' | 'kill',
    scope: SweepScope,
    from: string,
  ): string {
    const same = [...works.values()].find(
      ({ view, from: by }) =>
        view.endedAt === undefined &&
        view.kind === kind &&
        view.account === account.id &&
        view.instrument === scope.instrument &&
        scope.side === undefined &&
        by === from,
    );
    if (same) return same.view.id;
    const work = start(account, kind, scope, from);
    void work.ended.then((outcome) => end(work.view.id, outcome));
    return work.view.id;
  }

  function workOf(id: string): Work {
    const work = works.get(id);
    if (work) return work;
    throw new HeartlineError('sweep.unknown', 'no such work is going on', { details: { sweep: id } });
  }

  return {
    get all() {
      return [...works.values()].map(({ view }) => view);
    },
    cancelAll({ account, ...scope }, from) {
      const all = account === undefined ? accounts.all : [accounts.of(account)];
      return all.map((one) => cancelsOf(one, 'cancel-all', scope, from));
    },
    kill: (from) => accounts.all.map((one) => cancelsOf(one, 'kill', {}, from)),
    begin(account, from) {
      const work = start(accounts.of(account), 'flatten', {}, from);
      const { id } = work.view;
      return {
        id,
        signal: work.stop.signal,
        cancelled: work.ended,
        add: (found) => change(id, { found: work.view.found + found, left: work.view.left + found }),
        done(failed) {
          change(id, {
            left: Math.max(0, work.view.left - (failed ? 0 : 1)),
            ...(failed && { failed: [...work.view.failed, failed] }),
          });
        },
        end: (outcome) => end(id, outcome),
      };
    },
    stop(id) {
      const { view, stop } = workOf(id);
      if (view.endedAt !== undefined) return;
      if (view.kind === 'kill') {
        throw new HeartlineError('sweep.unstoppable', 'nobody stops the kill switch', {
          details: { sweep: id },
        });
      }
      stop.abort();
      // What is on its way comes back by itself; nothing follows it.
      end(id, { outcome: 'stopped' });
    },
    onChange: (listener) => changed.on(listener),
    dispose() {
      for (const { stop } of works.values()) stop.abort();
    },
  };
}

import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { isTerminal, type Order, type OrderReport, type OrderSide } from '#shared/domain/order.ts';
import type { OrderRef } from '#shared/domain/order-draft.ts';
import type { SweepAnswer } from '#venues/order.ts';
import { type AccountHoldings, orderName } from '../accounts/account-holdings.ts';
import { refOf } from './known-order.ts';
import type { CallOutcome, TradingAccount } from './trading-account.ts';

export interface SweepScope {
  readonly instrument?: InstrumentId;
  readonly side?: OrderSide;
}

/** How far a sweep has come. `found`: all orders it ever saw. `failed`: by order, the venue's words. */
export interface SweepProgress {
  readonly found: number;
  readonly left: number;
  readonly failed: ReadonlyMap<string, string>;
}

export interface SweepEnd {
  readonly outcome: 'clean' | 'left-over' | 'stopped' | 'failed';
  readonly detail?: string;
}

export interface SweepRunOptions {
  readonly clock: Clock;
  readonly account: TradingAccount;
  readonly scope: SweepScope;
  readonly signal: AbortSignal;
  /** How long it is tried. */
  readonly longestMs: number;
  readonly onProgress: (progress: SweepProgress) => void;
}

/** Single cancels on their way at once. */
const AT_ONCE = 8;
/** Between two looks: what was cancelled needs a moment to leave the list. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;
/** So long an accepted cancel is believed though the order is still listed. */
const BELIEVED_MS = 2000;
const TRIES = 3;

interface Met {
  readonly ref: OrderRef;
  askedAt: number;
  tries: number;
  refusals: number;
  /** The venue says it has ended, or could not end it. */
  is: 'open' | 'asked' | 'gone' | 'failed';
}

/**
 * Cancels all that is open in a scope: first, without waiting for anything, what is known to be open, then whatever
 * the venue lists, until its list was empty twice and nothing it streamed says otherwise.
 */
export async function sweepRun(options: SweepRunOptions): Promise<SweepEnd> {
  const { clock, account, scope, signal } = options;
  const startedAt = clock.monotonic();
  const met = new Map<string, Met>();
  const failed = new Map<string, string>();
  let fault: string | undefined;
  let wasRead = false;

  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const isOver = () => signal.aborted || clock.monotonic() - startedAt >= options.longestMs;

  /** Open by what is held; what the venue has called gone since is not. */
  function standing(): readonly Order[] {
    return standingIn(account.holdings, scope).filter((order) => met.get(orderName(order))?.is !== 'gone');
  }

  /** Nor is what is believed to be on its way out. */
  const held = () => standing().filter((order) => met.get(orderName(order))?.is !== 'asked');

  function meet(order: OrderReport): Met {
    const name = orderName(order);
    const ref = refOf({ ...order, account: account.id } as Order);
    const known = met.get(name) ?? {
      ref,
      askedAt: Number.NEGATIVE_INFINITY,
      tries: 0,
      refusals: 0,
      is: 'open',
    };
    met.set(name, known);
    return known;
  }

  function tell(left: number): void {
    options.onProgress({ found: met.size, left, failed });
  }

  function note(one: Met, outcome: CallOutcome<unknown>): void {
    switch (outcome.verdict) {
      case 'accepted':
      case 'unchanged':
        one.is = 'asked';
        failed.delete(nameOf(one.ref));
        return;
      case 'gone':
        one.is = 'gone';
        failed.delete(nameOf(one.ref));
        return;
      case 'rejected':
        failed.set(nameOf(one.ref), `${outcome.venueCode} ${outcome.message}`.trim());
        one.refusals += 1;
        if (one.refusals >= TRIES) one.is = 'failed';
        return;
      default:
        // Nothing is certain, and nothing is lost by asking again.
        fault = outcome.message;
    }
  }

  async function single(one: Met): Promise<void> {
    one.askedAt = clock.monotonic();
    one.tries += 1;
    try {
      note(one, await account.cancel(one.ref, () => undefined));
    } catch (reason) {
      fault = messageOf(reason);
    }
  }

  async function singles(all: readonly Met[]): Promise<void> {
    const queue = [...all];
    const worker = async () => {
      for (let one = queue.shift(); one !== undefined && !isOver(); one = queue.shift()) await single(one);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  /** By one call for many of them. What its answer does not name as cancelled is left to the next look. */
  async function together(all: readonly Met[], call: Promise<CallOutcome<SweepAnswer>>): Promise<void> {
    for (const one of all) one.askedAt = clock.monotonic();
    let outcome: CallOutcome<SweepAnswer>;
    try {
      outcome = await call;
    } catch (reason) {
      outcome = { verdict: 'unknown', venueCode: 'internal', message: messageOf(reason) };
    }
    if (outcome.verdict !== 'accepted') {
      if ('message' in outcome && outcome.verdict !== 'gone') fault = outcome.message;
      // Whatever is wrong with it, one by one may do.
      for (const one of all) one.tries = Math.max(one.tries, 1);
      return;
    }
    const { cancelled, failed: refused, isBlind } = outcome.answer;
    for (const one of all) {
      one.tries += 1;
      if (isBlind || cancelled.some((other) => isSame(one.ref, other))) note(one, outcome);
      const no = refused.find((other) => isSame(one.ref, other));
      if (no) note(one, { verdict: 'rejected', venueCode: '', message: no.message });
    }
  }

  /** First tries go by the venue's own cancel-all, where it has one for this; what that leaves goes one by one. */
  async function cancel(all: readonly Met[], isFirst: boolean): Promise<void> {
    const now = clock.monotonic();
    const due = all.filter(
      ({ is, askedAt }) => is === 'open' || (is === 'asked' && now - askedAt >= BELIEVED_MS),
    );
    if (due.length === 0 && !isFirst) return;
    const fresh = due.filter(({ tries }) => tries === 0);
    const rest = due.filter(({ tries }) => tries > 0);
    const calls: Promise<void>[] = [];
    if (scope.side === undefined && (fresh.length > 1 || isFirst)) {
      const whole = account.cancelAll(scope.instrument, signal);
      if (whole !== undefined) {
        await Promise.all([together(fresh, whole), singles(rest)]);
        return;
      }
    }
    const one: Met[] = [...rest];
    for (const group of scope.side === undefined ? byInstrument(fresh) : [fresh]) {
      const instrument = group[0]?.ref.instrument;
      const isWhole = group.length > 1 && scope.side === undefined && scope.instrument === undefined;
      const whole = isWhole ? account.cancelAll(instrument, signal) : undefined;
      if (whole !== undefined) calls.push(together(group, whole));
      else one.push(...group);
    }
    if (account.cancelMany && one.length > 1) {
      const most = account.mostCancels;
      // Of one instrument each: some venues take no others.
      for (const group of byInstrument(one.filter(({ tries }) => tries === 0))) {
        for (let at = 0; at < group.length; at += most) {
          const part = group.slice(at, at + most);
          calls.push(together(part, account.cancelMany(part.map(({ ref }) => ref))));
        }
      }
      calls.push(singles(one.filter(({ tries }) => tries > 0)));
    } else calls.push(singles(one));
    await Promise.all(calls);
  }

  const first = held().map(meet);
  tell(first.length);
  // What was seen is being cancelled while the list is still being asked for.
  const firstCancels = cancel(first, true);
  let empty = 0;
  let pauseMs = FIRST_PAUSE_MS;
  for (let round = 0; !isOver(); round += 1) {
    if (round === 0) await Promise.race([firstCancels, wait(LONGEST_PAUSE_MS)]);
    else await wait(pauseMs);
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS);
    if (isOver()) break;
    try {
      const listed = (await account.openOrders()).filter((order) => isInScope(order, scope));
      wasRead = true;
      const open = new Map([...held(), ...listed].map((order) => [orderName(order), order]));
      const all = [...open.values()].map(meet);
      // Listed again: whatever was said of it, it stands.
      for (const order of listed) {
        const one = meet(order);
        if (one.is === 'gone' && clock.monotonic() - one.askedAt >= BELIEVED_MS) one.is = 'open';
      }
      tell(all.length);
      empty = all.length === 0 ? empty + 1 : 0;
      if (empty >= 2) return { outcome: 'clean' };
      if (all.length > 0 && all.every(({ is }) => is === 'failed')) break;
      await cancel(all, false);
    } catch (reason) {
      empty = 0;
      fault = messageOf(reason);
      tell(standing().length);
      await cancel(held().map(meet), false);
    }
  }
  if (signal.aborted) return { outcome: 'stopped' };
  const detail = fault === undefined ? {} : { detail: fault };
  return { outcome: wasRead ? 'left-over' : 'failed', ...detail };
}

/** Open by what is held. */
export function standingIn({ orders }: AccountHoldings, scope: SweepScope): readonly Order[] {
  return [...orders.values()]
    .map(({ order }) => order)
    .filter((order) => !isTerminal(order.status) && isInScope(order, scope));
}

export function isInScope(
  order: Pick<OrderReport, 'instrument' | 'side'>,
  { instrument, side }: SweepScope,
): boolean {
  return (
    (instrument === undefined || order.instrument === instrument) &&
    (side === undefined || order.side === side)
  );
}

function byInstrument(all: readonly Met[]): readonly (readonly Met[])[] {
  return [...Map.groupBy(all, ({ ref }) => ref.instrument).values()];
}

function nameOf({ clientOrderId, venueOrderId }: OrderRef): string {
  return venueOrderId ?? clientOrderId ?? '';
}

function isSame(
  ref: OrderRef,
  other: { readonly venueOrderId?: string; readonly clientOrderId?: string },
): boolean {
  if (ref.venueOrderId !== undefined && other.venueOrderId !== undefined) {
    return ref.venueOrderId === other.venueOrderId;
  }
  return ref.clientOrderId !== undefined && ref.clientOrderId === other.clientOrderId;
}

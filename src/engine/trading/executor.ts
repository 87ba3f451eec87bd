import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { ChangeAnswer } from '#shared/contract/order-views.ts';
import type { JournalEvent } from '#shared/domain/journal.ts';
import type { Order } from '#shared/domain/order.ts';
import type { OrderChange, OrderRef } from '#shared/domain/order-draft.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import type { Placed } from '#venues/order.ts';
import { type Amends, createAmends, type PlaceRest } from './amends.ts';
import { type Cancels, createCancels } from './cancels.ts';
import type { ApprovedOrder } from './facts.ts';
import type { Journal } from './journal-port.ts';
import type { LateLines } from './late-lines.ts';
import type { OwnSightings } from './own-sightings.ts';
import type { CallOutcome, TradingAccount, TradingAccounts } from './trading-account.ts';

export interface ExecutorOptions {
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'append' | 'appendAll' | 'orders' | 'onOrder' | 'linesOf'>;
  readonly lines: LateLines;
  readonly accounts: Pick<TradingAccounts, 'of'>;
  readonly sightings: OwnSightings;
  readonly isHalted: () => boolean;
}

/** Gives approved orders to their accounts: written down first, then once on the wire, then whatever came of it written down. */
export interface Executor
  extends Pick<Cancels, 'cancel' | 'onSight'>,
    Pick<Amends, 'abandon' | 'asItStands'> {
  /**
   * Exactly one POST, or none. `stillTrusted` is asked in the instant before it leaves, as is the kill switch: the order is
   * `unsent` where either says no. `clickedAt`: monotonic ms. `before`: lines that belong to it and go to the disk with it. Resolves with the order as it stands once the call has ended in
   * whatever way. Throws `account.unknown`, `journal.unwritable`: then nothing has left.
   */
  place(
    order: ApprovedOrder,
    stillTrusted: () => boolean,
    clickedAt?: number,
    before?: readonly JournalEvent[],
  ): Promise<OwnOrder>;
  /**
   * Changes a standing order, where the venue can in one call, and never repeats it. Where it cannot, the order is cancelled, and
   * what is left of it given to `placeRest` (which walks it through guard and trust) once its ending is proven. Throws
   * `account.unknown`, `journal.unwritable`.
   */
  amend(
    order: Order,
    change: OrderChange,
    from: string,
    stillTrusted: () => boolean,
    placeRest: PlaceRest,
  ): Promise<ChangeAnswer>;
  dispose(): void;
}

type Answer = Extract<JournalEvent, { kind: 'answer' }>;

export function createExecutor(options: ExecutorOptions): Executor {
  const { clock, journal, lines, accounts, sightings } = options;
  /** Ids are never used twice: a second order under one is a fault of ours. */
  const placed = new Set<string>();
  const cancels = createCancels(options);
  const amends = createAmends({ ...options, cancels, checkLeaving });

  /** The last look before anything that adds risk goes on the wire. */
  function checkLeaving(stillTrusted: () => boolean): void {
    if (options.isHalted()) throw new HeartlineError('order.halted', 'halted: it was kept from leaving');
    if (!stillTrusted()) {
      throw new HeartlineError('order.untrusted', 'what it relied on changed: it was kept from leaving');
    }
  }

  async function ask(
    account: TradingAccount,
    order: ApprovedOrder,
    onSending: (hash: string) => void,
  ): Promise<CallOutcome<Placed>> {
    try {
      return await account.place(order, onSending);
    } catch (fault) {
      return { verdict: 'unknown', venueCode: 'internal', message: messageOf(fault) };
    }
  }

  async function place(
    order: ApprovedOrder,
    stillTrusted: () => boolean,
    clickedAt = clock.monotonic(),
    before: readonly JournalEvent[] = [],
  ): Promise<OwnOrder> {
    const account = accounts.of(order.account);
    const id = order.clientOrderId;
    if (placed.has(id)) throw new HeartlineError('internal', `${id} was placed before`);
    placed.add(id);
    const afterMs = () => clock.monotonic() - clickedAt;
    journal.appendAll([...before, { kind: 'sending', order: id, request: order }]);
    let hasLeft = false;
    const outcome = await ask(account, order, (hash) => {
      if (hasLeft) throw new HeartlineError('internal', `${id} is on the wire already`);
      checkLeaving(stillTrusted);
      hasLeft = true;
      // What must be written before it is: this only says when.
      lines.addSoon({ kind: 'sent', order: id, hash, afterMs: afterMs() });
    });
    const answer = answerOf(id, outcome, hasLeft, afterMs());
    lines.add(answer);
    if (outcome.verdict === 'accepted' && outcome.answer.report) {
      sightings.report(account.id, outcome.answer.report, 'rest');
    }
    return standingOf(order, answer);
  }

  /** As the journal has it; with the answer where that waits for the disk. */
  function standingOf(order: ApprovedOrder, { verdict }: Answer): OwnOrder {
    const held = journal.orders.get(order.clientOrderId);
    if (held && (lines.owed === 0 || held.state !== 'submitting')) return held;
    const at = clock.now();
    const bare: OwnOrder = held ?? {
      request: order,
      account: order.account,
      state: 'submitting',
      since: at,
      placedAt: at,
      filledQuantity: '0',
      evidence: [],
      isPersonAsked: false,
    };
    return { ...bare, state: STATES[verdict], since: at };
  }

  return {
    place,
    cancel(ref, from) {
      amends.abandon((order) => isSameOrder(ref, order));
      return cancels.cancel(ref, from);
    },
    abandon: amends.abandon,
    asItStands: amends.asItStands,
    onSight: cancels.onSight,
    amend: amends.amend,
    dispose() {
      cancels.dispose();
    },
  };
}

const STATES = {
  accepted: 'open',
  rejected: 'rejected',
  unknown: 'unknown',
  exists: 'unknown',
  unsent: 'unsent',
} as const;

function isSameOrder(ref: OrderRef, order: Order): boolean {
  if (ref.account !== order.account || ref.instrument !== order.instrument) return false;
  if (ref.venueOrderId === undefined) return ref.clientOrderId === order.clientOrderId;
  return ref.venueOrderId === order.venueOrderId && ref.isConditional === order.isConditional;
}

/** Only what is said outright is believed. What never left is `unsent` whatever the account says; what left and is nothing else, `unknown`. */
function answerOf(order: string, outcome: CallOutcome<Placed>, hasLeft: boolean, afterMs: number): Answer {
  if (outcome.verdict === 'accepted') {
    const venueOrderId = outcome.answer.venueOrderId ?? outcome.answer.report?.venueOrderId;
    return {
      kind: 'answer',
      order,
      verdict: 'accepted',
      ...(venueOrderId !== undefined && { venueOrderId }),
      afterMs,
    };
  }
  const { venueCode, message } = outcome;
  const said = outcome.verdict === 'gone' || outcome.verdict === 'unchanged' ? 'unknown' : outcome.verdict;
  return { kind: 'answer', order, verdict: hasLeft ? said : 'unsent', venueCode, message, afterMs };
}

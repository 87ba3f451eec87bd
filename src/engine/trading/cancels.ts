import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { ChangeAnswer } from '#shared/contract/order-views.ts';
import { type FillReport, isTerminal, type OrderReport } from '#shared/domain/order.ts';
import type { OrderRef } from '#shared/domain/order-draft.ts';
import { isSettled } from '#shared/domain/own-order.ts';
import type { Placed } from '#venues/order.ts';
import type { Journal } from './journal-port.ts';
import { completed, followed, heirRef, heldOrder, ownRef } from './known-order.ts';
import type { LateLines } from './late-lines.ts';
import { isHandedOver } from './own-order-word.ts';
import type { OwnSightings } from './own-sightings.ts';
import type { CallOutcome, TradingAccount, TradingAccounts } from './trading-account.ts';

export interface CancelsOptions {
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'orders' | 'onOrder' | 'linesOf'>;
  readonly lines: LateLines;
  readonly accounts: Pick<TradingAccounts, 'of'>;
  readonly sightings: OwnSightings;
}

export interface CancelAnswer extends ChangeAnswer {
  /** Of one that is `gone`: a cancel of this call may have ended it, whose answer was lost. */
  readonly isOurs?: true;
}

/** Cancels of single orders. They wait for nothing: no trust, no halt, no journal. */
export interface Cancels {
  /**
   * Idempotent: two at once are one call, and an order that has ended is `gone`. A lost answer is looked into, and the
   * cancel repeated only where the order is still open. An order of ours that is in the dark is cancelled as soon as it is seen
   * (`unknown` until then), and one that was triggered meanwhile as what it became. Throws `account.unknown`.
   */
  cancel(ref: OrderRef, from: string): Promise<ChangeAnswer>;
  /** The same for whoever means it only as it is: of one that was triggered (`gone`) what it became is left alone. */
  cancelAsIs(ref: OrderRef, from: string): Promise<CancelAnswer>;
  /** One of ours that may be live: cancelled as soon as it is seen. */
  onSight(clientOrderId: string, from: string): void;
  dispose(): void;
}

/** What is wanted gone: the order in whatever shape, or only in this one. */
type Meant = 'whatever it is' | 'as it is';

const TRIES = 4;
const TURNED_AWAY_MS = 500;
/** How long after a lost answer the order is looked for: the last of them 7.5 s later. */
const LOOKS_MS = [0, 500, 1000, 2000, 4000];
/** An order that is to be cancelled on sight, and was not for now: so often, for five minutes. */
const PURSUE_MS = 5000;
const PURSUE_TRIES = 60;

export function createCancels(options: CancelsOptions): Cancels {
  const { clock, journal, lines, accounts, sightings } = options;
  const running = new Map<string, Promise<CancelAnswer>>();
  /** Orders of ours to be cancelled once they are seen, and who wanted it. */
  const wishes = new Map<string, string>();
  let isDisposed = false;

  // A wish outlives the program: what it asked for is in the journal.
  for (const [id, { state }] of journal.orders) {
    if (state !== 'unknown' && state !== 'submitting') continue;
    for (const { event } of journal.linesOf(id)) if (event.kind === 'cancel') wishes.set(id, event.from);
  }

  const stop = journal.onOrder((order) => {
    const { clientOrderId } = order.request;
    const from = wishes.get(clientOrderId);
    if (from === undefined || order.state === 'unknown' || order.state === 'submitting') return;
    wishes.delete(clientOrderId);
    if (!isSettled(order.state)) pursue(clientOrderId, from, PURSUE_TRIES);
  });

  /** Nobody looks at what comes of it, so it is not given up at the first refusal. */
  function pursue(id: string, from: string, tries: number): void {
    const order = journal.orders.get(id);
    if (isDisposed || order === undefined || isSettled(order.state) || tries === 0) return;
    const again = () => void clock.after(PURSUE_MS, () => pursue(id, from, tries - 1));
    cancel(ownRef(order), from).then(({ verdict }) => {
      if (verdict !== 'accepted' && verdict !== 'gone') again();
    }, again);
  }

  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  function isInTheDark({ clientOrderId }: OrderRef): boolean {
    const state = clientOrderId === undefined ? undefined : journal.orders.get(clientOrderId)?.state;
    return state === 'unknown' || state === 'submitting';
  }

  async function cancel(given: OrderRef, from: string): Promise<CancelAnswer> {
    const account = accounts.of(given.account);
    const ref = completed(given, account.holdings, journal.orders);
    return shared(account, followed(ref, account.holdings), from, 'whatever it is');
  }

  async function cancelAsIs(given: OrderRef, from: string): Promise<CancelAnswer> {
    const account = accounts.of(given.account);
    return shared(account, completed(given, account.holdings, journal.orders), from, 'as it is');
  }

  async function shared(
    account: TradingAccount,
    ref: OrderRef,
    from: string,
    meant: Meant,
  ): Promise<CancelAnswer> {
    const held = heldOrder(account.holdings, ref);
    if (held && isTerminal(held.order.status) && !held.isGuess) return { verdict: 'gone' };
    const { isConditional, venueOrderId, clientOrderId } = ref;
    const id = venueOrderId ?? clientOrderId;
    const name = `${meant} ${ref.account} ${ref.instrument} ${isConditional} ${id}`;
    const call = running.get(name) ?? run(account, ref, from, meant).finally(() => running.delete(name));
    running.set(name, call);
    return call;
  }

  async function run(
    account: TradingAccount,
    ref: OrderRef,
    from: string,
    meant: Meant,
  ): Promise<CancelAnswer> {
    const startedAt = clock.monotonic();
    const order = ref.clientOrderId ?? ref.venueOrderId ?? '';
    lines.add({ kind: 'cancel', order, ref, from });
    const answer = await untilCertain(account, ref, from, meant);
    const { verdict, venueCode, message } = answer;
    if (verdict !== 'denied' && verdict !== 'blocked' && verdict !== 'declined') {
      const words = {
        ...(venueCode !== undefined && { venueCode }),
        ...(message !== undefined && { message }),
      };
      const afterMs = clock.monotonic() - startedAt;
      lines.add({ kind: 'done', order, action: 'cancel', verdict, ...words, afterMs });
    }
    return answer;
  }

  async function untilCertain(
    account: TradingAccount,
    given: OrderRef,
    from: string,
    meant: Meant,
  ): Promise<CancelAnswer> {
    let last: CancelAnswer = { verdict: 'unknown' };
    let ref = given;
    let isLost = false;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const outcome = await once(account, ref);
      const words =
        'message' in outcome ? { venueCode: outcome.venueCode, message: outcome.message } : undefined;
      switch (outcome.verdict) {
        case 'accepted':
        case 'unchanged':
          return { verdict: 'accepted' };
        case 'rejected':
          return { verdict: 'rejected', ...words };
        case 'unsent':
          last = { verdict: 'rejected', ...words };
          await wait(TURNED_AWAY_MS);
          break;
        default: {
          const isGone = outcome.verdict === 'gone';
          if (isGone && isInTheDark(ref) && ref.clientOrderId !== undefined) {
            // It may not have arrived yet: that it is not there says nothing about later.
            wishes.set(ref.clientOrderId, from);
            return { verdict: 'unknown', ...words };
          }
          last = { verdict: 'unknown', ...words };
          const now = isGone ? await afterGone(account, ref) : await standing(account, ref);
          isLost ||= !isGone;
          if (now === 'gone')
            return isLost ? { verdict: 'gone', isOurs: true } : { verdict: 'gone', ...words };
          const isHeir = ref.isConditional && !now.isConditional && now.venueOrderId !== ref.venueOrderId;
          if (isHeir && meant === 'as it is') return { verdict: 'gone', message: 'it was triggered' };
          if (!isHeir) await wait(TURNED_AWAY_MS);
          ref = now;
        }
      }
    }
    if (isInTheDark(ref) && ref.clientOrderId !== undefined) wishes.set(ref.clientOrderId, from);
    return last;
  }

  async function once(account: TradingAccount, ref: OrderRef): Promise<CallOutcome<Placed>> {
    try {
      return await account.cancel(ref, () => undefined);
    } catch (fault) {
      return { verdict: 'unknown', venueCode: 'internal', message: messageOf(fault) };
    }
  }

  /** As what the order stands after a lost answer. Cancelling twice does no harm: in doubt it stands. */
  async function standing(account: TradingAccount, ref: OrderRef): Promise<'gone' | OrderRef> {
    for (const ms of LOOKS_MS) {
      if (ms > 0) await wait(ms);
      const held = heldOrder(account.holdings, ref);
      if (held && isTerminal(held.order.status) && !held.isGuess) return nowOf(ref, held.order);
      try {
        const found = await account.find(ref);
        if (found.order) return taken(account, ref, found.order, found.fills);
        return found.isThere || held || isInTheDark(ref) ? ref : 'gone';
      } catch {
        // No answer either: what is wrong with the account shows elsewhere, and it is asked again.
      }
    }
    return ref;
  }

  /** To whom waits for its trigger, the venue's "gone" may mean that it was reached. Of any other a second word is only better. */
  async function afterGone(account: TradingAccount, ref: OrderRef): Promise<'gone' | OrderRef> {
    try {
      const found = await account.find(ref);
      if (found.order) return taken(account, ref, found.order, found.fills);
      return found.isThere ? ref : 'gone';
    } catch {
      return ref.isConditional ? ref : 'gone';
    }
  }

  function taken(
    account: TradingAccount,
    ref: OrderRef,
    order: OrderReport,
    fills?: readonly FillReport[],
  ): 'gone' | OrderRef {
    sightings.report(account.id, order, 'rest', fills);
    return nowOf(ref, order);
  }

  /** As what it stands now by that report. */
  function nowOf(ref: OrderRef, order: OrderReport): 'gone' | OrderRef {
    if (isHandedOver(order)) return { ...ref, ...heirRef(order) };
    const { venueOrderId, isConditional } = order;
    return isTerminal(order.status) ? 'gone' : { ...ref, venueOrderId, isConditional };
  }

  return {
    cancel,
    cancelAsIs,
    onSight(clientOrderId, from) {
      wishes.set(clientOrderId, from);
    },
    dispose() {
      isDisposed = true;
      stop();
    },
  };
}

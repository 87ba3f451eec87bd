import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import type { AccountId, Position } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import { isSettled, type OwnOrder } from '#shared/domain/own-order.ts';
import { positionName } from '../accounts/account-holdings.ts';
import { closeDraft, sellDraft, turnDraft } from './close-position.ts';
import type { Journal } from './journal-port.ts';
import type { RunningSweep, Sweeps } from './sweeps.ts';
import type { TradingAccount, TradingAccounts } from './trading-account.ts';

/** Walks a draft through guard, trust, confirmation and executor. */
export type PlaceDraft = (draft: OrderDraft) => Promise<PlaceAnswer>;

export interface PositionOrdersOptions {
  readonly clock: Clock;
  readonly accounts: Pick<TradingAccounts, 'of'>;
  readonly journal: Pick<Journal, 'orders' | 'onOrder'>;
  readonly sweeps: Pick<Sweeps, 'begin'>;
  /** A spot market's base currency; `undefined`: the instrument has positions, or is not known. */
  readonly spotBaseOf: (instrument: InstrumentId) => string | undefined;
}

/** Which position is meant. */
export interface PositionRef {
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  readonly leg: Position['leg'];
}

/** Orders that end positions. They pass the same guard as any other, and never make a position change its sign by themselves. */
export interface PositionOrders {
  /** Of the position as it is at this moment; `undefined`: there is none. `percent`: 1–100. */
  close(position: PositionRef, percent: number, place: PlaceDraft): Promise<PlaceAnswer | undefined>;
  /**
   * Ends the position, and once all of it has ended opens as much on the other side. Answers what came of the second order,
   * or of the first where the second was not placed. `undefined`: there is none.
   */
  reverse(position: PositionRef, place: PlaceDraft): Promise<PlaceAnswer | undefined>;
  /** Cancels everything of the account, then closes every position. Answers the id of its sweep at once. Throws `account.unknown`. */
  flatten(account: AccountId, from: string, place: PlaceDraft): string;
}

/** What takes what it finds at once has ended by then, or is in the dark. */
const ENDED_MS = 10_000;
/** The position follows its fills. */
const GONE_MS = 3000;
const STEP_MS = 50;

export function createPositionOrders(options: PositionOrdersOptions): PositionOrders {
  const { clock, accounts, journal } = options;

  function draftOf(ref: PositionRef, percent: number): OrderDraft | undefined {
    const { holdings } = accounts.of(ref.account);
    const base = options.spotBaseOf(ref.instrument);
    if (base !== undefined) {
      const free = holdings.balances.get(base)?.row?.free;
      if (free === undefined || new Big(free).lte(0)) return undefined;
      return sellDraft(ref.account, ref.instrument, percent);
    }
    const position = positionNow(accounts.of(ref.account), ref);
    return position && closeDraft(position, percent);
  }

  /** Resolves when it is so, or time is up. */
  async function until(isSo: () => boolean, mostMs: number): Promise<boolean> {
    const startedAt = clock.monotonic();
    while (!isSo()) {
      if (clock.monotonic() - startedAt >= mostMs) return false;
      await new Promise<void>((resolve) => void clock.after(STEP_MS, resolve));
    }
    return true;
  }

  const now = ({ request }: OwnOrder) => journal.orders.get(request.clientOrderId);

  async function reverse(ref: PositionRef, place: PlaceDraft): Promise<PlaceAnswer | undefined> {
    const account = accounts.of(ref.account);
    const position = positionNow(account, ref);
    if (position === undefined) return undefined;
    const close = closeDraft(position, 100);
    const closed = await place(close);
    if (closed.kind !== 'placed') return closed;
    await until(() => isSettled(now(closed.order)?.state ?? 'unknown'), ENDED_MS);
    const order = now(closed.order) ?? closed.order;
    // Whatever is left of it, or may be, is not turned round.
    if (order.state !== 'filled') return { kind: 'placed', order };
    if (!(await until(() => positionNow(account, ref) === undefined, GONE_MS)))
      return { kind: 'placed', order };
    return place(turnDraft(close, order.filledQuantity));
  }

  async function flattenAll(sweep: RunningSweep, account: TradingAccount, place: PlaceDraft): Promise<void> {
    const cancelled = await sweep.cancelled;
    if (sweep.signal.aborted) return;
    if (cancelled.outcome !== 'clean') {
      // What may still be filled makes any reckoning of what to close a guess.
      sweep.end({ outcome: cancelled.outcome, detail: cancelled.detail ?? 'orders may be open still' });
      return;
    }
    const held = () => [...account.holdings.positions.values()].flatMap(({ row }) => (row ? [row] : []));
    const open = held();
    sweep.add(open.length);
    let failures = 0;
    for (const { instrument, leg } of open) {
      if (sweep.signal.aborted) return;
      const failed = await closedOne(account, { account: account.id, instrument, leg }, place);
      if (failed !== undefined) failures += 1;
      sweep.done(failed === undefined ? undefined : { order: instrument, message: failed });
    }
    // What was filled while it was cancelled and closed may have opened others.
    const left = held().filter(({ quantity }) => !new Big(quantity).eq(0));
    if (failures === 0 && left.length === 0) sweep.end({ outcome: 'clean' });
    else sweep.end({ outcome: 'left-over', detail: `positions are open still: ${namesOf(left)}` });
  }

  /** Why it is not closed; `undefined`: it is. */
  async function closedOne(
    account: TradingAccount,
    ref: PositionRef,
    place: PlaceDraft,
  ): Promise<string | undefined> {
    const draft = draftOf(ref, 100);
    if (draft === undefined) return undefined;
    let answer: PlaceAnswer;
    try {
      answer = await place(draft);
    } catch (fault) {
      return messageOf(fault);
    }
    if (answer.kind === 'denied') return answer.denials.map(({ rule }) => rule).join(', ');
    if (answer.kind === 'blocked') return answer.trust.kind === 'blocked' ? answer.trust.reason : '';
    if (answer.kind === 'declined') return answer.answer;
    const { order } = answer;
    await until(() => isSettled(now(order)?.state ?? 'unknown'), ENDED_MS);
    const isGone = await until(() => positionNow(account, ref) === undefined, GONE_MS);
    const ended = now(order) ?? order;
    return isGone ? undefined : `${ended.state} ${ended.filledQuantity} / ${ended.request.quantity}`;
  }

  return {
    async close(ref, percent, place) {
      const draft = draftOf(ref, percent);
      return draft && place(draft);
    },
    reverse,
    flatten(id, from, place) {
      const account = accounts.of(id);
      const sweep = options.sweeps.begin(id, from);
      flattenAll(sweep, account, place).catch((fault: unknown) =>
        sweep.end({ outcome: 'failed', detail: messageOf(fault) }),
      );
      return sweep.id;
    },
  };
}

function namesOf(positions: readonly Position[]): string {
  return positions.map(({ instrument }) => instrument).join(', ');
}

/** The freshest there is; `undefined`: none. */
function positionNow({ holdings }: TradingAccount, ref: PositionRef): Position | undefined {
  const row = holdings.positions.get(positionName(ref))?.row;
  return row === undefined || new Big(row.quantity).eq(0) ? undefined : row;
}

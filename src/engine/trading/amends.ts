import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { ChangeAnswer, PlaceAnswer } from '#shared/contract/order-views.ts';
import { isTerminal, type Order, type OrderReport } from '#shared/domain/order.ts';
import type { OrderChange } from '#shared/domain/order-draft.ts';
import type { Placed } from '#venues/order.ts';
import type { Cancels } from './cancels.ts';
import { changeAnswer } from './change-answer.ts';
import { createChangeMemory, hasChange } from './change-memory.ts';
import type { Journal } from './journal-port.ts';
import { filledOf, heirRef, heldOrder, refOf } from './known-order.ts';
import type { LateLines } from './late-lines.ts';
import { mintOrderId } from './order-id.ts';
import type { OwnSightings } from './own-sightings.ts';
import type { CallOutcome, TradingAccount, TradingAccounts } from './trading-account.ts';

/** Places what is left of a cancelled order as a new one: `quantity` is what is not filled. */
export type PlaceRest = (rest: OrderChange & { readonly quantity: string }) => Promise<PlaceAnswer>;

/** `undefined`: nobody wants it any more. */
type PlaceRestOrNot = (...rest: Parameters<PlaceRest>) => Promise<PlaceAnswer | undefined>;

export interface AmendsOptions {
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'append' | 'orders'>;
  readonly lines: LateLines;
  readonly accounts: Pick<TradingAccounts, 'of'>;
  readonly sightings: OwnSightings;
  readonly cancels: Pick<Cancels, 'cancelAsIs'>;
  /** Throws `order.halted`, `order.untrusted`. */
  readonly checkLeaving: (stillTrusted: () => boolean) => void;
}

export interface Amends {
  /** See `Executor.amend`. Two of one order follow one another; the same one twice is one. */
  amend(
    order: Order,
    change: OrderChange,
    from: string,
    stillTrusted: () => boolean,
    placeRest: PlaceRest,
  ): Promise<ChangeAnswer>;
  /**
   * With what it was changed to a moment ago, though it was not told of yet. `isCertain` false: an earlier change may come to be still,
   * so that it looks as wanted says nothing.
   */
  asItStands(order: Order): { readonly order: Order; readonly isCertain: boolean };
  /** Somebody cancels them: what is to be placed anew of them is not. */
  abandon(which: (order: Order) => boolean): void;
}

interface Running {
  readonly order: Order;
  readonly change: string;
  readonly call: Promise<ChangeAnswer>;
  isAbandoned: boolean;
}

const LOOKS_MS = [500, 500, 1000, 2000, 4000, 4000];
const FENCE_SLACK_MS = 2000;
/** How long an accepted cancel may take to be told as an ending. */
const ENDING_LOOKS_MS = [0, 200, 300, 500, 1000, 2000, 4000, 7000];

export function createAmends(options: AmendsOptions): Amends {
  const { clock, journal, lines, accounts, sightings } = options;
  const running = new Map<string, Running>();
  const memory = createChangeMemory(clock);

  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  async function amend(
    order: Order,
    change: OrderChange,
    from: string,
    stillTrusted: () => boolean,
    placeRest: PlaceRest,
  ): Promise<ChangeAnswer> {
    const account = accounts.of(order.account);
    const name = nameOf(order);
    const wanted = JSON.stringify(change);
    const before = running.get(name);
    if (before?.change === wanted) return before.call;
    const own: Running = {
      order,
      change: wanted,
      isAbandoned: false,
      call: (async () => {
        await before?.call.catch(() => undefined);
        return run(name, account, order, change, from, stillTrusted, async (rest) =>
          own.isAbandoned ? undefined : placeRest(rest),
        );
      })(),
    };
    running.set(name, own);
    try {
      return await own.call;
    } finally {
      if (running.get(name) === own) running.delete(name);
    }
  }

  async function run(
    name: string,
    account: TradingAccount,
    given: Order,
    change: OrderChange,
    from: string,
    stillTrusted: () => boolean,
    placeRest: PlaceRestOrNot,
  ): Promise<ChangeAnswer> {
    const ref = refOf(given);
    const now = memory.asChanged(name, heldOrder(account.holdings, ref)?.order ?? given);
    if (isTerminal(now.status)) return { verdict: 'gone' };
    if (hasChange(now, change) && !memory.isDoubted(name)) return { verdict: 'accepted' };
    const startedAt = clock.monotonic();
    const order = now.clientOrderId ?? now.venueOrderId;
    journal.append({ kind: 'amend', order, ref, change, from });
    const isInPlace = amendsInPlace(account, now);
    const answer = isInPlace
      ? await inPlace(account, now, change, stillTrusted)
      : await anew(account, now, change, from, placeRest);
    if (isInPlace) memory.keep(name, change, answer.verdict);
    const { verdict, venueCode, message } = answer;
    const words = {
      ...(venueCode !== undefined && { venueCode }),
      ...(message !== undefined && { message }),
    };
    lines.add({
      kind: 'done',
      order,
      action: 'amend',
      verdict: verdict === 'denied' || verdict === 'blocked' || verdict === 'declined' ? 'rejected' : verdict,
      ...words,
      afterMs: clock.monotonic() - startedAt,
    });
    return answer;
  }

  async function inPlace(
    account: TradingAccount,
    order: Order,
    change: OrderChange,
    stillTrusted: () => boolean,
  ): Promise<ChangeAnswer> {
    let sentAt: number | undefined;
    const outcome = await ask(account, order, change, () => {
      options.checkLeaving(stillTrusted);
      sentAt = clock.monotonic();
    });
    if (outcome.verdict === 'accepted') {
      if (outcome.answer.report) sightings.report(account.id, outcome.answer.report, 'rest');
      return { verdict: 'accepted' };
    }
    const words = { venueCode: outcome.venueCode, message: outcome.message };
    if (sentAt === undefined || outcome.verdict === 'unsent') return { verdict: 'rejected', ...words };
    switch (outcome.verdict) {
      case 'unchanged':
        return { verdict: 'accepted' };
      case 'gone':
      case 'rejected':
        return { verdict: outcome.verdict, ...words };
      default:
        return lookedInto(account, order, change, sentAt, words);
    }
  }

  async function ask(
    account: TradingAccount,
    order: Order,
    change: OrderChange,
    onSending: () => void,
  ): Promise<CallOutcome<Placed>> {
    try {
      const id = order.clientOrderId ?? mintOrderId();
      return await account.amend(order, change, id, onSending);
    } catch (fault) {
      return { verdict: 'unknown', venueCode: 'internal', message: messageOf(fault) };
    }
  }

  /** After a lost answer: never again, only looked at until it shows, or cannot come any more. */
  async function lookedInto(
    account: TradingAccount,
    order: Order,
    change: OrderChange,
    sentAt: number,
    words: { readonly venueCode: string; readonly message: string },
  ): Promise<ChangeAnswer> {
    const { recvWindowMs } = account.absence;
    const over = recvWindowMs === undefined ? undefined : sentAt + recvWindowMs + FENCE_SLACK_MS;
    for (const ms of LOOKS_MS) {
      await wait(ms);
      const askedAt = clock.monotonic();
      const seen = await looked(account, order);
      if (seen === undefined) continue;
      if (hasChange(seen, change)) return { verdict: 'accepted' };
      if (isTerminal(seen.status)) return { verdict: 'gone' };
      if (over !== undefined && askedAt > over) return { verdict: 'rejected', ...words };
    }
    return { verdict: 'unknown', ...words };
  }

  /** The stream's word where it is newer, else the venue's answer; `undefined`: there is none. */
  async function looked(account: TradingAccount, order: Order): Promise<OrderReport | undefined> {
    try {
      const found = await account.find(refOf(order));
      if (found.order) sightings.report(account.id, found.order, 'rest', found.fills);
      const held = heldOrder(account.holdings, refOf(order));
      if (held?.isGuess) return found.order;
      if (found.order === undefined) return held?.order;
      return held && held.order.venueTime > found.order.venueTime ? held.order : found.order;
    } catch {
      // Asked again: what is wrong with the account shows elsewhere.
      return undefined;
    }
  }

  /** Out with the old one, and only once it is proven how far it was filled in with the rest of it. */
  async function anew(
    account: TradingAccount,
    order: Order,
    change: OrderChange,
    from: string,
    placeRest: PlaceRestOrNot,
  ): Promise<ChangeAnswer> {
    const whole = change.quantity ?? order.quantity ?? closedBy(order);
    // Asked before it is cancelled: nothing could be put in its place.
    if (whole === undefined) return { verdict: 'rejected', message: 'it names no quantity to place anew' };
    const { isOurs, ...cancelled } = await options.cancels.cancelAsIs(refOf(order), from);
    // It ended by something else: somebody did not want it any more, or it did what it was for.
    if (cancelled.verdict === 'gone' && !isOurs) return cancelled;
    if (cancelled.verdict !== 'accepted' && cancelled.verdict !== 'gone') return cancelled;
    const ended = await ending(account, order);
    if (ended === undefined) {
      return {
        verdict: 'unknown',
        message: 'its ending was not told: what is left of it was not placed anew',
      };
    }
    if (ended.status === 'FILLED') return { verdict: 'gone' };
    if (heirRef(ended)) return { verdict: 'gone', message: 'it was triggered' };
    const quantity = new Big(whole).minus(filledOf(account.holdings, ended));
    if (quantity.lte(0)) return { verdict: 'gone' };
    const price = change.price ?? order.price;
    const triggerPrice = change.triggerPrice ?? order.triggerPrice;
    const placed = await placeRest({
      quantity: quantity.toFixed(),
      ...(price !== undefined && { price }),
      ...(triggerPrice !== undefined && { triggerPrice }),
    });
    return placed ? changeAnswer(placed) : { verdict: 'gone', message: 'it was cancelled meanwhile' };
  }

  /** One that closes whatever there is names no quantity: that of the position when it was placed. */
  function closedBy({ clientOrderId }: Order): string | undefined {
    const own = clientOrderId === undefined ? undefined : journal.orders.get(clientOrderId)?.request;
    return own?.closePosition ? own.quantity : undefined;
  }

  /** The last report of it; `undefined`: none was to be had. */
  async function ending(account: TradingAccount, order: Order): Promise<OrderReport | undefined> {
    for (const ms of ENDING_LOOKS_MS) {
      if (ms > 0) await wait(ms);
      const held = heldOrder(account.holdings, refOf(order));
      if (held && isTerminal(held.order.status) && !held.isGuess) return held.order;
      const seen = await looked(account, order);
      if (seen && isTerminal(seen.status)) return seen;
    }
    return undefined;
  }

  return {
    amend,
    asItStands: (order) => ({
      order: memory.asChanged(nameOf(order), order),
      isCertain: !memory.isDoubted(nameOf(order)),
    }),
    abandon(which) {
      for (const one of running.values()) one.isAbandoned ||= which(one.order);
    },
  };
}

const nameOf = ({ account, instrument, isConditional, venueOrderId }: Order) =>
  `${account} ${instrument} ${isConditional} ${venueOrderId}`;

/** Not so the venue's own changing of orders that wait, at some. */
export function amendsInPlace(account: Pick<TradingAccount, 'abilities'>, order: OrderReport): boolean {
  const { amend, amendsWaiting } = account.abilities(order.instrument);
  const waits = order.isConditional || order.status === 'PENDING_TRIGGER';
  return amend === 'in-place' && !(waits && amendsWaiting === false);
}

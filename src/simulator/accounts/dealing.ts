import type Big from 'big.js';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Fill } from '../print.ts';
import type { Account } from './account.ts';
import type { DeskEvent, Refused, SimAccount, SimDraft, SimFill, SimOrder } from './account-desk.ts';
import { bookFill } from './book-fill.ts';
import { markPriceOf, priceOf, quantityOf, stepsOf } from './coin-units.ts';
import type { CategoryRules } from './desk-rules.ts';
import { type Cost, costOf, execute, withdrawRest } from './execution.ts';
import type { AccountSite, Ledger } from './ledger.ts';
import { checkChange, checkDraft, checkFunds, hasPassed, reducible, refuse } from './order-check.ts';
import { OwnOrder } from './own-order.ts';
import { cutReduceOnly, type ShrinksOrders } from './reduce-only.ts';

/** What dealing needs of the desk. */
export interface DealingHost extends AccountSite {
  /** The desk's own object of an account. Throws when it is another desk's. */
  own(account: SimAccount): Account;
  emit(event: DeskEvent): void;
}

interface Booking {
  readonly own: SimFill;
  /** Whose balances moved. */
  readonly currencies: readonly string[];
}

/** Everything that is done to the orders of one venue's accounts, by them or by the market. */
export class Dealing implements ShrinksOrders {
  readonly #host: DealingHost;
  #nextOrder = 1;
  #nextFill = 1;
  /** While an order is entered: what shrinks a position then is looked after at its end. */
  #isEntering = false;

  constructor(host: DealingHost) {
    this.#host = host;
  }

  openOf(account: Ledger): OwnOrder[] {
    return [...this.#host.own(account).open.values()];
  }

  /** `doomed`: the order is taken, and rejected before it comes to the book. */
  place(
    of: SimAccount,
    draft: SimDraft,
    manner: 'usual' | 'liquidation' | 'doomed' = 'usual',
  ): SimOrder | Refused {
    const account = this.#host.own(of);
    const isLiquidation = manner === 'liquidation';
    if (draft.clientOrderId !== undefined) account.useId(draft.clientOrderId);
    const rules = this.#host.rules.categories[draft.category];
    const instrument = rules && this.#host.instrumentOf(draft);
    if (!rules || !instrument) return refuse('unknown-symbol', `There is no ${draft.symbol}.`);
    const found = isLiquidation ? undefined : checkDraft(account, draft, instrument, rules);
    if (found) return found;
    if (manner === 'doomed') return this.#reject(account, draft, instrument);
    if (draft.trigger) return this.#admit(account, draft, instrument, isLiquidation).view;
    const cost = costOf(account, draft, instrument, rules);
    if ('refused' in cost) return cost;
    if (!isLiquidation) {
      const short = checkFunds(account, draft, instrument, rules, cost);
      if (short) return short;
    }
    const order = this.#admit(account, cost.draft, instrument, isLiquidation);
    this.#enter(order, cost);
    return order.view;
  }

  cancel(of: SimAccount, { number }: SimOrder): SimOrder | Refused {
    const order = this.#host.own(of).ownOrder(number);
    if (!order) return refuse('not-found', `There is no order ${number}.`);
    if (!order.isOpen) return refuse('already-ended', `Order ${number} has ended.`);
    this.end(order, 'canceled', 'user');
    return order.view;
  }

  amend(
    of: SimAccount,
    { number }: SimOrder,
    change: { readonly price?: Big; readonly quantity?: Big; readonly triggerPrice?: Big },
  ): SimOrder | Refused {
    const account = this.#host.own(of);
    const order = account.ownOrder(number);
    if (!order) return refuse('not-found', `There is no order ${number}.`);
    if (!order.isOpen) return refuse('already-ended', `Order ${number} has ended.`);
    const { instrument, rules } = order;
    if (instrument.isSuspended)
      return refuse('suspended', `${instrument.coin.symbol} is not traded for now.`);
    const found = checkChange(order.view, change, instrument, rules);
    if (found) return found;
    const before = order.view;
    const time = instrument.actingTime;
    if (before.status === 'untriggered') {
      order.change(change, time);
      this.#tellOrder(order, true);
      return order.view;
    }
    // As if it were placed anew, without what it holds now.
    account.open.delete(number);
    const wanted = { ...before, ...change };
    const remaining = { ...wanted, quantity: wanted.quantity?.minus(before.filled) } as SimDraft;
    const cost = costOf(account, remaining, instrument, rules);
    const short = 'refused' in cost ? cost : checkFunds(account, remaining, instrument, rules, cost);
    // Back in its place: the account's orders stay in the order of their numbers.
    account.reopen(order);
    if (short) return short;
    // A reduce-only order that would have grown beyond the position is as large as that.
    const { quantity } = (cost as Cost).draft;
    const isCut = quantity && remaining.quantity && quantity.lt(remaining.quantity);
    this.#move(order, isCut ? { ...change, quantity: quantity.plus(before.filled) } : change, cost as Cost);
    return order.view;
  }

  /** Ends an open order, takes its rest out of the book, and tells. */
  end(order: OwnOrder, status: 'filled' | 'canceled' | 'expired' | 'rejected', why: SimOrder['ended']): void {
    const { actingTime } = order.instrument;
    withdrawRest(order);
    order.become(status, actingTime, why);
    this.#host.own(order.account).closeOrder(order);
    this.#tellOrder(order, false);
  }

  /** Makes an open order smaller by `less`; the rest keeps its place. */
  shrink(order: OwnOrder, less: Big): void {
    const { instrument, view, bookSide } = order;
    instrument.withdraw(order, bookSide, stepsOf(instrument.coin, less) ?? 0);
    if (view.quantity) order.change({ quantity: view.quantity.minus(less) }, instrument.actingTime);
    this.#tellOrder(order, true);
  }

  /** An order whose trigger was reached becomes one like any other. */
  trigger(order: OwnOrder): void {
    const { account, instrument, rules } = order;
    if (order.view.closesPosition) {
      order.change({ quantity: reducible(account, order.view, order.view.side) }, instrument.actingTime);
    }
    const cost = costOf(account, order.view, instrument, rules);
    const short = 'refused' in cost ? cost : checkFunds(account, order.view, instrument, rules, cost);
    if (short || 'refused' in cost) {
      const isReduceOnly = short?.refused === 'reduce-only';
      this.end(order, isReduceOnly ? 'expired' : 'rejected', isReduceOnly ? 'reduce-only' : 'insufficient');
      return;
    }
    order.fire(instrument.actingTime);
    const { quantity } = cost.draft;
    if (quantity) order.change({ quantity }, instrument.actingTime);
    this.#tellOrder(order, false);
    this.#enter(order, cost);
  }

  /** Whether the price has passed an order's trigger since this was last asked. */
  isDue(order: OwnOrder): boolean {
    const { view, instrument, rules } = order;
    const { trigger, side } = view;
    if (!trigger || view.status !== 'untriggered') return false;
    const { coin, mark, tape } = instrument;
    if ((trigger.by ?? rules.triggerBy) === 'mark')
      return hasPassed(side, trigger, markPriceOf(coin, mark.markPrice));
    const latest = tape.last.id;
    if (latest === order.seenPrint) return false;
    const prints = tape.fromId(order.seenPrint + 1, latest - order.seenPrint);
    order.seenPrint = latest;
    return prints.some((print) => hasPassed(side, trigger, priceOf(coin, print.price)));
  }

  /** Writes an execution into the ledger and tells nobody. */
  book(order: OwnOrder, fill: Pick<Fill, 'id' | 'price' | 'quantity' | 'time'>, isMaker: boolean): Booking {
    const { account, instrument, view } = order;
    const { coin } = instrument;
    const price = priceOf(coin, fill.price);
    const quantity = quantityOf(coin, fill.quantity);
    const { fee, realisedPnl, currencies } = bookFill(order, price, quantity, isMaker, fill.time);
    order.add(price, quantity, fee, fill.time);
    if (order.resting?.quantity === 0) order.resting = undefined;
    if (!order.isOpen) this.#host.own(account).closeOrder(order);
    const { category, symbol, side, feeCurrency } = view;
    const own: SimFill = {
      category,
      symbol,
      number: this.#nextFill++,
      order: order.view,
      side,
      price,
      quantity,
      tradeId: fill.id,
      fee,
      feeCurrency,
      isMaker,
      realisedPnl,
      time: fill.time,
    };
    account.addFill(own);
    return { own, currencies };
  }

  /** An order nobody has looked at the prices for: for the past, which is over. */
  create(
    account: Account,
    draft: SimDraft,
    instrument: InstrumentMarket,
    time: number,
    isLiquidation: boolean,
  ): OwnOrder {
    const rules = this.#host.rules.categories[draft.category] as CategoryRules;
    return new OwnOrder({
      account,
      number: this.#nextOrder++,
      draft,
      instrument,
      rules,
      isLiquidation,
      time,
      filled: (order, fill, isMaker) => this.#filled(order, fill, isMaker),
    });
  }

  #admit(account: Account, draft: SimDraft, instrument: InstrumentMarket, isLiquidation: boolean): OwnOrder {
    const order = this.create(account, draft, instrument, instrument.actingTime, isLiquidation);
    account.addOrder(order);
    this.#tellOrder(order, false);
    return order;
  }

  #reject(account: Account, draft: SimDraft, instrument: InstrumentMarket): SimOrder {
    const order = this.create(account, draft, instrument, instrument.actingTime, false);
    account.addOrder(order);
    this.end(order, 'rejected', 'engine');
    return order.view;
  }

  #enter(order: OwnOrder, cost: Cost): void {
    this.#isEntering = true;
    try {
      execute(this, order, cost);
    } finally {
      this.#isEntering = false;
    }
    cutReduceOnly(this, order.account, order.view);
  }

  #move(order: OwnOrder, change: Parameters<OwnOrder['change']>[0], cost: Cost): void {
    const { view, resting, instrument } = order;
    const staysThere = change.price === undefined || (view.price && change.price.eq(view.price));
    const steps = resting?.quantity ?? 0;
    if (staysThere && cost.steps <= steps) {
      // Less of it keeps its place in the queue.
      if (cost.steps < steps) instrument.withdraw(order, order.bookSide, steps - cost.steps);
      order.change(change, instrument.actingTime);
      this.#tellOrder(order, true);
      return;
    }
    withdrawRest(order);
    order.change(change, instrument.actingTime);
    this.#tellOrder(order, true);
    this.#enter(order, cost);
  }

  #tellOrder(order: OwnOrder, amended: boolean): void {
    const { account, view } = order;
    this.#host.emit({ kind: 'order', account, order: view, amended, time: view.updatedAt });
  }

  #filled(order: OwnOrder, fill: Fill, isMaker: boolean): void {
    const { account, view, rules } = order;
    const { own, currencies } = this.book(order, fill, isMaker);
    const { time } = fill;
    const why = view.isLiquidation ? 'liquidation' : 'order';
    this.#host.emit({ kind: 'fill', account, fill: own, time });
    this.#host.emit({ kind: 'balances', account, why, currencies, time });
    if (rules.kind !== 'derivatives') return;
    const { category, symbol } = view;
    this.#host.emit({ kind: 'position', account, at: { category, symbol }, time });
    if (!this.#isEntering) cutReduceOnly(this, account, view);
  }
}

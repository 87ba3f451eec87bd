import Big from 'big.js';
import type { Listing, SimBalance, SimFill, SimFunding, SimOrder, SimPosition } from './account-desk.ts';
import { markPriceOf } from './coin-units.ts';
import { FLAT, type Holding } from './holding.ts';
import type { AccountSite, Ledger } from './ledger.ts';
import { initialMargin, lockOf, positionsOf, unrealisedPnl } from './margin.ts';
import type { OwnOrder } from './own-order.ts';

const ZERO = new Big(0);
const KEPT_CLOSED = 5000;
const KEPT_FILLS = 20_000;

/** One account's ledger: what it owns, what it has ordered, what it has traded. */
export class Account implements Ledger {
  readonly id: string;
  readonly site: AccountSite;
  /** Open ones by number, oldest first. */
  readonly open = new Map<number, OwnOrder>();
  readonly #totals = new Map<string, Big>();
  readonly #holdings = new Map<string, { readonly at: Listing; holding: Holding }>();
  readonly #leverages = new Map<string, number>();
  readonly #byNumber = new Map<number, OwnOrder>();
  readonly #byClientId = new Map<string, OwnOrder>();
  readonly #usedIds = new Set<string>();
  #closed: OwnOrder[] = [];
  #fills: SimFill[] = [];
  readonly #fundings: SimFunding[] = [];

  constructor(id: string, site: AccountSite) {
    this.id = id;
    this.site = site;
  }

  balances(): readonly SimBalance[] {
    const locks = this.#locks();
    return [...this.#totals].map(([currency, total]) => ({
      currency,
      total,
      used: locks.get(currency) ?? ZERO,
    }));
  }

  balanceOf(currency: string): SimBalance {
    return { currency, total: this.totalOf(currency), used: this.usedOf(currency) };
  }

  totalOf(currency: string): Big {
    return this.#totals.get(currency) ?? ZERO;
  }

  /** Locked by spot orders, and margin where the currency is the one positions are settled in. */
  usedOf(currency: string): Big {
    return this.#locks().get(currency) ?? ZERO;
  }

  /** What may be spent: profit that is not made yet only counts where it is a loss. */
  availableOf(currency: string): Big {
    const free = this.totalOf(currency).minus(this.usedOf(currency));
    if (currency !== this.site.rules.cash) return free;
    const unrealised = unrealisedPnl(this);
    return unrealised.lt(0) ? free.plus(unrealised) : free;
  }

  positions(): readonly SimPosition[] {
    return positionsOf(this);
  }

  /** Positions that are not flat, in the order they were first opened. */
  *holdings(): IterableIterator<{ readonly at: Listing; readonly holding: Holding }> {
    for (const entry of this.#holdings.values()) if (!entry.holding.quantity.eq(0)) yield entry;
  }

  holdingOf(at: Listing): Holding {
    return this.#holdings.get(keyOf(at))?.holding ?? FLAT;
  }

  markPriceOf(at: Listing): Big | undefined {
    const instrument = this.site.instrumentOf(at);
    return instrument && markPriceOf(instrument.coin, instrument.mark.markPrice);
  }

  leverageOf(at: Listing): number {
    const standard = this.site.rules.categories[at.category]?.defaultLeverage ?? 1;
    return this.#leverages.get(keyOf(at)) ?? standard;
  }

  openOrders(): readonly SimOrder[] {
    return [...this.open.values()].map(({ view }) => view);
  }

  closedOrders(): readonly SimOrder[] {
    return this.#closed.map(({ view }) => view);
  }

  fills(): readonly SimFill[] {
    return this.#fills;
  }

  fundings(): readonly SimFunding[] {
    return this.#fundings;
  }

  orderByNumber(number: number): SimOrder | undefined {
    return this.#byNumber.get(number)?.view;
  }

  orderByClientId(clientOrderId: string): SimOrder | undefined {
    return this.#byClientId.get(clientOrderId)?.view;
  }

  hasUsed(clientOrderId: string): boolean {
    return this.#usedIds.has(clientOrderId);
  }

  // What follows is the desk's.

  ownOrder(number: number): OwnOrder | undefined {
    return this.#byNumber.get(number);
  }

  useId(clientOrderId: string): void {
    this.#usedIds.add(clientOrderId);
  }

  hasOpenWithId(clientOrderId: string): boolean {
    return this.#byClientId.get(clientOrderId)?.isOpen ?? false;
  }

  move(currency: string, change: Big): void {
    this.#totals.set(currency, this.totalOf(currency).plus(change));
  }

  setLeverage(at: Listing, leverage: number): void {
    this.#leverages.set(keyOf(at), leverage);
  }

  hold(at: Listing, holding: Holding): void {
    const known = this.#holdings.get(keyOf(at));
    if (known) known.holding = holding;
    else this.#holdings.set(keyOf(at), { at: { category: at.category, symbol: at.symbol }, holding });
  }

  addOrder(order: OwnOrder): void {
    this.open.set(order.number, order);
    this.#byNumber.set(order.number, order);
    const { clientOrderId } = order.view;
    if (clientOrderId !== undefined) this.#byClientId.set(clientOrderId, order);
  }

  /** Puts an order back in its place that was left out for a moment. */
  reopen(order: OwnOrder): void {
    const later = [...this.open.values()].filter(({ number }) => number > order.number);
    this.open.set(order.number, order);
    for (const one of later) {
      this.open.delete(one.number);
      this.open.set(one.number, one);
    }
  }

  closeOrder(order: OwnOrder): void {
    this.open.delete(order.number);
    this.#closed.push(order);
    if (this.#closed.length < KEPT_CLOSED + 1000) return;
    for (const old of this.#closed.splice(0, this.#closed.length - KEPT_CLOSED)) {
      this.#byNumber.delete(old.number);
      const { clientOrderId = '' } = old.view;
      if (this.#byClientId.get(clientOrderId) === old) this.#byClientId.delete(clientOrderId);
    }
  }

  addFill(fill: SimFill): void {
    this.#fills.push(fill);
    if (this.#fills.length >= KEPT_FILLS * 2) this.#fills = this.#fills.slice(-KEPT_FILLS);
  }

  addFunding(funding: SimFunding): void {
    this.#fundings.push(funding);
  }

  /** What is held back, by currency. */
  #locks(): Map<string, Big> {
    const locks = new Map([[this.site.rules.cash, initialMargin(this).total]]);
    for (const order of this.open.values()) {
      const lock = lockOf(order);
      if (lock) locks.set(lock.currency, lock.quantity.plus(locks.get(lock.currency) ?? 0));
    }
    return locks;
  }
}

/** One text per instrument. */
function keyOf({ category, symbol }: Listing): string {
  return `${category} ${symbol}`;
}

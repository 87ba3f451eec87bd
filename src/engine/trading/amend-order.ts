import Big from 'big.js';
import { HeartlineError } from '#shared/base/errors.ts';
import type { ChangeAnswer, PlaceAnswer } from '#shared/contract/order-views.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';
import { isTerminal, type Order } from '#shared/domain/order.ts';
import type { Denial } from '#shared/domain/order-check.ts';
import type {
  OrderChange,
  OrderDraft,
  OrderRef,
  OrderRequest,
  TicketType,
} from '#shared/domain/order-draft.ts';
import { amendsInPlace } from './amends.ts';
import type { ConfirmOrder } from './confirm-order.ts';
import type { Executor } from './executor.ts';
import type { GuardState, HeldFacts } from './facts.ts';
import { guard } from './guard.ts';
import { costOf } from './guard-rules/funds.ts';
import { legFor } from './guard-rules/shape.ts';
import type { Journal } from './journal-port.ts';
import { completed, heldOrder } from './known-order.ts';
import { mintOrderId } from './order-id.ts';
import type { OrderSight } from './order-sight.ts';
import type { Wish } from './place-order.ts';
import type { TradingAccounts } from './trading-account.ts';
import { isStepped } from './trust.ts';
import { createTypedReader } from './typed-decimal.ts';

export interface AmendOrderOptions {
  readonly journal: Pick<Journal, 'orders' | 'append'>;
  readonly accounts: TradingAccounts;
  readonly sight: OrderSight;
  readonly executor: Executor;
  readonly check: (instrument: InstrumentId) => Promise<Instrument>;
  readonly place: (wish: Wish) => Promise<PlaceAnswer>;
  readonly confirm: ConfirmOrder;
}

/** A standing order, one of ours or a foreign one, is changed through the same guard and trust as a new one. */
export type AmendOrder = (ref: OrderRef, change: OrderChange, from: string) => Promise<ChangeAnswer>;

/** Throws `account.unknown`, `instrument.unknown`, `journal.unwritable`, `order.shape` for an order that is not one a ticket could have made. */
export function createAmendOrder(options: AmendOrderOptions): AmendOrder {
  const { sight, accounts, executor, journal } = options;

  return async (ref, typedChange, from) => {
    const account = accounts.of(ref.account);
    const found = heldOrder(account.holdings, completed(ref, account.holdings, journal.orders))?.order;
    if (found === undefined || isTerminal(found.status)) return { verdict: 'gone' };
    const { order: held, isCertain } = executor.asItStands(found);
    const denials: Denial[] = [];
    const change = readChange(typedChange, denials);
    if (denials.length > 0) return { verdict: 'denied', denials };
    if (isCertain && !isChange(held, change)) return { verdict: 'accepted' };
    const instrument = await options.check(held.instrument);
    const release = sight.hold(held.instrument);
    try {
      await sight.settled(held.instrument);
      return await walk(held, change, instrument, from);
    } finally {
      release();
    }
  };

  async function walk(
    held: Order,
    change: OrderChange,
    instrument: Instrument,
    from: string,
  ): Promise<ChangeAnswer> {
    const seen = sight.look(held.account, instrument);
    const { isHedged } = seen.held;
    const own = ownOf(held);
    const isInPlace = amendsInPlace(seen.account, held);
    if (!isInPlace && isHedged && own === undefined) throw shapeFault(held, 'its leg is not told');
    const request = requestOf(held, change, isHedged, own);
    const standing = requestOf(held, {}, isHedged, own);
    const refused = () => refusal(held, request, standing, instrument, isInPlace);
    const first = refused();
    if (first !== undefined) return first;
    const name = held.clientOrderId ?? held.venueOrderId;
    // Smaller and otherwise as it was, nothing is risked that was not before.
    const asked = isOnlyLess(held, change)
      ? undefined
      : options.confirm({ ...request, clientOrderId: name }, seen, true);
    if (asked !== undefined) {
      const answer = await asked;
      journal.append({ kind: 'confirm', order: name, answer });
      if (answer !== 'yes') return { verdict: 'declined' };
      // A person may have thought it over for a minute: what was true then has to be true now.
      const again = refused();
      if (again !== undefined) return again;
    }
    const more = Big(request.notional).minus(standing.notional);
    if (isInPlace && more.gt(0)) sight.raised(held.account, instrument, more);
    const stillTrusted = () => isStepped(sight.trust(held.account, instrument), undefined);
    const agreed = asked && request;
    return executor.amend(held, change, from, stillTrusted, (rest) =>
      options.place({ draft: restDraft(held, rest, request, own), agreed, from: 'amend' }),
    );
  }

  /** As it was asked for: what reports leave out of it. */
  function ownOf({ clientOrderId, account }: Order): OrderRequest | undefined {
    const own = clientOrderId === undefined ? undefined : journal.orders.get(clientOrderId);
    return own?.account === account ? own.request : undefined;
  }

  /** What stands in its way now. */
  function refusal(
    held: Order,
    request: OrderRequest,
    standing: OrderRequest,
    instrument: Instrument,
    isInPlace: boolean,
  ): ChangeAnswer | undefined {
    const seen = sight.look(held.account, instrument);
    // Changed in place, only what it is raised by counts for the day; what is placed anew is counted anew.
    const counted = isInPlace ? standing.notional : '0';
    const state = withoutItself(sight.guardState(seen, request), held, standing, counted);
    const guarded = guard(request, state);
    if (guarded.kind === 'denied') return { verdict: 'denied', denials: guarded.denials };
    const trust = sight.trust(held.account, instrument);
    return isStepped(trust, undefined) ? undefined : { verdict: 'blocked', trust };
  }
}

function readChange(typed: OrderChange, denials: Denial[]): OrderChange {
  const read = createTypedReader(denials);
  const one = (field: 'price' | 'quantity' | 'triggerPrice') =>
    typed[field] === undefined ? undefined : read(field, typed[field])?.toFixed();
  const [price, quantity, triggerPrice] = [one('price'), one('quantity'), one('triggerPrice')];
  return {
    ...(price !== undefined && { price }),
    ...(quantity !== undefined && { quantity }),
    ...(triggerPrice !== undefined && { triggerPrice }),
  };
}

/** What is as it was already is not asked for. */
function isChange(held: Order, change: OrderChange): boolean {
  return (['price', 'quantity', 'triggerPrice'] as const).some(
    (field) => change[field] !== undefined && !Big(change[field]).eq(held[field] ?? 0),
  );
}

function isOnlyLess(held: Order, { price, triggerPrice, quantity }: OrderChange): boolean {
  const isSame = (now: string | undefined, then: string | undefined) =>
    then === undefined || (now !== undefined && Big(now).eq(then));
  return (
    isSame(held.price, price) &&
    isSame(held.triggerPrice, triggerPrice) &&
    (quantity === undefined || Big(quantity).lte(held.quantity ?? 0))
  );
}

/** What would stand after it: what is filled already is beyond any limit. */
function requestOf(
  held: Order,
  change: OrderChange,
  isHedged: boolean,
  own: OrderRequest | undefined,
): OrderRequest {
  const type = ticketType(held);
  const closesAll = own?.closePosition === true && change.quantity === undefined;
  const whole = change.quantity ?? held.quantity ?? (closesAll ? own.quantity : '0');
  const reduceOnly = own?.reduceOnly ?? held.reduceOnly;
  const left = Big(whole).minus(held.filledQuantity);
  const plain = (text: string | undefined) => (text === undefined ? undefined : Big(text).toFixed());
  const price = plain(change.price ?? held.price);
  const triggerPrice = plain(change.triggerPrice ?? held.triggerPrice);
  const quantity = left.gt(0) ? left : Big(whole);
  return {
    account: held.account,
    instrument: held.instrument,
    // What is judged only; a foreign order's own id need not be one of ours.
    clientOrderId: mintOrderId(),
    side: held.side,
    type,
    isMarket: false,
    timeInForce: held.postOnly ? 'GTX' : 'GTC',
    quantity: quantity.toFixed(),
    ...(price !== undefined && { price }),
    ...(triggerPrice !== undefined && { triggerPrice, triggerBy: own?.triggerBy ?? 'last' }),
    reduceOnly,
    closePosition: closesAll,
    leg: legFor({ side: held.side, reduceOnly }, isHedged),
    notional: quantity.times(price ?? triggerPrice ?? 0).toFixed(),
  };
}

/** The order that is changed is not one more beside itself. */
function withoutItself(state: GuardState, held: Order, standing: OrderRequest, counted: string): GuardState {
  const price = standing.price ?? standing.triggerPrice ?? '0';
  const order = { request: standing, quantity: Big(standing.quantity), price: Big(price) };
  const tied = costOf(order, state);
  const freed = (free: HeldFacts['free']) =>
    free && tied?.currency === free.currency
      ? { ...free, quantity: tied.quantity.plus(free.quantity).toFixed() }
      : free;
  const left = Big(held.quantity ?? 0).minus(held.filledQuantity);
  const { reducing } = state.held;
  const others = Big(reducing[held.side]).minus(held.reduceOnly ? left : 0);
  return {
    ...state,
    spentToday: Big(state.spentToday).minus(counted).toFixed(),
    isRepeat: false,
    held: {
      ...state.held,
      free: freed(state.held.free),
      ...(state.held.freeBase && { freeBase: freed(state.held.freeBase) ?? state.held.freeBase }),
      openOrders: Math.max(0, state.held.openOrders - 1),
      reducing: { ...reducing, [held.side]: (others.gt(0) ? others : Big(0)).toFixed() },
    },
  };
}

function ticketType({ type, venueOrderId }: Order): Exclude<TicketType, 'market'> {
  switch (type) {
    case 'limit':
    case 'stop':
    case 'take-profit':
    case 'stop-market':
    case 'take-profit-market':
      return type;
    default:
      throw shapeFault({ type, venueOrderId }, 'it is of a kind no ticket makes');
  }
}

function shapeFault({ type, venueOrderId }: Pick<Order, 'type' | 'venueOrderId'>, why: string) {
  const words = `order ${venueOrderId} cannot be changed from here: ${why}`;
  return new HeartlineError('order.shape', words, { details: { type } });
}

/** `own`: as it was asked for, where it is one of ours: reports tell neither what triggers it nor what it closes. */
function restDraft(
  held: Order,
  rest: OrderChange & { readonly quantity: string },
  { reduceOnly, closePosition }: OrderRequest,
  own: OrderRequest | undefined,
): OrderDraft {
  const { timeInForce } = held;
  const price = rest.price ?? held.price;
  const triggerPrice = rest.triggerPrice ?? held.triggerPrice;
  return {
    account: held.account,
    instrument: held.instrument,
    side: held.side,
    type: ticketType(held),
    quantity: { unit: 'base', value: rest.quantity },
    ...(price !== undefined && { price }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    ...(own?.triggerBy !== undefined && { triggerBy: own.triggerBy }),
    timeInForce: timeInForce === 'IOC' || timeInForce === 'FOK' ? timeInForce : 'GTC',
    postOnly: held.postOnly,
    reduceOnly,
    closePosition,
  };
}

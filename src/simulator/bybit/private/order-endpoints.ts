import Big from 'big.js';
import type { SimDraft, SimOrder } from '../../accounts/account-desk.ts';
import type { Category } from '../category.ts';
import { Refusal } from '../query.ts';
import {
  badParameter,
  categoryAsked,
  coinNamed,
  type PrivateContext,
  refusalFor,
  scopeOf,
  settled,
} from './context.ts';
import { isOpen, numberOf, orderIdOf } from './order-words.ts';

/** Creating, amending and cancelling: what is answered is that it was taken; the rest comes on the socket. */

const LINK_ID = /^[A-Za-z0-9_-]{1,36}$/;
const LIVES: Readonly<Record<string, SimDraft['timeInForce']>> = {
  GTC: 'GTC',
  IOC: 'IOC',
  FOK: 'FOK',
  PostOnly: 'GTX',
};

function decimal({ query }: PrivateContext, name: string): Big | undefined {
  const text = query.text(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,20}(?:\.\d{1,20})?$/.test(text) || new Big(text).eq(0))
    throw badParameter(`${name} is invalid`);
  return new Big(text);
}

function required(context: PrivateContext, name: string): Big {
  const value = decimal(context, name);
  if (!value) throw badParameter(`${name} is required`);
  return value;
}

function familyOf(context: PrivateContext): Category {
  const category = categoryAsked(context);
  if (!category) throw badParameter('Category is invalid');
  return category;
}

function sideOf({ query }: PrivateContext): SimDraft['side'] {
  const side = query.text('side');
  if (side === 'Buy') return 'buy';
  if (side === 'Sell') return 'sell';
  throw badParameter('side invalid');
}

function linkIdOf({ query }: PrivateContext): { readonly clientOrderId?: string } {
  const text = query.text('orderLinkId');
  if (text === undefined) return {};
  if (LINK_ID.test(text)) return { clientOrderId: text };
  throw badParameter('orderLinkId is invalid');
}

/** Linear orders say which way the price comes; of spot orders the last price says it. */
function triggerOf(
  context: PrivateContext,
  category: Category,
  side: SimDraft['side'],
): { readonly trigger?: NonNullable<SimDraft['trigger']> } {
  const { query, markets } = context;
  const price = decimal(context, 'triggerPrice');
  if (!price) return {};
  let direction = query.integer('triggerDirection');
  if (category === 'spot' && direction === undefined) {
    const instrument = markets.get(category)?.instruments.get(query.text('symbol') ?? '');
    const last = instrument ? new Big(instrument.coin.tickSize).times(instrument.tape.last.price) : price;
    direction = price.gt(last) ? 1 : 2;
  }
  if (direction !== 1 && direction !== 2) throw badParameter('triggerDirection is invalid');
  const isStop = (direction === 1) === (side === 'buy');
  const by = query.text('triggerBy') === 'MarkPrice' ? 'mark' : 'last';
  return { trigger: { price, kind: isStop ? 'stop' : 'take-profit', by } };
}

function draftOf(context: PrivateContext, category: Category): SimDraft {
  const { query } = context;
  const { symbol } = coinNamed(context, category);
  const side = sideOf(context);
  const type = query.text('orderType');
  if (type !== 'Limit' && type !== 'Market') throw badParameter('orderType invalid');
  if ((query.integer('positionIdx') ?? 0) !== 0) {
    throw new Refusal(10001, 'position idx not match position mode');
  }
  const life = LIVES[query.text('timeInForce') ?? 'GTC'];
  if (!life) throw badParameter('timeInForce is invalid');
  const quantity = required(context, 'qty');
  // A spot market buy names what it may cost, unless it says otherwise.
  const isTotal =
    category === 'spot' && type === 'Market' && side === 'buy' && query.text('marketUnit') !== 'baseCoin';
  return {
    category,
    symbol,
    side,
    type: type === 'Market' ? 'market' : 'limit',
    timeInForce: type === 'Market' ? 'IOC' : life,
    ...(type === 'Limit' ? { price: required(context, 'price') } : {}),
    ...(isTotal ? { quoteQuantity: quantity } : { quantity }),
    reduceOnly: query.text('reduceOnly') === 'true' || query.text('closeOnTrigger') === 'true',
    ...linkIdOf(context),
    ...triggerOf(context, category, side),
  };
}

function idsOf(order: SimOrder): { readonly orderId: string; readonly orderLinkId: string } {
  return { orderId: orderIdOf(order), orderLinkId: order.clientOrderId ?? '' };
}

export function createOrder(context: PrivateContext): unknown {
  const category = familyOf(context);
  const draft = draftOf(context, category);
  // An id is used once and for ever, also by an order that was refused.
  if (draft.clientOrderId !== undefined && context.account.hasUsed(draft.clientOrderId)) {
    throw refusalFor({ refused: 'duplicate-id', message: '' }, category);
  }
  return idsOf(settled(context.desk.place(context.account, draft), category));
}

/** The order a request names; the venue's id counts where both are given. */
export function orderNamed({ query, account }: PrivateContext, category: Category): SimOrder | undefined {
  const orderId = query.text('orderId');
  const linkId = query.text('orderLinkId');
  const found =
    orderId === undefined ? account.orderByClientId(linkId ?? '') : account.orderByNumber(numberOf(orderId));
  if (found?.category !== category || (orderId !== undefined && orderIdOf(found) !== orderId))
    return undefined;
  return found;
}

function openNamed(context: PrivateContext, category: Category): SimOrder {
  const { symbol } = coinNamed(context, category);
  if (context.query.text('orderId') === undefined && context.query.text('orderLinkId') === undefined) {
    throw badParameter('orderId or orderLinkId is required');
  }
  const order = orderNamed(context, category);
  if (order?.symbol === symbol && isOpen(order)) return order;
  throw refusalFor({ refused: 'not-found', message: '' }, category);
}

export function amendOrder(context: PrivateContext): unknown {
  const category = familyOf(context);
  const order = openNamed(context, category);
  const price = decimal(context, 'price');
  const quantity = decimal(context, 'qty');
  const triggerPrice = decimal(context, 'triggerPrice');
  const change = {
    ...(price ? { price } : {}),
    ...(quantity ? { quantity } : {}),
    ...(triggerPrice ? { triggerPrice } : {}),
  };
  const isSame = (before: Big | undefined, after: Big | undefined) => !after || before?.eq(after) === true;
  if (
    isSame(order.price, price) &&
    isSame(order.quantity, quantity) &&
    isSame(order.trigger?.price, triggerPrice)
  ) {
    throw new Refusal(
      10001,
      'The order remains unchanged as the parameters entered match the existing ones.',
    );
  }
  return idsOf(settled(context.desk.amend(context.account, order, change), category));
}

export function cancelOrder(context: PrivateContext): unknown {
  const category = familyOf(context);
  const order = openNamed(context, category);
  return idsOf(settled(context.desk.cancel(context.account, order), category));
}

export function cancelAll(context: PrivateContext): unknown {
  const category = familyOf(context);
  const isMeant = scopeOf(context, category);
  const filter = context.query.text('orderFilter');
  const list = context.account
    .openOrders()
    .filter(isMeant)
    .filter(({ status }) => filter === undefined || (filter === 'Order') === (status !== 'untriggered'))
    .map((order) => {
      context.desk.cancel(context.account, order);
      return idsOf(order);
    });
  return { list, success: '1' };
}

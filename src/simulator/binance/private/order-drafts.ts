import Big from 'big.js';
import type { SimDraft, SimOrder } from '../../accounts/account-desk.ts';
import { Refusal } from '../query.ts';
import { CATEGORY, coinNamed, type PrivateContext } from './context.ts';
import { algoIdOf, clientIdOf, numberInClientId, numberOfAlgo } from './order-words.ts';
import { isUnrecorded } from './triggers.ts';

/** Reading what a person wants ordered. Everything malformed throws the venue's own refusal. */

const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/;
const LIVES: Readonly<Record<string, SimDraft['timeInForce']>> = {
  GTC: 'GTC',
  IOC: 'IOC',
  FOK: 'FOK',
  GTX: 'GTX',
};
const CONDITIONAL = /^(STOP|TAKE_PROFIT)(_MARKET)?$/;

function malformed(name: string): Refusal {
  return new Refusal(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
}

/** A decimal above zero; `undefined`: not sent. */
function decimal({ query }: PrivateContext, name: string): Big | undefined {
  const text = query.text(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,20}(?:\.\d{1,20})?$/.test(text)) throw malformed(name);
  const value = new Big(text);
  if (value.gt(0)) return value;
  if (name === 'quantity') throw new Refusal(-4003, 'Quantity less than or equal to zero.');
  throw name === 'price' ? new Refusal(-4006, 'Price less than or equal to zero.') : malformed(name);
}

export function requiredDecimal(context: PrivateContext, name: string): Big {
  const value = decimal(context, name);
  if (value === undefined) throw malformed(name);
  return value;
}

function sideOf({ query }: PrivateContext): SimDraft['side'] {
  const side = query.required('side');
  if (side === 'BUY') return 'buy';
  if (side === 'SELL') return 'sell';
  throw new Refusal(-1117, 'Invalid side.');
}

function lifeOf({ query }: PrivateContext): SimDraft['timeInForce'] {
  const life = LIVES[query.text('timeInForce') ?? ''];
  if (life) return life;
  if (query.text('timeInForce') === undefined) throw malformed('timeInForce');
  throw new Refusal(-1115, 'Invalid timeInForce.');
}

function flag({ query }: PrivateContext, name: string): boolean {
  const text = query.text(name)?.toLowerCase() ?? 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw malformed(name);
}

/** Empty where none was sent: the venue then makes one. */
function clientIdIn({ query }: PrivateContext, name: string): { readonly clientOrderId?: string } {
  const text = query.text(name);
  if (text === undefined) return {};
  if (CLIENT_ID.test(text)) return { clientOrderId: text };
  throw new Refusal(-4015, 'Client order id is not valid.');
}

/** The account is one-way: a leg is named by mistake. */
function requireOneWay({ query }: PrivateContext): void {
  const side = query.text('positionSide') ?? 'BOTH';
  if (side !== 'BOTH') {
    throw new Refusal(-4061, "Order's position side does not match user's setting.");
  }
}

/** A regular order: limit or market. Throws −4120 for those that wait for a trigger. */
export function regularDraft(context: PrivateContext): SimDraft {
  const { query } = context;
  const { symbol } = coinNamed(context);
  const side = sideOf(context);
  const type = query.required('type');
  if (CONDITIONAL.test(type) || type === 'TRAILING_STOP_MARKET') {
    throw new Refusal(
      -4120,
      'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.',
    );
  }
  if (type !== 'LIMIT' && type !== 'MARKET') throw new Refusal(-1116, 'Invalid orderType.');
  requireOneWay(context);
  const common = {
    category: CATEGORY,
    symbol,
    side,
    quantity: requiredDecimal(context, 'quantity'),
    reduceOnly: flag(context, 'reduceOnly'),
    ...clientIdIn(context, 'newClientOrderId'),
  };
  if (type === 'MARKET') {
    if (query.text('price') !== undefined)
      throw new Refusal(-1106, "Parameter 'price' sent when not required.");
    return { ...common, type: 'market', timeInForce: 'IOC' };
  }
  return {
    ...common,
    type: 'limit',
    timeInForce: lifeOf(context),
    price: requiredDecimal(context, 'price'),
  };
}

/** A conditional order. `closePosition` closes what there is when it is triggered. */
export function conditionalDraft(context: PrivateContext): SimDraft {
  const { query, account } = context;
  if (query.required('algoType') !== 'CONDITIONAL') throw malformed('algoType');
  const { symbol } = coinNamed(context);
  const side = sideOf(context);
  const [, kind, market] = CONDITIONAL.exec(query.required('type')) ?? [];
  if (kind === undefined) throw new Refusal(-1116, 'Invalid orderType.');
  requireOneWay(context);
  const closes = flag(context, 'closePosition');
  const held = account.positions().find((position) => position.symbol === symbol)?.quantity;
  if (closes && (!held || held.gt(0) === (side === 'buy'))) {
    throw new Refusal(-2022, 'ReduceOnly Order is rejected.');
  }
  const isMarket = market !== undefined;
  return {
    category: CATEGORY,
    symbol,
    side,
    quantity: closes && held ? held.abs() : requiredDecimal(context, 'quantity'),
    reduceOnly: closes || flag(context, 'reduceOnly'),
    closesPosition: closes,
    type: isMarket ? 'market' : 'limit',
    timeInForce:
      isMarket || query.text('timeInForce') === undefined ? (isMarket ? 'IOC' : 'GTC') : lifeOf(context),
    ...(isMarket ? {} : { price: requiredDecimal(context, 'price') }),
    trigger: {
      price: requiredDecimal(context, 'triggerPrice'),
      kind: kind === 'STOP' ? 'stop' : 'take-profit',
      by: query.text('workingType') === 'MARK_PRICE' ? 'mark' : 'last',
    },
    ...clientIdIn(context, 'clientAlgoId'),
  };
}

/** The regular order a request names by either id; `undefined`: there is none in that symbol. */
export function orderNamed(context: PrivateContext): SimOrder | undefined {
  const { query, account, triggers } = context;
  const { symbol } = coinNamed(context);
  const number = query.integer('orderId');
  const clientId = query.text('origClientOrderId');
  if (number === undefined && clientId === undefined) {
    throw new Refusal(-1102, "Either 'orderId' or 'origClientOrderId' must be sent.");
  }
  const found = number === undefined ? byClientId(context, clientId ?? '') : account.orderByNumber(number);
  const isThere = found?.symbol === symbol && triggers.isRegular(found) && !isUnrecorded(found);
  return isThere ? found : undefined;
}

/** The conditional order a request names by either id. */
export function algoNamed(context: PrivateContext): SimOrder | undefined {
  const { query, account } = context;
  const algoId = query.integer('algoId');
  const clientId = query.text('clientAlgoId');
  if (algoId === undefined && clientId === undefined) {
    throw new Refusal(-1102, "Either 'algoId' or 'clientAlgoId' must be sent.");
  }
  const found =
    algoId === undefined ? byClientId(context, clientId ?? '') : account.orderByNumber(numberOfAlgo(algoId));
  return found?.trigger && (algoId === undefined || algoIdOf(found) === algoId) ? found : undefined;
}

function byClientId({ account }: PrivateContext, clientId: string): SimOrder | undefined {
  const number = numberInClientId(clientId);
  const found = number === undefined ? undefined : account.orderByNumber(number);
  return found && clientIdOf(found) === clientId ? found : account.orderByClientId(clientId);
}

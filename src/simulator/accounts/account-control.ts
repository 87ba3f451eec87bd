import Big from 'big.js';
import { HeartlineError } from '#shared/base/errors.ts';
import { type Answer, json } from '../http.ts';
import { nextFundingTime } from '../mark.ts';
import type { Account } from './account.ts';
import type { Listing, Refused, SimDraft, SimKey, SimOrder } from './account-desk.ts';
import { ledgerOf, plain } from './account-views.ts';
import type { Desk } from './desk.ts';
import { settleFunding } from './funding.ts';

export type Desks = ReadonlyMap<string, Desk>;

/** For the list of endpoints. */
export const ACCOUNT_ENDPOINTS: Readonly<Record<string, string>> = {
  'GET /_sim/keys':
    'venue?: every key there is to try, with its secret and its rights, and whether it is revoked.',
  'GET /_sim/ledger':
    'venue, key (name or API key): true balances, positions, open and closed orders, fills and funding of its account.',
  'GET /_sim/requests':
    'venue?, since? (index, counted per venue): private requests in the order they came, one row for each that was received, without signatures; status 0: nothing was answered (yet). Those that place, change or cancel orders also say what came of them, whatever was answered: accepted, orders (numbers placed), clientOrderId, fault (style of the order fault that struck).',
  'POST /_sim/orders':
    '{venue, key, action: place | cancel | amend | leverage, category?, symbol, …}: on behalf of a key. place: {side, type, timeInForce?, price?, quantity? | quoteQuantity?, reduceOnly?, clientOrderId?, trigger? {price, kind, by?}}; cancel and amend: {number | clientOrderId}, amend: {price?, quantity?, triggerPrice?}; leverage: {leverage}. Answers {order} or {refused, message}.',
  'POST /_sim/accounts':
    '{venue, key?, action}: revoke, restore, expireListenKeys and disconnect strike a key; deposit {currency, quantity} pays in (out, below zero); settleFunding settles the coming funding now, on all positions of the venue.',
};

/** Answers what is asked about accounts; `undefined`: something else was asked. Throws `account.invalid` on bad input. */
export function answerAccounts(desks: Desks, endpoint: string, params: URLSearchParams): Answer | undefined {
  const venue = params.get('venue') ?? undefined;
  switch (endpoint) {
    case 'GET /_sim/keys':
      return json({ keys: desksNamed(desks, venue).flatMap(keysOf) });
    case 'GET /_sim/ledger': {
      const [desk, key] = keyNamed(desks, venue, params.get('key'));
      return json(ledgerOf(desk, desk.accountOf(key)));
    }
    case 'GET /_sim/requests': {
      const since = Number(params.get('since') ?? 0);
      if (!Number.isSafeInteger(since) || since < 0)
        throw invalid('"since" must be a whole number from 0 up.');
      const requests = desksNamed(desks, venue).flatMap((desk) =>
        desk.requests.map(({ ruling, ...request }, index) => ({
          venue: desk.venue,
          index: desk.requestsBefore + index,
          ...request,
          ...ruling,
        })),
      );
      requests.sort((a, b) => a.time - b.time || a.index - b.index);
      return json({ requests: requests.filter(({ index }) => index >= since) });
    }
    default:
      return undefined;
  }
}

/** `POST /_sim/orders`. */
export function actOnOrders(desks: Desks, input: unknown): unknown {
  const wish = recordOf(input);
  const [desk, key] = keyNamed(desks, textOf(wish, 'venue'), textOf(wish, 'key') ?? null);
  const account = desk.accountOf(key);
  const [first = ''] = desk.options.markets.keys();
  const at: Listing = { category: textOf(wish, 'category') ?? first, symbol: textOf(wish, 'symbol') ?? '' };
  switch (wish['action']) {
    case 'place':
      return told(desk.place(account, draftOf(at, wish)));
    case 'cancel':
      return told(desk.cancel(account, orderNamed(account, wish)));
    case 'amend':
      return told(
        desk.amend(account, orderNamed(account, wish), decimalsOf(wish, 'price', 'quantity', 'triggerPrice')),
      );
    case 'leverage':
      return desk.setLeverage(account, at, Number(wish['leverage'])) ?? {};
    default:
      throw invalid('"action" must be one of: place, cancel, amend, leverage.');
  }
}

/** `POST /_sim/accounts`. */
export function actOnAccounts(desks: Desks, input: unknown): unknown {
  const wish = recordOf(input);
  const venue = textOf(wish, 'venue');
  if (wish['action'] === 'settleFunding') {
    for (const desk of desksNamed(desks, venue)) {
      for (const [category, { now }] of desk.options.markets)
        settleFunding(desk, category, nextFundingTime(now), now);
    }
    return {};
  }
  const [desk, key] = keyNamed(desks, venue, textOf(wish, 'key') ?? null);
  const time = desk.options.now();
  switch (wish['action']) {
    case 'revoke':
      desk.revoked.add(key.apiKey);
      desk.emit({ kind: 'key', key, change: 'revoked', time });
      return {};
    case 'restore':
      desk.revoked.delete(key.apiKey);
      desk.emit({ kind: 'key', key, change: 'restored', time });
      return {};
    case 'expireListenKeys':
      desk.emit({ kind: 'key', key, change: 'listen-keys-expired', time });
      return {};
    case 'disconnect':
      desk.emit({ kind: 'key', key, change: 'disconnected', time });
      return {};
    case 'deposit': {
      const { quantity } = decimalsOf(wish, 'quantity');
      const currency = textOf(wish, 'currency');
      if (!quantity || currency === undefined) throw invalid('A deposit has a "currency" and a "quantity".');
      const account = desk.accountOf(key);
      if (account.totalOf(currency).plus(quantity).lt(0))
        throw invalid(`That much ${currency} is not there.`);
      account.move(currency, quantity);
      desk.emit({ kind: 'balances', account, why: 'deposit', currencies: [currency], time });
      return plain(account.balanceOf(currency));
    }
    default:
      throw invalid(
        '"action" must be one of: revoke, restore, expireListenKeys, disconnect, deposit, settleFunding.',
      );
  }
}

function invalid(message: string): HeartlineError {
  return new HeartlineError('account.invalid', message);
}

function recordOf(input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw invalid('The body is no object.');
  return input as Readonly<Record<string, unknown>>;
}

function textOf(wish: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = wish[name];
  if (value !== undefined && typeof value !== 'string') throw invalid(`"${name}" must be a text.`);
  return value;
}

/** Decimal texts (numbers are taken too) by name; what is absent stays so. */
function decimalsOf<Name extends string>(
  wish: Readonly<Record<string, unknown>>,
  ...names: readonly Name[]
): Partial<Record<Name, Big>> {
  const found: Partial<Record<Name, Big>> = {};
  for (const name of names) {
    const value = wish[name];
    if (value === undefined) continue;
    if (!/^-?\d+(?:\.\d+)?$/.test(String(value))) throw invalid(`"${name}" must be a decimal number.`);
    found[name] = new Big(String(value));
  }
  return found;
}

function draftOf(at: Listing, wish: Readonly<Record<string, unknown>>): SimDraft {
  const { side, type, timeInForce = type === 'market' ? 'IOC' : 'GTC', reduceOnly = false, trigger } = wish;
  const isOne = <T>(value: unknown, ...of: readonly T[]): value is T => of.includes(value as T);
  if (!isOne(side, 'buy', 'sell')) throw invalid('"side" must be buy or sell.');
  if (!isOne(type, 'limit', 'market')) throw invalid('"type" must be limit or market.');
  if (!isOne(timeInForce, 'GTC', 'IOC', 'FOK', 'GTX'))
    throw invalid('"timeInForce" must be GTC, IOC, FOK or GTX.');
  if (typeof reduceOnly !== 'boolean') throw invalid('"reduceOnly" must be true or false.');
  const clientOrderId = textOf(wish, 'clientOrderId');
  return {
    ...at,
    side,
    type,
    timeInForce,
    reduceOnly,
    ...decimalsOf(wish, 'price', 'quantity', 'quoteQuantity'),
    ...(clientOrderId === undefined ? {} : { clientOrderId }),
    ...(trigger === undefined ? {} : { trigger: triggerOf(recordOf(trigger)) }),
  };
}

function triggerOf(wish: Readonly<Record<string, unknown>>): NonNullable<SimDraft['trigger']> {
  const { kind, by } = wish;
  const { price } = decimalsOf(wish, 'price');
  if (!price || (kind !== 'stop' && kind !== 'take-profit')) {
    throw invalid('A trigger has a "price" and a "kind": stop or take-profit.');
  }
  return { price, kind, ...(by === 'mark' || by === 'last' ? { by } : {}) };
}

function orderNamed(account: Account, wish: Readonly<Record<string, unknown>>): SimOrder {
  const clientOrderId = textOf(wish, 'clientOrderId');
  const order =
    clientOrderId === undefined
      ? account.orderByNumber(Number(wish['number']))
      : account.orderByClientId(clientOrderId);
  if (!order) throw invalid(`There is no order ${clientOrderId ?? wish['number']}.`);
  return order;
}

function told(result: SimOrder | Refused): unknown {
  return 'refused' in result ? result : { order: plain(result) };
}

function keysOf(desk: Desk): readonly unknown[] {
  return desk.keys.map((key) => ({ ...key, isRevoked: desk.revoked.has(key.apiKey) }));
}

function desksNamed(desks: Desks, venue: string | undefined): Desk[] {
  const found = [...desks.values()].filter((desk) => venue === undefined || desk.venue === venue);
  if (found.length === 0) throw invalid(`No accounts there. There are: ${[...desks.keys()].join(', ')}.`);
  return found;
}

function keyNamed(desks: Desks, venue: string | undefined, name: string | null): readonly [Desk, SimKey] {
  const [desk] = desksNamed(desks, venue);
  const key = desk?.keys.find((one) => one.name === name || one.apiKey === name);
  if (!desk || !key) {
    throw invalid(`No such key. There are: ${desk?.keys.map((one) => one.name).join(', ')}.`);
  }
  return [desk, key];
}

import Big from 'big.js';
import { accountVenue } from '#shared/domain/account.ts';
import { venueOf } from '#shared/domain/instrument.ts';
import type { Denial } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { floorToStep } from '../exact-decimal.ts';
import type { GuardState } from '../facts.ts';
import { ABSENT, type Rule } from './judged-order.ts';
import { reducible } from './position-left.ts';

/** What the venue can do with this instrument. Asked of the request alone: it needs no numbers. */
export function ability(request: OrderRequest, { held: { abilities } }: GuardState): readonly Denial[] {
  const denials: Denial[] = [];
  const { type, timeInForce } = request;
  if (type !== 'limit' && !abilities.conditional) {
    denials.push({ rule: 'ability', limit: 'limit', value: type, passes: 'limit' });
  }
  if ((timeInForce === 'IOC' || timeInForce === 'FOK') && !abilities.immediate.includes(timeInForce)) {
    denials.push({
      rule: 'ability',
      limit: ['GTC', ...abilities.immediate].join(' '),
      value: timeInForce,
      passes: 'GTC',
    });
  }
  if (timeInForce === 'GTX' && !abilities.postOnly) {
    denials.push({ rule: 'ability', limit: 'GTC', value: 'post-only', passes: 'GTC' });
  }
  if (request.reduceOnly && !abilities.reduceOnly) {
    denials.push({ rule: 'ability', limit: ABSENT, value: 'reduce-only' });
  }
  if (request.closePosition && !abilities.closePosition) {
    denials.push({ rule: 'ability', limit: ABSENT, value: 'close-position' });
  }
  return denials;
}

/**
 * It is the instrument that was looked at, it is one of the account's own venue (another may have one of the same name), and
 * it is traded.
 */
export function instrument(request: OrderRequest, { market }: GuardState): readonly Denial[] {
  const { id, status } = market.instrument;
  if (request.instrument !== id) {
    return [{ rule: 'instrument', limit: id, value: request.instrument, passes: id }];
  }
  const venue = accountVenue(request.account);
  if (venueOf(id) !== venue) return [{ rule: 'instrument', limit: venue, value: id }];
  return status === 'halted' ? [{ rule: 'instrument', limit: 'trading', value: status }] : [];
}

export function readOnly(_request: OrderRequest, { held: { mode } }: GuardState): readonly Denial[] {
  return mode === 'trade' ? [] : [{ rule: 'read-only', limit: 'trade', value: mode, passes: 'trade' }];
}

export function repeat(_request: OrderRequest, { isRepeat }: GuardState): readonly Denial[] {
  return isRepeat ? [{ rule: 'repeat', limit: '1', value: '<1', passes: '1', unit: 's' }] : [];
}

export const openOrders: Rule = ({ isReducing }, { held, limits }) =>
  isReducing ? [] : tooMany('open-orders', limits.maxOpenOrders, held.openOrders);

export const rate: Rule = ({ isReducing }, { ordersIn10s, limits }) =>
  isReducing ? [] : tooMany('rate', limits.ordersPer10s, ordersIn10s);

/**
 * Nothing is added while one of the same instrument is in the dark. A spot sell counts: had the unknown one been a sell, this
 * would be the second.
 */
export const unknownOrder: Rule = ({ isReducing }, { held: { unknownHere } }) =>
  isReducing || unknownHere === 0
    ? []
    : [{ rule: 'unknown-order', limit: '0', value: String(unknownHere), passes: '0' }];

/** On the other side of a position, and no larger: a position never changes its sign by what was to close it (G27). */
export const reduceOnly: Rule = ({ request, quantity, isConditional, isImmediate }, { held, market }) => {
  if (!request.reduceOnly) return [];
  const most = reducible(request, held, !isConditional && !isImmediate);
  if (request.closePosition ? most.gt(0) : quantity.lte(most)) return [];
  const passes = floorToStep(most, new Big(market.instrument.quantityStep));
  return [
    {
      rule: 'reduce-only',
      limit: most.toFixed(),
      value: quantity.toFixed(),
      ...(passes.gt(0) && { passes: passes.toFixed() }),
      unit: market.instrument.base,
    },
  ];
};

function tooMany(rule: Denial['rule'], most: number, before: number): readonly Denial[] {
  if (before < most) return [];
  return [{ rule, limit: String(most), value: String(before + 1) }];
}

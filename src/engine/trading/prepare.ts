import type Big from 'big.js';
import { assertNever } from '#shared/base/assert-never.ts';
import type { Denial } from '#shared/domain/order-check.ts';
import type { OrderDraft, OrderRequest } from '#shared/domain/order-draft.ts';
import { movedBy } from './exact-decimal.ts';
import type { DraftSight } from './facts.ts';
import { bestOf } from './guard-rules/book-reach.ts';
import { ABSENT, UNKNOWN } from './guard-rules/judged-order.ts';
import { legFor } from './guard-rules/shape.ts';
import { ceilToTick, floorToTick } from './nearest-ticks.ts';
import { quantityOf } from './quantity-of.ts';
import { createTypedReader } from './typed-decimal.ts';

export type Prepared =
  | { readonly kind: 'prepared'; readonly request: OrderRequest }
  | { readonly kind: 'denied'; readonly denials: readonly Denial[] };

/**
 * From what a person typed to exactly what would leave. Prices and quantities in base or contracts stay as typed: what does
 * not fit the steps is for the guard to deny, never to be rounded in silence. A quantity worked out here (from a total in
 * quote, from percent) is rounded down to the step.
 *
 * - `market` → a limit that fills at once, at the best price of the other side moved by the slippage limit, on the step nearer to
 *   the market. Denied while there is no such price.
 * - Totals in quote are divided by the price they are reckoned with: the limit, of a market buy the cap, of a market sell the best
 *   bid, of what takes any price its trigger. So no more than was typed is spent.
 * - Percent: see `quantityOf`.
 * - `closePosition` keeps the venue's flag only where it has one and the order waits to take any price; everywhere else it
 *   becomes a reduce-only order for what the position is now.
 */
export function prepare(draft: OrderDraft, sight: DraftSight, clientOrderId: string): Prepared {
  const denials: Denial[] = [];
  const typed = createTypedReader(denials);
  const isConditional = draft.type !== 'limit' && draft.type !== 'market';
  const takesAny = draft.type === 'stop-market' || draft.type === 'take-profit-market';
  const needsPrice = draft.type !== 'market' && !takesAny;

  if (draft.postOnly && draft.type !== 'limit') {
    denials.push({ rule: 'shape', limit: 'postOnly', value: draft.type, passes: 'limit' });
  } else if (draft.postOnly && draft.timeInForce !== 'GTC') {
    denials.push({ rule: 'shape', limit: 'postOnly', value: draft.timeInForce, passes: 'GTC' });
  }
  const trigger = isConditional ? typed('triggerPrice', draft.triggerPrice) : undefined;
  const own = needsPrice ? typed('price', draft.price) : undefined;
  const cap = draft.type === 'market' ? capPrice(draft.side, sight) : undefined;
  if (draft.type === 'market' && !cap) {
    const { quote } = sight.market.instrument;
    denials.push({ rule: 'slippage', limit: UNKNOWN, value: 'market', unit: quote });
  }
  const price = own ?? cap;
  const reckoned = takesAny ? trigger : price;
  const reduceOnly = draft.reduceOnly || draft.closePosition;
  const side = { side: draft.side, reduceOnly };
  const leg = legFor(side, sight.held.isHedged);
  // A sell may get more than its worst price: what was typed as a total is not to be exceeded then either.
  const divisor = draft.type === 'market' && draft.side === 'sell' ? bestOf(sight.market, 'sell') : reckoned;
  // A spot market has no positions: there is nothing a quantity could be a share of.
  const isNothingToReduce = reduceOnly && sight.market.instrument.kind === 'spot';
  if (isNothingToReduce) {
    const value = draft.closePosition ? 'close-position' : 'reduce-only';
    denials.push({ rule: 'ability', limit: ABSENT, value });
  }
  const quantity = isNothingToReduce
    ? undefined
    : quantityOf(draft, { ...side, leg, divisor }, sight, typed, denials);
  if (denials.length > 0 || !quantity || !reckoned) return { kind: 'denied', denials };

  return {
    kind: 'prepared',
    request: {
      account: draft.account,
      instrument: draft.instrument,
      clientOrderId,
      side: draft.side,
      type: draft.type === 'market' ? 'limit' : draft.type,
      isMarket: draft.type === 'market',
      timeInForce: timeInForceOf(draft),
      quantity: quantity.toFixed(),
      ...(price && { price: price.toFixed() }),
      ...(trigger && { triggerPrice: trigger.toFixed(), triggerBy: draft.triggerBy ?? 'last' }),
      reduceOnly,
      closePosition: draft.closePosition && takesAny && sight.held.abilities.closePosition,
      leg,
      notional: quantity.times(reckoned).toFixed(),
    },
  };
}

/**
 * The worst price a market order of that side may take, in quote: on the step nearer to the market. `undefined` while nothing is
 * seen of the other side.
 */
export function capPrice(side: OrderDraft['side'], { market, limits }: DraftSight): Big | undefined {
  const best = bestOf(market, side);
  if (!best) return undefined;
  return side === 'buy'
    ? floorToTick(market.instrument, movedBy(best, limits.slippagePercent))
    : ceilToTick(market.instrument, movedBy(best, -limits.slippagePercent));
}

function timeInForceOf({ type, timeInForce, postOnly }: OrderDraft): OrderRequest['timeInForce'] {
  switch (type) {
    case 'market':
      return 'IOC';
    // Takes what it finds once it is triggered; until then it stands.
    case 'stop-market':
    case 'take-profit-market':
      return 'GTC';
    case 'limit':
    case 'stop':
    case 'take-profit':
      return postOnly ? 'GTX' : timeInForce;
    default:
      return assertNever(type);
  }
}

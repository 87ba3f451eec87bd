import type { SimOrder } from '../../accounts/account-desk.ts';

/** How the venue names what an order is, on its socket and over REST. */

const STATUS: Readonly<Record<SimOrder['status'], string>> = {
  // Never seen on a regular order: it waits in the list of conditional ones.
  untriggered: 'NEW',
  new: 'NEW',
  'partially-filled': 'PARTIALLY_FILLED',
  filled: 'FILLED',
  canceled: 'CANCELED',
  expired: 'EXPIRED',
  rejected: 'REJECTED',
};

/** An order that would have met one of its own account has a status of its own. */
export function statusWord({ status, ended }: SimOrder): string {
  return ended === 'self-trade' ? 'EXPIRED_IN_MATCH' : STATUS[status];
}

export function sideWord(side: 'buy' | 'sell'): string {
  return side === 'buy' ? 'BUY' : 'SELL';
}

export function typeWord(order: Pick<SimOrder, 'type'>): string {
  return order.type === 'market' ? 'MARKET' : 'LIMIT';
}

/** The type a conditional order was placed as. */
export function conditionalType({ type, trigger }: Pick<SimOrder, 'type' | 'trigger'>): string {
  const kind = trigger?.kind === 'take-profit' ? 'TAKE_PROFIT' : 'STOP';
  return type === 'market' ? `${kind}_MARKET` : kind;
}

export function originalType(order: SimOrder): string {
  return order.trigger ? conditionalType(order) : typeWord(order);
}

/** What a trigger is compared with; of orders without one, the standard. */
export function workingWord({ trigger }: Pick<SimOrder, 'trigger'>): string {
  return trigger?.by === 'mark' ? 'MARK_PRICE' : 'CONTRACT_PRICE';
}

/** Market orders count as good till cancelled. */
export function lifeWord({ type, timeInForce }: Pick<SimOrder, 'type' | 'timeInForce'>): string {
  return type === 'market' ? 'GTC' : timeInForce;
}

/** The venue makes a client id where none was given, and tells a liquidation by it. */
export function clientIdOf(order: SimOrder): string {
  if (order.isLiquidation) return `autoclose-${order.createdAt}${order.number}`;
  return order.clientOrderId ?? `web_${order.number.toString(36).padStart(16, '0')}`;
}

/** The number of an order whose client id the venue made itself. */
export function numberInClientId(clientOrderId: string): number | undefined {
  const found = /^web_([0-9a-z]{16})$/.exec(clientOrderId)?.[1];
  return found === undefined ? undefined : Number.parseInt(found, 36);
}

/** Why an order ended early: the code in `er`. */
export function endCode({ ended }: SimOrder): string {
  switch (ended) {
    case 'self-trade':
      return '1';
    case 'ioc':
      return '2';
    case 'reduce-only':
      return '4';
    case 'liquidation':
      return '5';
    case 'remainder':
      return '9';
    default:
      return '0';
  }
}

/** Conditional orders are numbered apart from regular ones. */
const ALGO_OFFSET = 3_000_000_000_000;

export function algoIdOf(order: SimOrder): number {
  return ALGO_OFFSET + order.number;
}

export function numberOfAlgo(algoId: number): number {
  return algoId - ALGO_OFFSET;
}

import { HeartlineError } from '#shared/base/errors.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import { BINANCE } from './symbols.ts';

type Params = SignedCall<unknown>['params'];

/** What every decimal on the wire has to look like: no sign, no exponent, not nought. */
const POSITIVE = /^(?=.{1,40}$)(?=.*[1-9])\d+(?:\.\d+)?$/;
/** The fact sheet, section 6.6. */
const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/;

/** For what `abilities` does not offer: nothing may be sent that means something else. */
export function unable(what: string): HeartlineError {
  return new HeartlineError('order.unable', `Binance ${what}`, { details: { venue: BINANCE, what } });
}

/** The text as it is: never read as a number, never written anew. Throws `order.unable`. */
export function positive(text: string | undefined, name: string): string {
  if (text !== undefined && POSITIVE.test(text)) return text;
  throw unable(`takes no such ${name}: ${JSON.stringify(text?.slice(0, 40) ?? null)}`);
}

/** Without one ccxt would put in one of its own. Throws `order.unable`. */
export function clientIdOf(text: string): string {
  if (CLIENT_ID.test(text)) return text;
  throw unable(`takes no such client order id: ${JSON.stringify(text.slice(0, 40))}`);
}

export function sideWord(side: 'buy' | 'sell'): 'BUY' | 'SELL' {
  return side === 'buy' ? 'BUY' : 'SELL';
}

/**
 * Whose position it is about. Where long and short stand side by side an order names its leg, and may not say that it
 * reduces: selling the long leg can do nothing else. Throws `order.unable` for one that says so and would add to its leg.
 */
export function positionFields({ leg, side, reduceOnly, closePosition }: OrderRequest): Params {
  const reduces = reduceOnly || closePosition;
  switch (leg) {
    case 'both':
      return reduces ? { reduceOnly: 'true' } : {};
    case 'long':
    case 'short': {
      const adds = (leg === 'long') === (side === 'buy');
      if (reduces && adds) throw unable(`cannot reduce a ${leg} position with a ${side}`);
      return { positionSide: leg === 'long' ? 'LONG' : 'SHORT' };
    }
  }
}

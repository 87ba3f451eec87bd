import { HeartlineError } from '#shared/base/errors.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import { BYBIT, type Family, familyOf } from './symbols.ts';

type Params = SignedCall<unknown>['params'];

/** What every decimal on the wire has to look like: no sign, no exponent, not nought. */
const POSITIVE = /^(?=.{1,40}$)(?=.*[1-9])\d+(?:\.\d+)?$/;
/** The fact sheet, section 5.5. */
const CLIENT_ID = /^[A-Za-z0-9_-]{1,36}$/;

/** For what `abilities` does not offer: nothing may be sent that means something else. */
export function unable(what: string): HeartlineError {
  return new HeartlineError('order.unable', `Bybit ${what}`, { details: { venue: BYBIT, what } });
}

/** The text as it is: never read as a number, never written anew. Throws `order.unable`. */
export function positive(text: string | undefined, name: string): string {
  if (text !== undefined && POSITIVE.test(text)) return text;
  throw unable(`takes no such ${name}: ${JSON.stringify(text?.slice(0, 40) ?? null)}`);
}

/** Throws `order.unable`. */
export function clientIdOf(text: string): string {
  if (CLIENT_ID.test(text)) return text;
  throw unable(`takes no such client order id: ${JSON.stringify(text.slice(0, 40))}`);
}

/** Contracts of the inverse family read like linear ones, but are ordered elsewhere, by the dollar. Throws `order.unable`. */
export function orderedAs(instrument: OrderRequest['instrument']): Family {
  const family = familyOf(instrument);
  const [, quote] = instrumentName(instrument).split('-');
  if (family === 'linear' && quote === 'USD') throw unable('takes no orders of inverse contracts from here');
  return family;
}

const LEGS = { both: 0, long: 1, short: 2 } as const;

/** Whose position it is about; spot has none. Throws `order.unable`. */
export function positionFields({ instrument, leg, side, reduceOnly, closePosition }: OrderRequest): Params {
  const reduces = reduceOnly || closePosition;
  if (familyOf(instrument) === 'spot') {
    if (reduces || leg !== 'both') throw unable('has no positions on spot markets');
    return {};
  }
  const adds = leg !== 'both' && (leg === 'long') === (side === 'buy');
  if (reduces && adds) throw unable(`cannot reduce a ${leg} position with a ${side}`);
  return { positionIdx: LEGS[leg], ...(reduces && { reduceOnly: true }) };
}

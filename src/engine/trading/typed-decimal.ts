import type Big from 'big.js';
import type { Denial } from '#shared/domain/order-check.ts';
import { plainBig } from './exact-decimal.ts';
import { ABSENT } from './guard-rules/judged-order.ts';

export type TypedField = 'quantity' | 'price' | 'triggerPrice' | 'percent';

/** Reads one field as typed; what is wrong with it is denied, and the answer is `undefined`. */
export type TypedReader = (field: TypedField, text: string | undefined) => Big | undefined;

/**
 * Takes plain decimal text above zero and nothing else: what might mean two things (`1,000`), or is written in a way this
 * desk does not print (`1e3`, full-width digits, a sign), is not guessed at. Where the meaning is plain enough to be offered,
 * `passes` says how to write it.
 */
export function createTypedReader(denials: Denial[]): TypedReader {
  return (field, text) => {
    const value = plainBig(text);
    if (value?.gt(0)) return value;
    const passes = text === undefined ? undefined : respelled(text);
    denials.push({
      rule: 'shape',
      limit: field,
      value: text === undefined || text === '' ? ABSENT : text,
      ...(passes !== undefined && { passes }),
    });
    return undefined;
  };
}

/** Spaces, full-width digits, thousands in threes, zeros in front and a bare point: all of them can be meant only one way. */
function respelled(text: string): string | undefined {
  const bare = text.normalize('NFKC').trim();
  const joined = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
  const [, whole = '', fraction = ''] = /^(\d*)\.?(\d*)$/.exec(joined) ?? [];
  const plain = `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return plainBig(plain)?.gt(0) ? plain : undefined;
}

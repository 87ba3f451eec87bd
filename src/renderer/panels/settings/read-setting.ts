import type { NumberSetting } from './setting-fields.ts';

/** What a person typed, as the settings hold it; or why not, in a word that names the text. */
export type ReadSetting =
  | { readonly kind: 'number'; readonly value: number }
  /** Nothing of its own: the field of all holds. */
  | { readonly kind: 'inherited' }
  | { readonly kind: 'refused'; readonly why: 'empty' | 'nonsense' | 'fraction' | 'low' | 'high' };

const PLAIN = /^-?(?:\d+\.?\d*|\.\d+)$/;

/**
 * Reads plain decimal text in the field's own unit. Nothing is guessed: what could be two numbers, has an exponent or is
 * none at all is refused, as is what is out of bounds; the settings go on with what they have.
 */
export function readSetting(text: string, field: NumberSetting): ReadSetting {
  const typed = text.trim();
  if (typed === '')
    return field.inherits === undefined ? { kind: 'refused', why: 'empty' } : { kind: 'inherited' };
  if (!PLAIN.test(typed)) return { kind: 'refused', why: 'nonsense' };
  const shown = Number(typed);
  if (shown < showSetting(field.least, field)) return { kind: 'refused', why: 'low' };
  if (shown > showSetting(field.most, field)) return { kind: 'refused', why: 'high' };
  const value = Number((shown * field.scale).toPrecision(12));
  return field.whole && !Number.isInteger(value)
    ? { kind: 'refused', why: 'fraction' }
    : { kind: 'number', value };
}

/** A value of the settings in the field's unit; without the noise of binary fractions. */
export function showSetting(value: number, { scale }: Pick<NumberSetting, 'scale'>): number {
  return Number((value / scale).toPrecision(12));
}

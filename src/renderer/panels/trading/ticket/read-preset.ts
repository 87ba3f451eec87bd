import type { AmountUnit } from '#shared/domain/order-draft.ts';
import { plainTyped } from '../../../stores/ticket-form.ts';

/**
 * What a preset puts into the field: `25%` of what is free; a bare number in the unit chosen, in base where that is percent.
 * `undefined` where it is no number.
 */
export function readPreset(
  preset: string,
  unit: AmountUnit,
): { readonly unit: AmountUnit; readonly quantity: string } | undefined {
  const [, number = '', percent] = /^(.*?)\s*(%?)$/.exec(plainTyped(preset)) ?? [];
  const quantity = plainTyped(number);
  if (!/^\d+(?:\.\d+)?$/.test(quantity) || !/[1-9]/.test(quantity)) return undefined;
  if (percent === '%') return { unit: 'percent', quantity };
  return { unit: unit === 'percent' ? 'base' : unit, quantity };
}

import { trimDecimal } from '#shared/base/decimal.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import { priceDigitsAt } from '#shared/domain/tick-at.ts';
import { formatExact } from './format-exact.ts';
import { formatDecimal, formatScaled } from './format-number.ts';

type Priced = Pick<Instrument, 'tickSize' | 'tickBands'>;

/** Digits a price of this instrument has where it stands; `undefined` while either is not known. */
function priceDigits(instrument: Priced | undefined, price: number | undefined): number | undefined {
  if (instrument === undefined || price === undefined || Number.isNaN(price)) return undefined;
  return priceDigitsAt(instrument, price);
}

/** A price with the decimals of its tick there: `116,539,000`, `41.2`. Every digit while the instrument is not known. */
export function formatPrice(instrument: Priced | undefined, price: number | undefined): string {
  return formatDecimal(price, priceDigits(instrument, price));
}

/**
 * An exact integer at `scale` as a price, with the digits of the tick at `near` (the price it belongs to). A digit that
 * is not zero is never dropped: a step between two bands may need more than either.
 */
export function formatScaledPrice(
  instrument: Priced | undefined,
  value: number,
  scale: number,
  near = value,
): string {
  const digits = priceDigits(instrument, near * 10 ** -scale);
  if (digits === undefined || digits >= scale) return formatScaled(value, scale);
  let shown = scale;
  let shortened = value;
  while (shown > digits && shortened % 10 === 0) {
    shortened /= 10;
    shown -= 1;
  }
  return formatScaled(shortened, shown);
}

/** As `formatPrice`, of an exact decimal text: rounded to the tick there, never through a float. */
export function formatPriceText(instrument: Priced | undefined, text: string | undefined): string {
  return formatExact(text, text === undefined ? undefined : priceDigits(instrument, Number(text)));
}

/** Two digits more than the tick has tell one average from another; more of them only look exact. */
const AVERAGE_DIGITS = 2;

/** The average price of several fills: the decimals of the tick there, and up to two more where it has them. */
export function formatAverage(instrument: Priced | undefined, text: string | undefined): string {
  const digits = text === undefined ? undefined : priceDigits(instrument, Number(text));
  if (text === undefined || digits === undefined) return formatExact(text && trimDecimal(text));
  const shown = formatExact(text, digits + AVERAGE_DIGITS);
  const spare = /0+$/.exec(shown)?.[0].length ?? 0;
  return formatExact(text, digits + AVERAGE_DIGITS - Math.min(spare, AVERAGE_DIGITS));
}

import type { Instrument } from '#shared/domain/instrument.ts';
import { formatDecimal, formatScaled } from './format-number.ts';

type Measured = Pick<Instrument, 'quote' | 'quantityScale'>;

/** Less than this in quote is not worth a digit; quotes of other worth keep every digit of the step. */
const WORTH_A_DIGIT: Readonly<Record<string, number>> = {
  KRW: 500,
  USDT: 0.5,
  USDC: 0.5,
  USD: 0.5,
  EUR: 0.5,
};

/**
 * Digits a quantity is shown with beside others: Korean venues count to the eighth digit whatever the coin is worth,
 * which no column holds and nobody reads. 119,000,000 won → 6 (a digit is worth 119 won), 265 won → 0.
 */
function quantityDigits(instrument: Measured, price: number): number {
  const worth = WORTH_A_DIGIT[instrument.quote];
  if (worth === undefined || !(price > 0)) return instrument.quantityScale;
  return Math.min(instrument.quantityScale, Math.max(0, Math.ceil(Math.log10(price / worth))));
}

/** A quantity as short as it is useful at `price`; every digit while the instrument is not known. Never a zero that is none. */
export function formatQuantity(instrument: Measured | undefined, quantity: number, price: number): string {
  if (instrument === undefined) return formatDecimal(quantity, undefined);
  const digits = quantityDigits(instrument, price);
  const isDust = quantity > 0 && quantity < 0.5 * 10 ** -digits;
  return isDust ? formatDecimal(Number(quantity.toPrecision(1)), undefined) : formatDecimal(quantity, digits);
}

/** As `formatQuantity`, for an exact integer at `scale`, digit for digit where none is left out. */
export function formatScaledQuantity(
  instrument: Measured | undefined,
  value: number,
  scale: number,
  price: number,
): string {
  if (instrument === undefined || quantityDigits(instrument, price) >= scale)
    return formatScaled(value, scale);
  return formatQuantity(instrument, value * 10 ** -scale, price);
}

import type { PriceFormat } from 'lightweight-charts';
import type { Instrument } from '#shared/domain/instrument.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { percentText } from './percent-scale.ts';

/** Smallest price step drawn while the venue's own is not known. */
const UNKNOWN_STEP = 1e-8;

export function plainPrice(instrument: Instrument | undefined, price: number): string {
  // The axis computes its prices: without known decimals the noise of that is cut, not the price.
  return instrument ? formatPrice(instrument, price) : formatDecimal(Number(price.toPrecision(9)), undefined);
}

/** How the axis writes prices, or in percents from `base`. */
export function priceFormatOf(instrument: Instrument | undefined, base: number | undefined): PriceFormat {
  return {
    type: 'custom',
    minMove: Number(instrument?.tickSize ?? UNKNOWN_STEP),
    formatter: (price: number) =>
      base === undefined ? plainPrice(instrument, price) : percentText(price, base),
  };
}

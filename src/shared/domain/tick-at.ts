import { decimalPlaces } from '../base/decimal.ts';
import type { Instrument } from './instrument.ts';

type Ticked = Pick<Instrument, 'tickSize' | 'tickBands'>;

/** The step (decimal text, in quote) in which a price of `price` moves: of its band where the step depends on the price. */
export function tickAt({ tickSize, tickBands }: Ticked, price: number): string {
  return tickBands?.findLast(({ from }) => price >= Number(from))?.tick ?? tickSize;
}

/** Digits after the point of a price as the venue writes it: none for 116,539,000 won, one for 41.2 won. */
export function priceDigitsAt(instrument: Ticked, price: number): number {
  return decimalPlaces(tickAt(instrument, price));
}

import { type Instrument, instrumentId, venueOf } from '#shared/domain/instrument.ts';
import { perp, won } from './small-order.ts';
import { of } from './thirty-digits.ts';

/** Instruments with steps of every sort, and a price they are traded around. */
export const WILD_INSTRUMENTS: readonly { readonly instrument: Instrument; readonly around: bigint }[] = [
  { instrument: perp, around: of('83860') },
  {
    instrument: { ...perp, tickSize: '0.0000001', quantityStep: '1', minQuantity: '1' },
    around: of('0.0000213'),
  },
  {
    instrument: { ...perp, tickSize: '0.25', quantityStep: '0.03', minQuantity: '0.06' },
    around: of('17.25'),
  },
  { instrument: won, around: of('100') },
  { instrument: won, around: of('4999') },
  { instrument: { ...won, status: 'warned' }, around: of('9.99') },
  { instrument: spotIn('USDC'), around: of('3300') },
  { instrument: spotIn('BTC'), around: of('0.03') },
];

function spotIn(quote: string): Instrument {
  const id = instrumentId(`bybit:ETH-${quote}`);
  return {
    id,
    venue: venueOf(id),
    kind: 'spot',
    base: 'ETH',
    quote,
    status: 'trading',
    tickSize: '0.00001',
    priceScale: 5,
    quantityStep: '0.0001',
    quantityScale: 4,
    minQuantity: '0.0001',
    maxQuantity: '500',
    minNotional: '5',
  };
}

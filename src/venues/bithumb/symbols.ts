import { HeartlineError } from '#shared/base/errors.ts';
import { type InstrumentId, instrumentName, venueId, venueOf } from '#shared/domain/instrument.ts';

export const BITHUMB = venueId('bithumb');

// Won markets, a few in BTC; USDT where it comes. What an instrument id cannot hold, and lower case, is in none of their names:
// a lower-case code is answered with silence.
const SYMBOL = /^(KRW|BTC|USDT)-([^\s:\p{C}\-\p{Ll}]{1,40})$/u;

/**
 * The venue's spelling → our id, by the naming rule alone (no instrument list needed): `KRW-BTC` → `bithumb:BTC-KRW`.
 * `undefined` when the name does not follow it.
 */
export function instrumentOf(symbol: string): InstrumentId | undefined {
  const parts = SYMBOL.exec(symbol);
  return parts ? (`${BITHUMB}:${parts[2]}-${parts[1]}` as InstrumentId) : undefined;
}

/** Our id → the venue's spelling. Throws `instrument.unknown` for ids that no market of Bithumb can have. */
export function symbolOf(instrument: InstrumentId): string {
  const [base = '', quote = ''] = instrumentName(instrument).split('-');
  const symbol = `${quote}-${base}`;
  if (venueOf(instrument) !== BITHUMB || instrumentOf(symbol) !== instrument) {
    throw new HeartlineError('instrument.unknown', `not a Bithumb instrument: ${instrument}`, {
      details: { instrument },
    });
  }
  return symbol;
}

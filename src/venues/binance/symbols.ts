import { HeartlineError } from '#shared/base/errors.ts';
import { type InstrumentId, instrumentName, venueId, venueOf } from '#shared/domain/instrument.ts';

export const BINANCE = venueId('binance');

/** Quote assets of USD-M contracts, past and present; where two fit a name the longer wins. */
const QUOTES = ['FDUSD', 'USDT', 'USDC', 'USD1', 'BUSD', 'TUSD', 'BTC', 'ETH', 'BNB'] as const;
// What an instrument id cannot hold, and lower case: the venue's names have none, its stream names do.
const NOT_IN_A_SYMBOL = /[\s:\p{Cc}\-_\p{Ll}]/u;
const DELIVERY = /^(.+)_(\d{6})$/;

/**
 * The venue's spelling → our id, by the naming rule alone (no instrument list needed):
 * `BTCUSDT` → `binance:BTC-USDT-PERP`, `BTCUSDT_261225` → `binance:BTC-USDT-261225`.
 * `undefined` when the name follows neither form.
 */
export function instrumentOf(symbol: string): InstrumentId | undefined {
  const delivery = DELIVERY.exec(symbol);
  const contract = delivery?.[1] ?? symbol;
  const ending = delivery?.[2] ?? 'PERP';
  if (contract.length > 40 || NOT_IN_A_SYMBOL.test(contract)) return undefined;
  const quote = QUOTES.find((known) => contract.endsWith(known) && contract.length > known.length);
  if (quote === undefined) return undefined;
  const base = contract.slice(0, -quote.length);
  return `${BINANCE}:${base}-${quote}-${ending}` as InstrumentId;
}

/** Our id → the venue's spelling. Throws `instrument.unknown` for ids that no USD-M contract can have. */
export function symbolOf(instrument: InstrumentId): string {
  const [base = '', quote = '', ending = ''] = instrumentName(instrument).split('-');
  const symbol = ending === 'PERP' ? `${base}${quote}` : `${base}${quote}_${ending}`;
  if (venueOf(instrument) !== BINANCE || instrumentOf(symbol) !== instrument) {
    throw new HeartlineError('instrument.unknown', `not a Binance USD-M instrument: ${instrument}`, {
      details: { instrument },
    });
  }
  return symbol;
}

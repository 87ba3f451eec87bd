import { HeartlineError } from '#shared/base/errors.ts';
import { type InstrumentId, instrumentName, venueId, venueOf } from '#shared/domain/instrument.ts';
import { dateOfDay, dayOfDate, dayOfQuarter, quarterOfDay } from './delivery-day.ts';

export const BYBIT = venueId('bybit');

/**
 * The venue's product families. `BTCUSDT` is a perpetual in one and a spot market in the other, so a spelling means
 * something only together with its family.
 */
export type Family = 'linear' | 'spot';

/** Quote coins of the spot market, past and present; where two fit a name the longer wins. */
const SPOT_QUOTES = [
  'RLUSD',
  'USDT',
  'USDC',
  'USDE',
  'USDQ',
  'USDR',
  'USD1',
  'BTC',
  'ETH',
  'SOL',
  'MNT',
  'DAI',
  'EUR',
  'BRL',
  'BRZ',
  'PLN',
  'TRY',
] as const;
// What an instrument id cannot hold, and lower case: the venue's names have none.
const NOT_IN_A_NAME = /[\s:\p{Cc}\-_.\p{Ll}]/u;
const LONGEST = 40;
const DATED = /^(.+)-(\d{1,2}[A-Z]{3}\d{2})$/;
const QUARTERLY = /^(.+)USD([HMUZ]\d{2})$/;

export function familyOf(instrument: InstrumentId): Family {
  return instrumentName(instrument).split('-').length === 3 ? 'linear' : 'spot';
}

/** Whether `route` names a family; recordings may say anything, or nothing. */
export function isFamily(route: string | undefined): route is Family {
  return route === 'linear' || route === 'spot';
}

/**
 * The venue's spelling in a family → our id, by the naming rule alone (no instrument list needed):
 * linear `BTCUSDT` → `bybit:BTC-USDT-PERP`, `BTCPERP` → `bybit:BTC-USDC-PERP`, `BTCUSDT-25DEC26` → `bybit:BTC-USDT-261225`,
 * `BTC-25DEC26` → `bybit:BTC-USDC-261225`; spot `BTCUSDT` → `bybit:BTC-USDT`. Inverse names (`BTCUSD`, `BTCUSDU23`)
 * read like linear ones, quoted in USD: their recordings replay, with quantities in USD as the venue counts them.
 * Without a family linear is tried first. `undefined` when the name follows no form.
 */
export function instrumentOf(symbol: string, family?: string): InstrumentId | undefined {
  if (symbol.length > LONGEST) return undefined;
  const name =
    family === 'linear'
      ? linearName(symbol)
      : family === 'spot'
        ? spotName(symbol)
        : (linearName(symbol) ?? spotName(symbol));
  return name === undefined ? undefined : (`${BYBIT}:${name}` as InstrumentId);
}

/** Our id → the venue's spelling. Throws `instrument.unknown` for ids that nothing here can have. */
export function symbolOf(instrument: InstrumentId): string {
  const [base = '', quote = '', ending] = instrumentName(instrument).split('-');
  const symbol = ending === undefined ? `${base}${quote}` : linearSymbol(base, quote, ending);
  if (venueOf(instrument) !== BYBIT || instrumentOf(symbol, familyOf(instrument)) !== instrument) {
    throw new HeartlineError('instrument.unknown', `not a Bybit instrument: ${instrument}`, {
      details: { instrument },
    });
  }
  return symbol;
}

function linearName(symbol: string): string | undefined {
  const quarterly = QUARTERLY.exec(symbol);
  if (quarterly) {
    const [, base = '', code = ''] = quarterly;
    const day = dayOfQuarter(code);
    return day !== undefined && isName(base) ? `${base}-USD-${day}` : undefined;
  }
  const dated = DATED.exec(symbol);
  const [, contract = symbol, day] = dated ?? [];
  const ending = day === undefined ? 'PERP' : dayOfDate(day);
  if (ending === undefined) return undefined;
  const base = (suffix: string) => (contract.endsWith(suffix) ? contract.slice(0, -suffix.length) : '');
  if (isName(base('USDT'))) return `${base('USDT')}-USDT-${ending}`;
  // Contracts in USDC do not name it: `BTCPERP`, `BTC-25DEC26`.
  if (day !== undefined) return isName(contract) ? `${contract}-USDC-${ending}` : undefined;
  if (isName(base('PERP'))) return `${base('PERP')}-USDC-PERP`;
  return isName(base('USD')) ? `${base('USD')}-USD-PERP` : undefined;
}

function linearSymbol(base: string, quote: string, ending: string): string {
  const isPerpetual = ending === 'PERP';
  switch (quote) {
    case 'USDT':
      return isPerpetual ? `${base}USDT` : `${base}USDT-${dateOfDay(ending)}`;
    case 'USDC':
      return isPerpetual ? `${base}PERP` : `${base}-${dateOfDay(ending)}`;
    case 'USD':
      return isPerpetual ? `${base}USD` : `${base}USD${quarterOfDay(ending)}`;
    default:
      // No such contract; the caller's way back finds out.
      return '';
  }
}

function spotName(symbol: string): string | undefined {
  const quote = SPOT_QUOTES.find((known) => symbol.endsWith(known) && symbol.length > known.length);
  if (quote === undefined) return undefined;
  const base = symbol.slice(0, -quote.length);
  return isName(base) ? `${base}-${quote}` : undefined;
}

function isName(text: string): boolean {
  return text !== '' && !NOT_IN_A_NAME.test(text);
}

import { type InstrumentId, instrumentName } from '#shared/domain/instrument.ts';

const DIGITS: Readonly<Record<string, number>> = { KRW: 0, USDT: 2, USDC: 2, USD: 2, EUR: 2 };

/** Digits a sum of money is shown with; `undefined`: all there are, as a coin's worth is not known here. */
export function currencyDigits(currency: string | undefined): number | undefined {
  return currency === undefined ? undefined : DIGITS[currency];
}

/** What profit and sums of an instrument are counted in: `binance:BTC-USDT-PERP` → `USDT`. */
export function quoteOf(instrument: InstrumentId): string | undefined {
  return instrumentName(instrument).split('-')[1];
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import { instrumentOf, symbolOf } from './symbols.ts';

const NAMED: readonly (readonly [string, string])[] = [
  ['BTCUSDT', 'binance:BTC-USDT-PERP'],
  ['BTCUSDC', 'binance:BTC-USDC-PERP'],
  ['BTCUSD1', 'binance:BTC-USD1-PERP'],
  ['ETHBTC', 'binance:ETH-BTC-PERP'],
  ['USDCUSDT', 'binance:USDC-USDT-PERP'],
  ['BTCDOMUSDT', 'binance:BTCDOM-USDT-PERP'],
  ['1000PEPEUSDT', 'binance:1000PEPE-USDT-PERP'],
  ['1MBABYDOGEUSDT', 'binance:1MBABYDOGE-USDT-PERP'],
  ['BTCFDUSD', 'binance:BTC-FDUSD-PERP'],
  ['币安人生USDT', 'binance:币安人生-USDT-PERP'],
  ['BTCUSDT_261225', 'binance:BTC-USDT-261225'],
];

describe('Binance symbols', () => {
  test.each(NAMED)('%s is %s and back', (symbol, instrument) => {
    expect(instrumentOf(symbol)).toBe(instrument);
    expect(symbolOf(instrumentId(instrument))).toBe(symbol);
  });

  test.each([
    '',
    'USDT',
    'BTC',
    'BTCUSD_PERP',
    'BTCUSDT_26122',
    '__proto__',
    'btcusdt',
    'BTC USDT',
    'BTC-USDT',
    'BTC:USDT',
  ])('the name %j is none of ours', (symbol) => {
    expect(instrumentOf(symbol)).toBeUndefined();
  });

  test.each([
    'bybit:BTC-USDT-PERP',
    'binance:BTC-USDT',
    'binance:BTC-KRW-PERP',
    'binance:btc-usdt-PERP',
    'binance:BTC-USDT-2612',
  ])('the instrument %s has no symbol here', (instrument) => {
    expect(() => symbolOf(instrument as InstrumentId)).toThrow(HeartlineError);
  });

  test('whatever name reads as an instrument is written the same again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('USDT', 'USDC', 'BTC', '_261225'),
        (head, tail) => {
          const symbol = `${head}${tail}`;
          const instrument = instrumentOf(symbol);
          if (instrument === undefined) return;
          expect(instrumentId(instrument)).toBe(instrument);
          expect(symbolOf(instrument)).toBe(symbol);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

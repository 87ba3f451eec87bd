import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import { familyOf, instrumentOf, symbolOf } from './symbols.ts';

const LINEAR: readonly (readonly [string, string])[] = [
  ['BTCUSDT', 'bybit:BTC-USDT-PERP'],
  ['BTCPERP', 'bybit:BTC-USDC-PERP'],
  ['PERPUSDT', 'bybit:PERP-USDT-PERP'],
  ['PERPPERP', 'bybit:PERP-USDC-PERP'],
  ['HPERP', 'bybit:H-USDC-PERP'],
  ['1000000BABYDOGEUSDT', 'bybit:1000000BABYDOGE-USDT-PERP'],
  ['SHIB1000USDT', 'bybit:SHIB1000-USDT-PERP'],
  ['USDCUSDT', 'bybit:USDC-USDT-PERP'],
  ['币安人生USDT', 'bybit:币安人生-USDT-PERP'],
  ['BTCUSDT-25DEC26', 'bybit:BTC-USDT-261225'],
  ['BTCUSDT-5JUN26', 'bybit:BTC-USDT-260605'],
  ['ETH-29FEB28', 'bybit:ETH-USDC-280229'],
  ['BTCUSD', 'bybit:BTC-USD-PERP'],
  ['BTCUSDU23', 'bybit:BTC-USD-230929'],
  ['ETHUSDZ23', 'bybit:ETH-USD-231229'],
  ['ETHUSDH28', 'bybit:ETH-USD-280331'],
];
const SPOT: readonly (readonly [string, string])[] = [
  ['BTCUSDT', 'bybit:BTC-USDT'],
  ['BTCUSDC', 'bybit:BTC-USDC'],
  ['USDTEUR', 'bybit:USDT-EUR'],
  ['WBTCBTC', 'bybit:WBTC-BTC'],
  ['METHUSDT', 'bybit:METH-USDT'],
  ['BTC3LUSDT', 'bybit:BTC3L-USDT'],
  ['RLUSDUSDT', 'bybit:RLUSD-USDT'],
  ['XRPRLUSD', 'bybit:XRP-RLUSD'],
  ['ETHDAI', 'bybit:ETH-DAI'],
];

describe('Bybit symbols', () => {
  test.each(LINEAR)('linear %s is %s and back', (symbol, instrument) => {
    expect(instrumentOf(symbol, 'linear')).toBe(instrument);
    expect(symbolOf(instrumentId(instrument))).toBe(symbol);
    expect(familyOf(instrumentId(instrument))).toBe('linear');
  });

  test.each(SPOT)('spot %s is %s and back', (symbol, instrument) => {
    expect(instrumentOf(symbol, 'spot')).toBe(instrument);
    expect(symbolOf(instrumentId(instrument))).toBe(symbol);
    expect(familyOf(instrumentId(instrument))).toBe('spot');
  });

  test('without a family a name is linear where it can be, else spot', () => {
    expect(['BTCUSDT', 'BTCUSDC'].map((symbol) => instrumentOf(symbol))).toEqual([
      'bybit:BTC-USDT-PERP',
      'bybit:BTC-USDC',
    ]);
  });

  test.each([
    ['linear', ''],
    ['linear', 'USDT'],
    ['linear', 'PERP'],
    ['linear', 'BTC'],
    ['linear', 'BTCUSDC'],
    ['linear', 'BTCUSDT-31FEB26'],
    ['linear', 'BTCUSDT-05JUN26'],
    ['linear', 'BTCUSDT-25DEC2026'],
    ['linear', 'BTC-26DEC25-100000-C'],
    ['linear', 'BTCUSDX23'],
    ['linear', '__proto__'],
    ['linear', 'btcusdt'],
    ['linear', 'BTC USDT'],
    ['linear', 'BTC.USDT'],
    ['linear', `${'A'.repeat(40)}USDT`],
    ['spot', 'BTCPERP'],
    ['spot', 'BTCKRW'],
    ['spot', 'BTC-USDT'],
    ['spot', 'BTC:USDT'],
  ])('in %s the name %j is none of ours', (family, symbol) => {
    expect(instrumentOf(symbol, family)).toBeUndefined();
  });

  test.each([
    'binance:BTC-USDT-PERP',
    'bybit:BTC-KRW-PERP',
    'bybit:BTC-KRW',
    'bybit:btc-usdt-PERP',
    'bybit:BTC-USDT-260231',
    'bybit:BTC-USDT-2612',
    // Quarters end on the last Friday of their month, and on no other day.
    'bybit:BTC-USD-230930',
    'bybit:BTC-USD-230825',
    // `BTCUSDTUSDC` would read as `BTCUSDT-USDC`.
    'bybit:BTC-USDTUSDC',
  ])('the instrument %s has no symbol here', (instrument) => {
    expect(() => symbolOf(instrument as InstrumentId)).toThrow(HeartlineError);
  });

  test('whatever name reads as an instrument is written the same again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('USDT', 'USDC', 'PERP', 'USD', 'BTC', 'USDT-25DEC26', '-1JAN30', 'USDM25'),
        fc.constantFrom('linear', 'spot'),
        (head, tail, family) => {
          const symbol = `${head}${tail}`;
          const instrument = instrumentOf(symbol, family);
          if (instrument === undefined) return;
          expect(instrumentId(instrument)).toBe(instrument);
          expect(symbolOf(instrument)).toBe(symbol);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import { instrumentOf, symbolOf } from './symbols.ts';

const NAMED: readonly (readonly [string, string])[] = [
  ['KRW-BTC', 'bithumb:BTC-KRW'],
  ['KRW-USDT', 'bithumb:USDT-KRW'],
  ['BTC-ETH', 'bithumb:ETH-BTC'],
  ['USDT-BTC', 'bithumb:BTC-USDT'],
  ['KRW-1INCH', 'bithumb:1INCH-KRW'],
  ['BTC-KRW', 'bithumb:KRW-BTC'],
  ['KRW-비트', 'bithumb:비트-KRW'],
];

describe('Bithumb symbols', () => {
  test.each(NAMED)('%s is %s and back', (symbol, instrument) => {
    expect(instrumentOf(symbol)).toBe(instrument);
    expect(symbolOf(instrumentId(instrument))).toBe(symbol);
  });

  test.each([
    '',
    'KRW-',
    'KRW',
    'krw-btc',
    'KRW-btc',
    'BTC_KRW',
    'USD-BTC',
    'KRW-A-B',
    'KRW-A:B',
    'KRW-A B',
    'KRW-\u202eBTC',
    '__proto__',
    `KRW-${'A'.repeat(41)}`,
  ])('the name %j is none of ours', (symbol) => {
    expect(instrumentOf(symbol)).toBeUndefined();
  });

  test.each(['upbit:BTC-KRW', 'bithumb:BTC-KRW-PERP', 'bithumb:BTC-USD', 'bithumb:btc-KRW'])(
    'the instrument %s has no symbol here',
    (instrument) => {
      expect(() => symbolOf(instrument as InstrumentId)).toThrow(HeartlineError);
    },
  );

  test('whatever name reads as an instrument is written the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('KRW', 'BTC', 'USDT'), (base, quote) => {
        const symbol = `${quote}-${base}`;
        const instrument = instrumentOf(symbol);
        if (instrument === undefined) return;
        expect(instrumentId(instrument)).toBe(instrument);
        expect(symbolOf(instrument)).toBe(symbol);
      }),
      { numRuns: 2_000 },
    );
  });
});

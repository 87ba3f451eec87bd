import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestPrice, stepDecimal, stepPrice } from './step-decimal.ts';

const won = {
  tickSize: '0.1',
  tickBands: [
    { from: '0', tick: '0.1' },
    { from: '100', tick: '1' },
    { from: '1000', tick: '5' },
    { from: '1000000', tick: '500' },
  ],
};

describe('a step of a number in a field', () => {
  it('is exact, goes to the next step first from between two, and ends at nought', () => {
    expect([
      stepDecimal('0.1', '0.1', 2),
      stepDecimal('83860.25', '0.1', 1),
      stepDecimal('83860.25', '0.1', -1),
      stepDecimal('0.00000001', '0.00000001', 10),
      stepDecimal('0.05', '0.001', -100),
      stepDecimal('', '0.001', 1),
      stepDecimal('abc', '0.5', 1),
      stepDecimal('9007199254740993', '1', 1),
      stepDecimal('5.', '1', 1),
      stepDecimal('.5', '0.25', 1),
    ]).toEqual([
      '0.3',
      '83860.3',
      '83860.2',
      '0.00000011',
      '0',
      '0.001',
      '0.5',
      '9007199254740994',
      '6',
      '0.75',
    ]);
  });

  it('up and down again ends where it began, on whatever step', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 1, max: 100 }),
        (count, unit, scale, steps) => {
          const text = (units: bigint) => {
            const digits = String(units).padStart(scale + 1, '0');
            return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
          };
          const start = text(count * BigInt(unit));
          const step = text(BigInt(unit));
          const back = stepDecimal(stepDecimal(start, step, steps), step, -steps);
          expect(Number(back)).toBe(Number(start));
        },
      ),
    );
  });
});

describe('a step of a price', () => {
  it('is a tick of the band it moves into: where a band begins, downwards is that of the band below', () => {
    expect([
      stepPrice(won, '99.9', 1),
      stepPrice(won, '100', 1),
      stepPrice(won, '100', -1),
      stepPrice(won, '1000', -1),
      stepPrice(won, '998', 3),
      stepPrice(won, '1010', -4),
      stepPrice(won, '999500', 1),
      stepPrice(won, '1000000', -1),
      stepPrice({ tickSize: '0.1' }, '83860.2', 10),
      stepPrice({ tickSize: '0.1' }, '0.1', -2),
    ]).toEqual(['100', '101', '99.9', '999', '1005', '998', '999505', '999995', '83861.2', '0']);
  });
});

describe('a price pointed at on the screen', () => {
  it('is the nearest there is on the tick, exactly; what is no price is none', () => {
    expect([
      nearestPrice({ tickSize: '0.1' }, 83_860.249_999),
      nearestPrice({ tickSize: '0.1' }, 0.299_999_999_6),
      nearestPrice({ tickSize: '0.00000001' }, 0.000_012_34),
      nearestPrice(won, 116_539_240),
      nearestPrice(won, 41.23),
      nearestPrice({ tickSize: '0.1' }, -3),
      nearestPrice({ tickSize: '0.1' }, Number.NaN),
    ]).toEqual(['83860.2', '0.3', '0.00001234', '116539000', '41.2', undefined, undefined]);
  });
});

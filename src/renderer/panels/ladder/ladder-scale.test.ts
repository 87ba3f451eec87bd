import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalPlaces, fromScaled, trimDecimal } from '#shared/base/decimal.ts';
import { tickAt } from '#shared/domain/tick-at.ts';
import {
  createLadderScale,
  GROUPINGS,
  isAstray,
  quantitiesByRow,
  restingRow,
  rowAt,
  rowsAround,
  stepRows,
} from './ladder-scale.ts';

const dollar = { tickSize: '0.1' };
const won = {
  tickSize: '0.001',
  tickBands: [
    { from: '0', tick: '0.001' },
    { from: '100', tick: '1' },
    { from: '1000', tick: '1' },
    { from: '5000', tick: '5' },
    { from: '10000', tick: '10' },
    { from: '1000000', tick: '1000' },
  ],
};
const texts = (rows: readonly number[], scale: number) =>
  rows.map((row) => trimDecimal(fromScaled(row, scale)));

describe('the rows of a ladder', () => {
  it('stand one step apart around the middle, highest first', () => {
    const scale = createLadderScale(dollar, 1, 1, 83_860);
    expect(texts(rowsAround(scale, 838_602, 2, 2), scale.scale)).toEqual([
      '83860.4',
      '83860.3',
      '83860.2',
      '83860.1',
      '83860',
    ]);
  });

  it('hold several steps each when grouped, and begin where such a group does', () => {
    const scale = createLadderScale(dollar, 1, 50, 83_860);
    expect(texts(rowsAround(scale, 838_602, 1, 2), scale.scale)).toEqual([
      '83865',
      '83860',
      '83855',
      '83850',
    ]);
  });

  it('change their height where the step does, and a band begins a row of its own', () => {
    const scale = createLadderScale(won, 0, 1, 5_000);
    const three = createLadderScale(won, 0, 50, 5_000);
    expect({
      up: texts(rowsAround(scale, 4_999_000, 3, 1), scale.scale),
      million: texts(rowsAround(scale, 1_000_000_000, 1, 1), scale.scale),
      grouped: texts(rowsAround(three, 4_950_000, 2, 1), three.scale),
    }).toEqual({
      up: ['5010', '5005', '5000', '4999', '4998'],
      million: ['1001000', '1000000', '999990'],
      grouped: ['5250', '5000', '4950', '4900'],
    });
  });

  it('are exact for a hundred million won, though the same venue steps in hundred-millionths below', () => {
    const tiny = { ...won, tickBands: [{ from: '0', tick: '0.00000001' }, ...won.tickBands.slice(1)] };
    const scale = createLadderScale(tiny, 0, 1, 120_116_000);
    expect(texts(rowsAround(scale, 120_116_400, 1, 2), scale.scale)).toEqual([
      '120117000',
      '120116000',
      '120115000',
      '120114000',
    ]);
    const cheap = createLadderScale(tiny, 0, 1, 0.000_012_34);
    expect(texts(rowsAround(cheap, 1_234, 1, 1), cheap.scale)).toEqual([
      '0.00001235',
      '0.00001234',
      '0.00001233',
    ]);
  });

  it('end above nought', () => {
    const scale = createLadderScale(dollar, 1, 1, 83_860);
    expect(texts(rowsAround(scale, 2, 1, 5), 1)).toEqual(['0.3', '0.2', '0.1']);
  });

  it('are prices the venue takes, each above the next, and up and down are each other’s way back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(dollar, won),
        fc.constantFrom(...GROUPINGS),
        fc.integer({ min: 1, max: 3_000_000 }),
        (about, grouping, whole) => {
          const scale = createLadderScale(about, 1, grouping, whole);
          const rows = rowsAround(scale, whole * 10 ** scale.scale, 8, 8);
          for (const [index, row] of rows.entries()) {
            const text = trimDecimal(fromScaled(row, scale.scale));
            const tick = tickAt(about, Number(text));
            const units = BigInt(row) * 10n ** BigInt(decimalPlaces(tick));
            const step = BigInt(tick.replace('.', '')) * 10n ** BigInt(scale.scale);
            expect(units % step).toBe(0n);
            const next = rows[index + 1];
            if (next === undefined) continue;
            expect(next).toBeLessThan(row);
            expect(scale.above(next)).toBe(row);
          }
        },
      ),
    );
  });

  it('are walked by steps and stop at the lowest', () => {
    const scale = createLadderScale(dollar, 1, 10, 83_860);
    expect([stepRows(scale, 100, 2), stepRows(scale, 100, -3), stepRows(scale, 20, -9)]).toEqual([
      120, 70, 10,
    ]);
  });
});

describe('what rests in a row', () => {
  const scale = createLadderScale(dollar, 1, 10, 83_860);

  it('buys at the row or below its price, sells at the row or above: never promised better than it is', () => {
    expect([
      restingRow(scale, 838_607, 'buy'),
      restingRow(scale, 838_607, 'sell'),
      restingRow(scale, 838_610, 'sell'),
    ]).toEqual([838_600, 838_610, 838_610]);
  });

  it('adds up exactly, whatever the scale of the book', () => {
    const bids = new Float64Array([838_607, 1, 838_603, 2, 838_599, 4]);
    expect([...quantitiesByRow(scale, bids, 1, 'buy')]).toEqual([
      [838_600, 3],
      [838_590, 4],
    ]);
    const finer = createLadderScale({ tickSize: '0.01' }, 1, 1, 50);
    expect([...quantitiesByRow(finer, new Float64Array([5, 7]), 10, 'sell')]).toEqual([[50, 7]]);
  });

  it('loses nothing by grouping', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 10 ** 9 }))),
        fc.constantFrom(...GROUPINGS),
        fc.constantFrom('buy' as const, 'sell' as const),
        (levels, grouping, side) => {
          const rows = quantitiesByRow(
            createLadderScale(won, 0, grouping, 1_000),
            new Float64Array(levels.flat()),
            1000,
            side,
          );
          const sum = [...rows.values()].reduce((all, one) => all + one, 0);
          expect(sum).toBe(levels.reduce((all, [, quantity]) => all + quantity, 0));
        },
      ),
    );
  });
});

describe('where a ladder stands', () => {
  it('follows the market only once that has left the middle half', () => {
    const rows = [12, 11, 10, 9, 8, 7, 6, 5];
    expect([
      isAstray(rows, 10),
      isAstray(rows, 7),
      isAstray(rows, 11),
      isAstray(rows, 6),
      isAstray([], 1),
    ]).toEqual([false, false, true, true, true]);
  });

  it('finds the row under a drag, and none outside', () => {
    expect([
      rowAt(99, 100, 20, 3),
      rowAt(100, 100, 20, 3),
      rowAt(159.9, 100, 20, 3),
      rowAt(160, 100, 20, 3),
    ]).toEqual([undefined, 0, 2, undefined]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TradeColumns } from '#shared/contract/columns.ts';
import { createTapeRing, isBreak, type TapeRing } from './tape-ring.ts';

function trades(ids: readonly string[], dropped = 0, restart = false): TradeColumns {
  const column = (value: (id: string) => number) => Float64Array.from(ids, value);
  return {
    ids,
    price: column((id) => Number(id) + 0.5),
    quantity: column((id) => Number(id)),
    buy: Uint8Array.from(ids, (id) => Number(id) % 2),
    venueTime: column((id) => 1_000 + Number(id)),
    receivedAt: column((id) => 1_010 + Number(id)),
    dropped,
    restart,
  };
}

function newestFirst(ring: TapeRing): string[] {
  return Array.from({ length: ring.length }, (_, index) => {
    const row = ring.at(index);
    if (row === undefined) return '?';
    return isBreak(row) ? `break at ${row.brokenAt}` : row.id;
  });
}

describe('the tape', () => {
  it('shows newest first, keeps only its capacity, and says what was dropped', () => {
    const ring = createTapeRing(4);
    ring.push(trades(['1', '2', '3']));
    ring.push(trades(['4', '5', '6'], 7));
    expect({
      order: newestFirst(ring),
      added: ring.added,
      dropped: ring.dropped,
      mean: ring.meanQuantity,
    }).toEqual({
      order: ['6', '5', '4', '3'],
      added: 6,
      dropped: 7,
      mean: 4.5,
    });
  });

  it('does not show a trade twice when the recent past is sent again after a reconnect', () => {
    const ring = createTapeRing(10);
    ring.push(trades(['1', '2', '3']));
    const fresh = ring.push(trades(['2', '3', '4', '5']));
    expect([fresh, newestFirst(ring)]).toEqual([2, ['5', '4', '3', '2', '1']]);
  });

  it('puts repaired trades where they belong when the whole tape is sent anew', () => {
    const ring = createTapeRing(10);
    ring.push(trades(['1', '2', '6']));
    ring.push(trades(['1', '2', '3', '4', '5', '6', '7'], 0, true));
    expect(newestFirst(ring)).toEqual(['7', '6', '5', '4', '3', '2', '1']);
  });

  it('marks once where trades may be missing, until the whole tape comes anew', () => {
    const ring = createTapeRing(10);
    const empty = ring.interrupt(5);
    ring.push(trades(['1', '2']));
    const marks = [ring.interrupt(6), ring.interrupt(7)];
    ring.push(trades(['6']));
    const broken = { order: newestFirst(ring), mean: ring.meanQuantity, last: ring.lastReceivedAt };
    ring.push(trades(['1', '2', '3', '6'], 0, true));
    expect({ empty, marks, broken, repaired: newestFirst(ring) }).toEqual({
      empty: false,
      marks: [true, false],
      broken: { order: ['6', 'break at 6', '2', '1'], mean: 3, last: 1_016 },
      repaired: ['6', '3', '2', '1'],
    });
  });

  it('carries every field of a trade', () => {
    const ring = createTapeRing(2);
    ring.push(trades(['7']));
    expect(ring.at(0)).toEqual({
      id: '7',
      price: 7.5,
      quantity: 7,
      buy: true,
      venueTime: 1_007,
      receivedAt: 1_017,
    });
    expect([ring.at(1), ring.at(-1)]).toEqual([undefined, undefined]);
  });

  it('equals the last distinct trades in order, however they are cut into batches and repeated', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 40 }),
        fc.integer({ min: 6, max: 12 }),
        (batchLengths, capacity) => {
          const ring = createTapeRing(capacity);
          let next = 0;
          for (const length of batchLengths) {
            // Each batch starts with up to two trades the tape still holds.
            const from = Math.max(0, next - 2);
            const ids = Array.from({ length: next - from + length }, (_, index) => String(from + index));
            ring.push(trades(ids));
            next += length;
          }
          const expected = Array.from({ length: Math.min(next, capacity) }, (_, index) =>
            String(next - 1 - index),
          );
          expect(newestFirst(ring)).toEqual(expected);
        },
      ),
      { seed: 20_260_301, numRuns: 200 },
    );
  });
});

import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFillFees, type PaidFill } from './fill-fees.ts';

/** Fills of one order: what each executed and cost. */
function fillsOf(parts: readonly (readonly [quantity: string, fee: string])[], orderId = 'o'): PaidFill[] {
  let executed = new Big(0);
  let paid = new Big(0);
  return parts.map(([quantity, fee], index) => {
    executed = executed.plus(quantity);
    paid = paid.plus(fee);
    const tradeId = `${orderId}${index}`;
    return { orderId, tradeId, quantity, executed: executed.toFixed(), paidFee: paid.toFixed() };
  });
}

const PARTS = [
  ['0.0004', '116.01'],
  ['0.0002', '57.9'],
  ['0.0001', '0'],
] as const;

describe('the fee of a fill', () => {
  test('is what the order has paid more than before', () => {
    const fees = createFillFees();
    expect(fillsOf(PARTS).map(fees.feeOf)).toEqual(['116.01', '57.9', '0']);
  });

  test('is the same when the fill is told twice', () => {
    const fees = createFillFees();
    const [first, second] = fillsOf(PARTS) as [PaidFill, PaidFill];
    expect([first, first, second, second].map(fees.feeOf)).toEqual(['116.01', '116.01', '57.9', '57.9']);
  });

  test('is not told after a gap, nor of a fill that comes late, and is told again after that', () => {
    const fees = createFillFees();
    const [first, second, third] = fillsOf(PARTS) as [PaidFill, PaidFill, PaidFill];
    expect([second, first, third].map(fees.feeOf)).toEqual([undefined, undefined, '0']);
  });

  test('is not told where the venue says nothing of what was paid', () => {
    const fees = createFillFees();
    const [first, second] = fillsOf(PARTS) as [PaidFill, PaidFill];
    expect([{ ...first, paidFee: undefined }, second].map(fees.feeOf)).toEqual([undefined, undefined]);
  });

  test('is never wrong, in whatever order the fills of many orders come, and however often', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 999 }), fc.nat(999)), {
          maxLength: 30,
        }),
        fc.infiniteStream(fc.nat(1000)),
        (drawn, draws) => {
          const byOrder = Map.groupBy(drawn, ([order]) => order);
          const told = [...byOrder].flatMap(([order, parts]) =>
            fillsOf(
              parts.map(([, quantity, fee]) => [String(quantity), String(fee)]),
              `o${order}-`,
            ).map((fill, index) => ({
              fill,
              fee: String(parts[index]?.[2]),
            })),
          );
          const shuffled = [...told, ...told]
            .map((one) => ({ one, at: draws.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
          const fees = createFillFees();
          for (const { fill, fee } of shuffled) expect([fee, undefined]).toContain(fees.feeOf(fill));
        },
      ),
    );
  });

  test('forgets the order that was silent for longest', () => {
    const fees = createFillFees();
    const [first, second] = fillsOf(PARTS, 'old') as [PaidFill, PaidFill];
    fees.feeOf(first);
    for (let index = 0; index < 5_000; index += 1) fees.feeOf(fillsOf(PARTS, `n${index}`)[0] as PaidFill);
    expect(fees.feeOf(second)).toBeUndefined();
  });
});

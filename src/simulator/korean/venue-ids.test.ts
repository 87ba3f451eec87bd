import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedIds, uuids } from './venue-ids.ts';

describe('ids made from numbers', () => {
  it('are read back, differ from number to number, and are taken for nobody else’s', () => {
    const kinds = [
      uuids('upbit order'),
      uuids('upbit fill'),
      countedIds(1_799_652),
      countedIds(5_000_000_000),
    ];
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.nat(1_000_000_000), (one, other) => {
        for (const ids of kinds) {
          expect(ids.number(ids.text(one))).toBe(one);
          expect(ids.text(one) === ids.text(other)).toBe(one === other);
        }
        const [orders, fills] = kinds;
        expect([orders?.number(fills?.text(one) as string), fills?.number('nobody')]).toEqual([
          undefined,
          undefined,
        ]);
      }),
    );
  });

  it('look like what they stand for', () => {
    expect([uuids('upbit order').text(7), countedIds(1_799_652).text(1)]).toEqual([
      expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-000000000007$/),
      'C0101000000001799653',
    ]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeCard } from './place-card.ts';

const window = { width: 1_600, height: 1_000 };
const card = { width: 340, height: 200 };

it('stands beside what it explains, on the side with room, and alone in the middle', () => {
  const placed = [
    { left: 0, top: 40, width: 240, height: 600 },
    { left: 1_300, top: 40, width: 300, height: 600 },
    { left: 0, top: 970, width: 1_600, height: 30 },
    { left: 0, top: 0, width: 1_600, height: 60 },
    { left: 0, top: 0, width: 1_600, height: 1_000 },
    undefined,
  ].map((target) => placeCard(target, card, window));
  expect(placed).toEqual([
    { left: 252, top: 40 },
    { left: 948, top: 40 },
    { left: 12, top: 758 },
    { left: 12, top: 72 },
    { left: 630, top: 788 },
    { left: 630, top: 400 },
  ]);
});

it('is never outside of the window where it has room in it at all', () => {
  const length = fc.integer({ min: 0, max: 2_000 });
  fc.assert(
    fc.property(length, length, length, length, (left, top, width, height) => {
      const at = placeCard({ left, top, width, height }, card, window);
      return at.left >= 12 && at.top >= 12 && at.left <= 1_600 - 352 && at.top <= 1_000 - 212;
    }),
  );
});

import { expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { mintOrderId } from './order-id.ts';

test('a million ids of one instant are a million different ones, each as venues take it', () => {
  const clock = createVirtualClock();
  const ids = new Set<string>();
  let wrong = 0;
  for (let count = 0; count < 1_000_000; count += 1) {
    const id = mintOrderId(clock);
    if (!/^[a-z][a-z0-9]{19,31}$/.test(id)) wrong += 1;
    ids.add(id);
  }
  expect([ids.size, wrong]).toEqual([1_000_000, 0]);
});

test('they sort by the time they were minted at, whatever chance adds', () => {
  const times = [0, 1, 35, 36, 1_700_000_000_000, 1_700_000_000_001, 8_640_000_000_000_000 / 100];
  const ids = times.map((at, index) =>
    mintOrderId({ now: () => at }, (bytes) => new Uint8Array(bytes).fill(index % 2 === 0 ? 255 : 0)),
  );
  expect([[...ids].sort(), new Set(ids.map((id) => id.length))]).toEqual([ids, new Set([23])]);
});

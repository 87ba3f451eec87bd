import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHeldKey } from './held-key.ts';

const KEY = { apiKey: 'key-key-key', secret: 'secret-secret' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('gives a key out once', () => {
  const held = createHeldKey();
  held.hold(KEY, () => undefined);
  expect([held.take(), held.take()]).toEqual([KEY, undefined]);
});

it('forgets it when dropped, and after two minutes, and says the latter', () => {
  const held = createHeldKey();
  const forgotten = vi.fn();
  held.hold(KEY, forgotten);
  held.drop();
  vi.advanceTimersByTime(200_000);
  const afterDrop = [held.take(), forgotten.mock.calls.length];
  held.hold(KEY, forgotten);
  vi.advanceTimersByTime(119_999);
  const before = forgotten.mock.calls.length;
  vi.advanceTimersByTime(1);
  expect({ afterDrop, before, after: [held.take(), forgotten.mock.calls.length] }).toEqual({
    afterDrop: [undefined, 0],
    before: 0,
    after: [undefined, 1],
  });
});

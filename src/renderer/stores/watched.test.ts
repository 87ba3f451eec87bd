import { expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { DrillView } from '#shared/domain/drill.ts';
import { createFakeClient } from './test-kit/fake-client.ts';
import { openWatch } from './watched.ts';

const view: DrillView = { state: 'idle', progress: 0, scores: [] };
const refusal = new HeartlineError('internal', 'no');

it('forgets what it held when the engine refuses, and opens once more when asked to', () => {
  const client = createFakeClient();
  const { store, retry } = openWatch(client, 'drill', {});
  client.tell('drill', view);
  expect(store.getState()).toEqual({ view, error: undefined });

  client.opened[0]?.onRefusal?.(refusal);
  expect(store.getState()).toEqual({ view: undefined, error: refusal });

  retry();
  expect([store.getState().error, client.opened.length]).toEqual([undefined, 1]);
  retry();
  expect(client.opened.length).toBe(1);
});

it('opens again by itself when the engine comes back, but only what was refused', () => {
  const client = createFakeClient();
  const { store, dispose } = openWatch(client, 'drill', {});
  const [first] = client.opened;
  client.become('waiting');
  client.become('open');
  expect(client.opened[0]).toBe(first);

  first?.onRefusal?.(refusal);
  client.become('waiting');
  client.become('open');
  expect([client.opened.length, client.opened[0] === first, store.getState().error]).toEqual([
    1,
    false,
    undefined,
  ]);
  dispose();
  expect(client.opened).toEqual([]);
});

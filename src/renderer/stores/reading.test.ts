import { expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { repeatReading } from './reading.ts';
import { createFakeClient } from './test-kit/fake-client.ts';

function read() {
  const client = createFakeClient();
  const clock = createVirtualClock();
  const reading = repeatReading({
    client,
    clock,
    everyMs: () => 1_000,
    ask: () => client.request('venues.offered', {}),
  });
  return { client, clock, reading, asked: () => client.asked.length };
}

it('asks again a while after each answer, never two at a time', async () => {
  const { client, clock, reading, asked } = read();
  clock.advance(10_000);
  expect(asked()).toBe(1);
  await client.answer('venues.offered', ['a']);
  expect([reading.store.getState(), asked()]).toEqual([{ value: ['a'], error: undefined }, 0]);
  clock.advance(999);
  expect(asked()).toBe(0);
  clock.advance(1);
  expect(asked()).toBe(1);
});

it('keeps the last answer beside the reason why there is no newer one, and goes on asking', async () => {
  const { client, clock, reading, asked } = read();
  const error = new HeartlineError('internal', 'no');
  await client.answer('venues.offered', ['a']);
  clock.advance(1_000);
  await client.refuse('venues.offered', error);
  expect(reading.store.getState()).toEqual({ value: ['a'], error });
  clock.advance(1_000);
  expect(asked()).toBe(1);
});

it('never takes the answer to an earlier question for that to a later one', async () => {
  const { client, reading } = read();
  reading.anew();
  await client.answer('venues.offered', ['early']);
  expect(reading.store.getState().value).toBeUndefined();
  await client.answer('venues.offered', ['late']);
  expect(reading.store.getState().value).toEqual(['late']);
});

it('asks at once when the engine comes back, and never again once disposed', async () => {
  const { client, clock, reading, asked } = read();
  await client.refuse('venues.offered', new HeartlineError('contract.closed', 'gone'));
  client.become('open');
  expect(asked()).toBe(1);
  reading.dispose();
  await client.answer('venues.offered', ['a']);
  clock.advance(60_000);
  client.become('open');
  expect([asked(), reading.store.getState().value]).toEqual([0, undefined]);
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { LogEntry } from '#shared/contract/api.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createFakeClient } from '../stores/test-kit/fake-client.ts';
import { measureArrivals, noteFrame, owePainting, reportPaintTimes } from './paint-times.ts';

const entries: readonly LogEntry[] = [];

beforeEach(() => {
  vi.stubGlobal('document', { hidden: false });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function measured() {
  const client = createFakeClient();
  const clock = createVirtualClock();
  const counted = measureArrivals(client, (name) => name === 'log');
  const undo = reportPaintTimes(counted, clock);
  counted.watch('log', {}, () => undefined);
  counted.watch('drill', {}, () => undefined);
  /** A frame is painted, and the browser has put it on the screen. */
  const paint = async () => {
    noteFrame();
    await new Promise((done) => setTimeout(done, 5));
  };
  const samples = () =>
    client.asked.map(({ input }) => (input as { samplesMs: readonly number[] }).samplesMs.length);
  return { client, clock, paint, samples, undo };
}

it('reports every five seconds how long what is painted took to the screen, and nothing where nothing was', async () => {
  const { client, clock, paint, samples, undo } = measured();
  clock.advance(5_000);
  expect(samples()).toEqual([]);

  client.tell('log', entries);
  await paint();
  await paint();
  client.tell('drill', { state: 'idle', progress: 0, scores: [] });
  await paint();
  clock.advance(4_999);
  expect(samples()).toEqual([]);
  clock.advance(1);
  expect(samples()).toEqual([1]);
  undo();
});

it('does not call a hidden window slow', async () => {
  const { client, clock, paint, samples, undo } = measured();
  client.tell('log', entries);
  vi.stubGlobal('document', { hidden: true });
  clock.advance(5_000);
  vi.stubGlobal('document', { hidden: false });
  await paint();
  clock.advance(5_000);
  expect(samples()).toEqual([]);
  undo();
});

it('is quiet where the engine takes no report, until it comes back', async () => {
  const { client, clock, paint, samples, undo } = measured();
  const show = async () => {
    client.tell('log', entries);
    await paint();
    clock.advance(5_000);
  };
  await show();
  await client.refuse('paint.report', new HeartlineError('internal', 'no'));
  await show();
  expect(samples()).toEqual([]);
  client.become('waiting');
  client.become('open');
  await show();
  expect(samples()).toEqual([1]);
  undo();
});

it('counts what a painter puts off only when it is painted, and with the whole wait', async () => {
  const { client, clock, paint, undo } = measured();
  const settle = owePainting();
  client.tell('log', entries);
  await new Promise((done) => setTimeout(done, 40));
  await paint();
  settle();
  await paint();
  clock.advance(5_000);
  const told = client.asked.map(({ input }) => (input as { samplesMs: readonly number[] }).samplesMs);
  expect(told.map((samples) => samples.length)).toEqual([1]);
  expect(told[0]?.[0]).toBeGreaterThanOrEqual(40);
  undo();
});

import { expect, test } from 'vitest';
import type { Cause } from '#shared/domain/connection.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createVenueLink } from './venue-link.ts';

const RESET: Cause = { code: 'socket.reset', detail: 'gone' };

function start() {
  const clock = createVirtualClock();
  const states: string[] = [];
  const link = createVenueLink({ clock, onState: ({ kind }) => states.push(kind) });
  const waits = () => (link.state.kind === 'waiting' ? link.state.retryAt - clock.now() : undefined);
  return { clock, link, states, waits };
}

test('climbs the ladder of waits, gets one quick try after it delivered, and starts over after a minute of health', () => {
  const { clock, link, waits } = start();
  const seen: (number | undefined)[] = [];
  const failAndWait = () => {
    link.fail(RESET);
    seen.push(waits());
    clock.advance(waits() ?? 0);
  };
  link.start();
  for (let attempt = 0; attempt < 6; attempt += 1) failAndWait();
  link.opened();
  link.delivered();
  clock.advance(60_000);
  failAndWait();
  link.opened();
  link.delivered();
  failAndWait();
  expect(seen).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 100, 1000]);
});

test('counts the failures of many streams that lose one link as one', () => {
  const { link, states } = start();
  link.start();
  link.fail(RESET);
  link.fail(RESET);
  link.fail({ code: 'geo', detail: '' });
  expect([states, link.state]).toMatchObject([['connecting', 'waiting'], { attempt: 1, cause: RESET }]);
});

test.each([
  ['auth', undefined, 'failed'],
  ['ban', 90_000, 'paused'],
  ['rate-limit', 45_000, 'waiting'],
] as const)('keeps quiet after %s', (code, orderedMs, kind) => {
  const { clock, link } = start();
  link.start();
  link.fail({ code, detail: '' }, orderedMs);
  clock.advance((orderedMs ?? 3_600_000) - 1);
  expect(link.state.kind).toBe(kind);
  clock.advance(1);
  expect(link.state.kind).toBe(orderedMs === undefined ? kind : 'connecting');
});

test('looks again every ten minutes whether a border is still one', () => {
  const { clock, link, states } = start();
  link.start();
  link.fail({ code: 'geo', detail: '' });
  clock.advance(599_999);
  const before = [...states];
  clock.advance(1);
  expect([before, states]).toEqual([
    ['connecting', 'failed'],
    ['connecting', 'failed', 'connecting'],
  ]);
});

test('lets whoever asks go on only while it may be talked to, and tells them when it never will again', async () => {
  const { clock, link } = start();
  const passed: (boolean | string)[] = [];
  const ask = () => void link.pass().then((isOpen) => passed.push(isOpen));
  ask();
  await Promise.resolve();
  passed.push('started');
  link.start();
  await Promise.resolve();
  link.fail(RESET);
  ask();
  clock.advance(1000);
  await Promise.resolve();
  link.stop();
  ask();
  link.dispose();
  ask();
  await Promise.resolve();
  expect(passed).toEqual(['started', true, true, false, false]);
});

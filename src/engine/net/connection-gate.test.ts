import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { createConnection } from './connection.ts';
import { createConnectionGate } from './connection-gate.ts';

/** Most openings that fall into any window of this length. */
function crowd(openedAt: readonly number[], windowMs: number): number {
  return Math.max(
    0,
    ...openedAt.map((from) => openedAt.filter((at) => at >= from && at < from + windowMs).length),
  );
}

describe('connection gate', () => {
  test('never opens more connections in any window than the venue allows, whatever storm of drops, retries, wakes and renewals there is', () => {
    const happening = fc.record({
      kind: fc.constantFrom('open', 'lose', 'refuse', 'limit', 'again', 'hurry', 'stop', 'start', 'pass'),
      who: fc.nat({ max: 11 }),
      ms: fc.integer({ min: 0, max: 1500 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 500, max: 5000 }),
        fc.array(happening, { maxLength: 120 }),
        (count, windowMs, happenings) => {
          const clock = createVirtualClock();
          const peers = createFakeSockets();
          const gate = createConnectionGate(clock, { count, windowMs });
          const openedAt: number[] = [];
          const mine = new Map<number, (typeof peers)['last']>();
          const connections = Array.from({ length: 12 }, (_, who) =>
            createConnection({
              clock,
              gate,
              openSocket(url, listener) {
                openedAt.push(clock.monotonic());
                const socket = peers.open(url, listener);
                mine.set(who, peers.last);
                return socket;
              },
              url: () => 'ws://127.0.0.1:1',
              onLink: () => undefined,
              onFrame: () => undefined,
            }),
          );
          for (const connection of connections) connection.start();
          for (const { kind, who, ms } of happenings) {
            const peer = mine.get(who);
            const connection = connections[who];
            if (kind === 'open' && connection?.link.kind === 'connecting') peer?.listener.opened();
            else if (kind === 'lose') peer?.listener.closed({ code: 'socket.reset', detail: '' });
            else if (kind === 'refuse') peer?.listener.closed({ code: 'socket.refused', detail: '' });
            else if (kind === 'limit') peer?.listener.closed({ code: 'rate-limit', detail: '' }, ms);
            else if (kind === 'again') connection?.reconnectNow();
            else if (kind === 'hurry') connection?.hurry();
            else if (kind === 'stop') connection?.stop();
            else if (kind === 'start') connection?.start();
            else clock.advance(ms);
          }
          clock.advance(60_000);
          return crowd(openedAt, windowMs) <= count && openedAt.length > 0;
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('lets everybody in, in turn, and tells each how long that will take', () => {
    const clock = createVirtualClock();
    const gate = createConnectionGate(clock, { count: 2, windowMs: 1000 });
    const entered: number[] = [];
    const told: number[] = [];
    for (let who = 0; who < 5; who += 1) {
      gate.enter(
        () => entered.push(clock.monotonic()),
        (waitMs) => told.push(waitMs),
      );
    }
    clock.advance(10_000);
    expect({ entered, told, timers: clock.pendingTimers }).toEqual({
      entered: [0, 0, 1250, 1250, 2500],
      told: [1250, 1250, 2500],
      timers: 0,
    });
  });

  test('keeps everybody out during a ban, also whoever asks by hand', () => {
    const clock = createVirtualClock();
    const peers = createFakeSockets();
    const gate = createConnectionGate(clock, { count: 100, windowMs: 1000 });
    const connect = () =>
      createConnection({
        clock,
        gate,
        openSocket: peers.open,
        url: () => 'ws://127.0.0.1:1',
        onLink: () => undefined,
        onFrame: () => undefined,
      });
    const [banned, other] = [connect(), connect()];
    banned.start();
    const bannedAt = clock.now();
    peers.last.listener.closed({ code: 'ban', detail: 'HTTP 418' }, 120_000);
    other.start();
    banned.reconnectNow();
    other.reconnectNow();
    banned.hurry();
    other.hurry();
    clock.advance(119_999);
    const during = { sockets: peers.sockets.length, link: banned.link };
    clock.advance(10);
    expect({ during, after: peers.sockets.length }).toEqual({
      during: {
        sockets: 1,
        link: { kind: 'paused', cause: { code: 'ban', detail: 'HTTP 418' }, until: bannedAt + 120_000 },
      },
      after: 3,
    });
  });

  test('forgets who left the queue', () => {
    const clock = createVirtualClock();
    const gate = createConnectionGate(clock, { count: 1, windowMs: 1000 });
    const entered: string[] = [];
    gate.enter(
      () => entered.push('first'),
      () => undefined,
    );
    const leave = gate.enter(
      () => entered.push('second'),
      () => undefined,
    );
    gate.enter(
      () => entered.push('third'),
      () => undefined,
    );
    leave();
    clock.advance(1250);
    expect(entered).toEqual(['first', 'third']);
  });

  test('lets one probe through while narrow, and the others once it was good', () => {
    const clock = createVirtualClock();
    const gate = createConnectionGate(clock, { count: 10, windowMs: 1000 });
    gate.silence(3000);
    gate.narrow();
    const entered: number[] = [];
    for (let who = 0; who < 3; who += 1)
      gate.enter(
        () => entered.push(clock.monotonic()),
        () => undefined,
      );
    clock.advance(5000);
    const probing = [...entered];
    gate.widen();
    expect({ probing, entered }).toEqual({ probing: [3000], entered: [3000, 5000, 5000] });
  });
});

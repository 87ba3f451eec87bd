import { describe, expect, test } from 'vitest';
import { figure } from '#shared/test-kit/figure.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { createConnection, type LinkState } from './connection.ts';

function start() {
  const clock = createVirtualClock();
  const peers = createFakeSockets();
  const links: LinkState[] = [];
  const frames: string[] = [];
  const connection = createConnection({
    clock,
    openSocket: peers.open,
    url: () => 'ws://127.0.0.1:1/public/stream',
    onLink: (link) => links.push(link),
    onFrame: (bytes) => frames.push(new TextDecoder().decode(bytes)),
  });
  connection.start();
  return { clock, peers, links, frames, connection };
}

const refused = { code: 'socket.refused', detail: 'refused' } as const;
const reset = { code: 'socket.reset', detail: 'reset' } as const;

describe('connection', () => {
  test('climbs the ladder while refused, says when the quick attempts are used up, and goes on', () => {
    const { clock, peers, links } = start();
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      peers.last.listener.closed(refused);
      const waiting = links.at(-1);
      if (waiting?.kind !== 'waiting') throw new Error('not waiting');
      waits.push(waiting.retryAt - clock.now());
      clock.advance(waiting.retryAt - clock.now());
    }
    const exhausted = links.filter((link) => link.kind === 'waiting').map((link) => link.exhausted);
    expect({ waits, exhausted, opened: peers.sockets.length }).toEqual({
      waits: [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000],
      exhausted: [false, false, false, false, false, true, true, true],
      opened: 9,
    });
  });

  test('looks again every ten minutes whether a border is still one: firewalls say the same, and mean it for a while', () => {
    const { clock, peers, links, connection } = start();
    peers.last.listener.closed({ code: 'geo', detail: 'HTTP 403' });
    clock.advance(599_000);
    const early = peers.sockets.length;
    clock.advance(1000);
    peers.last.listener.closed({ code: 'geo', detail: 'HTTP 403' });
    clock.advance(600_000);
    peers.last.listener.opened();
    connection.stop();
    peers.last.listener.closed({ code: 'geo', detail: 'too late' });
    clock.advance(3_600_000);
    expect([early, peers.sockets.length, links.map(({ kind }) => kind)]).toEqual([
      1,
      3,
      ['connecting', 'failed', 'connecting', 'failed', 'connecting', 'open', 'idle'],
    ]);
  });

  test('tries once quickly after a socket that had been delivering, then climbs the ladder', () => {
    const { clock, peers, links } = start();
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      peers.last.listener.opened();
      peers.last.say('{}');
      peers.last.listener.closed(reset);
      const waiting = links.at(-1);
      if (waiting?.kind !== 'waiting') throw new Error('not waiting');
      waits.push(waiting.retryAt - clock.now());
      clock.advance(waiting.retryAt - clock.now());
    }
    expect(waits).toEqual([100, 1000, 2000]);
  });

  test('starts the ladder over only after 60 s of health', () => {
    const { clock, peers, links } = start();
    const attemptAfterHealthOf = (healthMs: number): number => {
      peers.last.listener.opened();
      for (let passed = 0; passed < healthMs; passed += 1000) {
        clock.advance(1000);
        peers.last.listener.pulse('ping');
      }
      peers.last.listener.closed(reset);
      const waiting = links.at(-1);
      if (waiting?.kind !== 'waiting') throw new Error('not waiting');
      clock.advance(waiting.retryAt - clock.now());
      return waiting.attempt;
    };
    expect([
      attemptAfterHealthOf(30_000),
      attemptAfterHealthOf(30_000),
      attemptAfterHealthOf(60_000),
    ]).toEqual([1, 2, 1]);
  });

  test('lets frames, pongs and ends of an older socket die', () => {
    const { clock, peers, frames, connection } = start();
    const old = peers.last;
    old.listener.opened();
    old.say('first');
    connection.drop(reset);
    clock.advance(200);
    peers.last.listener.opened();
    old.say('late');
    old.listener.closed(reset);
    peers.last.say('second');
    expect({ frames, link: connection.link.kind, terminated: old.terminated }).toEqual({
      frames: ['first', 'second'],
      link: 'open',
      terminated: true,
    });
  });

  test('gives a half-open peer up within 8 s of its last byte, however the heartbeat falls', () => {
    const noticedAfter: number[] = [];
    for (let phase = 0; phase < 2000; phase += 100) {
      const { clock, peers, links } = start();
      peers.last.listener.opened();
      clock.advance(phase); // the last byte falls anywhere between two beats
      peers.last.say('{}');
      const lastByte = clock.monotonic();
      while (links.at(-1)?.kind === 'open' && clock.monotonic() < lastByte + 60_000) clock.advance(10);
      noticedAfter.push(clock.monotonic() - lastByte);
    }
    figure(
      'G1',
      'silent peer given up after, worst beat of the heart (virtual time)',
      Math.max(...noticedAfter),
      'ms',
    );
    expect(Math.max(...noticedAfter)).toBeLessThanOrEqual(8000);
    expect(Math.min(...noticedAfter)).toBeGreaterThanOrEqual(6000);
  });

  test('does not give up a peer that only pongs, and measures its round trips', () => {
    const { clock, peers, connection } = start();
    peers.last.listener.opened();
    let seen = 0;
    let answerAt: number | undefined;
    for (let passed = 0; passed < 60_000; passed += 10) {
      clock.advance(10);
      if (peers.last.pings > seen) answerAt = clock.monotonic() + 40;
      seen = peers.last.pings;
      if (answerAt !== undefined && clock.monotonic() >= answerAt) {
        answerAt = undefined;
        peers.last.listener.pulse('pong');
      }
    }
    expect({ link: connection.link.kind, roundTripMs: connection.roundTripMs }).toEqual({
      link: 'open',
      roundTripMs: 40,
    });
  });

  test('connects at once when asked to, whatever it was waiting for, and never holds two sockets', () => {
    const { peers, connection } = start();
    peers.last.listener.closed(refused, 600_000);
    connection.reconnectNow();
    connection.reconnectNow();
    expect(peers.sockets.map((socket) => socket.terminated)).toEqual([true, true, false]);
  });

  test('counts no epochs while it is closed, however often it is stopped', () => {
    const { connection } = start();
    connection.stop();
    const { epoch } = connection;
    for (let second = 0; second < 60; second += 1) connection.stop();
    expect(connection.epoch).toBe(epoch);
  });

  test('stays closed after stop', () => {
    const { clock, peers, connection } = start();
    peers.last.listener.closed(refused);
    connection.stop();
    clock.advance(120_000);
    expect({ opened: peers.sockets.length, link: connection.link.kind, timers: clock.pendingTimers }).toEqual(
      {
        opened: 1,
        link: 'idle',
        timers: 0,
      },
    );
  });

  test('gives up a handshake that takes longer than 5.5 s, also one that dribbles', () => {
    const { clock, peers, links } = start();
    clock.advance(5500);
    const last = links.at(-1);
    expect([last?.kind === 'waiting' && last.cause.code, peers.sockets[0]?.terminated]).toEqual([
      'socket.handshake',
      true,
    ]);
  });

  test('counts each socket as one epoch, however it ended', () => {
    const { clock, peers, connection } = start();
    const epochs = [connection.epoch];
    peers.last.listener.opened();
    connection.drop(reset);
    epochs.push(connection.epoch);
    clock.advance(2000);
    epochs.push(connection.epoch);
    connection.reconnectNow();
    epochs.push(connection.epoch);
    expect(epochs).toEqual([1, 1, 2, 3]);
  });

  test('waits exactly as long as it was told to when it is dropped on purpose', () => {
    const { clock, peers, connection } = start();
    peers.last.listener.opened();
    connection.drop({ code: 'circuit', detail: '' }, 3000);
    clock.advance(2999);
    const before = peers.sockets.length;
    clock.advance(1);
    expect([before, peers.sockets.length]).toEqual([1, 2]);
  });
});

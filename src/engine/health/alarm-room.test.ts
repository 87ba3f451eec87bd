import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HealthView } from '#shared/contract/api.ts';
import type { Exposure } from '#shared/domain/alarm.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { MetricsView } from '#shared/domain/metrics.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { defaultSettings } from '../default-settings.ts';
import { createAlarmRoom } from './alarm-room.ts';
import { openConnectionStore } from './connection-store.ts';
import { createEventLog } from './event-log.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-alarms-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const plain = venueId('plain');

function start(options: { exposure?: Exposure; url?: string; sound?: boolean } = {}) {
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const store = openConnectionStore({ dataDir, clock, log });
  const defaults = defaultSettings([{ favourites: [instrumentId('plain:BTC-USDT')] }]).alarms;
  const posted: string[] = [];
  const room = createAlarmRoom({
    clock,
    log,
    store,
    settings: () => ({ ...defaults, webhookUrl: options.url ?? '', sound: options.sound ?? true }),
    post: async (_url, { body }) => {
      posted.push(body);
      return { status: 200 };
    },
    exposureOf: () => options.exposure ?? 'none',
  });
  const source = room.watches.alarms({}, () => undefined);
  return {
    clock,
    log,
    store,
    room,
    source,
    posted,
    second(score: number, reconnects = 0) {
      clock.advance(1000);
      const health: HealthView = {
        asOf: clock.now(),
        engine: { memoryMb: 0, eventLoopDelayMs: 0 },
        connections: [
          {
            id: 'plain/all',
            venue: plain,
            state: { kind: 'live' },
            since: 0,
            epoch: 1,
            reconnects,
            failedFrames: 0,
            streams: [],
          },
        ],
        clockOffsetMs: {},
      };
      const metrics: MetricsView = {
        asOf: clock.now(),
        streams: [],
        connections: [
          {
            id: 'plain/all',
            venue: plain,
            perSecond: 1,
            bytesPerSecond: 1,
            roundTripMs: 1,
            reconnects,
            attempts: 0,
            uptime: 1,
            errors: {},
            failedFrames: 0,
            score,
          },
        ],
        budgets: [],
        restErrors: {},
        engine: { memoryMb: 0, ownMemoryMb: 1, eventLoopDelayMs: 0 },
        publishToPaint: { p50: 0, p99: 0, count: 0 },
      };
      room.second({ metrics, health });
      store.flush();
    },
  };
}

describe('the alarm room', () => {
  test('scales to what is at stake, and respects what is switched off', () => {
    const waysFor = (options: Parameters<typeof start>[0]) => {
      const run = start(options);
      for (let second = 0; second < 5; second += 1) run.second(0.1);
      const calls = run.source.take()?.calls ?? [];
      run.store.database?.exec('delete from alarms');
      run.store.dispose();
      return calls.map(({ ways }) => ways.join(' '));
    };
    expect([
      waysFor({ exposure: 'none', url: 'https://hooks.example' }),
      waysFor({ exposure: 'order', url: 'https://hooks.example' }),
      waysFor({ exposure: 'position', sound: false }),
    ]).toEqual([['toast'], ['toast sound notification webhook'], ['toast notification']]);
  });

  test('a call leaves once, to every window, and the log says it with its figures', () => {
    const run = start();
    const other = run.room.watches.alarms({}, () => undefined);
    run.source.take();
    for (let second = 0; second < 30; second += 1) run.second(0.1);
    expect([
      run.source.take()?.calls.length,
      other.take()?.calls.length,
      run.source.take(),
      run.log.entries.map(({ code, details }) => [code, details]),
    ]).toEqual([
      1,
      1,
      undefined,
      [['alarm.raised', { rule: 'score', subject: 'plain/all', exposure: 'none', value: 0.1, bound: 0.8 }]],
    ]);
    run.store.dispose();
  });

  test('five reconnects within ten minutes raise; the same five over a day do not', () => {
    const raisedWith = (apartMs: number) => {
      const run = start();
      for (let count = 0; count <= 5; count += 1) {
        run.second(1, count);
        run.clock.advance(apartMs);
      }
      const ids = run.source.take()?.alarms.map(({ id }) => id);
      run.store.database?.exec('delete from alarms');
      run.store.dispose();
      return ids;
    };
    expect([raisedWith(60_000), raisedWith(4 * 3_600_000)]).toEqual([['reconnects:plain/all'], []]);
  });

  test('the test button goes by every way that is switched on and leaves nothing in the list', async () => {
    const run = start({ url: 'https://hooks.example', exposure: 'none' });
    run.room.requests['alarms.test']({});
    await new Promise((resolve) => setImmediate(resolve));
    const view = run.source.take();
    expect([
      view?.alarms,
      view?.calls.map(({ isTest, ways }) => [isTest, ways]),
      view?.webhook?.ok,
      run.posted.map((body) => JSON.parse(body).isTest),
    ]).toEqual([[], [[true, ['toast', 'sound', 'notification', 'webhook']]], true, [true]]);
    run.room.dispose();
    run.store.dispose();
  });

  test('what was acknowledged is acknowledged after a restart', () => {
    const first = start();
    for (let second = 0; second < 5; second += 1) first.second(0.1);
    first.room.requests['alarms.acknowledge']({ id: 'score:plain/all' });
    first.store.dispose();
    const second = start();
    second.second(0.1);
    const view = second.source.take();
    expect([view?.alarms.map(({ id, state }) => [id, state]), view?.calls]).toEqual([
      [['score:plain/all', 'acknowledged']],
      [],
    ]);
    second.store.dispose();
  });
});

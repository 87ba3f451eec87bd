import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmitter } from '#shared/base/emitter.ts';
import type { ConnectionHealth, ConnectionState } from '#shared/domain/connection.ts';
import type { FeedFact, Transition } from '#shared/domain/incident.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock, type VirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { defaultSettings } from '../default-settings.ts';
import type { Market } from '../market/market.ts';
import { createMarketList } from '../market/market-list.ts';
import { createEventLog } from './event-log.ts';
import { createIncidentRoom } from './incident-room.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-room-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const T0 = 1_700_000_000_000;
const live: ConnectionState = { kind: 'live' };
const stale: ConnectionState = {
  kind: 'stale',
  cause: { code: 'socket.silent', detail: 'no data on any stream' },
};

/** Of a market only what the room listens to. */
function fakeMarket(name: string, clock: VirtualClock) {
  const id = venueId(name);
  const transitions = createEmitter<Transition>();
  const facts = createEmitter<FeedFact>();
  let state: ConnectionState = { kind: 'idle' };
  const row = (): ConnectionHealth => ({
    id: `${name}/public`,
    venue: id,
    state,
    since: clock.now(),
    epoch: 1,
    reconnects: 0,
    failedFrames: 0,
    streams: [],
  });
  const market = {
    venue: { id },
    onTransition: transitions.on,
    onFact: (listener: (fact: FeedFact, at: number) => void) =>
      facts.on((fact) => listener(fact, clock.now())),
    health: () => [row()],
    dispose: () => undefined,
  } as unknown as Market;
  return {
    market,
    go(next: ConnectionState) {
      state = next;
      transitions.emit({
        at: clock.now(),
        venue: id,
        connection: `${name}/public`,
        state: next,
        lastDataAt: clock.now() - 500,
      });
    },
  };
}

function start(clock = createVirtualClock(T0), names: readonly string[] = ['bithumb', 'upbit']) {
  const log = createEventLog(clock);
  const markets = createMarketList();
  const fakes = names.map((name) => fakeMarket(name, clock));
  for (const { market } of fakes) markets.add(market);
  const settings = defaultSettings([{ favourites: [instrumentId('bithumb:BTC-KRW')] }]);
  const room = createIncidentRoom({
    clock,
    log,
    dataDir,
    markets,
    settings: () => ({ ...settings, language: 'en' }),
    app: { version: '0.3.0', mode: 'demo', environment: 'simulator', shell: 'headless' },
    health: () => ({
      asOf: clock.now(),
      engine: { memoryMb: 0, eventLoopDelayMs: 0 },
      connections: markets.all.flatMap((market) => market.health()),
      clockOffsetMs: {},
    }),
    metrics: () => undefined,
    link: () => 'up',
  });
  return {
    clock,
    log,
    markets,
    fakes,
    room,
    wait(ms: number) {
      for (let waited = 0; waited < ms; waited += 1000) {
        clock.advance(1000);
        room.second();
      }
    },
    /** What waits for its turn gets it. */
    async answered<Answer>(promise: Answer | Promise<Answer>): Promise<Answer> {
      let answer: { readonly value: Answer } | undefined;
      const settled = Promise.resolve(promise).then((value) => {
        answer = { value };
      });
      while (answer === undefined) {
        clock.advance(0);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await settled;
      return answer.value;
    },
  };
}

describe('the incident room', () => {
  test('tells an incident live, keeps it and its timeline over a restart, and exports it', async () => {
    const first = start();
    const source = first.room.watches.incidents({}, () => undefined);
    const empty = source.take();
    for (const { go } of first.fakes) go(live);
    first.wait(20_000);
    first.fakes[0]?.go(stale);
    const begun = source.take();
    first.wait(4000);
    first.fakes[0]?.go(live);
    first.wait(12_000);
    const [ended] = source.take() ?? [];
    first.room.dispose();

    first.clock.advance(30_000);
    const second = start(first.clock);
    const [kept] =
      (await second.answered(second.room.requests['incidents.list']({ from: 0, to: T0 * 2 }))) ?? [];
    const rows = await second.answered(second.room.requests['timeline.read']({ from: T0, to: T0 + 100_000 }));
    const file = await second.answered(second.room.requests['evidence.export']({ incident: kept?.id ?? '' }));
    const report = JSON.parse(strFromU8(unzipSync(file.bytes)['report.json'] ?? new Uint8Array()));
    expect({
      empty,
      begun: begun?.map(({ noticedAt, endedAt }) => [noticedAt - T0, endedAt]),
      ended: [ended?.startedAt, ended?.noticedAt, ended?.endedAt].map((at) => (at ?? 0) - T0),
      kept,
      rows: rows.map(({ connection, uptime, spans }) => [
        connection,
        uptime,
        spans.map(({ from, to, kind }) => `${kind} ${from - T0}…${to - T0}`).join(', '),
      ]),
      fileName: file.fileName,
      reported: [report.incidents.length, report.transitions.length, report.timeline.length],
    }).toEqual({
      empty: [],
      begun: [[20_000, undefined]],
      ended: [19_500, 20_000, 24_000],
      kept: ended,
      rows: [
        ['bithumb/public', 32_000 / 36_000, 'live 0…20000, stale 20000…24000, live 24000…36000'],
        ['upbit/public', 1, 'live 0…36000'],
      ],
      fileName: 'heartline-evidence-20231114-221426-bithumb-public.zip',
      reported: [1, 8, 2],
    });
    second.room.dispose();
  });

  test('logs the beginning and the end once each, with the verdict', () => {
    const run = start();
    for (const { go } of run.fakes) go(live);
    run.fakes[0]?.go(stale);
    run.wait(3000);
    run.fakes[0]?.go(live);
    run.wait(30_000);
    expect(
      run.log.entries.map(({ level, code, details }) => [level, code, details['side'], details['lastedMs']]),
    ).toEqual([
      ['warn', 'incident.begun', 'theirs', undefined],
      ['info', 'incident.ended', 'theirs', 3500],
    ]);
    run.room.dispose();
  });

  test('what is open when Heartline is closed says so', async () => {
    const run = start();
    run.fakes[0]?.go(stale);
    run.wait(3000);
    run.room.dispose();
    const again = start(run.clock);
    const [incident] = await again.answered(again.room.requests['incidents.list']({ from: 0, to: T0 * 2 }));
    expect([incident?.endedAt, incident?.verdict.evidence.at(-1)]).toEqual([
      T0 + 3000,
      { code: 'engine.stopped', details: { at: T0 + 3000 } },
    ]);
    again.room.dispose();
  });

  test('a venue that is removed ends its incident and is idle in the timeline; one added is watched', async () => {
    const run = start();
    run.fakes[0]?.go(stale);
    run.wait(2000);
    run.markets.remove('bithumb');
    const added = fakeMarket('bybit', run.clock);
    run.markets.add(added.market);
    added.go(live);
    run.wait(1000);
    const rows = await run.answered(run.room.requests['timeline.read']({ from: 0, to: T0 * 2 }));
    const [incident] = await run.answered(run.room.requests['incidents.list']({ from: 0, to: T0 * 2 }));
    expect([
      incident?.endedAt,
      rows.map(({ connection, spans }) => [connection, spans.at(-1)?.kind]),
    ]).toEqual([
      T0 + 2000,
      [
        ['bithumb/public', 'idle'],
        ['upbit/public', 'idle'],
        ['bybit/public', 'live'],
      ],
    ]);
    run.room.dispose();
  });

  test('evidence of an incident nobody knows is refused; of an empty range it is a file', async () => {
    const run = start();
    await expect(Promise.resolve(run.room.requests['evidence.export']({ incident: 'none' }))).rejects.toThrow(
      'no such incident',
    );
    const file = await run.answered(run.room.requests['evidence.export']({ from: 0, to: 0 }));
    expect(Object.keys(unzipSync(file.bytes)).length).toBe(4);
    run.room.dispose();
  });

  test('stops every timer and closes the file', () => {
    const run = start();
    run.fakes[0]?.go(stale);
    run.wait(2000);
    run.room.dispose();
    const timers = run.clock.pendingTimers;
    start(run.clock).room.dispose();
    expect(timers).toBe(0);
  });
});

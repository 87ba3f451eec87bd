import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine, type Engine } from '#engine/engine.ts';
import { eventLine } from '#engine/recorder/event-line.ts';
import { openRecordedDesk } from '#engine/recorder/recorded-desk.ts';
import { type ReplaySummary, replayFile } from '#engine/recorder/replay.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { parseStreamKey } from '#shared/domain/stream-key.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { venues, venuesAt } from '#venues/registry.ts';

// Limits are generous bounds against hanging, not measurements.
const COINS = {
  binance: 'binance:BTC-USDT-PERP',
  bybit: 'bybit:BTC-USDT-PERP',
  upbit: 'upbit:BTC-KRW',
  bithumb: 'bithumb:BTC-KRW',
} as const;
const STREAMS = Object.values(COINS).flatMap((coin) =>
  [`ticker ${coin}`, `top ${coin}`, `trade ${coin}`, `book ${coin}`, `candle:1m ${coin}`].map(parseStreamKey),
);

let simulator: Simulator;
let dataDir: string;
const open: AsyncDisposable[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-recording-test-'));
  simulator = await startSimulator({ seed: 11 });
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  await simulator.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(isSo: () => boolean, withinMs = 20_000): Promise<void> {
  const limit = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > limit) throw new Error(`never became true: ${isSo}`);
    await sleep(20);
  }
}
const logOf = (engine: Engine) => {
  const watch = engine.api.watch('log', {}, () => undefined);
  const entries = [...(watch.take() ?? [])];
  watch.dispose();
  return entries;
};

/** Best bid and ask as they changed, one after another. */
function note(tops: Map<string, string[]>, line: string): void {
  const { instrument, bid, ask } = JSON.parse(line);
  const known = tops.get(instrument) ?? [];
  tops.set(instrument, known);
  const top = JSON.stringify([bid, ask]);
  if (known.at(-1) !== top) known.push(top);
}

/** Some seconds of the simulated market on disk: the path of the file. */
async function record(): Promise<string> {
  const engine = createEngine({
    clock: systemClock,
    dataDir,
    venues: venuesAt((venue) => simulator.address.venues[venue.id]),
    app: { version: '0.0.0', mode: 'demo', environment: 'simulator', shell: 'headless' },
  });
  open.push(engine);
  // Somebody was looking already: recording begins in the middle of the streams.
  const letGo = await engine.tap(STREAMS, () => undefined);
  const { connections } = engine.health();
  expect(connections.length).toBeGreaterThan(0);
  await until(() => engine.health().connections.every(({ state }) => state.kind === 'live'));
  await engine.api.request('recording.start', { streams: STREAMS });
  await sleep(6000);
  await engine.api.request('recording.stop', {});
  letGo();
  const [file] = await engine.api.request('recording.list', {});
  expect([...(file?.venues ?? [])].sort()).toEqual(['binance', 'bithumb', 'bybit', 'upbit']);
  expect(logOf(engine).filter(({ code }) => code.startsWith('recording'))).toMatchObject([
    { code: 'recording.started' },
    { code: 'recording.stopped' },
  ]);
  const [name = ''] = readdirSync(join(dataDir, 'recordings')).filter((entry) => entry.endsWith('.gz'));
  expect(name).toBe(file?.fileName);
  return join(dataDir, 'recordings', name);
}

test('what is recorded of four venues replays without a failure or gap, and as a desk it shows the same books', async () => {
  const path = await record();

  const summaries: Record<string, ReplaySummary> = {};
  const printed = new Map<string, string[]>();
  for (const venue of venues) {
    summaries[venue.id] = await replayFile(path, {
      venue,
      events: ['book-top'],
      print: (line) => note(printed, line),
    });
  }
  for (const venue of venues) {
    expect(summaries[venue.id]).toMatchObject({ failed: 0, gaps: 0, resyncs: 0 });
    expect(summaries[venue.id]?.decoded).toBeGreaterThan(20);
  }
  expect([...printed.keys()].sort()).toEqual(Object.values(COINS).toSorted());

  const desk = await openRecordedDesk({ path, speed: 10, clock: systemClock, venues, settingsFrom: dataDir });
  open.push(desk);
  const engine = createEngine({
    ...desk.recording,
    dataDir: desk.dataDir,
    app: { version: '0.0.0', shell: 'headless', ...desk.recording.app },
  });
  open.push(engine);
  const heard = new Map<string, string[]>();
  const letGo = await engine.tap(STREAMS, (event) => {
    if (event.kind === 'book-top') note(heard, eventLine(event));
  });
  let liveAtMost = 0;
  let ended: string | undefined;
  const sampled: number[] = [];
  await desk.begin(engine, (detail) => {
    ended = detail;
  });
  await until(() => {
    sampled.push(engine.health().asOf);
    const { connections } = engine.health();
    const isUp = connections.length > 0 && connections.every(({ state }) => state.kind === 'live');
    if (isUp) liveAtMost = Math.max(liveAtMost, connections.length);
    return ended !== undefined;
  });
  letGo();

  const { from, to } = desk.recording.app.replay;
  expect([ended, sampled.every((at, index) => index === 0 || at >= (sampled[index - 1] ?? 0))]).toEqual([
    'the recording has ended',
    true,
  ]);
  // Then, not now: the desk's time is that of the recording.
  expect(sampled[0]).toBeGreaterThanOrEqual(from);
  expect(sampled.at(-2)).toBeLessThanOrEqual(to);
  expect(liveAtMost).toBeGreaterThanOrEqual(4);
  for (const [instrument, tops] of printed) {
    const own = heard.get(instrument) ?? [];
    // Bithumb names several books by one time: of those the tap tells the first.
    if (instrument === COINS.bithumb) expect(tops).toEqual(expect.arrayContaining(own));
    // The desk may tell the snapshot its book began with as well, where it stood before the first change.
    else expect(own.slice(own.length === tops.length + 1 ? 1 : 0), instrument).toEqual(tops);
    expect(own.length).toBeGreaterThan(0);
  }

  const described = await engine.api.request('app.describe', {});
  expect(described).toMatchObject({
    mode: 'replay',
    environment: path.split('/').at(-1),
    replay: { speed: 10 },
  });
  const listed = await engine.api.request('instruments.list', {});
  expect(
    listed
      .map(({ id }) => String(id))
      .filter((id) => Object.values<string>(COINS).includes(id))
      .sort(),
  ).toEqual(Object.values(COINS).toSorted());
  await sleep(300);
  const after = engine.health().connections.map(({ state }) => state);
  for (const state of after)
    expect(state).toMatchObject({ kind: 'paused', cause: { code: 'recording.end' } });
  const before = logOf(engine).length;
  await sleep(700);
  expect(logOf(engine).length - before).toBe(0);
  expect(logOf(engine).filter(({ level }) => level === 'error')).toEqual([]);

  // Read-only: neither another recording nor another exchange beside it.
  await expect(engine.api.request('recording.start', { streams: STREAMS })).rejects.toMatchObject({
    code: 'recording.nothing',
  });
  await expect(
    engine.api.request('venues.add', { venue: instrumentId('ccxt:okx:A-B').slice(0, 8) as never }),
  ).rejects.toMatchObject({ code: 'venue.locked' });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { venues } from '#venues/registry.ts';
import { createEngine } from '../engine.ts';
import { eventLine } from './event-line.ts';
import { openRecordedDesk } from './recorded-desk.ts';
import { replayFile } from './replay.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../../venues/${path}`, import.meta.url));
let folder: string;
const open: AsyncDisposable[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-desk-test-'));
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function openDesk(path: string, speed = 100) {
  const desk = await openRecordedDesk({ path, speed, clock: systemClock, venues, settingsFrom: folder });
  open.push(desk);
  const engine = createEngine({
    ...desk.recording,
    dataDir: desk.dataDir,
    app: { version: '0.0.0', shell: 'headless', ...desk.recording.app },
  });
  open.push(engine);
  return { desk, engine };
}

describe('a recording as a desk', () => {
  test.each([
    ['binance/fixtures/btcusdt-20240808.ndjson.gz', 'binance', '2024-08-08'],
    ['bybit/fixtures/tops-20250613.ndjson.gz', 'bybit', '2025-06-13'],
    ['upbit/fixtures/ten-markets-20210405.ndjson.gz', 'upbit', '2021-04-05'],
  ])('%s is known for what it is, though its recorder did not say', async (path, venue, day) => {
    const { desk, engine } = await openDesk(fixture(path));
    const { from, to } = desk.recording.app.replay;
    const described = await engine.api.request('app.describe', {});
    expect([
      described.venues.map(({ id }) => id),
      new Date(from).toISOString().slice(0, 10),
      to > from,
    ]).toEqual([[venue], day, true]);
  });

  test('shows every change of a book that its replay prints, and says in the end that it is over', async () => {
    const path = fixture('binance/fixtures/btcusdt-20240808.ndjson.gz');
    const printed: string[] = [];
    const [binance] = venues;
    if (!binance) throw new Error('there is no venue');
    await replayFile(path, { venue: binance, events: ['book-top'], print: (line) => printed.push(line) });
    const { desk, engine } = await openDesk(path);
    const heard: string[] = [];
    const ages: number[] = [];
    const letGo = await engine.tap(desk.recording.streams, (event) => {
      if (event.kind === 'book-top') heard.push(eventLine(event));
      else ages.push(desk.recording.clock.now() - event.receivedAt);
    });
    const ended = await new Promise<string>((resolve, reject) => {
      desk.begin(engine, resolve).catch(reject);
    });
    letGo();
    expect(printed.length).toBeGreaterThan(50);
    expect([heard, ended]).toEqual([printed, 'the recording has ended']);
    // Heard at the moment it was heard then.
    expect(ages.every((age) => age === 0)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const { state } of engine.health().connections) {
      expect(state).toMatchObject({ kind: 'paused', cause: { code: 'recording.end' } });
    }
  });

  test('ends at its last whole line where its recorder was killed, and says so', async () => {
    const bytes = readFileSync(fixture('upbit/fixtures/ten-markets-20210405.ndjson.gz'));
    const path = join(folder, 'cut.ndjson.gz');
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
    const { desk, engine } = await openDesk(path);
    const ended = await new Promise<string>((resolve, reject) => {
      desk.begin(engine, resolve).catch(reject);
    });
    expect(ended).toBe('the recording ends midway: it was ended before it could be finished');
  });

  test('keeps a person’s looks and none of their venues, and rings nobody', async () => {
    writeFileSync(
      join(folder, 'settings.json'),
      JSON.stringify({ theme: 'light', language: 'ko', addedVenues: ['ccxt:okx'], watchlist: ['x:A-B'] }),
    );
    const { engine } = await openDesk(fixture('upbit/fixtures/ten-markets-20210405.ndjson.gz'));
    const settings = await engine.api.request('settings.read', {});
    expect(settings).toMatchObject({
      theme: 'light',
      language: 'ko',
      addedVenues: [],
      alarms: { sound: false, notification: false },
    });
    expect(settings.watchlist.every((instrument) => instrument.startsWith('upbit:'))).toBe(true);
    expect(await engine.api.request('venues.offered', {})).toEqual([]);
  });

  test.each([
    ['no.ndjson', undefined, 1, 'file.unreadable'],
    ['text.ndjson', 'hello\nworld\n', 1, 'recording.none'],
    ['fast.ndjson', '{}', 101, 'recording.speed'],
    ['what.ndjson', '{}', Number.NaN, 'recording.speed'],
  ])('%s is refused in words', async (name, content, speed, code) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    await expect(
      openRecordedDesk({ path, speed, clock: systemClock, venues, settingsFrom: folder }),
    ).rejects.toMatchObject({ code });
  });

  test('reads the same frames whether they are compressed or not', async () => {
    const path = join(folder, 'plain.ndjson');
    writeFileSync(path, gunzipSync(readFileSync(fixture('bybit/fixtures/tops-20250613.ndjson.gz'))));
    const streamsOf = async (file: string) => (await openDesk(file)).desk.recording.streams;
    expect(await streamsOf(path)).toEqual(await streamsOf(fixture('bybit/fixtures/tops-20250613.ndjson.gz')));
  });
});

import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { recordLines } from './record-lines.ts';
import { createRecorder, type RecorderOptions } from './recorder.ts';
import { createRecordingShelf } from './recording-shelf.ts';
import { createWireTap } from './wire-tap.ts';

const PLAIN = venueId('plain');
const URL = 'wss://plain.example/public';
const OTHER = 'wss://plain.example/market';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heartline-recorder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const settle = () => new Promise((resolve) => setTimeout(resolve, 30));
async function linesOf(path: string): Promise<Readonly<Record<string, unknown>>[]> {
  const lines: Readonly<Record<string, unknown>>[] = [];
  for await (const line of recordLines(path)) lines.push(JSON.parse(line));
  return lines;
}

/** A recorder on the sockets of one venue; the test speaks for the peer. */
async function start(options: Partial<RecorderOptions> = {}) {
  const clock = createVirtualClock(Date.UTC(2026, 4, 4, 10));
  const tap = createWireTap();
  const peers = createFakeSockets();
  const heard = {
    opened: () => undefined,
    frame: () => undefined,
    pulse: () => undefined,
    closed: () => undefined,
  };
  const open = tap.sockets(PLAIN, peers.open);
  const sockets = [URL, OTHER].map((url) => open(url, heard));
  const [chosen, other] = peers.sockets;
  if (!chosen || !other) throw new Error('two sockets were opened');
  const failed: string[] = [];
  const begun: number[] = [];
  const recorder = createRecorder({
    clock,
    tap,
    shelf: createRecordingShelf(folder),
    onBegun: () => begun.push(clock.now()),
    onFailed: (reason) => failed.push(reason),
    onChange: () => undefined,
    ...options,
  });
  await recorder.start(['book plain:BTC-USDT'], [{ venue: PLAIN, routes: new Map([[URL, 'public']]) }]);
  const second = async () => {
    clock.advance(1000);
    await settle();
  };
  const files = async () => (await readdir(folder)).filter((name) => name.endsWith('.gz')).sort();
  return { clock, tap, recorder, sockets, chosen, other, failed, begun, second, files };
}

describe('the recorder', () => {
  test('writes what the chosen connection carries, both ways, as it was, and nothing of another', async () => {
    const { recorder, sockets, chosen, other, files, tap } = await start();
    sockets[0]?.send('{"op":"subscribe"}');
    chosen.say('{"a":"é\\n"}');
    other.say('{"b":1}');
    const fetch = tap.rest(PLAIN, async () => ({
      status: 200,
      headers: { get: () => null },
      text: async () => '[1]',
    }));
    const signal = AbortSignal.abort();
    const answer = await fetch('https://plain.example/depth?symbol=BTC', { signal, redirect: 'error' });
    await answer.text();
    await recorder.stop();
    chosen.say('{"late":1}');
    const [name = ''] = await files();
    const common = { source: 'heartline/plain', recv: Date.UTC(2026, 4, 4, 10) };
    expect([name, await linesOf(join(folder, name))]).toEqual([
      'heartline-2026-05-04T10-00-00.ndjson.gz',
      [
        {
          ...common,
          url: URL,
          channel: 'ws-send',
          raw: '{"op":"subscribe"}',
          dir: 'send',
          category: 'public',
        },
        { ...common, url: URL, channel: 'ws:public', raw: '{"a":"é\\n"}', dir: 'recv', category: 'public' },
        {
          ...common,
          url: 'https://plain.example/depth?symbol=BTC',
          channel: 'rest:/depth',
          raw: '[1]',
          dir: 'http',
          status: 200,
        },
      ],
    ]);
    expect(await recorder.list()).toMatchObject([{ fileName: name, venues: [PLAIN], frames: 3 }]);
  });

  test('loses no more than the last moments when its process is killed, and what is left can be read', async () => {
    const { chosen, second, files } = await start();
    for (let index = 0; index < 200; index += 1)
      chosen.say(JSON.stringify({ index, filling: `${index * 7919}` }));
    await second();
    const [name = ''] = await files();
    const path = join(folder, name);
    const whole = await readFile(path);
    for (let index = 200; index < 400; index += 1) chosen.say(JSON.stringify({ index }));
    await second();
    // Killed while the second member was being written.
    await truncate(path, whole.length + 40);
    let cuts = 0;
    const read: string[] = [];
    for await (const line of recordLines(path, () => {
      cuts += 1;
    })) {
      read.push(line);
    }
    const indexes = read.map((line) => JSON.parse(JSON.parse(line).raw).index);
    expect([indexes.slice(0, 200), cuts]).toEqual([Array.from({ length: 200 }, (_, index) => index), 1]);
    expect(indexes).toEqual(indexes.map((_, index) => index));
  });

  test('begins another file when one is full or an hour old, and loses no frame between them', async () => {
    const { chosen, recorder, second, files, begun, clock } = await start({ rotateBytes: 600 });
    for (let index = 0; index < 5; index += 1) {
      for (let step = 0; step < 20; step += 1)
        chosen.say(JSON.stringify({ index: index * 20 + step, r: step ** 9 }));
      await second();
      await second();
    }
    clock.advance(3_600_000);
    await settle();
    chosen.say('{"index":100}');
    await recorder.stop();
    const names = await files();
    const lines = (await Promise.all(names.map((name) => linesOf(join(folder, name))))).flat();
    expect(lines.map(({ raw }) => JSON.parse(String(raw)).index)).toEqual(
      Array.from({ length: 101 }, (_, index) => index),
    );
    expect([names.length > 2, begun.length]).toEqual([true, names.length]);
  });

  test('lets the oldest go when all together take too much', async () => {
    await writeFile(join(folder, 'heartline-2026-01-01T00-00-00.ndjson.gz'), Buffer.alloc(3000));
    await writeFile(join(folder, 'heartline-2026-02-01T00-00-00.ndjson.gz'), Buffer.alloc(3000));
    await writeFile(join(folder, 'something-else.txt'), Buffer.alloc(9000));
    const { recorder, chosen, second, files } = await start({ capBytes: 4000 });
    chosen.say('{}');
    await second();
    expect(await files()).toEqual([
      'heartline-2026-02-01T00-00-00.ndjson.gz',
      'heartline-2026-05-04T10-00-00.ndjson.gz',
    ]);
    expect(recorder.view().usedBytes).toBeLessThan(4000);
    await recorder.stop();
  });

  test('names a file that is just being closed in the list, on a slow disk too', async () => {
    const shelf = createRecordingShelf(folder);
    const { recorder, chosen, second } = await start({
      shelf: {
        ...shelf,
        async label(file) {
          await writeFile(join(folder, `${file.fileName}.json`), '');
          await settle();
          await shelf.label(file);
        },
      },
    });
    chosen.say('{"a":1}');
    await second();
    const [, listed] = await Promise.all([recorder.stop(), settle().then(() => recorder.list())]);
    expect(listed.map(({ frames }) => frames)).toEqual([1]);
  });

  test('drops and counts what a slow disk cannot take, without growing beyond its bound', async () => {
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { recorder, chosen, files } = await start({
      append: async (path, bytes) => {
        await slow;
        await appendFile(path, bytes);
      },
    });
    const big = JSON.stringify({ filling: 'x'.repeat(1_000_000) });
    for (let count = 0; count < 20; count += 1) chosen.say(big);
    const { droppedFrames, file } = recorder.view();
    release();
    await recorder.stop();
    const [name = ''] = await files();
    const written = gunzipSync(await readFile(join(folder, name)))
      .toString()
      .trim()
      .split('\n').length;
    expect([droppedFrames + written, file?.frames, written < 9]).toEqual([20, written, true]);
  });

  test('stops and says so when the disk is full, keeping what was written', async () => {
    let writes = 0;
    const { recorder, chosen, second, files, failed } = await start({
      append(path, bytes) {
        writes += 1;
        if (writes > 1) return Promise.reject(new Error('ENOSPC: no space left on device'));
        return appendFile(path, bytes);
      },
    });
    chosen.say('{"a":1}');
    await second();
    chosen.say('{"a":2}');
    await second();
    chosen.say('{"a":3}');
    const [name = ''] = await files();
    expect([failed, recorder.view().isOn, (await linesOf(join(folder, name))).length]).toEqual([
      ['ENOSPC: no space left on device'],
      false,
      1,
    ]);
    await recorder.start(['book plain:BTC-USDT'], []);
    expect(recorder.view().isOn).toBe(true);
    await recorder.stop();
  });

  test('refuses a second start, and says when not even the first file can be made', async () => {
    const { recorder } = await start();
    await expect(recorder.start([], [])).rejects.toMatchObject({ code: 'recording.on' });
    await recorder.stop();
    await writeFile(join(folder, 'file'), '');
    const tap = createWireTap();
    const hopeless = createRecorder({
      clock: createVirtualClock(),
      tap,
      shelf: createRecordingShelf(join(folder, 'file', 'inside')),
      onBegun: () => undefined,
      onFailed: () => undefined,
      onChange: () => undefined,
    });
    await expect(hopeless.start([], [])).rejects.toMatchObject({ code: 'recording.failed' });
    expect(hopeless.view().isOn).toBe(false);
  });
});

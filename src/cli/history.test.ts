import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEventLog } from '#engine/health/event-log.ts';
import { openCandleStore } from '#engine/storage/candle-store.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { ownHome } from './test-kit/own-home.ts';
import { type Ran, runCommand } from './test-kit/run-command.ts';

const COMMAND = fileURLToPath(new URL('./history.ts', import.meta.url));
const BTC = instrumentId('binance:BTC-USDT-PERP');
const candle = (openTime: number) =>
  ({ openTime, open: 1, high: 3, low: 1, close: 2.5, volume: 4, closed: true, provenance: 'live' }) as const;

const home = ownHome();

const run = (args: readonly string[]) => runCommand(COMMAND, args, home.environment);
const rows = ({ out }: Ran) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

let dataDir = '';
let empty = '';
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-history-'));
  empty = mkdtempSync(join(tmpdir(), 'heartline-history-'));
  const clock = createVirtualClock();
  const store = openCandleStore({ dataDir, clock, log: createEventLog(clock) });
  store.put(
    { instrument: BTC, interval: '1m' },
    [0, 1, 2, 5].map((minute) => candle(minute * 60_000)),
  );
  store.put(
    { instrument: BTC, interval: '1M' },
    [Date.UTC(2026, 0, 1), Date.UTC(2026, 1, 1), Date.UTC(2026, 2, 1)].map(candle),
  );
  store.dispose();
});
afterAll(() => {
  home.dispose();
  for (const folder of [dataDir, empty]) rmSync(folder, { recursive: true, force: true });
});

describe('history on the command line', () => {
  test('names the gaps of every series, knows how long months are, and finds nothing damaged', async () => {
    const ran = await run(['check', '--data-dir', dataDir]);
    const whole = { kind: 'series', instrument: BTC, duplicates: 0, impossible: 0, misaligned: 0 };
    expect({ ...ran, out: rows(ran) }).toEqual({
      code: 0,
      err: '',
      out: [
        {
          ...whole,
          interval: '1M',
          candles: 3,
          from: Date.UTC(2026, 0, 1),
          to: Date.UTC(2026, 2, 1),
          gaps: 0,
          missing: 0,
        },
        { ...whole, interval: '1m', candles: 4, from: 0, to: 300_000, gaps: 1, missing: 2 },
        { kind: 'summary', series: 2, candles: 7, missing: 2, damaged: 0, file: 'ok' },
      ],
    });
  });

  test('writes the candles of one series as CSV or as lines of JSON', async () => {
    const only = ['export', '--data-dir', dataDir, '--instrument', BTC, '--interval', '1m'];
    const [csv, ndjson] = await Promise.all([run([...only, '--csv']), run([...only, '--ndjson'])]);
    expect(csv.out.split('\n').slice(0, 2)).toEqual([
      'instrument,interval,openTime,open,high,low,close,volume,provenance',
      `${BTC},1m,0,1,3,1,2.5,4,live`,
    ]);
    expect(rows(ndjson).at(-1)).toEqual({
      instrument: BTC,
      interval: '1m',
      openTime: 300_000,
      open: 1,
      high: 3,
      low: 1,
      close: 2.5,
      volume: 4,
      provenance: 'live',
    });
  });

  test('finds what cannot be, and says so by its exit code', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heartline-history-'));
    try {
      const clock = createVirtualClock();
      openCandleStore({ dataDir: folder, clock, log: createEventLog(clock) }).dispose();
      const database = new Sqlite(join(folder, 'history.db'));
      database.exec(
        `insert into series values (1, 'binance', '${BTC}', '1m', 0);
         insert into candles values (1, 0, 5, 1, 4, 5, 1, 1), (1, 90000, 1, 1, 1, 1, 1, 1)`,
      );
      database.close();
      const ran = await run(['check', '--data-dir', folder]);
      expect([ran.code, rows(ran)[0]]).toMatchObject([1, { impossible: 1, misaligned: 1 }]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each([
    [[], /^history: usage: .*\n$/],
    [['list'], /^history: usage: .*\n$/],
    [['check'], /^history: --data-dir is missing, and there is no history\.db .*; usage: .*\n$/],
    [['check', '--data-dir', '/no/such'], /^history: there is no history.db in \/no\/such\n$/],
    [
      ['export', '--data-dir', '/tmp', '--csv', '--ndjson'],
      /^history: --csv and --ndjson exclude each other\n$/,
    ],
    [['export', '--data-dir', '/tmp', '--interval', '7m'], /^history: not a candle interval: 7m\n$/],
    [['export', '--data-dir', '/tmp', '--instrument', 'BTC'], /^history: not an instrument id: BTC\n$/],
    [['check', '--speed', '3'], /^history: Unknown option '--speed'; usage: .*\n$/],
  ])('%j is refused in one sentence', async (args, message) => {
    expect(await run(args)).toEqual({ code: 2, out: '', err: expect.stringMatching(message) });
  });

  test('a file that is no history is one sentence, too', async () => {
    writeFileSync(join(empty, 'history.db'), 'nonsense'.repeat(1000));
    expect(await run(['check', '--data-dir', empty])).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^history: .*history.db cannot be read: file is not a database\n$/),
    });
  });
});

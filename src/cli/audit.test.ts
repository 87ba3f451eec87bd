import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEventLog } from '#engine/health/event-log.ts';
import { createJournal } from '#engine/trading/journal.ts';
import type { Journal } from '#engine/trading/journal-port.ts';
import { answer, ID, report, sending } from '#engine/trading/test-kit/own-events.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { ownHome } from './test-kit/own-home.ts';
import { runCommand } from './test-kit/run-command.ts';

const COMMAND = fileURLToPath(new URL('./audit.ts', import.meta.url));

const home = ownHome();

const run = (...args: readonly string[]) => runCommand(COMMAND, args, home.environment);

let dataDir = '';
/** At work all the while, as the app would be. */
let journal: Journal;
const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'heartline-audit-'));
  folders.push(made);
  return made;
}
beforeAll(() => {
  dataDir = folder();
  const clock = createVirtualClock(Date.UTC(2026, 6, 29, 22, 45, 0, 123));
  journal = createJournal({ clock, dataDir, log: createEventLog(clock) });
  for (const event of [sending(), answer('unknown', { message: 'no "answer", =1+1' }), report('NEW')]) {
    clock.advance(10);
    journal.append(event);
  }
});
afterAll(() => {
  home.dispose();
  journal.dispose();
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

/** The same journal at rest, with something done to it. */
function spoilt(hand: (path: string) => void): string {
  const made = folder();
  journal.probe();
  const source = new Sqlite(join(dataDir, 'orders.db'), { readonly: true });
  // As one file, whatever is in the write-ahead file still.
  writeFileSync(join(made, 'orders.db'), source.serialize());
  source.close();
  cpSync(join(dataDir, 'orders.anchor'), join(made, 'orders.anchor'));
  hand(join(made, 'orders.db'));
  return made;
}
function sql(text: string): (path: string) => void {
  return (path) => {
    const database = new Sqlite(path);
    database.exec(text);
    database.close();
  };
}

describe('the journal on the command line, while Heartline writes it', () => {
  test('says that the chain is whole, and how long it is', async () => {
    expect(await run('verify', '--data-dir', dataDir)).toEqual({
      code: 0,
      out: '4 lines: the chain is whole.\n',
      err: '',
    });
  });

  test('exports what the engine exports, byte for byte', async () => {
    const [plain, named] = await Promise.all([
      run('export', '--data-dir', dataDir),
      run('export', '--ndjson', '--data-dir', dataDir),
    ]);
    expect([plain, named.out]).toEqual([{ code: 0, out: journal.exported(), err: '' }, journal.exported()]);
    // The chain as the export describes it, checked with nothing of ours.
    let before = '0'.repeat(64);
    for (const line of plain.out.trimEnd().split('\n')) {
      const [, seq, at, state = '', body, hash = ''] =
        /^\{"seq":(\d+),"at":(\d+),(?:"state":"([a-z]+)",)?"event":(.*),"hash":"([0-9a-f]+)"\}$/.exec(line) ??
        [];
      const text = `${before}\n${seq}\n${at}\n${state}\n${body}`;
      expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
      before = hash;
    }
  });

  test('exports a table, with every text in one cell and none that a table program would run', async () => {
    const { out } = await run('export', '--csv', '--data-dir', dataDir);
    const rows = out.trimEnd().split('\n');
    const body = JSON.stringify(answer('unknown', { message: 'no "answer", =1+1' }));
    expect([rows[0], rows[3]]).toEqual([
      'seq,at,utc,kst,kind,order,state,body,hash',
      `3,1785365100143,2026-07-29T22:45:00.143Z,2026-07-30 07:45:00.143,answer,${ID},unknown,"${body.replaceAll('"', '""')}",${journal.linesOf(ID)[1]?.hash}`,
    ]);
  });

  test('shows one order, with how long after the click each thing came', async () => {
    const { out, code } = await run('show', ID, '--data-dir', dataDir);
    const rows = out
      .trimEnd()
      .split('\n')
      .map((row) => row.split(/ {2,}/).slice(0, 6));
    expect([code, rows]).toEqual([
      0,
      [
        ['2', '2026-07-30 07:45:00.133 KST', '2026-07-29T22:45:00.133Z', '+0 ms', 'sending', 'submitting'],
        ['3', '2026-07-30 07:45:00.143 KST', '2026-07-29T22:45:00.143Z', '+10 ms', 'answer', 'unknown'],
        ['4', '2026-07-30 07:45:00.153 KST', '2026-07-29T22:45:00.153Z', '+20 ms', 'report', 'open'],
      ],
    ]);
  });
});

describe('a journal that was tampered with', () => {
  test.each<readonly [string, (path: string) => void, string]>([
    [
      'changed',
      sql(`update lines set body = replace(body, '1000', '9000') where seq = 2`),
      '4 lines: line 2 is not what was written, or is missing. What comes before it stands.\n',
    ],
    [
      'cut off',
      sql('delete from lines where seq = 4'),
      '3 lines: line 4 is not what was written, or is missing. What comes before it stands.\n',
    ],
    [
      'without its note',
      (path) => rmSync(path.replace('orders.db', 'orders.anchor')),
      '4 lines: from line 5 on some may be missing. The note of the last line (orders.anchor) is missing.\n',
    ],
  ])('%s: names the first line that is wrong and ends with 1', async (_, hand, out) => {
    expect(await run('verify', '--data-dir', spoilt(hand))).toEqual({ code: 1, out, err: '' });
  });

  test.each<readonly [string, (path: string) => void, RegExp]>([
    ['no database at all', (path) => writeFileSync(path, 'nothing of the kind'.repeat(99)), /cannot be read/],
    ['deleted', (path) => rmSync(path), /orders\.db is gone: it had 4 lines/],
  ])('%s: one sentence and 1', async (_, hand, said) => {
    const { code, out, err } = await run('verify', '--data-dir', spoilt(hand));
    expect([code, out, err.split('\n').length]).toEqual([1, '', 2]);
    expect(err).toMatch(said);
  });
});

test.each<readonly [args: readonly string[], said: RegExp]>([
  [[], /usage/],
  [['burn'], /usage/],
  [['verify'], /--data-dir is missing/],
  [['verify', '--data-dir', 'x', 'more'], /usage/],
  [['verify', '--csv', '--data-dir', 'x'], /are for export/],
  [['export', '--csv', '--ndjson', '--data-dir', 'x'], /exclude each other/],
  [['show', '--data-dir', 'x'], /needs a client order id/],
  [['verify', '--what'], /Unknown option '--what'/],
  [['verify', '--data-dir', '/nowhere'], /no order was ever placed from there/],
])('what was asked wrongly ends with 2 and one sentence: %j', async (args, said) => {
  const { code, out, err } = await run(...args);
  expect([code, out, err.trimEnd().split('\n').length]).toEqual([2, '', 1]);
  expect(err).toMatch(said);
});

test('without a folder named it is the journal of this user’s own Heartline', async () => {
  journal.probe();
  const source = new Sqlite(join(dataDir, 'orders.db'), { readonly: true });
  writeFileSync(join(home.headless, 'orders.db'), source.serialize());
  source.close();
  cpSync(join(dataDir, 'orders.anchor'), join(home.headless, 'orders.anchor'));
  expect((await run('verify')).out).toMatch(/the chain is whole/);
});

test('an order nobody knows ends with 2, and the journal is not written by any of this', async () => {
  const before = readFileSync(join(dataDir, 'orders.anchor'));
  const { code, err } = await run('show', 'nobody', '--data-dir', dataDir);
  expect([code, err]).toEqual([2, 'audit: the journal has no order nobody\n']);
  expect(readFileSync(join(dataDir, 'orders.anchor'))).toEqual(before);
});

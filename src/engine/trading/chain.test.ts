import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figure } from '#shared/test-kit/figure.ts';
import { chanceOf, replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { openJournalArchive } from '../storage/journal-archive.ts';
import { checkChain, type StoredLine } from './chain.ts';
import { createJournal } from './journal.ts';
import { readAnchor } from './journal-anchor.ts';
import { answer, fill, report, sending } from './test-kit/own-events.ts';

const FILE = 'src/engine/trading/chain.test.ts';
const LINES = 60;
const SEEDS = seedsOf(runs(300, 5000));

let whole = '';
let scratch = '';
beforeAll(() => {
  whole = mkdtempSync(join(tmpdir(), 'heartline-chain-'));
  scratch = mkdtempSync(join(tmpdir(), 'heartline-chain-'));
  const clock = createVirtualClock();
  const journal = createJournal({ clock, dataDir: whole, log: createEventLog(clock) });
  for (let count = 0; count * 5 + 1 < LINES; count += 1) {
    const order = `order-${count}`;
    for (const event of [
      { kind: 'halted', from: 'window' } as const,
      sending(),
      answer('accepted'),
      report('NEW'),
      fill('1', '1'),
    ]) {
      clock.advance(7);
      journal.append({ ...event, ...('order' in event && { order }) } as typeof event);
    }
  }
  journal.dispose();
});
afterAll(() => {
  for (const folder of [whole, scratch]) rmSync(folder, { recursive: true, force: true });
});

/** A copy to tamper with by hand, and what is found in it then. */
function tampered(hand: (database: Sqlite.Database) => void): number | undefined {
  for (const file of ['orders.db', 'orders.anchor']) copyFileSync(join(whole, file), join(scratch, file));
  const database = new Sqlite(join(scratch, 'orders.db'));
  // By hand and fast: one transaction that need not outlive a power cut.
  database.pragma('synchronous = OFF');
  database.pragma('journal_mode = MEMORY');
  database.transaction(hand)(database);
  database.close();
  return verified();
}

function verified(): number | undefined {
  const archive = openJournalArchive(scratch);
  try {
    return archive.verify().brokenAt;
  } finally {
    archive.dispose();
  }
}

interface Dice {
  /** From 1 to `most`. */
  upTo(most: number): number;
  pick<One>(from: readonly One[]): One;
}
function diceOf(seed: number): Dice {
  const chance = chanceOf(seed);
  const upTo = (most: number) => 1 + Math.floor(chance() * most);
  return { upTo, pick: (from) => from[upTo(from.length) - 1] as (typeof from)[number] };
}

/** Each tampers somewhere and returns the line that is the first to be wrong. */
const TAMPERINGS: Readonly<Record<string, (database: Sqlite.Database, dice: Dice, count: number) => number>> =
  {
    flip(database, dice, count) {
      const seq = dice.upTo(count);
      const column = dice.pick(['at', 'kind', '"order"', 'state', 'body', 'hash']);
      const row = database.prepare(`select ${column} as value from lines where seq = ?`).get(seq) as {
        value: string | number | null;
      };
      database.prepare(`update lines set ${column} = ? where seq = ?`).run(flipped(row.value, dice), seq);
      return seq;
    },
    edit(database, dice, count) {
      const seq = dice.upTo(count);
      database.prepare(`update lines set body = replace(body, '}', ',"more":1}') where seq = ?`).run(seq);
      return seq;
    },
    delete(database, dice, count) {
      const seq = dice.upTo(count);
      database.prepare('delete from lines where seq = ?').run(seq);
      return seq;
    },
    closeTheGap(database, dice, count) {
      const seq = dice.upTo(count);
      database.prepare('delete from lines where seq = ?').run(seq);
      for (let next = seq + 1; next <= count; next += 1) {
        database.prepare('update lines set seq = seq - 1 where seq = ?').run(next);
      }
      return seq;
    },
    swap(database, dice, count) {
      const first = dice.upTo(count - 1);
      const second = first + dice.upTo(count - first);
      const move = database.prepare('update lines set seq = ? where seq = ?');
      move.run(-1, first);
      move.run(first, second);
      move.run(second, -1);
      return first;
    },
    insert(database, dice, count) {
      const seq = dice.upTo(count + 1);
      for (let next = count; next >= seq; next -= 1) {
        database.prepare('update lines set seq = seq + 1 where seq = ?').run(next);
      }
      const copied = dice.upTo(count);
      database
        .prepare(
          `insert into lines (seq, at, kind, "order", state, body, hash)
         select ?, at + 1, kind, "order", state, body, hash from lines where seq = ?`,
        )
        .run(seq, copied >= seq ? copied + 1 : copied);
      return seq;
    },
    truncate(database, dice, count) {
      const seq = dice.upTo(count);
      database.prepare('delete from lines where seq >= ?').run(seq);
      return seq;
    },
  };

function flipped(value: string | number | null, dice: Dice): string | number {
  if (value === null) return 'x';
  if (typeof value === 'number') return value ^ (1 << (dice.upTo(20) - 1)) || 1;
  const at = dice.upTo(value.length) - 1;
  const code = value.charCodeAt(at) ^ (1 << (dice.upTo(5) - 1));
  return `${value.slice(0, at)}${String.fromCharCode(code)}${value.slice(at + 1)}`;
}

describe('the audit log', () => {
  test.each(Object.entries(TAMPERINGS))(
    'every %s of a line is found, and the first that is wrong is named',
    (_, tamper) => {
      const missed: string[] = [];
      for (const seed of SEEDS.slice(0, Math.ceil(SEEDS.length / Object.keys(TAMPERINGS).length) + 1)) {
        const dice = diceOf(seed);
        let wrongAt = 0;
        const found = tampered((database) => {
          const { n } = database.prepare('select count(*) as n from lines').get() as { n: number };
          wrongAt = tamper(database, dice, n);
        });
        if (found !== wrongAt) missed.push(`found ${found}, not ${wrongAt}; ${replayOf(seed, FILE)}`);
      }
      expect(missed).toEqual([]);
    },
  );

  test('any bytes of the file that are turned are found wherever they change a line', () => {
    const missed: string[] = [];
    let changed = 0;
    const before = linesIn(whole);
    for (const seed of SEEDS) {
      const dice = diceOf(seed);
      for (const file of ['orders.db', 'orders.anchor']) copyFileSync(join(whole, file), join(scratch, file));
      const bytes = readFileSync(join(scratch, 'orders.db'));
      for (let count = dice.upTo(8); count > 0; count -= 1) {
        const at = dice.upTo(bytes.length) - 1;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (dice.upTo(8) - 1));
      }
      writeFileSync(join(scratch, 'orders.db'), bytes);
      const after = linesIn(scratch);
      if (after === before) continue;
      changed += 1;
      if (isWhole()) missed.push(replayOf(seed, FILE));
    }
    figure(
      'G32',
      'tampering with the journal that went unnoticed',
      missed.length,
      `of ${changed} turned files`,
    );
    expect([missed, changed > SEEDS.length / 3]).toEqual([[], true]);
  });

  test('a file that was cut off is found', () => {
    const { length } = readFileSync(join(whole, 'orders.db'));
    const missed: number[] = [];
    for (const seed of SEEDS.slice(0, 40)) {
      for (const file of ['orders.db', 'orders.anchor']) copyFileSync(join(whole, file), join(scratch, file));
      const left = diceOf(seed).upTo(length - 1);
      truncateSync(join(scratch, 'orders.db'), left);
      if (isWhole()) missed.push(left);
    }
    expect(missed).toEqual([]);
  });

  test.each<readonly [string, (path: string) => void, string]>([
    ['deleted', (path) => rmSync(path), 'missing'],
    ['emptied', (path) => writeFileSync(path, ''), 'damaged'],
    ['overwritten', (path) => writeFileSync(path, 'x'.repeat(198)), 'damaged'],
  ])('the note of the end %s: the end cannot be vouched for', (_, spoil, kind) => {
    const found = tampered(() => spoil(join(scratch, 'orders.anchor')));
    expect([found, readAnchor(join(scratch, 'orders.anchor'))]).toEqual([62, kind]);
  });

  test('a rewritten chain does not fit the note of its end', () => {
    const rows = rowsOf(whole);
    const last = rows.at(-1);
    expect(checkChain(rows, { seq: last?.seq ?? 0, hash: 'f'.repeat(64) })).toEqual({
      lines: 61,
      brokenAt: 61,
    });
  });

  test('one slot of the note torn by a power cut leaves the one before, which is late and no fault', () => {
    const text = readFileSync(join(whole, 'orders.anchor'), 'latin1');
    const newest = readAnchor(join(whole, 'orders.anchor'));
    for (const slot of [0, 1]) {
      const torn = text.slice(0, slot * 99) + 'x'.repeat(40) + text.slice(slot * 99 + 40);
      expect(tampered(() => writeFileSync(join(scratch, 'orders.anchor'), torn))).toBe(undefined);
      expect(readAnchor(join(scratch, 'orders.anchor'))).toEqual(
        slot === 0 ? newest : { seq: 60, hash: rowsOf(whole)[59]?.hash },
      );
    }
  });

  test('untouched, it is whole', () => {
    expect(tampered(() => undefined)).toBe(undefined);
  });
});

function isWhole(): boolean {
  try {
    return verified() === undefined;
  } catch {
    // It cannot even be opened: nobody takes that for whole.
    return false;
  }
}

function rowsOf(folder: string): readonly StoredLine[] {
  const archive = openJournalArchive(folder);
  try {
    return [...archive.stored()];
  } finally {
    archive.dispose();
  }
}

/** All that can be read of the lines, as one text. */
function linesIn(folder: string): string {
  try {
    return JSON.stringify(rowsOf(folder));
  } catch (fault) {
    return String(fault);
  }
}

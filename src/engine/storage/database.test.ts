import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { openDatabase } from './database.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-database-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function open(migrations: readonly string[]) {
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  return { database: openDatabase({ dataDir, file: 'a.db', migrations, clock, log }), log };
}

const FIRST = 'create table things (name text) strict';

test('what was written is there after the next opening, and only new migrations run', () => {
  const first = open([FIRST]);
  first.database.prepare('insert into things values (?)').run('kept');
  first.database.close();
  const { database, log } = open([FIRST, 'alter table things add column age integer']);
  expect(database.prepare('select * from things').all()).toEqual([{ name: 'kept', age: null }]);
  expect(log.entries).toEqual([]);
  database.close();
});

test('a damaged file is set aside and said so, and a new one takes its place', () => {
  writeFileSync(
    join(dataDir, 'a.db'),
    'this is no database, though long enough to be taken for one'.repeat(40),
  );
  const { database, log } = open([FIRST]);
  expect(database.prepare('select count(*) as n from things').get()).toEqual({ n: 0 });
  database.close();
  expect(log.entries.map(({ code, level }) => [code, level])).toEqual([['database.broken', 'error']]);
  expect(readdirSync(dataDir).filter((name) => name.startsWith('a.db.broken-'))).toHaveLength(1);
});

test('a file of a newer Heartline is not touched', () => {
  open([FIRST, 'create table later (name text) strict']).database.close();
  const { database, log } = open([FIRST]);
  database.close();
  expect(log.entries[0]?.details['reason']).toContain('version 2');
  expect(readdirSync(dataDir).filter((name) => name.startsWith('a.db.broken-'))).toHaveLength(1);
});

test('a folder that cannot hold one is an error that names the file', () => {
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  expect(() =>
    openDatabase({ dataDir: join(dataDir, 'none'), file: 'a.db', migrations: [], clock, log }),
  ).toThrow('a.db cannot be made');
});

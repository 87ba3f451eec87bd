import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import type { JournalEvent } from '#shared/domain/journal.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { checkChain } from './chain.ts';
import { createJournal, ENDED_EARLY } from './journal.ts';
import { answer, fill, ID, report, sending } from './test-kit/own-events.ts';
import { ACCOUNT, request } from './test-kit/small-order.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function stage() {
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-journal-'));
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const open = () => {
    const journal = createJournal({ clock, dataDir, log });
    cleanups.push(() => journal.dispose());
    return journal;
  };
  return { dataDir, clock, log, open, codes: () => log.entries.map(({ code }) => code) };
}
/** The same event about another order. */
const of = (order: string, event: JournalEvent) => ({ ...event, order }) as JournalEvent;
const sent = (order: string, over = {}) => sending({ clientOrderId: order, ...over });
const unwritable = (run: () => unknown) => {
  expect(run).toThrowError(expect.objectContaining({ code: 'journal.unwritable' }));
};

describe('the journal', () => {
  test('chains lines, tells orders as they change, and says of each line where the order stands after it', () => {
    const { open, clock } = stage();
    const journal = open();
    const heard: unknown[] = [];
    journal.onOrder(({ request: { clientOrderId }, state }) => heard.push([clientOrderId, state]));
    const lines = [sending(), answer('unknown'), report('NEW'), report('NEW'), fill('1', '1')].map(
      (event) => {
        clock.advance(5);
        return journal.append(event);
      },
    );
    expect(
      lines.map(({ seq, at, state, event }) => [seq, at - 1_700_000_000_000, event.kind, state]),
    ).toEqual([
      [2, 5, 'sending', 'submitting'],
      [3, 10, 'answer', 'unknown'],
      [4, 15, 'report', 'open'],
      [5, 20, 'report', 'open'],
      [6, 25, 'fill', 'filled'],
    ]);
    // The second report said nothing new.
    expect(heard.map((one) => (one as string[])[1])).toEqual(['submitting', 'unknown', 'open', 'filled']);
    expect(journal.linesOf(ID)).toEqual(lines);
    expect(journal.verify()).toEqual({ lines: 6 });
    expect(() => journal.linesOf('nobody')).toThrowError(expect.objectContaining({ code: 'order.unknown' }));
  });

  test('what it exports can be checked by anyone, line by line', () => {
    const { open } = stage();
    const journal = open();
    journal.append(of('a', sent('a')));
    journal.append({ kind: 'halted', from: 'window' });
    journal.append(of('a', answer('rejected', { message: 'no “margin” — 증거금 부족 \u0000 \ud800' })));
    const text = journal.exported();
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const stored = rows.map(({ event, state, ...line }) => ({
      ...line,
      kind: event.kind,
      order: event.order ?? null,
      state: state ?? null,
      body: JSON.stringify(event),
    }));
    expect([rows.length, checkChain(stored, stored.at(-1))]).toEqual([4, { lines: 4 }]);
  });

  test('is on the disk when append returns: synchronous is FULL in WAL mode, and another reader sees the line at once', () => {
    const { open, dataDir } = stage();
    const journal = open();
    journal.append({ kind: 'halted', from: 'window' });
    const reader = new Sqlite(join(dataDir, 'orders.db'), { readonly: true });
    cleanups.push(() => reader.close());
    expect(reader.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(reader.prepare('select count(*) as n from lines').get()).toEqual({ n: 2 });
    const source = readFileSync(new URL('./journal-file.ts', import.meta.url), 'utf8');
    expect(source).toContain("pragma('synchronous = FULL')");
  });

  test('an order that was on its way when Heartline ended is unknown, written down as such, and stays so', () => {
    const { open, clock } = stage();
    const first = open();
    for (const [order, events] of Object.entries({
      early: [sent('early')],
      late: [sent('late'), { kind: 'sent', order: 'late', hash: 'x', afterMs: 1 } as const],
      open: [sent('open'), answer('accepted')],
      lost: [sent('lost'), answer('unknown')],
      never: [{ kind: 'guarded', order: 'never', request: request() } as const],
    })) {
      for (const event of events) first.append(of(order, event));
    }
    first.dispose();
    clock.advance(60_000);
    const second = open();
    const unknown = [...second.orders].flatMap(([id, { state, evidence }]) =>
      state === 'unknown' ? [[id, evidence.map(({ detail }) => detail)]] : [],
    );
    expect(unknown.sort()).toEqual([
      ['early', [ENDED_EARLY]],
      ['late', [ENDED_EARLY]],
      ['lost', ['']],
    ]);
    expect([second.orders.get('open')?.state, second.orders.has('never')]).toEqual(['open', false]);
    expect(second.exported()).toContain('"event":{"kind":"started","unknown":3}');
    second.dispose();
    expect([...open().orders.values()].filter(({ state }) => state === 'unknown')).toHaveLength(3);
  });

  test('keeps what has not ended and the newest 500 of the rest, and knows one put away when it is told of again', () => {
    const { open, clock } = stage();
    const first = open();
    const walk = (order: string, ...events: readonly JournalEvent[]) => {
      clock.advance(1);
      for (const event of [sent(order), ...events]) first.append(of(order, event));
    };
    walk('unknown', answer('unknown'));
    walk('open', answer('accepted'));
    for (let count = 0; count < 510; count += 1) {
      walk(`done-${count}`, report('CANCELED', '0.4', 5, { clientOrderId: `done-${count}` }));
    }
    const kept = (journal: typeof first) => [
      journal.orders.size,
      journal.orders.has('unknown'),
      journal.orders.has('open'),
      journal.orders.has('done-9'),
      journal.orders.has('done-10'),
    ];
    expect(kept(first)).toEqual([502, true, true, false, true]);
    const heard: unknown[] = [];
    first.onOrder(({ filledQuantity, state }) => heard.push([state, filledQuantity]));
    first.append(of('done-3', fill('7', '0.6')));
    expect([heard, first.orders.size]).toEqual([[['cancelled', '0.6']], 502]);
    first.dispose();
    // What was open or in the dark is there however much came after it.
    expect(kept(open())).toEqual([502, true, true, false, true]);
  });

  test('counts what left since a moment, by account and currency, until it is proven that it did not', () => {
    const { open, clock } = stage();
    const first = open();
    const midnight = clock.now() + 1000;
    const leave = (order: string, notional: string, over = {}) =>
      first.append(sent(order, { notional, ...over }));
    leave('yesterday', '7');
    clock.advance(1000);
    leave('a', '100.1');
    leave('b', '200.2');
    leave('c', '400');
    leave('d', '800');
    leave('won', '5000', { instrument: 'upbit:XRP-KRW' });
    leave('other', '9', { account: 'binance#bbbbbb' });
    first.append(of('b', answer('unsent')));
    first.append(of('c', answer('unknown')));
    first.append({ kind: 'absent', order: 'c', by: 'proof' });
    first.append(of('d', answer('rejected')));
    const sums = (journal: typeof first) => [
      journal.spent(ACCOUNT, 'USDT', midnight),
      journal.spent(ACCOUNT, 'KRW', midnight),
      journal.left(ACCOUNT, midnight),
      journal.spent(ACCOUNT, 'USDT', midnight - 1000),
      journal.left(ACCOUNT, midnight - 1000),
    ];
    expect(sums(first)).toEqual(['900.1', '5000', 3, '907.1', 4]);
    // It was live after all.
    first.append(of('c', report('NEW')));
    expect(sums(first)).toEqual(['1300.1', '5000', 4, '1307.1', 5]);
    first.dispose();
    expect(sums(open())).toEqual(['1300.1', '5000', 4, '1307.1', 5]);
  });
});

describe('a journal that cannot be written', () => {
  test('held by another program: refuses, says why once, and goes on by itself', () => {
    const { open, dataDir, codes } = stage();
    const journal = open();
    const other = new Sqlite(join(dataDir, 'orders.db'));
    cleanups.push(() => other.close());
    other.exec('begin immediate');
    unwritable(() => journal.append(sending()));
    unwritable(() => journal.append(sending()));
    journal.probe();
    expect([journal.fault, journal.orders.size, codes()]).toEqual([
      'database is locked',
      0,
      ['journal.unwritable'],
    ]);
    other.exec('rollback');
    journal.probe();
    expect([journal.fault, codes()]).toEqual([undefined, ['journal.unwritable', 'journal.writable']]);
    expect(journal.append(sending()).seq).toBe(2);
    expect(journal.verify()).toEqual({ lines: 2 });
  });

  test('no folder at the start: no order, and all of it once the folder is there', () => {
    const { open, dataDir, codes } = stage();
    rmSync(dataDir, { recursive: true });
    const journal = open();
    expect([journal.fault, journal.orders.size, journal.spent(ACCOUNT, 'USDT', 0)]).toEqual([
      expect.stringContaining('directory does not exist'),
      0,
      '0',
    ]);
    unwritable(() => journal.append(sending()));
    mkdirSync(dataDir);
    journal.probe();
    expect([journal.fault, codes()]).toEqual([undefined, ['journal.unwritable', 'journal.writable']]);
    expect(journal.verify()).toEqual({ lines: 1 });
  });

  test('an order on its way is unknown even if that cannot be written down, and is written once it can', () => {
    const { open, dataDir } = stage();
    const first = open();
    first.append(sending());
    first.dispose();
    const other = new Sqlite(join(dataDir, 'orders.db'));
    cleanups.push(() => other.close());
    other.exec('begin immediate');
    const second = open();
    expect([second.orders.get(ID)?.state, second.fault]).toEqual(['unknown', 'database is locked']);
    other.exec('rollback');
    second.probe();
    expect(second.linesOf(ID).map(({ event }) => event.kind)).toEqual(['sending', 'evidence']);
    expect(second.orders.get(ID)?.evidence).toHaveLength(1);
  });

  test('written by a newer Heartline: left alone, and no order leaves', () => {
    const { open, dataDir } = stage();
    open().dispose();
    const newer = new Sqlite(join(dataDir, 'orders.db'));
    newer.pragma('user_version = 2');
    newer.close();
    const journal = open();
    unwritable(() => journal.append(sending()));
    expect([journal.fault, readdirSync(dataDir).filter((file) => file.includes('broken'))]).toEqual([
      'orders.db was written by a newer Heartline',
      [],
    ]);
  });

  test.each([
    ['orders.db', true],
    // SQLite folds what it still holds of it into the file: nothing is lost.
    ['orders.db-wal', false],
    ['orders.anchor', true],
  ] as const)(
    '%s deleted under it: what would be written to nowhere is refused, and what is lost stays visible',
    (file, isLost) => {
      const { open, dataDir, codes } = stage();
      const journal = open();
      journal.append(sending());
      rmSync(join(dataDir, file));
      unwritable(() => journal.append(answer('accepted')));
      expect(journal.fault).toContain('moved, replaced or deleted');
      journal.probe();
      expect([journal.fault, journal.orders.get(ID)?.state]).toEqual([undefined, 'submitting']);
      journal.append(answer('accepted'));
      expect(journal.orders.get(ID)?.state).toBe('open');
      expect([codes().includes('journal.tampered'), journal.verify().brokenAt !== undefined]).toEqual([
        isLost,
        isLost,
      ]);
    },
  );

  test('closed: refuses without a word', () => {
    const { open, codes } = stage();
    const journal = open();
    journal.dispose();
    unwritable(() => journal.append(sending()));
    expect(codes()).toEqual([]);
  });
});

describe('a journal that is damaged at the start', () => {
  test('is set aside whole, said, and begun anew', () => {
    const { open, dataDir, log } = stage();
    const first = open();
    first.append(sending());
    first.dispose();
    writeFileSync(
      join(dataDir, 'orders.db'),
      'this is no database, and it is long enough to be looked at'.repeat(9),
    );
    const journal = open();
    const { code, level, details } = log.entries[0] ?? {};
    const aside = String(details?.['aside']);
    expect([code, level, details]).toEqual([
      'journal.broken',
      'error',
      { file: 'orders.db', aside: expect.stringMatching(/^orders\.db\.broken-\d+$/) },
    ]);
    expect([
      existsSync(join(dataDir, aside)),
      existsSync(join(dataDir, aside.replace('orders.db', 'orders.anchor'))),
    ]).toEqual([true, true]);
    expect([journal.append(sending()).seq, journal.verify(), journal.fault]).toEqual([
      2,
      { lines: 2 },
      undefined,
    ]);
  });

  test('a line that makes no sense is left out and said, and the other orders are there', () => {
    const { open, dataDir, codes } = stage();
    const first = open();
    for (const order of ['a', 'b'])
      for (const event of [sent(order), answer('unknown')]) first.append(of(order, event));
    first.dispose();
    const hand = new Sqlite(join(dataDir, 'orders.db'));
    hand.exec(`update lines set body = '{"kind":"sending"' where "order" = 'a' and kind = 'sending'`);
    hand.close();
    const journal = open();
    expect([[...journal.orders.keys()], codes(), journal.verify().brokenAt]).toEqual([
      ['b'],
      ['journal.unreadable'],
      2,
    ]);
  });

  test('a tail that was cut off is said, and shows for ever, whatever is written after it', () => {
    const { open, dataDir, log } = stage();
    const first = open();
    for (const order of ['a', 'b', 'c']) first.append(sent(order));
    first.dispose();
    const hand = new Sqlite(join(dataDir, 'orders.db'));
    hand.exec('delete from lines where seq >= 3');
    hand.close();
    const second = open();
    expect(log.entries.map(({ code, details }) => [code, details['seq']])).toEqual([['journal.tampered', 3]]);
    second.append(sent('d'));
    expect(second.verify().brokenAt).toBe(3);
    second.dispose();
    expect(open().verify().brokenAt).toBe(3);
  });

  test('all of it deleted but the note of its end: said, and visible', () => {
    const { open, dataDir, codes } = stage();
    const first = open();
    first.append(sending());
    first.dispose();
    rmSync(join(dataDir, 'orders.db'));
    expect([open().verify().brokenAt, codes()]).toEqual([1, ['journal.tampered']]);
  });

  test('a crash between a line and the note of it is no tampering', () => {
    const { open, dataDir, codes } = stage();
    const first = open();
    first.append(sent('a'));
    const before = readFileSync(join(dataDir, 'orders.anchor'));
    first.append(sent('b'));
    first.dispose();
    writeFileSync(join(dataDir, 'orders.anchor'), before);
    const second = open();
    expect([second.verify(), codes()]).toEqual([{ lines: 6 }, []]);
  });
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requestInputs } from '#shared/contract/api.ts';
import type { Drawing } from '#shared/domain/drawing.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { createDrawingsRoom } from './drawings-room.ts';

const btc = instrumentId('binance:BTC-USDT-PERP');
const eth = instrumentId('upbit:ETH-KRW');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-drawings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  const log = createEventLog(createVirtualClock());
  const { requests, watches } = createDrawingsRoom(folder, log);
  const write = (instrument: typeof btc, put: readonly Drawing[], remove: readonly string[] = []) =>
    requests['drawings.write']({
      instrument,
      put: put.map((one) => ({ ...one, points: [...one.points] })),
      remove: [...remove],
    });
  const read = (instrument: typeof btc) => {
    const source = watches.drawings({ instrument }, () => undefined);
    const view = source.take();
    source.dispose();
    return view?.drawings;
  };
  const codes = () => log.entries.map(({ code }) => code);
  return { write, read, codes, watches };
}

function line(id: string, price: number, more: Partial<Drawing> = {}): Drawing {
  const points = [{ time: 1_700_000_000_000, price }];
  return { id, kind: 'horizontal', name: '', ink: 'blue', locked: false, hidden: false, points, ...more };
}

describe('drawings', () => {
  test('are kept by instrument, replaced by their id, removed, and there after a restart', () => {
    const { write } = open();
    write(btc, [line('a', 1), line('b', 2)]);
    write(eth, [line('a', 3)]);
    write(btc, [line('b', 5, { locked: true })], ['a']);
    const { read } = open();
    expect([read(btc), read(eth)]).toEqual([[line('b', 5, { locked: true })], [line('a', 3)]]);
  });

  test('are told to every watch of the instrument at once, and to no other', () => {
    const { write, watches } = open();
    const told: string[] = [];
    const one = watches.drawings({ instrument: btc }, () => told.push('one'));
    const other = watches.drawings({ instrument: btc }, () => told.push('other'));
    const elsewhere = watches.drawings({ instrument: eth }, () => told.push('elsewhere'));
    const first = [one, other, elsewhere].map((source) => source.take()?.drawings);
    write(btc, [line('a', 1)]);
    expect({ first, told, again: [one, other, elsewhere].map((source) => source.take()?.drawings) }).toEqual({
      first: [[], [], []],
      told: ['one', 'other'],
      again: [[line('a', 1)], [line('a', 1)], undefined],
    });
  });

  test('are bounded: the 501st of an instrument is refused and the 500 stay', () => {
    const { write, read } = open();
    write(
      btc,
      Array.from({ length: 500 }, (_, at) => line(`d${at}`, at)),
    );
    expect(() => write(btc, [line('one-more', 1)])).toThrowError(
      expect.objectContaining({ code: 'drawings.full' }),
    );
    expect([read(btc)?.length, open().read(btc)?.length]).toEqual([500, 500]);
  });

  test('fill no more than 2 MB, however many instruments they are on', () => {
    const { write } = open();
    const full = Array.from({ length: 500 }, (_, at) => line(`d${at}`, at, { name: '한'.repeat(60) }));
    const refused: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      try {
        write(instrumentId(`binance:C${at}-USDT`), full);
      } catch {
        refused.push(at);
      }
    }
    expect([refused.length > 0, readFileSync(join(folder, 'drawings.json')).byteLength <= 2_000_000]).toEqual(
      [true, true],
    );
  });

  test('that cannot be written are refused, and shown as they were', () => {
    const { write, read } = open();
    write(btc, [line('a', 1)]);
    mkdirSync(join(folder, 'drawings.json.new'));
    expect(() => write(btc, [line('b', 2)])).toThrowError(
      expect.objectContaining({ code: 'drawings.unwritable' }),
    );
    expect(read(btc)).toEqual([line('a', 1)]);
  });

  for (const [what, text] of [
    ['half a file', '{"version":1,"instru'],
    ['a list', '[]'],
    ['a later version', '{"version":2,"instruments":{}}'],
  ] as const) {
    test(`in a file that makes no sense (${what}) are set aside with a word`, () => {
      writeFileSync(join(folder, 'drawings.json'), text);
      const { read, codes } = open();
      expect([read(btc), codes(), readFileSync(join(folder, 'drawings.json.broken'), 'utf8')]).toEqual([
        [],
        ['drawings.broken'],
        text,
      ]);
      expect(existsSync(join(folder, 'drawings.json'))).toBe(false);
    });
  }

  test('in a second file that makes no sense are set aside beside the first one, which stays', () => {
    for (const text of ['{"version":1,"instru', '[]']) {
      writeFileSync(join(folder, 'drawings.json'), text);
      open().read(btc);
    }
    const kept = ['broken', 'broken-2'].map((end) =>
      readFileSync(join(folder, `drawings.json.${end}`), 'utf8'),
    );
    expect(kept).toEqual(['{"version":1,"instru', '[]']);
  });

  test('of which one makes no sense are kept without it, with the file as it was beside', () => {
    const instruments = {
      [btc]: [line('a', 1), { ...line('b', 2), points: [] }, 7],
      '<script>': [line('c', 3)],
    };
    writeFileSync(join(folder, 'drawings.json'), JSON.stringify({ version: 1, instruments }));
    const { read, codes } = open();
    expect([read(btc), codes(), existsSync(join(folder, 'drawings.json.broken'))]).toEqual([
      [line('a', 1)],
      ['drawings.partly'],
      true,
    ]);
  });
});

describe('what a window may ask to be drawn', () => {
  const asked = (drawing: object) =>
    requestInputs['drawings.write'].safeParse({ instrument: btc, put: [drawing], remove: [] }).success;
  test('has the points of its kind, finite prices, a plain name and a colour that is a word', () => {
    const good = line('a', 1);
    expect([
      asked(good),
      asked({ ...good, kind: 'trend' }),
      asked({ ...good, points: [{ time: 1, price: Number.NaN }] }),
      asked({ ...good, points: [{ time: -1, price: 1 }] }),
      asked({ ...good, name: 'a\u202Eb' }),
      asked({ ...good, name: 'x'.repeat(61) }),
      asked({ ...good, ink: 'url(x)' }),
      asked({ ...good, id: '../x' }),
      asked({ ...good, more: 1 }),
    ]).toEqual([true, false, false, false, false, false, false, false, false]);
  });
});

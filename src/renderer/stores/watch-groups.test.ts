import { describe, expect, it } from 'vitest';
import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import * as groups from './watch-groups.ts';

const [a, b, c] = ['a', 'b', 'c'].map((name) => instrumentId(`upbit:${name.toUpperCase()}-KRW`)) as [
  InstrumentId,
  InstrumentId,
  InstrumentId,
];
const lists = {
  watchlist: [a, b, c],
  watchGroups: [
    { id: 'one', name: 'One', instruments: [a] },
    { id: 'two', name: 'Two', instruments: [] },
  ],
};
const rowsOf = (change: Partial<typeof lists> | undefined, id: string) =>
  groups.groupAt({ ...lists, ...change }, id).instruments;

describe('lists of instruments', () => {
  it('begin with the one there always was, and fall back to it when another is gone', () => {
    expect(groups.groupsOf(lists).map(({ id, name }) => [id, name])).toEqual([
      ['first', undefined],
      ['one', 'One'],
      ['two', 'Two'],
    ]);
    expect(groups.groupAt(lists, 'gone').id).toBe('first');
    expect(groups.groupAt(lists, 7).id).toBe('first');
  });

  it('are added, renamed, moved and removed; a name that is no name changes nothing', () => {
    expect([
      groups.addGroup(lists, 'three', '  Три\u202Eevil\n '),
      groups.addGroup(lists, 'three', ' \u200B '),
      groups.renameGroup(lists, 'one', 'Alts'),
      groups.renameGroup(lists, 'one', 'One'),
      groups.renameGroup(lists, 'first', 'Mine'),
      groups.shiftGroup(lists, 'two', -1)?.watchGroups?.map(({ id }) => id),
      groups.shiftGroup(lists, 'one', -1),
      groups.removeGroup(lists, 'one')?.watchGroups?.map(({ id }) => id),
      groups.removeGroup(lists, 'first'),
    ]).toEqual([
      { watchGroups: [...lists.watchGroups, { id: 'three', name: 'Три evil', instruments: [] }] },
      undefined,
      { watchGroups: [{ ...lists.watchGroups[0], name: 'Alts' }, lists.watchGroups[1]] },
      undefined,
      undefined,
      ['two', 'one'],
      undefined,
      ['two'],
      undefined,
    ]);
  });

  it('hold a row once each, and the same row in several', () => {
    expect([
      groups.addRow(lists, 'first', a),
      rowsOf(groups.addRow(lists, 'two', a), 'two'),
      rowsOf(groups.addRow(lists, 'one', b, 0), 'one'),
      rowsOf(groups.removeRow(lists, 'first', b), 'first'),
      groups.removeRow(lists, 'two', a),
    ]).toEqual([undefined, [a], [b, a], [a, c], undefined]);
  });

  it('give rows to one another without losing or doubling one', () => {
    const carried = groups.carryRow(lists, b, 'first', 'two');
    expect([rowsOf(carried, 'first'), rowsOf(carried, 'two')]).toEqual([[a, c], [b]]);
    const known = groups.carryRow(lists, a, 'first', 'one');
    expect([rowsOf(known, 'first'), rowsOf(known, 'one')]).toEqual([[b, c], [a]]);
    expect([groups.carryRow(lists, a, 'first', 'first'), groups.carryRow(lists, b, 'one', 'two')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('put a row before another or at the end', () => {
    const placed = (row: InstrumentId, before?: InstrumentId) => {
      const change = groups.placeRow(lists, 'first', row, before);
      return change && rowsOf(change, 'first');
    };
    expect([placed(c, a), placed(a), placed(a, c), placed(a, b), placed(a, a), placed(c)]).toEqual([
      [c, a, b],
      [b, c, a],
      [b, a, c],
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('take a thousand rows in all and no more', () => {
    const many = Array.from({ length: 999 }, (_, at) => instrumentId(`upbit:C${at}-KRW`));
    const full = { watchlist: many, watchGroups: [{ id: 'one', name: 'One', instruments: [] }] };
    const change = groups.addRow(full, 'one', a);
    expect([groups.roomLeft(full), change !== undefined]).toEqual([1, true]);
    const after = { ...full, ...change };
    expect([
      groups.roomLeft(after),
      groups.addRow(after, 'one', b),
      groups.addRow(after, 'first', b),
    ]).toEqual([0, undefined, undefined]);
  });
});

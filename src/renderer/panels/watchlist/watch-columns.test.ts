import { describe, expect, it } from 'vitest';
import {
  columnsForWidth,
  columnsIn,
  nextSort,
  sortedBy,
  sortIn,
  sortParams,
  toggled,
  type WatchSort,
} from './watch-columns.ts';

describe('columns of a watchlist', () => {
  it('come with the room there is, until somebody chooses', () => {
    expect([columnsForWidth(240), columnsForWidth(300), columnsForWidth(900)]).toEqual([
      ['last', 'change'],
      ['spark', 'last', 'change'],
      ['spark', 'last', 'change', 'volume'],
    ]);
  });

  it('are kept in one order, whatever a layout says, and nonsense is left out', () => {
    expect([
      columnsIn({ columns: ['age', 'last', 'toString', 4] }),
      columnsIn({ columns: [] }),
      columnsIn({ columns: { last: true } }),
      columnsIn({}),
      toggled(['last', 'age'], 'premium'),
      toggled(['last', 'age'], 'last'),
    ]).toEqual([['last', 'age'], [], undefined, undefined, ['last', 'premium', 'age'], ['age']]);
  });
});

describe('the order of a watchlist', () => {
  it('goes from largest to smallest and back to the person’s own', () => {
    const steps: WatchSort[] = [];
    for (let sort: WatchSort, step = 0; step < 3; step += 1) {
      sort = nextSort(sort, 'change');
      steps.push(sort);
    }
    expect([steps, nextSort(undefined, 'name'), nextSort({ by: 'last', descending: true }, 'name')]).toEqual([
      [{ by: 'change', descending: true }, { by: 'change', descending: false }, undefined],
      { by: 'name', descending: false },
      { by: 'name', descending: false },
    ]);
  });

  it('is kept with the layout and read back, and the line of the day is nothing to sort by', () => {
    const sort = { by: 'premium', descending: true } as const;
    expect([
      sortIn(sortParams(sort)),
      sortIn(sortParams(undefined)),
      sortIn({ sort: 'spark' }),
      sortIn({ sort: '__proto__' }),
    ]).toEqual([sort, undefined, undefined, undefined]);
  });

  it('has what is not known last either way, and leaves equals as they were', () => {
    const rows = [
      ['a', 2],
      ['b', Number.NaN],
      ['c', 3],
      ['d', 2],
    ] as const;
    const order = (descending: boolean) =>
      sortedBy(rows, ([, value]) => value, descending).map(([name]) => name);
    expect([order(true), order(false)]).toEqual([
      ['c', 'a', 'd', 'b'],
      ['a', 'd', 'c', 'b'],
    ]);
    expect(sortedBy(['b', 'ㄱ', 'a'], (name) => name, false)).toEqual(['a', 'b', 'ㄱ']);
  });
});

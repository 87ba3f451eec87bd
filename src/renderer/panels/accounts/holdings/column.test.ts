import { expect, it } from 'vitest';
import { type Column, nextSorting, sortRows } from './column.ts';
import { isDust } from './is-dust.ts';

interface Row {
  readonly name: string;
  readonly sum?: string;
  readonly at?: number;
}
const columns: readonly Column<Row>[] = [
  { id: 'name', track: '1fr', by: { kind: 'text', of: ({ name }) => name }, cell: () => null },
  { id: 'sum', track: '1fr', by: { kind: 'decimal', of: ({ sum }) => sum }, cell: () => null },
  { id: 'at', track: '1fr', by: { kind: 'time', of: ({ at }) => at }, cell: () => null },
];
const rows: readonly Row[] = [
  { name: 'b', sum: '10', at: 3 },
  { name: 'c', sum: '-2.5' },
  { name: 'a', at: 1 },
  { name: 'd', sum: '9.99', at: 2 },
];
const order = (by: string, descending: boolean) =>
  sortRows(rows, columns, { by, descending })
    .map(({ name }) => name)
    .join('');

it('sorts by name, by value and by time, what is not known last either way', () => {
  expect({
    untouched: sortRows(rows, columns, undefined) === rows,
    names: [order('name', false), order('name', true)],
    sums: [order('sum', false), order('sum', true)],
    times: [order('at', false), order('at', true)],
  }).toEqual({ untouched: true, names: ['abcd', 'dcba'], sums: ['cdba', 'bdca'], times: ['adbc', 'bdac'] });
});

it('turns a column round and then lets go of it; figures begin with the largest', () => {
  const [name, sum] = columns;
  if (!name || !sum) throw new Error('no columns');
  const first = nextSorting(undefined, sum);
  const second = nextSorting(first, sum);
  expect([first, second, nextSorting(second, sum), nextSorting(second, name)]).toEqual([
    { by: 'sum', descending: true },
    { by: 'sum', descending: false },
    undefined,
    { by: 'name', descending: false },
  ]);
});

it('takes for dust what is worth less than one USDT, and never what cannot be priced', () => {
  expect([
    isDust({ total: '0.5' }, '0.99'),
    isDust({ total: '0.5' }, '1.00'),
    isDust({ total: '44' }, undefined),
    isDust({ total: '0.000' }, undefined),
    isDust({ total: '-3' }, '-3.00'),
  ]).toEqual([true, false, false, true, false]);
});

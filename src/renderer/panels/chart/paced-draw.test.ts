import { expect, it } from 'vitest';
import type { SeriesChange } from '../../stores/candle-series.ts';
import { bothChanges, createPacedDraw } from './paced-draw.ts';

const none: SeriesChange = { kind: 'none' };
const all: SeriesChange = { kind: 'all' };
const from = (index: number): SeriesChange => ({ kind: 'from', index });

it('joins two changes so that nothing between them is left undrawn', () => {
  expect([
    bothChanges(none, from(4)),
    bothChanges(from(4), none),
    bothChanges(from(4), from(7)),
    bothChanges(from(7), from(4)),
    bothChanges(from(7), all),
    bothChanges(all, from(7)),
    bothChanges(none, none),
  ]).toEqual([from(4), from(4), from(4), from(4), all, all, none]);
});

it('without a pace draws everything at once; with one, a page of history still and what waited with it', () => {
  const drawn: SeriesChange[] = [];
  let everyMs = 0;
  const holder = { isConnected: true, closest: () => null } as unknown as HTMLElement;
  const draw = createPacedDraw(
    (change) => drawn.push(change),
    (fault) => {
      throw fault;
    },
    holder,
    () => everyMs,
  );
  draw.take(from(3));
  everyMs = 100;
  draw.take(from(5));
  draw.take(from(4));
  expect(drawn).toEqual([from(3)]);
  draw.take(all);
  expect(drawn).toEqual([from(3), all]);
  draw.take(from(9));
  draw.forget();
  everyMs = 0;
  draw.take(from(11));
  expect(drawn).toEqual([from(3), all, from(11)]);
  draw.dispose();
});

import { expect, it } from 'vitest';
import type { Freshness } from '#shared/domain/freshness.ts';
import { isBelieved, paintFresh, showFresh } from './freshness.ts';
import { setManner } from './manner.ts';

const AT = Date.UTC(2026, 2, 1, 12, 0, 0);
const KINDS: readonly Freshness[] = ['fresh', 'late', 'stale', 'unknown'];

it('shows a number only with what it is worth: plain, dim, struck through with its age, or not at all', () => {
  setManner({ timeZone: 'utc', numbers: 'auto' });
  const shown = KINDS.map((fresh) =>
    showFresh({ text: '83,860.2', fresh, receivedAt: AT, now: AT + 38_000 }, 'en'),
  );
  setManner({ timeZone: 'local', numbers: 'auto' });
  expect(shown).toEqual([
    { text: '83,860.2', fresh: 'fresh', age: undefined, since: undefined },
    { text: '83,860.2', fresh: 'late', age: undefined, since: undefined },
    { text: '83,860.2', fresh: 'stale', age: '38 s', since: '2026-03-01 12:00:00 UTC' },
    { text: '—', fresh: 'unknown', age: undefined, since: undefined },
  ]);
});

it('invents no age where it is not known when the value arrived', () => {
  const undated = { text: '1', fresh: 'stale', now: AT } as const;
  expect([showFresh(undated, 'ko').age, showFresh({ ...undated, receivedAt: Number.NaN }, 'ko').age]).toEqual(
    [undefined, undefined],
  );
  expect(showFresh({ ...undated, receivedAt: AT - 61_000 }, 'ko').age).toBe('1분 01초');
});

it('lets nothing be done on the strength of what is stale or unknown', () => {
  expect(KINDS.filter(isBelieved)).toEqual(['fresh', 'late']);
});

it('takes the age off an element again when news comes', () => {
  const element = { dataset: {} as Record<string, string> };
  const lines: string[] = [];
  const paint = (fresh: Freshness) =>
    paintFresh(
      element as unknown as HTMLElement,
      { set: (text) => lines.push(text) },
      { text: '5', fresh, receivedAt: AT, now: AT + 2_000 },
      'en',
    );
  paint('stale');
  expect(element.dataset).toEqual({ fresh: 'stale', age: '2.0 s' });
  paint('unknown');
  paint('fresh');
  expect({ ...element.dataset, lines }).toEqual({ fresh: 'fresh', lines: ['5', '—', '5'] });
});

import { expect, test } from 'vitest';
import { chooseSource, type SourceFacts } from './source-choice.ts';

const facts: SourceFacts = {
  setting: 'auto',
  stream: 'live',
  awayMs: 60_000,
  isAskable: true,
  circuit: 'closed',
};

test.each([
  ['a live stream', {}, 'websocket'],
  ['a late stream', { stream: 'late' }, 'websocket'],
  ['a stale stream', { stream: 'stale' }, 'rest'],
  ['a stream that has only just broken', { stream: 'stale', awayMs: 2000 }, 'websocket'],
  ['a stream that has just been asked for', { stream: 'pending', awayMs: 9_000 }, 'websocket'],
  ['a stream that never began', { stream: 'pending', awayMs: 11_000 }, 'rest'],
  ['a stream no connection knows', { stream: undefined, awayMs: 11_000 }, 'rest'],
  ['a stale stream whose REST fails as well', { stream: 'stale', circuit: 'open' }, 'websocket'],
  ['a stale stream whose REST is being probed', { stream: 'stale', circuit: 'half-open' }, 'rest'],
  [
    'a stale stream, the person wanting the stream only',
    { stream: 'stale', setting: 'websocket' },
    'websocket',
  ],
  ['a live stream, the person wanting REST', { setting: 'rest' }, 'rest'],
  [
    'a venue without such a call, the person wanting REST',
    { setting: 'rest', isAskable: false },
    'websocket',
  ],
] as const)('%s', (_, more, source) => {
  expect(chooseSource({ ...facts, ...more })).toBe(source);
});

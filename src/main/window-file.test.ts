import { expect, test } from 'vitest';
import { type KeptWindow, readWindowFile, type WindowFile, withArrangement } from './window-file.ts';

const bounds = { x: 1, y: 2, width: 1300, height: 900 };
const kept: KeptWindow = { bounds, mode: 'normal', display: { id: 7, bounds: { ...bounds, x: 0 } } };

test('what was written is read again, and a file of the version before too', () => {
  const file = withArrangement(undefined, '7@0,0', { ...kept, mode: 'fullscreen' });
  expect([
    readWindowFile(JSON.stringify(file)),
    readWindowFile(JSON.stringify({ bounds, maximized: true })),
  ]).toEqual([file, { last: { bounds, mode: 'maximized' }, arrangements: {} }]);
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '7',
  '{"bounds":{"x":"1","y":1}}',
  '{"bounds":{"x":1,"y":1,"width":0,"height":10}}',
  '{"bounds":{"x":1e9,"y":1,"width":10,"height":10}}',
  '{"last":{"bounds":{"x":1.5,"y":1,"width":10,"height":10}}}',
])('a file that is none (%s) is none', (text) => {
  expect(readWindowFile(text)).toBeUndefined();
});

test('a broken arrangement does not take the others with it', () => {
  const text = JSON.stringify({ last: kept, arrangements: { home: kept, work: { bounds: 'here' } } });
  expect(readWindowFile(text)?.arrangements).toEqual({ home: kept });
});

test('the newest eight sets of displays are remembered, each once', () => {
  let file: WindowFile | undefined;
  for (let at = 0; at < 12; at += 1) file = withArrangement(file, `set ${at}`, kept);
  file = withArrangement(file, 'set 6', { ...kept, mode: 'maximized' });
  expect([Object.keys(file.arrangements), file.last.mode]).toEqual([
    ['set 6', 'set 11', 'set 10', 'set 9', 'set 8', 'set 7', 'set 5', 'set 4'],
    'maximized',
  ]);
});

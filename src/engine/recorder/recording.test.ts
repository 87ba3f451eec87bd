import { expect, test } from 'vitest';
import { readRecord } from './recording.ts';

test.each([
  ['what the recorder wrote down', { category: 'spot', url: 'wss://venue/v5/public/linear' }, 'spot'],
  ['the end of the socket’s address', { url: 'wss://venue.example/v5/public/linear?x=1' }, 'linear'],
  ['nothing, where neither is there', {}, undefined],
  ['nothing, where the address has no path', { url: 'wss://venue.example' }, undefined],
])('the route of a frame is %s', (_, record, route) => {
  const line = JSON.stringify({ channel: 'ws:x', raw: '{}', ...record });
  expect(readRecord(line)).toEqual({ kind: 'frame', raw: '{}', receivedAt: 0, ...(route && { route }) });
});

import { expect, it } from 'vitest';
import type { Flight } from '#shared/contract/order-views.ts';
import type { JournalEvent } from '#shared/domain/journal.ts';
import { flightRows, plusMs, shortHash } from './flight-rows.ts';

const line = (seq: number, afterMs: number, event: object): Flight['lines'][number] => ({
  seq,
  at: 1_000 + afterMs,
  afterMs,
  hash: 'a'.repeat(64),
  event: { order: 'h1', ...event } as JournalEvent,
});

it('passes the stations from the click to the fill, each with how long it took from the one before', () => {
  const lines = [
    line(4, 0, { kind: 'intent' }),
    line(5, 0.8, { kind: 'guarded' }),
    line(6, 3.1, { kind: 'sending' }),
    line(8, 4.1, { kind: 'sent' }),
    line(9, 31.1, { kind: 'answer' }),
    line(11, 29, { kind: 'report' }),
    line(12, 31, { kind: 'fill' }),
    line(30, 60_031, { kind: 'cancel' }),
  ];
  expect(flightRows({ lines }).map(({ station, sinceMs }) => [station, sinceMs?.toFixed(1)])).toEqual([
    ['intent', undefined],
    ['guard', '0.8'],
    ['journal', '2.3'],
    ['sent', '1.0'],
    ['answer', '27.0'],
    ['report', '-2.1'],
    ['fill', '2.0'],
    ['later', '60000.0'],
  ]);
});

it('writes lengths of time with the digits that say something, and hashes short enough to compare', () => {
  expect([
    plusMs(0),
    plusMs(3.14),
    plusMs(27),
    plusMs(1_204),
    plusMs(-2.1),
    shortHash('0123456789abcdef'),
  ]).toEqual(['+0.0 ms', '+3.1 ms', '+27 ms', '+1,204 ms', '−2.1 ms', '0123456789ab…']);
});

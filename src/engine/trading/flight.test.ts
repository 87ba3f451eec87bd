import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { JournalEvent, JournalLine } from '#shared/domain/journal.ts';
import { exportAudit, exportFlight, flightOf } from './flight.ts';
import { answer, fill, ID, report, sending } from './test-kit/own-events.ts';

const CLICK = Date.UTC(2026, 6, 29, 22, 45, 0, 123);
const life: readonly (readonly [afterMs: number, event: JournalEvent])[] = [
  [0, { kind: 'intent', order: ID, draft: {} as never, from: 'window' }],
  [2, sending()],
  [5, { kind: 'sent', order: ID, hash: 'ab', afterMs: 4.6 }],
  [31, answer('accepted', { venueOrderId: '77', afterMs: 30.4 })],
  // The system's clock was set back in between.
  [-500, report('NEW')],
  [90, fill('1', '1')],
];
const lines = life.map(([after, event], index): JournalLine => {
  return { seq: 10 + index, at: CLICK + after, event, hash: `hash ${index}` };
});

test('a flight says how long after the click each thing happened, and how the order stands', () => {
  const flight = flightOf(lines);
  expect([flight.order.state, flight.lines.map(({ event, afterMs }) => [event.kind, afterMs])]).toEqual([
    'filled',
    [
      ['intent', 0],
      ['sending', 2],
      ['sent', 4.6],
      ['answer', 30.4],
      ['report', 0],
      ['fill', 90],
    ],
  ]);
});

test('one that never left has none', () => {
  expect(() => flightOf(lines.slice(0, 1))).toThrowError(expect.objectContaining({ code: 'order.unknown' }));
});

test('it is exported with the times of Seoul and UTC, and with the sum of its very text', () => {
  const { fileName, text, sha256 } = exportFlight(lines, CLICK + 3_600_000);
  const content = JSON.parse(text);
  expect([fileName, sha256, content.exportedAt, content.lines[2]]).toEqual([
    `heartline-order-${ID}-20260729-234500.json`,
    createHash('sha256').update(text, 'utf8').digest('hex'),
    { kst: '2026-07-30 08:45:00.123', utc: '2026-07-29 23:45:00.123' },
    {
      seq: 12,
      kst: '2026-07-30 07:45:00.128',
      utc: '2026-07-29 22:45:00.128',
      at: CLICK + 5,
      afterMs: 4.6,
      event: { kind: 'sent', order: ID, hash: 'ab', afterMs: 4.6 },
      hash: 'hash 2',
    },
  ]);
});

test('the whole journal is exported as it is, with its sum', () => {
  const text = '{"seq":1}\n';
  expect(exportAudit({ exported: () => text }, CLICK)).toEqual({
    fileName: 'heartline-audit-20260729-224500.ndjson',
    text,
    sha256: createHash('sha256').update(text).digest('hex'),
  });
});

import { expect, it } from 'vitest';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { ConnectionNews } from './connection-news.ts';

/** What is told, second by second. */
function told(seconds: readonly HealthKind[]): string[] {
  const news = new ConnectionNews();
  return seconds.flatMap((kind, second) =>
    news.take(new Map([['bithumb', kind]]), second * 1_000).map(([, said]) => `${second} s: ${said}`),
  );
}

it('says when a venue goes down and when it is back, each once and after it stayed so', () => {
  expect(
    told([
      'connecting',
      'live',
      'live',
      'live',
      'waiting',
      'connecting',
      'waiting',
      'waiting',
      'waiting',
      'live',
      'live',
      'live',
    ]),
  ).toEqual(['8 s: waiting', '11 s: live']);
});

it('says nothing of what comes and goes, of prices that are merely late, or of a start that went well', () => {
  expect([
    told(['live', 'live', 'live', 'stale', 'live', 'stale', 'live', 'live', 'live']),
    told(['live', 'live', 'late', 'late', 'late', 'live', 'rotating', 'rotating', 'rotating', 'live']),
    told(['connecting', 'authenticating', 'subscribing', 'live', 'live', 'live']),
  ]).toEqual([[], [], []]);
});

it('says when a venue was down from the start, and when its trouble becomes another', () => {
  expect(told(['failed', 'failed', 'failed', 'paused', 'paused', 'paused'])).toEqual([
    '2 s: failed',
    '5 s: paused',
  ]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createSubscriptions } from './subscriptions.ts';

/** A venue that holds what it was asked for and acknowledges when told. */
function createVenueSide() {
  const clock = createVirtualClock();
  const held = new Set<string>();
  const frames: { at: number; epoch: number; kind: string; channels: readonly string[] }[] = [];
  let epoch = 0;
  const unanswered: { requestId: number; kind: string; channels: readonly string[] }[] = [];
  const subscriptions = createSubscriptions({
    clock,
    sendsPerSecond: 5,
    channelsPerFrame: 100,
    send(kind, channels, requestId) {
      frames.push({ at: clock.monotonic(), epoch, kind, channels });
      unanswered.push({ requestId, kind, channels });
    },
  });
  /** Does what it was asked for; the acknowledgement is another matter. */
  function obeyNext() {
    const request = unanswered.shift();
    for (const channel of request?.channels ?? []) {
      if (request?.kind === 'subscribe') held.add(channel);
      else held.delete(channel);
    }
    return request;
  }
  return {
    clock,
    held,
    frames,
    unanswered,
    subscriptions,
    answerNext() {
      const request = obeyNext();
      if (request) subscriptions.acknowledged(request.requestId);
    },
    obeyNext,
    cut() {
      epoch += 1;
      held.clear();
      unanswered.length = 0;
      subscriptions.closed();
    },
  };
}

describe('subscriptions', () => {
  test('turn 500 requests made while a send must wait into one frame', () => {
    const { clock, frames, subscriptions, answerNext } = createVenueSide();
    subscriptions.opened();
    subscriptions.want('first');
    clock.advance(10);
    answerNext();
    for (let index = 0; index < 60; index += 1) subscriptions.want(`a${index}`);
    for (let index = 0; index < 20; index += 1) subscriptions.drop(`a${index}`);
    for (let index = 20; index < 40; index += 1) subscriptions.want(`a${index}`);
    clock.advance(1000);
    expect(frames.map((frame) => [frame.kind, frame.channels.length])).toEqual([
      ['subscribe', 1],
      ['subscribe', 40],
    ]);
  });

  test('ask again for what was never acknowledged', () => {
    const { clock, frames, subscriptions } = createVenueSide();
    subscriptions.opened();
    subscriptions.want('btcusdt@aggTrade');
    clock.advance(5100);
    expect(frames.map((frame) => frame.channels)).toEqual([['btcusdt@aggTrade'], ['btcusdt@aggTrade']]);
  });

  test('do not hold a new channel back while a refused one waits for its next try', () => {
    const { clock, frames, unanswered, subscriptions } = createVenueSide();
    subscriptions.opened();
    subscriptions.want('refused');
    clock.advance(10);
    subscriptions.refused(unanswered[0]?.requestId, 'no');
    clock.advance(1000);
    subscriptions.want('new');
    clock.advance(1000);
    expect(frames.map((frame) => frame.channels)).toEqual([['refused'], ['new']]);
  });

  test('keep a channel that was dropped and wanted again while the first request was under way', () => {
    const { clock, held, subscriptions, answerNext } = createVenueSide();
    subscriptions.opened();
    subscriptions.want('x');
    clock.advance(10);
    subscriptions.drop('x');
    subscriptions.want('x');
    answerNext();
    clock.advance(1000);
    expect({ held: [...held], settled: subscriptions.settled }).toEqual({ held: ['x'], settled: true });
  });

  test('end with confirmed = wanted = held by the venue after any mix of wants, drops, cuts and lost acknowledgements, 10 000 runs', () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          kind: fc.constant('want' as const),
          channel: fc.integer({ min: 0, max: 12 }),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('drop' as const),
          channel: fc.integer({ min: 0, max: 12 }),
        }),
      },
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('answer' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('obey silently' as const) }) },
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 6000 }) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('open' as const) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const venue = createVenueSide();
        const { clock, subscriptions } = venue;
        const wanted = new Set<string>();
        subscriptions.opened();
        let isCut = false;
        for (const one of steps) {
          if (one.kind === 'want') {
            wanted.add(`c${one.channel}`);
            subscriptions.want(`c${one.channel}`);
          } else if (one.kind === 'drop') {
            wanted.delete(`c${one.channel}`);
            subscriptions.drop(`c${one.channel}`);
          } else if (one.kind === 'answer') venue.answerNext();
          else if (one.kind === 'lose') venue.unanswered.shift();
          else if (one.kind === 'obey silently') venue.obeyNext();
          else if (one.kind === 'pass') clock.advance(one.ms);
          else {
            venue.cut();
            if (one.kind === 'open') subscriptions.opened();
            isCut = one.kind === 'cut';
          }
        }
        if (isCut) subscriptions.opened();
        for (let round = 0; round < 120 && !subscriptions.settled; round += 1) {
          clock.advance(250);
          venue.answerNext();
        }
        const crowded = venue.frames.some((frame, index) => {
          const before = venue.frames[index - 1];
          return before !== undefined && before.epoch === frame.epoch && frame.at - before.at < 200;
        });
        const sorted = (items: Iterable<string>) => [...items].sort().join();
        return (
          !crowded &&
          sorted(venue.held) === sorted(wanted) &&
          sorted(subscriptions.confirmed) === sorted(wanted) &&
          sorted(subscriptions.wanted) === sorted(wanted)
        );
      }),
      { numRuns: 10_000, seed: 6 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figure } from '#shared/test-kit/figure.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createSendBudget } from '../net/send-budget.ts';
import { createAddedSubscriptions } from './added-subscriptions.ts';
import { createReplacedSubscriptions } from './replaced-subscriptions.ts';
import type { Subscriptions } from './subscriptions.ts';

interface Sent {
  readonly at: number;
  readonly epoch: number;
  readonly kind: string;
  readonly channels: readonly string[];
}

/**
 * A venue that holds what it was asked for and answers when told. What is in `unknown` refuses a whole frame; with
 * `refusesHeld` so does what is held already.
 */
function createVenueSide(
  unknown: ReadonlySet<string> = new Set(),
  limits = { sendsPerSecond: 5 },
  refusesHeld = false,
) {
  const clock = createVirtualClock();
  const held = new Set<string>();
  const frames: Sent[] = [];
  const troubles: string[] = [];
  let epoch = 0;
  const unanswered: { requestId: number; kind: string; channels: readonly string[] }[] = [];
  const subscriptions = createAddedSubscriptions({
    clock,
    budget: createSendBudget(clock, limits),
    channelsPerFrame: 1000,
    refusesWhole: refusesHeld || unknown.size > 0,
    onTrouble: (channels, reason) => troubles.push(`${channels.join(' ')}: ${reason}`),
    send(kind, channels, requestId) {
      frames.push({ at: clock.monotonic(), epoch, kind, channels });
      unanswered.push({ requestId, kind, channels });
    },
  });
  /** Does what it was asked for, or refuses; the answer is another matter. */
  function obeyNext() {
    const request = unanswered.shift();
    const isAsking = request?.kind === 'subscribe';
    const isHeld = isAsking && refusesHeld && request.channels.some((channel) => held.has(channel));
    const isRefused = isHeld || (isAsking && request.channels.some((channel) => unknown.has(channel)));
    for (const channel of isRefused ? [] : (request?.channels ?? [])) {
      if (request?.kind === 'subscribe') held.add(channel);
      else held.delete(channel);
    }
    return request && { ...request, isRefused, isHeld };
  }
  return {
    clock,
    held,
    frames,
    troubles,
    unanswered,
    subscriptions: subscriptions as Subscriptions,
    answerNext() {
      const request = obeyNext();
      if (request?.isRefused) subscriptions.refused(request.requestId, 'no such topic', request.isHeld);
      else if (request) subscriptions.acknowledged(request.requestId);
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

/** A venue that takes each frame for all that is wanted, and answers nothing. Frames may be lost on the way. */
function createReplacingSide(
  limits: { sendsPerSecond: number; sendsPerMinute?: number } = { sendsPerSecond: 5 },
) {
  const clock = createVirtualClock();
  const held = new Set<string>();
  const frames: Sent[] = [];
  const confirmed: string[] = [];
  let epoch = 0;
  const subscriptions = createReplacedSubscriptions({
    clock,
    budget: createSendBudget(clock, limits),
    onConfirmed: (channel) => confirmed.push(channel),
    send(channels) {
      frames.push({ at: clock.monotonic(), epoch, kind: 'replace', channels });
      held.clear();
      for (const channel of channels) held.add(channel);
    },
  });
  return {
    clock,
    held,
    frames,
    confirmed,
    subscriptions: subscriptions as Subscriptions,
    cut() {
      epoch += 1;
      held.clear();
      subscriptions.closed();
    },
  };
}

const sorted = (items: Iterable<string>) => [...items].sort().join();

/** Frames of one socket that left closer together than the venue allows. */
function isCrowded(frames: readonly Sent[], perMinute = Number.POSITIVE_INFINITY): boolean {
  return frames.some((frame, index) => {
    const before = frames[index - 1];
    if (before?.epoch === frame.epoch && frame.at - before.at < 200) return true;
    const minute = frames.filter(
      (one) => one.epoch === frame.epoch && one.at >= frame.at && one.at < frame.at + 60_000,
    );
    return minute.length > perMinute;
  });
}

const channel = fc.integer({ min: 0, max: 12 });
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('want' as const), channel }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('drop' as const), channel }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('renew' as const), channel }) },
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

describe('subscriptions of a venue that answers', () => {
  test('turn 1,000 requests made while a send must wait into one task, one wait and one frame', () => {
    const { clock, frames, subscriptions, answerNext } = createVenueSide();
    subscriptions.opened();
    subscriptions.want('first');
    clock.advance(10);
    answerNext();
    for (let index = 0; index < 1000; index += 1) subscriptions.want(`a${index}`);
    for (let index = 0; index < 500; index += 1) subscriptions.drop(`a${index}`);
    for (let index = 100; index < 500; index += 1) subscriptions.want(`a${index}`);
    const tasks = clock.pendingTimers;
    clock.advance(1000);
    expect({ tasks, frames: frames.map(({ kind, channels }) => [kind, channels.length]) }).toEqual({
      tasks: 1,
      frames: [
        ['subscribe', 1],
        ['subscribe', 900],
      ],
    });
  });

  test('keep the bound of a minute as well, and merge all that is wanted until then', () => {
    const { clock, frames, subscriptions, answerNext } = createVenueSide(new Set(), {
      sendsPerSecond: 5,
      sendsPerMinute: 10,
    } as { sendsPerSecond: number });
    subscriptions.opened();
    for (let index = 0; index < 500; index += 1) {
      subscriptions.want(`a${index}`);
      clock.advance(200);
      answerNext();
    }
    const inFirstMinute = frames.filter(({ at }) => at < 60_000);
    expect([inFirstMinute.length, isCrowded(frames, 10), (frames[10]?.channels.length ?? 0) > 250]).toEqual([
      10,
      false,
      true,
    ]);
  });

  test('ask again for what was never acknowledged', () => {
    const { clock, frames, subscriptions } = createVenueSide();
    subscriptions.opened();
    subscriptions.want('btcusdt@aggTrade');
    clock.advance(5100);
    expect(frames.map((frame) => frame.channels)).toEqual([['btcusdt@aggTrade'], ['btcusdt@aggTrade']]);
  });

  test('let a channel go before they ask for it anew, together with others that are to be renewed', () => {
    const { clock, frames, held, subscriptions, answerNext } = createVenueSide(new Set(), undefined, true);
    subscriptions.opened();
    for (const name of ['a', 'b', 'c']) subscriptions.want(name);
    clock.advance(200);
    answerNext();
    subscriptions.renew('a');
    subscriptions.renew('b');
    for (let round = 0; round < 3; round += 1) {
      clock.advance(200);
      answerNext();
    }
    expect({
      frames: frames.map(({ kind, channels }) => `${kind} ${channels.join('')}`),
      held: sorted(held),
      settled: subscriptions.settled,
    }).toEqual({
      frames: ['subscribe abc', 'unsubscribe ab', 'subscribe ab'],
      held: 'a,b,c',
      settled: true,
    });
  });

  test('take “held already” for the answer that was lost, and search for the others that share the frame', () => {
    const { clock, frames, held, troubles, subscriptions, answerNext, obeyNext } = createVenueSide(
      new Set(),
      undefined,
      true,
    );
    subscriptions.opened();
    subscriptions.want('a');
    clock.advance(200);
    obeyNext();
    subscriptions.want('b');
    for (let round = 0; round < 50; round += 1) {
      clock.advance(200);
      answerNext();
    }
    expect({ held: sorted(held), settled: subscriptions.settled, troubles, frames: frames.length }).toEqual({
      held: 'a,b',
      settled: true,
      troubles: ['a: no answer'],
      frames: 3,
    });
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

  test('halve a refused frame until the culprit is alone, name it once, try it again slowly, and keep it from nobody', () => {
    const { clock, held, frames, troubles, subscriptions, answerNext } = createVenueSide(new Set(['a37']));
    subscriptions.opened();
    for (let index = 0; index < 100; index += 1) subscriptions.want(`a${index}`);
    for (let round = 0; round < 40; round += 1) {
      clock.advance(200);
      answerNext();
    }
    const found = { held: held.size, frames: frames.length, troubles: [...troubles] };
    for (let second = 0; second < 3600; second += 1) {
      clock.advance(1000);
      answerNext();
    }
    subscriptions.want('late');
    clock.advance(200);
    answerNext();
    expect({ found, tries: frames.length - found.frames - 1, troubles, late: held.has('late') }).toEqual({
      found: { held: 99, frames: 13, troubles: ['a37: no such topic'] },
      tries: 7,
      troubles: ['a37: no such topic'],
      late: true,
    });
  });

  test('do not search for a known culprit again on the next socket', () => {
    const { clock, frames, subscriptions, answerNext, cut } = createVenueSide(new Set(['bad']));
    subscriptions.opened();
    for (const name of ['a', 'bad', 'b', 'c']) subscriptions.want(name);
    for (let round = 0; round < 20; round += 1) {
      clock.advance(200);
      answerNext();
    }
    cut();
    subscriptions.opened();
    clock.advance(200);
    expect(frames.at(-1)?.channels).toEqual(['a', 'b', 'c']);
  });

  test('take a refusal that does not say of what for the only question there is', () => {
    const { clock, frames, subscriptions } = createVenueSide(new Set(['bad']));
    subscriptions.opened();
    for (const name of ['a', 'bad']) subscriptions.want(name);
    clock.advance(10);
    subscriptions.refused(undefined, 'no such topic');
    clock.advance(500);
    expect(frames.map(({ channels }) => channels)).toEqual([['a', 'bad'], ['a'], ['bad']]);
  });

  test('give up on a venue that will not let a channel go', () => {
    const { clock, frames, unanswered, subscriptions, answerNext } = createVenueSide();
    subscriptions.opened();
    subscriptions.want('x');
    clock.advance(10);
    answerNext();
    subscriptions.drop('x');
    for (let round = 0; round < 100; round += 1) {
      clock.advance(1000);
      subscriptions.refused(unanswered.shift()?.requestId, 'not subscribed');
    }
    expect([frames.filter(({ kind }) => kind === 'unsubscribe').length, subscriptions.settled]).toEqual([
      3,
      true,
    ]);
  });

  test('end with confirmed = wanted = held by the venue, but for what it does not know, after any mix of wants, drops, cuts, refusals and lost acknowledgements, 10 000 runs', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 40 }),
        fc.uniqueArray(channel, { maxLength: 2 }),
        fc.boolean(),
        (happenings, culprits, refusesHeld) => {
          const unknown = new Set(culprits.map((one) => `c${one}`));
          const venue = createVenueSide(unknown, undefined, refusesHeld);
          const { clock, subscriptions } = venue;
          const wanted = new Set<string>();
          subscriptions.opened();
          let isCut = false;
          for (const one of happenings) {
            const name = 'channel' in one ? `c${one.channel}` : '';
            if (one.kind === 'want') {
              wanted.add(name);
              subscriptions.want(name);
            } else if (one.kind === 'drop') {
              wanted.delete(name);
              subscriptions.drop(name);
            } else if (one.kind === 'renew') subscriptions.renew(name);
            else if (one.kind === 'answer') venue.answerNext();
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
          const possible = sorted([...wanted].filter((name) => !unknown.has(name)));
          return (
            !isCrowded(venue.frames) &&
            sorted(venue.held) === possible &&
            sorted(subscriptions.confirmed) === possible &&
            sorted(subscriptions.wanted) === sorted(wanted)
          );
        },
      ),
      { numRuns: 10_000 },
    );
    figure('G6', 'runs that ended with confirmed = wanted = held, venues that add', 10_000, 'runs');
  });
});

describe('subscriptions of a venue that replaces', () => {
  test('turn 1,000 requests made while a send must wait into one task, one wait and one frame that names everything', () => {
    const { clock, frames, confirmed, subscriptions } = createReplacingSide();
    subscriptions.opened();
    subscriptions.want('first');
    clock.advance(10);
    for (let index = 0; index < 1000; index += 1) subscriptions.want(`a${index}`);
    for (let index = 0; index < 500; index += 1) subscriptions.drop(`a${index}`);
    const tasks = clock.pendingTimers;
    clock.advance(1000);
    expect({
      tasks,
      frames: frames.map(({ channels }) => channels.length),
      confirmed: confirmed.length,
    }).toEqual({
      tasks: 1,
      frames: [1, 501],
      confirmed: 501,
    });
  });

  test('send the whole frame again for one channel that stays silent, once for all of them', () => {
    const { clock, frames, confirmed, subscriptions } = createReplacingSide();
    subscriptions.opened();
    for (const name of ['a', 'b', 'c']) subscriptions.want(name);
    clock.advance(300);
    subscriptions.renew('a');
    subscriptions.renew('b');
    clock.advance(300);
    expect({
      frames: frames.map(({ channels }) => channels.join('')),
      confirmed: confirmed.join(''),
    }).toEqual({
      frames: ['abc', 'abc'],
      confirmed: 'abcabc',
    });
  });

  test('say nothing where nothing changed in the end, and nothing where nothing is wanted', () => {
    const { clock, frames, subscriptions } = createReplacingSide();
    subscriptions.opened();
    subscriptions.want('a');
    clock.advance(300);
    subscriptions.want('b');
    subscriptions.drop('b');
    clock.advance(300);
    subscriptions.drop('a');
    clock.advance(300);
    expect({ frames: frames.length, settled: subscriptions.settled, timers: clock.pendingTimers }).toEqual({
      frames: 1,
      settled: true,
      timers: 0,
    });
  });

  test('end with confirmed = wanted = held by the venue after any mix of wants, drops, repairs and cuts, and keep both bounds, 10 000 runs', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const venue = createReplacingSide({ sendsPerSecond: 5, sendsPerMinute: 12 });
        const { clock, subscriptions } = venue;
        const wanted = new Set<string>();
        subscriptions.opened();
        let isOpen = true;
        for (const one of happenings) {
          const name = 'channel' in one ? `c${one.channel}` : '';
          if (one.kind === 'want') {
            wanted.add(name);
            subscriptions.want(name);
          } else if (one.kind === 'drop') {
            wanted.delete(name);
            subscriptions.drop(name);
          } else if (one.kind === 'renew') subscriptions.renew(name);
          else if (one.kind === 'pass') clock.advance(one.ms);
          else if (one.kind === 'cut' || one.kind === 'open') {
            venue.cut();
            isOpen = one.kind === 'open';
            if (isOpen) subscriptions.opened();
          }
        }
        if (!isOpen) subscriptions.opened();
        clock.advance(61_000);
        const isRight =
          wanted.size === 0 ||
          (sorted(venue.held) === sorted(wanted) && sorted(subscriptions.confirmed) === sorted(wanted));
        return (
          isRight &&
          subscriptions.settled &&
          !isCrowded(venue.frames, 12) &&
          venue.frames.every(({ channels }) => channels.length > 0)
        );
      }),
      { numRuns: 10_000 },
    );
    figure('G6', 'runs that ended with confirmed = wanted = held, venues that replace', 10_000, 'runs');
  });
});

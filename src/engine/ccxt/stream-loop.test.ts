import { expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { ReadFault } from './read-fault.ts';
import { createStreamLoop } from './stream-loop.ts';

const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A stream whose answers the test gives, and what came of them. */
function start(options: { readonly reach?: ReadFault['reach']; readonly canPoll?: boolean } = {}) {
  const clock = createVirtualClock();
  const told: string[] = [];
  const seen: string[] = [];
  const asked: { resolve(value: string): void; reject(fault: unknown): void }[] = [];
  const ask = () => new Promise<string>((resolve, reject) => asked.push({ resolve, reject }));
  let polls = 0;
  const loop = createStreamLoop<string>({
    clock,
    pass: () => Promise.resolve(true),
    watch: ask,
    poll:
      options.canPoll === false
        ? undefined
        : {
            everyMs: 3000,
            read() {
              polls += 1;
              return Promise.resolve(`poll ${polls}`);
            },
          },
    onTold: (value) => told.push(value),
    onFault: () => options.reach ?? 'stream',
    onFallback: () => seen.push('fallback'),
    onEnded: () => seen.push('ended'),
  });
  return { clock, loop, told, seen, asked };
}

test('asks for the next once the last was told, and never twice at a time', async () => {
  const { asked, told } = start();
  for (const value of ['a', 'b', 'c']) {
    await settle();
    asked.at(-1)?.resolve(value);
  }
  await settle();
  expect([told, asked.length]).toEqual([['a', 'b', 'c'], 4]);
});

test('polls what fails three times in a row, at its pace', async () => {
  const { clock, asked, told, seen } = start();
  for (const wait of [1000, 2000, 0]) {
    await settle();
    asked.at(-1)?.reject(new Error('no'));
    await settle();
    clock.advance(wait);
  }
  await settle();
  clock.advance(2999);
  await settle();
  const early = told.length;
  clock.advance(1);
  await settle();
  expect([asked.length, seen, early, told]).toEqual([3, ['fallback'], 1, ['poll 1', 'poll 2']]);
});

test('polls at once what has no such stream, and ends where that is not possible either', async () => {
  const both = start({ reach: 'unsupported' });
  const one = start({ reach: 'unsupported', canPoll: false });
  await settle();
  both.asked[0]?.reject(new Error('not supported'));
  one.asked[0]?.reject(new Error('not supported'));
  await settle();
  one.clock.advance(60_000);
  await settle();
  expect([both.seen, both.told, one.seen, one.asked.length]).toEqual([
    ['fallback'],
    ['poll 1'],
    ['ended'],
    1,
  ]);
});

test('does not hear what an answer of the past says after a restart', async () => {
  const { loop, asked, told } = start();
  await settle();
  loop.restart();
  await settle();
  asked[0]?.resolve('late');
  asked[1]?.resolve('new');
  await settle();
  expect(told).toEqual(['new']);
});

test('pauses even where every question fails at once', async () => {
  const { clock, asked } = start({ reach: 'closed' });
  for (let turn = 0; turn < 5; turn += 1) {
    await settle();
    asked.at(-1)?.reject(new Error('closed'));
  }
  await settle();
  expect(asked.length).toBe(1);
  clock.advance(100);
  await settle();
  expect(asked.length).toBe(2);
});

test('stops asking when nobody wants it', async () => {
  const { clock, loop, asked, told } = start();
  await settle();
  loop.stop();
  asked[0]?.resolve('late');
  await settle();
  clock.advance(60_000);
  await settle();
  expect([told, asked.length]).toEqual([[], 1]);
});

import { expect, test } from 'vitest';
import { venueId } from '#shared/domain/instrument.ts';
import type { Question, Reply } from '#shared/domain/question.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { boundConfirm, type Given } from './bounded-confirm.ts';

const MONEY = { USDT: 1, KRW: 1 };
const arm = (venue: string): Question => ({
  kind: 'arm',
  venue: venueId(venue),
  venueName: venue,
  limits: { maxNotional: MONEY, dailyNotional: MONEY, confirmAbove: MONEY },
});
const order = (account: string) => ({ kind: 'order', order: { account } }) as unknown as Question;

function desk() {
  const clock = createVirtualClock();
  const standing: ((reply: Reply) => void)[] = [];
  const asking = boundConfirm(clock, {
    how: 'dialog',
    ask: (_question, signal) =>
      new Promise((resolve) => {
        standing.push(resolve);
        signal.addEventListener('abort', () => resolve('nobody'));
      }),
  });
  const ask = (question: Question, signal = new AbortController().signal) => asking.ask(question, signal);
  return { clock, standing, ask };
}

test('a thousand questions at once come to four that a person sees: one of each account and venue', async () => {
  const { standing, ask } = desk();
  const answers: Promise<Given>[] = [];
  for (let asked = 0; asked < 1000; asked += 1) {
    answers.push(ask(asked % 2 === 0 ? arm(`venue${asked % 10}`) : order(`upbit#aaaaa${asked % 10}`)));
  }
  const most = standing.length;
  for (const answer of standing) answer('no');
  const given = await Promise.all(answers);
  expect([most, given.filter((one) => one === 'busy').length]).toEqual([4, 996]);
});

test('what was withdrawn was refused by nobody, and a yes forgets what was refused before', async () => {
  const { clock, standing, ask } = desk();
  const answered: Given[] = [];
  for (const reply of ['no', 'no', 'yes', 'no', 'no', 'withdrawn', 'no', 'no'] as const) {
    const ends = new AbortController();
    const answer = ask(arm('bybit'), ends.signal);
    if (reply === 'withdrawn') ends.abort();
    else standing.at(-1)?.(reply);
    answered.push(await answer);
  }
  clock.advance(60_000);
  const later = ask(arm('bybit'));
  standing.at(-1)?.('yes');
  expect([answered, await later]).toEqual([['no', 'no', 'yes', 'no', 'no', 'nobody', 'no', 'busy'], 'yes']);
});

test('with nobody to ask, nobody answers', async () => {
  const { ask } = boundConfirm(createVirtualClock(), undefined);
  expect(await ask(arm('bybit'), new AbortController().signal)).toBe('nobody');
});

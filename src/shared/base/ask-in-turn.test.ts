import { expect, test } from 'vitest';
import { createVirtualClock } from '../test-kit/virtual-clock.ts';
import { askInTurn } from './ask-in-turn.ts';

type Reply = 'yes' | 'no' | 'nobody';

function desk(answerAtOnce?: Reply) {
  const clock = createVirtualClock();
  const shown: string[] = [];
  let reply: (reply: Reply) => void = () => undefined;
  const ask = askInTurn<string, Reply>({
    clock,
    waitMs: 60_000,
    unanswered: 'nobody',
    show(question, answer) {
      shown.push(question);
      reply = answer;
      if (answerAtOnce) answer(answerAtOnce);
      return () => shown.push(`-${question}`);
    },
  });
  return { clock, shown, ask, reply: (with_: Reply) => reply(with_) };
}
const never = () => new AbortController().signal;

test('one is shown at a time, in the order they came, and each gets its own answer', async () => {
  const { ask, shown, reply } = desk();
  const answers = ['a', 'b', 'c'].map((question) => ask(question, never()));
  const first = [...shown];
  reply('yes');
  reply('no');
  const third = [...shown];
  reply('nobody');
  expect([first, third, await Promise.all(answers)]).toEqual([
    ['a'],
    ['a', '-a', 'b', '-b', 'c'],
    ['yes', 'no', 'nobody'],
  ]);
});

test('an answer that comes too late is nobody’s, not the next question’s', async () => {
  const clock = createVirtualClock();
  const replies: ((reply: Reply) => void)[] = [];
  const ask = askInTurn<string, Reply>({
    clock,
    waitMs: 60_000,
    unanswered: 'nobody',
    show(_question, answer) {
      replies.push(answer);
      return () => undefined;
    },
  });
  const first = ask('a', never());
  const second = ask('b', never());
  clock.advance(60_000);
  replies[0]?.('yes');
  replies[1]?.('no');
  expect([await first, await second, clock.pendingTimers]).toEqual(['nobody', 'no', 0]);
});

test('its minute begins when it is shown', async () => {
  const { ask, clock, reply } = desk();
  const first = ask('a', never());
  const second = ask('b', never());
  clock.advance(59_999);
  reply('no');
  clock.advance(59_999);
  reply('yes');
  expect([await first, await second]).toEqual(['no', 'yes']);
});

test('one that is ended goes, shown or waiting or not asked yet', async () => {
  const { ask, shown, reply } = desk();
  const [shownOne, waitingOne] = [new AbortController(), new AbortController()];
  const first = ask('a', shownOne.signal);
  const second = ask('b', waitingOne.signal);
  const third = ask('c', never());
  waitingOne.abort();
  shownOne.abort();
  reply('yes');
  const late = ask('d', AbortSignal.abort());
  expect([await Promise.all([first, second, third, late]), shown]).toEqual([
    ['nobody', 'nobody', 'yes', 'nobody'],
    ['a', '-a', 'c', '-c'],
  ]);
});

test('answered while it is being shown, it is taken away all the same', async () => {
  const { ask, shown, clock } = desk('no');
  expect([await ask('a', never()), await ask('b', never()), shown, clock.pendingTimers]).toEqual([
    'no',
    'no',
    ['a', '-a', 'b', '-b'],
    0,
  ]);
});

import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createIntents } from './intents.ts';

function outcome(action: () => void): string {
  try {
    action();
    return 'taken';
  } catch (fault) {
    return (fault as { code: string }).code;
  }
}

describe('intent tokens', () => {
  test('are good once, for ten seconds, and no two are the same', () => {
    const clock = createVirtualClock();
    const intents = createIntents(clock);
    const first = intents.issue();
    const second = intents.issue();
    const taken = Array.from({ length: 50 }, () => outcome(() => intents.take(first.token)));
    clock.advance(10_000);
    expect({
      shape: [first, second].map(({ token }) => /^[0-9a-f]{64}$/.test(token)),
      isSame: first.token === second.token,
      lifeMs: first.expiresAt + 10_000 - clock.now(),
      taken: [taken[0], new Set(taken.slice(1))],
      late: outcome(() => intents.take(second.token)),
      invented: outcome(() => intents.take('0'.repeat(64))),
    }).toEqual({
      shape: [true, true],
      isSame: false,
      lifeMs: 10_000,
      taken: ['taken', new Set(['intent.used'])],
      late: 'intent.expired',
      invented: 'intent.unknown',
    });
  });

  test('are told apart for a minute, and then forgotten', () => {
    const clock = createVirtualClock();
    const intents = createIntents(clock);
    const { token } = intents.issue();
    intents.take(token);
    clock.advance(59_999);
    const before = outcome(() => intents.take(token));
    clock.advance(1);
    expect([before, outcome(() => intents.take(token))]).toEqual(['intent.used', 'intent.unknown']);
  });

  test('are bounded: whoever asks for many loses the oldest, never the newest', () => {
    const intents = createIntents(createVirtualClock());
    const tokens = Array.from({ length: 200 }, () => intents.issue().token);
    const taken = tokens.map((token) => outcome(() => intents.take(token)));
    expect([taken.indexOf('taken'), taken.filter((one) => one === 'taken').length]).toEqual([136, 64]);
  });
});

import { expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createLoginTokens } from './login-tokens.ts';

const start = () => {
  const clock = createVirtualClock();
  return { clock, tokens: createLoginTokens(clock) };
};

test('a token has 256 bits and no two are alike', () => {
  const { tokens } = start();
  const issued = Array.from({ length: 50 }, () => tokens.issue());
  expect(new Set(issued).size).toBe(50);
  expect(issued.every((token) => Buffer.from(token, 'base64url').length === 32)).toBe(true);
});

test('a token is good once, and a replay says so', () => {
  const { tokens } = start();
  const token = tokens.issue();
  expect([tokens.redeem(token), tokens.redeem(token)]).toEqual([
    { kind: 'accepted' },
    { kind: 'wrong', why: 'used' },
  ]);
});

test('a token is good for 60 s and not a millisecond longer', () => {
  const { clock, tokens } = start();
  const inTime = tokens.issue();
  clock.advance(59_999);
  expect(tokens.redeem(inTime)).toEqual({ kind: 'accepted' });
  const late = tokens.issue();
  clock.advance(60_000);
  expect(tokens.redeem(late)).toEqual({ kind: 'wrong', why: 'expired' });
});

test('a new token ends the one before', () => {
  const { tokens } = start();
  const first = tokens.issue();
  const second = tokens.issue();
  expect([tokens.redeem(first), tokens.redeem(second)]).toEqual([
    { kind: 'wrong', why: 'expired' },
    { kind: 'accepted' },
  ]);
});

test('ten wrong ones within a minute lock everybody out for a minute, the right token included', () => {
  const { clock, tokens } = start();
  const wrong = () => tokens.redeem('x'.repeat(43));
  for (let count = 1; count <= 10; count += 1) expect(wrong()).toEqual({ kind: 'wrong', why: 'unknown' });
  const right = tokens.issue();
  expect(tokens.redeem(right)).toEqual({ kind: 'locked', retryAfterMs: 60_000 });
  clock.advance(59_000);
  expect(tokens.redeem(right)).toEqual({ kind: 'locked', retryAfterMs: 1_000 });
  clock.advance(1_000);
  expect(tokens.redeem(tokens.issue())).toEqual({ kind: 'accepted' });
});

test('wrong ones further apart never add up to a lock', () => {
  const { clock, tokens } = start();
  const outcomes = Array.from({ length: 100 }, () => {
    clock.advance(6_700);
    return tokens.redeem('wrong').kind;
  });
  expect(new Set(outcomes)).toEqual(new Set(['wrong']));
});

import { describe, expect, test } from 'vitest';
import { HeartlineError } from '../base/errors.ts';
import { accountRequestInputs } from './account-api.ts';
import { checkInput } from './check-input.ts';

const CANARY = 'cnry0123456789abcdefghijklmnopqr';
const good = { venue: 'bybit', environment: 'mainnet', label: 'Mine', apiKey: CANARY, secret: CANARY };
type Name = keyof typeof accountRequestInputs;

const refusalOf = (name: Name, input: unknown) => {
  try {
    checkInput(accountRequestInputs[name], input);
    return undefined;
  } catch (fault) {
    return fault instanceof HeartlineError ? JSON.stringify([fault.message, fault.details]) : 'no refusal';
  }
};

test.each<[string, Name, unknown]>([
  ['a line break inside', 'accounts.add', { ...good, secret: `${CANARY}\n${CANARY}` }],
  ['a letter without width', 'accounts.add', { ...good, apiKey: `${CANARY}\u200B` }],
  [
    'a mark of byte order inside',
    'accounts.check',
    { ...good, label: undefined, secret: `a\uFEFF${CANARY}` },
  ],
  ['letters of another script', 'accounts.add', { ...good, secret: `${CANARY}о` }],
  ['no end', 'accounts.add', { ...good, secret: CANARY.repeat(200) }],
  ['another shape', 'accounts.add', { ...good, secret: [CANARY], apiKey: { [CANARY]: CANARY } }],
  ['the place of a name', 'accounts.add', { ...good, [CANARY]: 1 }],
  ['the place of an environment', 'accounts.add', { ...good, environment: CANARY }],
  ['the place of a venue', 'accounts.add', { ...good, venue: `${CANARY}!` }],
  ['the place of an account', 'accounts.rotate', { account: CANARY, apiKey: CANARY, secret: CANARY }],
  ['the place of a label', 'accounts.add', { ...good, label: CANARY.repeat(2) }],
  ['the place of a kind', 'keys.choose', { kind: CANARY, passphrase: CANARY }],
  ['no end, as a passphrase', 'keys.unlock', { passphrase: CANARY.repeat(100) }],
  ['no place at all', 'keys.unlock', CANARY],
])('a key with or in %s is refused without a word of it', (_what, name, input) => {
  expect(refusalOf(name, input)).toMatch(/^(?!.*cnry).+/);
});

test('what stands around a key where it was copied is left out', () => {
  const pasted = { ...good, apiKey: `\uFEFF ${CANARY}\r\n`, secret: `\t${CANARY}\u00A0` };
  expect(checkInput(accountRequestInputs['accounts.add'], pasted)).toMatchObject({
    apiKey: CANARY,
    secret: CANARY,
  });
});

describe('a label', () => {
  test.each(['a\nb', 'a\u202Eb', 'a\u0000b', 'a\u2028b', '\u200B', ' '])('that is %j is refused', (label) => {
    expect(refusalOf('accounts.add', { ...good, label })).toContain('label');
  });
  test.each(['Mine', '내 계좌', 'Main, “hedge” #2', '🧑‍🚀 wallet'])('may be %s', (label) => {
    expect(refusalOf('accounts.add', { ...good, label })).toBeUndefined();
  });
});

test('a history is asked of a venue for at most three months at once, and not backwards', () => {
  const day = 86_400_000;
  const asked = (from: number, to: number) =>
    refusalOf('fills.read', { account: 'bybit#aaaaaa', from, to }) === undefined;
  const now = 1_795_000_000_000;
  expect([asked(now - 90 * day, now), asked(0, now), asked(now, now - day)]).toEqual([true, false, false]);
});

import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { KeyRights, Right } from '#shared/domain/account.ts';
import type { RightsQuestion, SignedCall } from '#venues/account.ts';
import type { AccountClient } from '../accounts/account-client.ts';
import { askRights } from './ask-rights.ts';

type Answers = Readonly<Record<string, unknown>>;

const call = <Answer>(path: string) => ({ path }) as SignedCall<Answer>;
const refusal = (code: string, status = 400, venueCode = '-2015') =>
  new HeartlineError(code, 'words of the venue', { details: { venueCode, status } });

/** Answers by path; an error is thrown. */
function clientOf(answers: Answers): AccountClient {
  return {
    async call<Answer>({ path }: SignedCall<Answer>) {
      const answer = answers[path];
      if (answer instanceof Error) throw answer;
      return answer as Answer;
    },
  } as AccountClient;
}

const told = (...paths: string[]): RightsQuestion => ({
  told: paths.map((path) => call<Partial<KeyRights>>(path)),
  probed: [],
  assumed: {},
});
const probing = (otherwise: Right): RightsQuestion => ({
  told: [],
  probed: [{ right: 'trade', call: call('probe'), otherwise }],
  assumed: { withdraw: 'unknown', transfer: 'no' },
});
const ask = (question: RightsQuestion, answers: Answers) => askRights(clientOf(answers), question, 5);

const UNKNOWN = {
  read: 'unknown',
  trade: 'unknown',
  withdraw: 'unknown',
  transfer: 'unknown',
  ipBound: 'unknown',
};

describe('what a key may do', () => {
  test('is what the venue tells, all its answers together', async () => {
    const asked = await ask(told('one', 'two'), {
      one: { read: 'yes', withdraw: 'no' },
      two: { trade: 'yes', transfer: 'yes', ipBound: 'no', expiresAt: 77 },
    });
    expect(asked).toEqual({
      kind: 'rights',
      rights: {
        read: 'yes',
        trade: 'yes',
        withdraw: 'no',
        transfer: 'yes',
        ipBound: 'no',
        expiresAt: 77,
        checkedAt: 5,
      },
    });
  });

  test('is not reading where one half of it is refused', async () => {
    const probed = ['accounts', 'orders'].map((path) => ({
      right: 'read' as const,
      call: call(path),
      otherwise: 'unknown' as const,
    }));
    const readOf = async (answers: Answers) => {
      const asked = await ask({ told: [], probed, assumed: {} }, answers);
      return asked.kind === 'rights' ? asked.rights.read : asked.reason;
    };
    const denied = refusal('account.permission', 403);
    expect([
      await readOf({ accounts: [], orders: [] }),
      await readOf({ accounts: [], orders: denied }),
      await readOf({ accounts: denied, orders: [] }),
      await readOf({ accounts: [], orders: refusal('account.venue.error') }),
    ]).toEqual(['yes', 'no', 'no', 'unknown']);
  });

  test('is unknown where nobody says it, whatever was assumed of the rest', async () => {
    expect(await ask({ told: [], probed: [], assumed: { transfer: 'no' } }, {})).toEqual({
      kind: 'rights',
      rights: { ...UNKNOWN, transfer: 'no', checkedAt: 5 },
    });
  });

  test('is not to read where one of the rights that reading takes is missing', async () => {
    const probed = (['balances', 'orders'] as const).map((path) => ({
      right: 'read' as const,
      call: call(path),
      otherwise: 'unknown' as const,
    }));
    const question: RightsQuestion = { told: [], probed, assumed: {} };
    const missing = refusal('account.permission', 401);
    const readWith = async (balances: unknown, orders: unknown) => {
      const asked = await ask(question, { balances, orders });
      return asked.kind === 'rights' && asked.rights.read;
    };
    expect([await readWith([], []), await readWith([], missing), await readWith(missing, [])]).toEqual([
      'yes',
      'no',
      'no',
    ]);
  });

  test.each<[string, unknown, string]>([
    ['answered', {}, 'yes'],
    ['refused for want of the right', refusal('account.permission', 403), 'no'],
    ['refused as there is no such order', refusal('account.not-found', 404), 'otherwise'],
    ['refused for what was asked', refusal('account.venue.error', 400), 'otherwise'],
    ['answered in words we do not know', refusal('venue.answer'), 'unknown'],
    ['met by a venue in trouble', refusal('account.venue.error', 502), 'refused venue'],
    ['limited', refusal('account.rate-limit', 429), 'refused venue'],
    ['not answered', refusal('rest.timeout'), 'refused unreachable'],
    ['refused with the key', refusal('account.expired', 401), 'refused expired'],
  ])('shows by a harmless call that was %s', async (_what, answer, expected) => {
    for (const otherwise of ['yes', 'no', 'unknown'] as const) {
      const asked = await ask(probing(otherwise), { probe: answer });
      const seen = asked.kind === 'rights' ? asked.rights.trade : `refused ${asked.reason}`;
      expect(seen).toBe(expected === 'otherwise' ? otherwise : expected);
    }
  });

  test.each([
    ['account.wrong-key', 'wrong-key'],
    ['account.wrong-secret', 'wrong-secret'],
    ['account.expired', 'expired'],
    ['account.address', 'address'],
    ['account.clock', 'clock'],
    ['account.rate-limit', 'venue'],
    ['account.ban', 'venue'],
    ['account.geo', 'venue'],
    ['account.maintenance', 'venue'],
    ['account.venue.error', 'venue'],
    ['venue.answer', 'venue'],
    ['rest.timeout', 'unreachable'],
    ['rest.unreachable', 'unreachable'],
    ['rest.silent', 'unreachable'],
  ])('cannot be told after %s: %s', async (code, reason) => {
    expect(await ask(told('one'), { one: refusal(code) })).toEqual({
      kind: 'refused',
      reason,
      venueCode: '-2015',
    });
  });

  test('is not even reading, where it may not ask what it may do', async () => {
    expect(await ask(told('one'), { one: refusal('account.permission', 403) })).toMatchObject({
      kind: 'rights',
      rights: { read: 'no' },
    });
  });

  test('is no excuse for a fault of ours', async () => {
    await expect(ask(told('one'), { one: new TypeError('a bug') })).rejects.toThrow('a bug');
    await expect(ask(told('one'), { one: refusal('rest.stopped') })).rejects.toMatchObject({
      code: 'rest.stopped',
    });
  });

  test('comes without the words of a venue that repeats the key', async () => {
    const rude = refusal('account.wrong-key', 401, 'no such key: QpX7 abc');
    expect(await ask(told('one'), { one: rude })).toEqual({
      kind: 'refused',
      reason: 'wrong-key',
      venueCode: '',
    });
  });
});

import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import type { AccountState } from '#shared/domain/account.ts';
import type { Cause } from '#shared/domain/connection.ts';
import { en } from '../../../i18n/en.ts';
import { accountWords } from './account-words.ts';

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    resources: { en: { translation: en } },
    keySeparator: false,
    nsSeparator: false,
  });
});

const degraded = (code: Cause['code'], detail = ''): AccountState => ({
  kind: 'degraded',
  cause: { code, detail },
});

it('gives each of the troubles an account may have words and a next step of its own', () => {
  const states: Readonly<Record<string, AccountState>> = {
    secret: { kind: 'refused', reason: 'wrong-secret', detail: '' },
    clock: { kind: 'refused', reason: 'clock', detail: '' },
    environment: { kind: 'refused', reason: 'wrong-environment', detail: '' },
    revoked: { kind: 'refused', reason: 'wrong-key', detail: '' },
    locked: { kind: 'locked' },
    listenKey: degraded('venue.error', 'binance listenKey answered 500'),
    mute: degraded('socket.silent'),
    timeout: { kind: 'waiting', attempt: 1, retryAt: 0, cause: { code: 'timeout', detail: '' } },
  };
  const words = Object.values(states).map((state) => accountWords(state, 'Binance'));
  expect(
    words.filter(({ what, next }) => what === '' || next === undefined || /\{\{|undefined/.test(what + next)),
  ).toEqual([]);
  expect(new Set(words.map(({ what }) => what)).size).toBe(words.length);
  expect(accountWords({ kind: 'refused', reason: 'address', detail: '' }, 'Upbit')).toEqual({
    what: 'Upbit does not accept this key from this computer’s address.',
    next: 'Add this computer’s address to the key at Upbit. A VPN or a new line changes it.',
  });
});

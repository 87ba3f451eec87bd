import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { AccountVenue } from '#venues/account.ts';
import type { AccountClient } from '../accounts/account-client.ts';
import type { KeyRoom } from './key-room.ts';
import type { KeyringEntry, OpenEntry } from './load-keyring.ts';
import { createKeyStage, type KeyStage, PASSPHRASE, VENUE } from './test-kit/key-stage.ts';

let stage: KeyStage;
beforeEach(() => {
  stage = createKeyStage();
  for (const tail of ['0001', '0002', '0003']) {
    stage.keys.set(`good-key-${tail}`, { secret: `good-secret-${tail}` });
  }
});
afterEach(() => stage.dispose());

const input = (tail: string) => ({ apiKey: `good-key-${tail}`, secret: `good-secret-${tail}` });
async function added(room: KeyRoom, tail = '0001'): Promise<AccountId> {
  const { account } = await room.requests['accounts.add']({
    venue: VENUE,
    environment: 'simulator',
    label: 'Mine',
    ...input(tail),
  });
  if (!account) throw new Error('the key was refused');
  return account;
}
const codeOf = async (work: () => unknown) => {
  try {
    await work();
    return 'done';
  } catch (fault) {
    return fault instanceof HeartlineError ? fault.code : fault;
  }
};
const keyOf = (room: KeyRoom, account: AccountId) => room.credentialsOf(account)?.apiKey.reveal();
const path = (name: string) => join(stage.dataDir, name);

/** A keychain that stops before each writing until told to go on; `meanwhile` runs in that moment. */
function halting() {
  let meanwhile: (() => unknown) | undefined;
  const keyring = async (): Promise<OpenEntry> => {
    const open = await stage.keyring.load();
    return (service, account): KeyringEntry => {
      const entry = open(service, account);
      return {
        getSecret: () => entry.getSecret(),
        deleteCredential: () => entry.deleteCredential(),
        async setSecret(secret) {
          await entry.setSecret(secret);
          const now = meanwhile;
          meanwhile = undefined;
          await now?.();
        },
      };
    };
  };
  return { keyring, inTheNextWrite: (work: () => unknown) => (meanwhile = work) };
}

describe('while the keychain takes its time over a rotation', () => {
  test('a new label does not keep what is known of the old key', async () => {
    const { keyring, inTheNextWrite } = halting();
    const room = await stage.room({ keyring });
    const account = await added(room);
    stage.keys.set('good-key-0002', { secret: 'good-secret-0002', rights: { trade: 'no' } });
    inTheNextWrite(() => room.requests['accounts.rename']({ account, label: 'Other' }));
    await room.requests['accounts.rotate']({ account, ...input('0002') });
    expect(room.records).toMatchObject([
      { label: 'Other', keyTail: '0002', mode: 'read-only', rights: { trade: 'no' } },
    ]);
  });

  test('bad news about the old key does not delete the new one', async () => {
    const { keyring, inTheNextWrite } = halting();
    const room = await stage.room({ keyring });
    const account = await added(room);
    stage.keys.set('good-key-0001', { secret: 'good-secret-0001', rights: { withdraw: 'yes' } });
    let rechecking: unknown;
    inTheNextWrite(async () => {
      rechecking = room.requests['accounts.recheck']({ account });
      await stage.settle();
    });
    await room.requests['accounts.rotate']({ account, ...input('0002') });
    await rechecking;
    const again = await stage.room();
    expect([keyOf(room, account), room.records[0]?.refusal, keyOf(again, account)]).toEqual([
      'good-key-0002',
      undefined,
      'good-key-0002',
    ]);
  });

  test('locked, with a disk that is full: the old key is still there', async () => {
    const { keyring, inTheNextWrite } = halting();
    const room = await stage.room({ keyring });
    const account = await added(room);
    inTheNextWrite(() => {
      mkdirSync(join(path('keys.json.new'), 'x'), { recursive: true });
      room.lock();
    });
    const refused = await codeOf(() => room.requests['accounts.rotate']({ account, ...input('0002') }));
    rmSync(path('keys.json.new'), { recursive: true });
    await room.requests['keys.unlock']({});
    expect([refused, keyOf(room, account)]).toEqual(['keys.unwritable', 'good-key-0001']);
  });
});

test('a key that a crash left in the place of another is not trusted with the rights of that one', async () => {
  const account = await added(await stage.room());
  stage.keyring.entries.set(account, JSON.stringify(input('0002')));
  const [record] = (await stage.room()).records;
  expect(record).toMatchObject({ keyTail: '0002', mode: 'read-only', rights: { trade: 'unknown' } });
});

test('removing ends the use of a key at once, also when the list cannot be written', async () => {
  const room = await stage.room();
  const account = await added(room);
  const seen: unknown[] = [];
  room.onChange(() => seen.push(keyOf(room, account)));
  mkdirSync(join(path('keys.json.new'), 'x'), { recursive: true });
  expect([
    await codeOf(() => room.requests['accounts.remove']({ account })),
    seen.at(-1),
    seen.length > 0,
  ]).toEqual(['keys.unwritable', undefined, true]);
});

describe('a vault', () => {
  test('whose file is gone is not made anew by whatever is typed to unlock it', async () => {
    const first = await stage.room({ store: 'vault' });
    await first.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE });
    await added(first);
    const room = await stage.room({ store: 'vault' });
    rmSync(path('keys.vault'));
    const refused = await codeOf(() => room.requests['keys.unlock']({ passphrase: 'a slip of the hand' }));
    expect([refused, room.view().state, existsSync(path('keys.vault'))]).toEqual([
      'keys.empty',
      'empty',
      false,
    ]);
  });

  test('that was to be made while the screen was locked is not said to be in use', async () => {
    const room = await stage.room();
    const account = await added(room);
    const choosing = codeOf(() => room.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE }));
    room.lock();
    const refused = await choosing;
    const again = await stage.room();
    expect([refused, again.view().backend?.kind, keyOf(again, account)]).toEqual([
      'keys.locked',
      'keychain',
      'good-key-0001',
    ]);
  });

  test('replaced by an older copy has the older key, trusted with nothing until it is asked for', async () => {
    const room = await stage.room({ store: 'vault' });
    await room.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE });
    const account = await added(room);
    const older = readFileSync(path('keys.vault'));
    await room.requests['accounts.rotate']({ account, ...input('0002') });
    const gone = await added(room, '0003');
    writeFileSync(path('keys.vault'), older);
    const again = await stage.room({ store: 'vault' });
    await again.requests['keys.unlock']({ passphrase: PASSPHRASE });
    expect([keyOf(again, account), again.records[0], keyOf(again, gone), stage.codes()]).toMatchObject([
      'good-key-0001',
      { keyTail: '0001', mode: 'read-only' },
      undefined,
      expect.arrayContaining(['keys.missing']),
    ]);
  });
});

describe('the list of keys', () => {
  const list = () => readFileSync(path('keys.json'), 'utf8');

  test('of a newer Heartline is left as it is, and nothing is written over it', async () => {
    const newer = JSON.stringify({ version: 2, accounts: [{ what: 'nobody knows yet' }] });
    writeFileSync(path('keys.json'), newer);
    const room = await stage.room();
    const refused = await codeOf(() => added(room));
    expect([room.records, refused, list(), stage.codes()[0], stage.keyring.entries.size]).toEqual([
      [],
      'keys.unreadable',
      newer,
      'keys.unreadable',
      0,
    ]);
  });

  test('of a newer Heartline does not keep the demo market from its keys, which are written nowhere', async () => {
    const newer = JSON.stringify({ version: 2, accounts: [] });
    writeFileSync(path('keys.json'), newer);
    const room = await stage.room({ store: 'memory' });
    const account = await added(room);
    expect([keyOf(room, account), list()]).toEqual(['good-key-0001', newer]);
  });

  test('that cannot be read just now is not taken for a broken one', async () => {
    mkdirSync(path('keys.json'));
    const room = await stage.room();
    expect([room.records, existsSync(path('keys.json.broken')), stage.codes()[0]]).toEqual([
      [],
      false,
      'keys.unreadable',
    ]);
  });

  test('of which a part makes no sense is kept beside as it was', async () => {
    await added(await stage.room());
    const odd = list().replace('"simulator"', '"moon"');
    writeFileSync(path('keys.json'), odd);
    await added(await stage.room(), '0002');
    expect([readFileSync(path('keys.json.broken'), 'utf8'), stage.codes().includes('keys.partly')]).toEqual([
      odd,
      true,
    ]);
  });
});

test('every unlocking asks again, so that locking with the screen never puts off the daily look', async () => {
  const room = await stage.room();
  await added(room);
  stage.asked.count = 0;
  for (let evening = 0; evening < 3; evening++) {
    room.lock();
    await room.requests['keys.unlock']({});
    stage.clock.advance(30_000);
    await stage.settle();
    stage.clock.advance(8 * 3_600_000);
    await stage.settle();
  }
  expect(stage.asked.count).toBe(3);
});

describe('a page that asks in loops', () => {
  /** A venue that answers nobody. */
  const hanging = (): AccountClient => ({
    call() {
      stage.asked.count += 1;
      return new Promise(() => undefined);
    },
    signing: () => {
      throw new Error('nobody signs here');
    },
    gauges: () => [],
    dispose: () => undefined,
  });
  const check = (room: KeyRoom) =>
    room.requests['accounts.check']({ venue: VENUE, environment: 'simulator', ...input('0001') });

  test('does not make us ask a venue more than a few times at once', async () => {
    const room = await stage.room({ clientFor: hanging });
    for (let time = 0; time < 40; time++) Promise.resolve(check(room)).catch(() => undefined);
    await stage.settle();
    expect(stage.asked.count).toBe(4);
  });

  test('is slowed down, from whatever window, and the person can still lock', async () => {
    const room = await stage.room();
    const codes: unknown[] = [];
    for (let time = 0; time < 400; time++) codes.push(await codeOf(() => check(room)));
    expect([codes.filter((code) => code === 'done').length, codes.at(-1)]).toEqual([100, 'rate-limit']);
    expect(await codeOf(() => room.requests['keys.lock']({}))).toBe('done');
    stage.clock.advance(10_000);
    const later: unknown[] = [];
    for (let time = 0; time < 20; time++) later.push(await codeOf(() => check(room)));
    expect(later.filter((code) => code === 'done').length).toBe(10);
  });

  test('shares one question about one key', async () => {
    const room = await stage.room();
    const account = await added(room);
    stage.asked.count = 0;
    const answers = await Promise.all([1, 2, 3, 4].map(() => room.requests['accounts.recheck']({ account })));
    expect([answers.map(({ verdict }) => verdict.kind), stage.asked.count]).toEqual([
      ['trade', 'trade', 'trade', 'trade'],
      1,
    ]);
  });
});

test('nothing that waited for its turn at a venue is asked after the end', async () => {
  let isFirst = true;
  const answers: (() => void)[] = [];
  const clientFor = (): AccountClient => ({
    call() {
      stage.asked.count += 1;
      return new Promise((_, fail) =>
        answers.push(() => fail(new HeartlineError('rest.stopped', 'the account is being closed'))),
      );
    },
    signing: () => {
      throw new Error('nobody signs here');
    },
    gauges: () => [],
    dispose() {
      if (isFirst) for (const answer of answers) answer();
      isFirst = false;
    },
  });
  const room = await stage.room({ clientFor });
  const checks = Array.from({ length: 6 }, () =>
    codeOf(() =>
      room.requests['accounts.check']({ venue: VENUE, environment: 'simulator', ...input('0001') }),
    ),
  );
  await stage.settle();
  room.dispose();
  expect([await Promise.all(checks), stage.asked.count]).toEqual([
    Array.from({ length: 6 }, () => 'rest.stopped'),
    4,
  ]);
});

test('a secret that was pasted as the label is not written down', async () => {
  const room = await stage.room();
  const long = 'x7'.repeat(32);
  stage.keys.set('long-key-0001', { secret: long });
  const add = (label: string) =>
    room.requests['accounts.add']({
      venue: VENUE,
      environment: 'simulator',
      label,
      apiKey: 'long-key-0001',
      secret: long,
    });
  // A label's field takes the first forty letters.
  const codes = [await codeOf(() => add(long.slice(0, 40))), await codeOf(() => add('my long-key-0001'))];
  const { account } = await add('Mine');
  if (!account) throw new Error('refused');
  codes.push(await codeOf(() => room.requests['accounts.rename']({ account, label: long.slice(4, 30) })));
  expect([codes, room.records.map(({ label }) => label)]).toEqual([
    ['input.invalid', 'input.invalid', 'input.invalid'],
    ['Mine'],
  ]);
});

test('a demo market that has ended is told as such', async () => {
  const venue = { id: VENUE, environments: {} } as unknown as AccountVenue;
  const demoKey = async () => {
    throw new TypeError('fetch failed');
  };
  const room = await stage.room({
    desks: [{ venue, name: 'Bybit', environments: ['simulator'], demoKey }],
    store: 'memory',
  });
  expect(await codeOf(() => room.requests['accounts.addDemo']({ venue: VENUE }))).toBe('rest.unreachable');
});

test.each(['keychain', 'memory'] as const)(
  '(%s) looking for the keys again while they are open closes no account: a key that is the same stays the same',
  async (kind) => {
    const room = await stage.room({ store: kind });
    const account = await added(room);
    const before = room.credentialsOf(account);
    await room.requests['keys.unlock']({});
    await room.requests['keys.choose']({ kind });
    expect(room.credentialsOf(account)).toBe(before);
  },
);

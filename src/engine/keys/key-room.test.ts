import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountId, AccountNotice } from '#shared/domain/account.ts';
import type { KeyRoom } from './key-room.ts';
import type { OpenEntry } from './load-keyring.ts';
import { createKeyStage, type KeyStage, PASSPHRASE, VENUE } from './test-kit/key-stage.ts';

const DAY_MS = 86_400_000;
let stage: KeyStage;
beforeEach(() => {
  stage = createKeyStage();
  stage.keys.set('good-key-0001', { secret: 'good-secret-0001' });
  stage.keys.set('good-key-0002', { secret: 'good-secret-0002' });
  stage.keys.set('demo-key-0001', { secret: 'demo-secret-0001' });
});
afterEach(() => stage.dispose());

const input = (apiKey: string, secret = apiKey.replace('key', 'secret')) => ({ apiKey, secret });
const add = (room: KeyRoom, apiKey: string, secret?: string) =>
  Promise.resolve(
    room.requests['accounts.add']({
      venue: VENUE,
      environment: 'simulator',
      label: 'Mine',
      ...input(apiKey, secret),
    }),
  );
async function added(room: KeyRoom, apiKey = 'good-key-0001'): Promise<AccountId> {
  const { account } = await add(room, apiKey);
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
const revealed = (room: KeyRoom, account: AccountId) => {
  const credentials = room.credentialsOf(account);
  return credentials && [credentials.apiKey.reveal(), credentials.secret.reveal()];
};
/** Whether a text is in any file of the data folder, or in the keychain. */
const isAnywhere = (text: string) =>
  Object.values(stage.files()).some((bytes) => bytes.includes(text)) ||
  [...stage.keyring.entries.values()].some((entry) => entry.includes(text));

describe('adding a key', () => {
  test('asks the venue, keeps the key in the keychain and the rest in keys.json', async () => {
    const room = await stage.room();
    const account = await added(room);
    const { accounts } = JSON.parse(readFileSync(join(stage.dataDir, 'keys.json'), 'utf8')) as {
      accounts: unknown[];
    };
    const rights = { read: 'yes', trade: 'yes', withdraw: 'no', transfer: 'no', ipBound: 'yes' };
    expect({ accounts, view: room.view(), held: revealed(room, account), codes: stage.codes() }).toEqual({
      accounts: [
        {
          id: account,
          venue: VENUE,
          environment: 'simulator',
          label: 'Mine',
          mode: 'trade',
          rights: { ...rights, checkedAt: stage.clock.now() },
          keyTail: '0001',
          addedAt: stage.clock.now(),
          kept: 'keychain',
        },
      ],
      view: { backend: { kind: 'keychain', name: 'Secret Service' }, state: 'open' },
      held: ['good-key-0001', 'good-secret-0001'],
      codes: ['account.connected'],
    });
    expect([...stage.keyring.entries.keys()]).toEqual([account]);
    expect(
      ['good-key', 'good-secret'].some((text) => Object.values(stage.files()).some((b) => b.includes(text))),
    ).toBe(false);
  });

  test('of what may do less is kept for reading, and says why', async () => {
    stage.keys.set('less-key-0001', { secret: 'less-secret-0001', rights: { trade: 'no' } });
    stage.keys.set('dark-key-0001', { secret: 'dark-secret-0001', rights: { withdraw: 'unknown' } });
    const room = await stage.room();
    const verdicts = [(await add(room, 'less-key-0001')).verdict, (await add(room, 'dark-key-0001')).verdict];
    expect([verdicts, room.records.map(({ mode }) => mode)]).toMatchObject([
      [
        { kind: 'read-only', reason: 'no-trade' },
        { kind: 'read-only', reason: 'rights-unknown' },
      ],
      ['read-only', 'read-only'],
    ]);
  });

  test.each([
    ['may withdraw', { rights: { withdraw: 'yes' } }, 'withdraw'],
    ['may transfer', { rights: { transfer: 'yes' } }, 'transfer'],
    ['may not read', { rights: { read: 'no' } }, 'no-read'],
    ['is past its end', { rights: { expiresAt: 1 } }, 'expired'],
    ['the venue calls expired', { fails: 'account.expired' }, 'expired'],
    ['does not work from here', { fails: 'account.address' }, 'address'],
    ['was signed by a clock that is off', { fails: 'account.clock' }, 'clock'],
    ['met nobody', { fails: 'rest.unreachable' }, 'unreachable'],
    ['belongs to another environment than the demo market', { environment: 'mainnet' }, 'wrong-key'],
    ['has another secret', { secret: 'something else' }, 'wrong-secret'],
  ] as const)('that %s keeps nothing of it, anywhere', async (_what, key, reason) => {
    const room = await stage.room();
    const before = stage.files();
    stage.keys.set('sad-key-0009', { secret: 'sad-secret-0009', ...key });
    const answers = [
      await add(room, 'sad-key-0009'),
      await room.requests['accounts.check']({
        venue: VENUE,
        environment: 'simulator',
        ...input('sad-key-0009'),
      }),
    ];
    expect(answers.map(({ verdict }) => verdict)).toMatchObject([
      { kind: 'refused', reason },
      { kind: 'refused', reason },
    ]);
    expect([answers[0]?.account, room.records, stage.files(), [...stage.keyring.entries]]).toEqual([
      undefined,
      [],
      before,
      [],
    ]);
    expect([isAnywhere('sad-'), JSON.stringify([stage.log.entries, answers]).includes('sad-')]).toEqual([
      false,
      false,
    ]);
  });

  test('of another environment is told from an unknown one by asking there', async () => {
    stage.keys.set('demo-key-0009', { secret: 'demo-secret-0009', environment: 'demo' });
    const room = await stage.room();
    const check = async (apiKey: string) =>
      (await room.requests['accounts.check']({ venue: VENUE, environment: 'mainnet', ...input(apiKey) }))
        .verdict;
    expect([await check('demo-key-0009'), await check('what-key-0009')]).toEqual([
      { kind: 'refused', reason: 'wrong-environment' },
      { kind: 'refused', reason: 'wrong-key' },
    ]);
  });

  test('twice is refused, also by two windows at the same moment', async () => {
    const room = await stage.room();
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(() => add(room, 'good-key-0001'))));
    codes.push(await codeOf(() => add(room, 'good-key-0001')));
    expect([codes, room.records.length, stage.keyring.entries.size]).toEqual([
      ['done', 'account.duplicate', 'account.duplicate', 'account.duplicate'],
      1,
      1,
    ]);
  });

  test('stops at twenty a venue', async () => {
    const room = await stage.room();
    for (let count = 10; count < 30; count++) {
      stage.keys.set(`many-key-00${count}`, { secret: `many-secret-00${count}` });
      await added(room, `many-key-00${count}`);
    }
    const asked = stage.asked.count;
    expect([await codeOf(() => add(room, 'good-key-0001')), room.records.length, stage.asked.count]).toEqual([
      'account.too-many',
      20,
      asked,
    ]);
  });

  test('is for the environments of this desk', async () => {
    const room = await stage.room();
    const elsewhere = {
      venue: VENUE,
      environment: 'testnet',
      label: 'x',
      ...input('good-key-0001'),
    } as const;
    expect([await codeOf(() => room.requests['accounts.add'](elsewhere)), stage.asked.count]).toEqual([
      'account.not-offered',
      0,
    ]);
  });

  test('warns of a key that works from everywhere, and of one that ends soon', async () => {
    stage.keys.set('free-key-0001', {
      secret: 'free-secret-0001',
      rights: { ipBound: 'no', expiresAt: stage.clock.now() + 3.5 * DAY_MS },
    });
    const room = await stage.room();
    await added(room, 'free-key-0001');
    expect(stage.log.entries.map(({ level, code, details }) => [level, code, details['days']])).toEqual([
      ['info', 'account.connected', undefined],
      ['warn', 'account.not-ip-bound', undefined],
      ['warn', 'account.expires', 3],
    ]);
  });

  test('of the demo market needs nothing from the person', async () => {
    const room = await stage.room({ store: 'memory' });
    await room.requests['accounts.addDemo']({ venue: VENUE });
    expect([
      room.records.map(({ label, environment }) => [label, environment]),
      stage.keyring.entries.size,
    ]).toEqual([[['Demo', 'simulator']], 0]);
  });

  test.each(['before', 'after'])(
    'whose record cannot be written %s its secret leaves nothing behind',
    async (when) => {
      // A folder stands where the draft of the list would be written.
      const block = () => mkdirSync(join(stage.dataDir, 'keys.json.new', 'x'), { recursive: true });
      const keyring = async (): Promise<OpenEntry> => {
        const open = await stage.keyring.load();
        return (service, account) => {
          const entry = open(service, account);
          return {
            getSecret: () => entry.getSecret(),
            deleteCredential: () => entry.deleteCredential(),
            async setSecret(secret) {
              await entry.setSecret(secret);
              block();
            },
          };
        };
      };
      const room = await stage.room({ keyring });
      if (when === 'before') block();
      const refused = await codeOf(() => add(room, 'good-key-0001'));
      expect([refused, room.records, stage.keyring.entries.size]).toEqual(['keys.unwritable', [], 0]);
    },
  );
});

describe('rotating', () => {
  test('puts the new key in the place of the old one, of which nothing is left', async () => {
    const room = await stage.room();
    const account = await added(room);
    const answer = await room.requests['accounts.rotate']({ account, ...input('good-key-0002') });
    expect([
      answer.account,
      revealed(room, account),
      room.records.map(({ keyTail, label }) => [keyTail, label]),
    ]).toEqual([account, ['good-key-0002', 'good-secret-0002'], [['0002', 'Mine']]]);
    expect([isAnywhere('good-key-0001'), isAnywhere('good-secret-0001')]).toEqual([false, false]);
  });

  test('to a key that is refused leaves the old one as it was', async () => {
    stage.keys.set('rich-key-0001', { secret: 'rich-secret-0001', rights: { withdraw: 'yes' } });
    const room = await stage.room();
    const account = await added(room);
    const records = room.records;
    const { verdict } = await room.requests['accounts.rotate']({ account, ...input('rich-key-0001') });
    expect([verdict.kind, room.records, revealed(room, account), isAnywhere('rich-')]).toEqual([
      'refused',
      records,
      ['good-key-0001', 'good-secret-0001'],
      false,
    ]);
  });

  test('to a key that is here already is refused', async () => {
    const room = await stage.room();
    const account = await added(room);
    await added(room, 'good-key-0002');
    const again = () => room.requests['accounts.rotate']({ account, ...input('good-key-0002') });
    expect(await codeOf(again)).toBe('account.duplicate');
  });

  test('an account that is removed meanwhile does not bring it back', async () => {
    const room = await stage.room();
    const account = await added(room);
    const rotating = codeOf(() => room.requests['accounts.rotate']({ account, ...input('good-key-0002') }));
    await room.requests['accounts.remove']({ account });
    expect([await rotating, room.records, stage.keyring.entries.size]).toEqual(['account.unknown', [], 0]);
  });

  test('that a crash cut in half shows the tail of the key that is there', async () => {
    const account = await added(await stage.room());
    stage.keyring.entries.set(account, JSON.stringify(input('good-key-0002')));
    const room = await stage.room();
    expect(room.records.map(({ keyTail }) => keyTail)).toEqual(['0002']);
  });
});

describe('removing', () => {
  test('leaves nothing', async () => {
    const room = await stage.room();
    const account = await added(room);
    await room.requests['accounts.remove']({ account });
    expect([
      room.records,
      room.credentialsOf(account),
      stage.keyring.entries.size,
      isAnywhere('0001'),
    ]).toEqual([[], undefined, 0, false]);
  });

  test('waits for a keychain that is locked', async () => {
    const room = await stage.room();
    const account = await added(room);
    room.lock();
    expect([await codeOf(() => room.requests['accounts.remove']({ account })), room.records.length]).toEqual([
      'keys.locked',
      1,
    ]);
  });

  test('while the keychain is away is made good as soon as it is back', async () => {
    const room = await stage.room();
    const account = await added(room);
    stage.keyring.mood = 'gone';
    await room.requests['accounts.remove']({ account });
    const kept = stage.keyring.entries.size;
    stage.keyring.mood = 'open';
    await stage.room();
    expect([
      room.records,
      kept,
      stage.keyring.entries.size,
      stage.codes().includes('keys.left-behind'),
    ]).toEqual([[], 1, 0, true]);
  });
});

describe('after a restart', () => {
  test('the keys are there again', async () => {
    const account = await added(await stage.room());
    const room = await stage.room();
    expect(revealed(room, account)).toEqual(['good-key-0001', 'good-secret-0001']);
  });

  test('a secret that was written in the moment of a crash is deleted', async () => {
    await added(await stage.room());
    const path = join(stage.dataDir, 'keys.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as { accounts: { id: string }[]; owed: unknown[] };
    const [lost] = file.accounts;
    writeFileSync(
      path,
      JSON.stringify({ ...file, accounts: [], owed: [{ id: lost?.id, kept: 'keychain' }] }),
    );
    await stage.room();
    expect(stage.keyring.entries.size).toBe(0);
  });

  test('a list of keys that cannot be read is set aside and said', async () => {
    await added(await stage.room());
    writeFileSync(join(stage.dataDir, 'keys.json'), '{"version":1,"acc');
    const room = await stage.room();
    expect([room.records, stage.codes().at(-1), existsSync(join(stage.dataDir, 'keys.json.broken'))]).toEqual(
      [[], 'keys.broken', true],
    );
  });

  test('an entry that makes no sense is left out and said', async () => {
    const account = await added(await stage.room());
    const path = join(stage.dataDir, 'keys.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as { accounts: unknown[] };
    writeFileSync(path, JSON.stringify({ ...file, accounts: [{ id: 'nonsense' }, ...file.accounts] }));
    const room = await stage.room();
    expect([room.records.map(({ id }) => id), stage.codes().includes('keys.partly')]).toEqual([
      [account],
      true,
    ]);
  });

  test('keys that were kept in memory are gone', async () => {
    await added(await stage.room({ store: 'memory' }));
    expect([(await stage.room({ store: 'memory' })).records, stage.keyring.entries.size]).toEqual([[], 0]);
  });

  test('a key the keychain does not have any more is said, and its account stays', async () => {
    const account = await added(await stage.room());
    stage.keyring.entries.clear();
    const room = await stage.room();
    expect([room.records.length, room.credentialsOf(account), stage.codes().at(-1)]).toEqual([
      1,
      undefined,
      'keys.missing',
    ]);
  });
});

describe('where keys lie', () => {
  test('is asked for where there is no keychain, and nothing is kept before', async () => {
    stage.keyring.mood = 'gone';
    const room = await stage.room();
    const { keychainFault, ...view } = room.view();
    expect([
      view,
      keychainFault?.includes('DBus'),
      await codeOf(() => add(room, 'good-key-0001')),
      stage.asked.count,
    ]).toEqual([{ state: 'gone' }, true, 'keys.not-chosen', 0]);
  });

  test('is a vault once it was chosen, over restarts, and open to the passphrase alone', async () => {
    stage.keyring.mood = 'gone';
    const first = await stage.room();
    await first.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE });
    const account = await added(first);
    const room = await stage.room();
    const before = [room.view(), room.credentialsOf(account)];
    const wrong = [
      await codeOf(() => room.requests['keys.unlock']({ passphrase: 'not this one' })),
      await codeOf(() => room.requests['keys.unlock']({})),
    ];
    await room.requests['keys.unlock']({ passphrase: PASSPHRASE });
    expect([before, wrong, room.view(), revealed(room, account)]).toEqual([
      [{ backend: { kind: 'vault' }, state: 'locked' }, undefined],
      ['keys.wrong-passphrase', 'keys.wrong-passphrase'],
      { backend: { kind: 'vault' }, state: 'open' },
      ['good-key-0001', 'good-secret-0001'],
    ]);
    expect(isAnywhere('good-')).toBe(false);
  });

  test('moves when another place is chosen, and nothing is left at the old one', async () => {
    const room = await stage.room();
    const account = await added(room);
    await room.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE });
    const inVault = [stage.keyring.entries.size, revealed(room, account)];
    await room.requests['keys.choose']({ kind: 'keychain' });
    const again = await stage.room();
    const vault = await stage.room({ store: 'vault' });
    await vault.requests['keys.unlock']({ passphrase: PASSPHRASE });
    expect([
      inVault,
      [...stage.keyring.entries.keys()],
      revealed(again, account),
      vault.credentialsOf(account),
    ]).toEqual([
      [0, ['good-key-0001', 'good-secret-0001']],
      [account],
      ['good-key-0001', 'good-secret-0001'],
      undefined,
    ]);
  });

  test('can be moved from a keychain that went away while its keys were held', async () => {
    const room = await stage.room();
    const account = await added(room);
    stage.keyring.mood = 'gone';
    const refused = await codeOf(() => add(room, 'good-key-0002'));
    const gone = [room.view().state, revealed(room, account)?.[0]];
    await room.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE });
    room.lock();
    await room.requests['keys.unlock']({ passphrase: PASSPHRASE });
    const owing = stage.keyring.entries.size;
    stage.keyring.mood = 'open';
    await (await stage.room({ store: 'keychain' })).ready;
    expect([refused, gone, revealed(room, account)?.[0], owing, stage.keyring.entries.size]).toEqual([
      'keys.gone',
      ['gone', 'good-key-0001'],
      'good-key-0001',
      1,
      0,
    ]);
  });

  test('is never the keychain when memory was asked for', async () => {
    let loads = 0;
    const keyring = () => {
      loads += 1;
      return stage.keyring.load();
    };
    const room = await stage.room({ store: 'memory', keyring });
    const account = await added(room);
    room.lock();
    await room.requests['keys.unlock']({});
    await room.requests['accounts.remove']({ account });
    expect(loads).toBe(0);
  });

  test('is said where a vault is damaged, and can be chosen anew', async () => {
    const first = await stage.room();
    await first.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE });
    const account = await added(first);
    writeFileSync(join(stage.dataDir, 'keys.vault'), 'rot');
    const room = await stage.room();
    const unlock = () => room.requests['keys.unlock']({ passphrase: PASSPHRASE });
    expect([await codeOf(unlock), room.view().state, stage.codes().at(-1)]).toEqual([
      'keys.vault-damaged',
      'empty',
      'keys.vault-damaged',
    ]);
    await room.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE });
    await room.requests['accounts.rotate']({ account, ...input('good-key-0001') });
    expect(revealed(room, account)).toEqual(['good-key-0001', 'good-secret-0001']);
  });
});

describe('locked', () => {
  test.each(['keychain', 'vault', 'memory'] as const)(
    '(%s) no key is to be had, until unlocked',
    async (kind) => {
      const room = await stage.room();
      await room.requests['keys.choose'](kind === 'vault' ? { kind, passphrase: PASSPHRASE } : { kind });
      const account = await added(room);
      await room.requests['keys.lock']({});
      const locked = [
        room.view().state,
        room.credentialsOf(account),
        await codeOf(() => add(room, 'good-key-0002')),
      ];
      await room.requests['keys.unlock']({ passphrase: PASSPHRASE });
      expect([locked, room.view().state, revealed(room, account)]).toEqual([
        ['locked', undefined, 'keys.locked'],
        'open',
        ['good-key-0001', 'good-secret-0001'],
      ]);
    },
  );

  test('by the system: said, and open again when the person has opened it', async () => {
    const account = await added(await stage.room());
    stage.keyring.mood = 'locked';
    const room = await stage.room();
    const refused = await codeOf(() => room.requests['keys.unlock']({}));
    const before = [room.view(), room.credentialsOf(account), refused];
    stage.keyring.mood = 'open';
    await room.requests['keys.unlock']({});
    expect([before, room.view().state, revealed(room, account)?.[0]]).toEqual([
      [
        { backend: { kind: 'keychain', name: 'Secret Service' }, state: 'locked', keychainFault: undefined },
        undefined,
        'keys.locked',
      ],
      'open',
      'good-key-0001',
    ]);
  });

  test('while the keychain is being read stays locked', async () => {
    const account = await added(await stage.room());
    const room = await stage.room();
    room.lock();
    const unlocking = room.requests['keys.unlock']({});
    room.lock();
    await unlocking;
    expect([room.view().state, room.credentialsOf(account)]).toEqual(['locked', undefined]);
  });

  test('while a key is being added, nothing is held of it', async () => {
    const room = await stage.room();
    const adding = codeOf(() => add(room, 'good-key-0001'));
    room.lock();
    expect([await adding, room.records, stage.keyring.entries.size]).toEqual(['keys.locked', [], 0]);
  });
});

describe('asking again', () => {
  /** Lets so much time pass in small steps, with answers in between. */
  async function pass(ms: number): Promise<void> {
    for (let step = 0; step < 40; step++) {
      stage.clock.advance(ms / 40);
      await stage.settle();
    }
  }

  test('happens within half a minute of the start, and daily', async () => {
    await added(await stage.room());
    await stage.room();
    const asked: number[] = [];
    stage.asked.count = 0;
    for (const ms of [30_000, DAY_MS, DAY_MS, DAY_MS]) {
      await pass(ms);
      asked.push(stage.asked.count);
      stage.asked.count = 0;
    }
    // The first room goes on as well: it was asked when the key was added.
    expect(asked).toEqual([1, 2, 2, 2]);
  });

  test('of a key that may withdraw by now ends its use, deletes it, and says so loudly', async () => {
    const room = await stage.room();
    const account = await added(room);
    const notices: AccountNotice[] = [];
    room.onNotice((notice) => notices.push(notice));
    stage.keys.set('good-key-0001', { secret: 'good-secret-0001', rights: { withdraw: 'yes' } });
    await pass(DAY_MS);
    expect({
      held: room.credentialsOf(account),
      records: room.records.map(({ refusal, rights }) => [refusal, rights.withdraw]),
      left: [stage.keyring.entries.size, isAnywhere('good-')],
      said: stage.log.entries.at(-1),
      notices,
      after: [(await stage.room()).records.length, stage.codes().includes('keys.missing')],
    }).toMatchObject({
      held: undefined,
      records: [['withdraw', 'yes']],
      left: [0, false],
      said: { level: 'error', code: 'account.dangerous', details: { label: 'Mine', reason: 'withdraw' } },
      notices: [{ kind: 'lost', account, cause: { code: 'auth', detail: 'withdraw' } }],
      after: [1, false],
    });
  });

  test('of a key that was revoked and comes back is said as lost and restored, once each', async () => {
    const room = await stage.room();
    const account = await added(room);
    const notices: string[] = [];
    room.onNotice(({ kind }) => notices.push(kind));
    stage.keys.set('good-key-0001', { secret: 'good-secret-0001', fails: 'account.wrong-key' });
    for (let time = 0; time < 3; time++) await room.requests['accounts.recheck']({ account });
    const lost = room.records[0]?.refusal;
    stage.keys.set('good-key-0001', { secret: 'good-secret-0001' });
    for (let time = 0; time < 3; time++) await room.requests['accounts.recheck']({ account });
    expect([notices, lost, room.records[0]?.refusal, revealed(room, account)?.[0]]).toEqual([
      ['lost', 'restored'],
      'wrong-key',
      undefined,
      'good-key-0001',
    ]);
  });

  test('and nobody answering changes nothing, and is tried again soon', async () => {
    const room = await stage.room();
    const account = await added(room);
    const { records } = room;
    stage.keys.set('good-key-0001', { secret: 'good-secret-0001', fails: 'rest.unreachable' });
    await pass(DAY_MS);
    const tried = stage.asked.count;
    expect([room.records, revealed(room, account)?.[0], tried > 2, stage.codes().at(-1)]).toEqual([
      records,
      'good-key-0001',
      true,
      'account.recheck-failed',
    ]);
  });

  test('of a key that was rotated meanwhile says nothing about the new one', async () => {
    const room = await stage.room();
    const account = await added(room);
    stage.keys.set('good-key-0001', { secret: 'good-secret-0001', rights: { withdraw: 'yes' } });
    // The rotation overtakes the answer about the old key.
    const rotating = room.requests['accounts.rotate']({ account, ...input('good-key-0002') });
    await rotating;
    const rechecking = codeOf(() => room.requests['accounts.recheck']({ account }));
    stage.keys.set('good-key-0003', { secret: 'good-secret-0003' });
    await Promise.all([rechecking, room.requests['accounts.rotate']({ account, ...input('good-key-0003') })]);
    expect([room.records[0]?.refusal, revealed(room, account)?.[0]]).toEqual([undefined, 'good-key-0003']);
  });

  test('ends with the engine', async () => {
    const room = await stage.room();
    await added(room);
    room.dispose();
    expect(stage.clock.pendingTimers).toBe(0);
  });

  test('is not done while locked', async () => {
    const room = await stage.room();
    await added(room);
    room.lock();
    stage.asked.count = 0;
    await pass(2 * DAY_MS);
    expect(stage.asked.count).toBe(0);
  });
});

test('a data folder that vanishes is told, not hidden', async () => {
  const room = await stage.room();
  const account = await added(room);
  rmSync(stage.dataDir, { recursive: true });
  expect(await codeOf(() => room.requests['accounts.rename']({ account, label: 'Other' }))).toBe(
    'keys.unwritable',
  );
  expect(room.records[0]?.label).toBe('Mine');
});

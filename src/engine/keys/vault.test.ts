import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { Secret } from '#shared/base/secret.ts';
import { accountId } from '#shared/domain/account.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { openVault } from './vault.ts';
import { keyFor, newVaultKey, readSealed, SCRYPT_COST } from './vault-file.ts';

const CHEAP = { n: 1024, r: 8, p: 1 };
const PASSPHRASE = 'eight words nobody else would think of';
const ONE = accountId('bybit#aaaaaa');
const TWO = accountId('upbit#bbbbbb');
const credentials = (text: string) => ({
  apiKey: new Secret(`key-${text}`),
  secret: new Secret(`secret-${text}`),
});

let dataDir: string;
const clock = createVirtualClock();
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-vault-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const path = () => join(dataDir, 'keys.vault');
const vaultAgain = () => openVault({ dataDir, clock, cost: CHEAP });

async function made() {
  const vault = vaultAgain();
  await vault.enter(PASSPHRASE);
  await vault.write(ONE, credentials('one'));
  await vault.write(TWO, credentials('two'));
  return vault;
}

const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (fault: unknown) => (fault instanceof HeartlineError ? fault.code : fault),
  );

describe('a vault', () => {
  test('gives back after a restart what was put in, to the right passphrase alone', async () => {
    expect(vaultAgain().state).toBe('empty');
    await made();
    const again = vaultAgain();
    const before = [
      again.state,
      await codeOf(again.read(ONE)),
      await codeOf(again.enter('another passphrase')),
    ];
    await again.enter(PASSPHRASE);
    const one = await again.read(ONE);
    expect({ before, state: again.state, key: one?.apiKey.reveal(), secret: one?.secret.reveal() }).toEqual({
      before: ['locked', 'keys.locked', 'keys.wrong-passphrase'],
      state: 'open',
      key: 'key-one',
      secret: 'secret-one',
    });
  });

  test('shows nothing of a key in the file, which only its owner may read', async () => {
    await made();
    const text = readFileSync(path(), 'utf8');
    const { content } = JSON.parse(text) as { content: string };
    expect([
      /key-|secret-|bybit/.test(text),
      /key-|secret-|bybit/.test(Buffer.from(content, 'base64').toString('latin1')),
      // Windows keeps the owner's rights elsewhere.
      process.platform === 'win32' ? '600' : (statSync(path()).mode & 0o777).toString(8),
      readdirSync(dataDir),
    ]).toEqual([false, false, '600', ['keys.vault']]);
  });

  test('is made with the cost that is stated, and its passphrase may be typed on any system', async () => {
    const key = await newVaultKey('pässwörd 비밀번호', SCRYPT_COST);
    const file = { head: key.head } as Parameters<typeof keyFor>[0];
    const decomposed = 'pässwörd 비밀번호'.normalize('NFD');
    expect([key.head.kdf, (await keyFor(file, decomposed))?.key.equals(key.key)]).toEqual([
      { name: 'scrypt', n: 131_072, r: 8, p: 1, salt: expect.any(String) },
      true,
    ]);
  });

  test('forgets a removed key: nothing the passphrase opens has it', async () => {
    const vault = await made();
    await vault.remove(ONE);
    const again = vaultAgain();
    await again.enter(PASSPHRASE);
    expect([await again.read(ONE), (await again.read(TWO))?.apiKey.reveal()]).toEqual([undefined, 'key-two']);
  });

  test('opens to the new passphrase and no more to the old one after a change, with another salt', async () => {
    const vault = await made();
    const salts = () => (JSON.parse(readFileSync(path(), 'utf8')) as { head: { kdf: unknown } }).head.kdf;
    const before = salts();
    await vault.enter('a passphrase of next year');
    const again = vaultAgain();
    expect([
      await codeOf(again.enter(PASSPHRASE)),
      await codeOf(again.enter('a passphrase of next year')),
      (await again.read(TWO))?.secret.reveal(),
    ]).toEqual(['keys.wrong-passphrase', 'done', 'secret-two']);
    expect(salts()).not.toEqual(before);
  });

  test('never uses a nonce twice', async () => {
    const vault = await made();
    const nonces = new Set<string>();
    for (let round = 0; round < 50; round++) {
      await vault.write(ONE, credentials('one'));
      nonces.add((JSON.parse(readFileSync(path(), 'utf8')) as { nonce: string }).nonce);
    }
    expect(nonces.size).toBe(50);
  });

  test('loses none of many keys written at the same time', async () => {
    const vault = await made();
    const accounts = Array.from({ length: 20 }, (_, at) => accountId(`bybit#00000${at.toString(36)}`));
    await Promise.all(accounts.map((account) => vault.write(account, credentials(account))));
    const again = vaultAgain();
    await again.enter(PASSPHRASE);
    const kept = await Promise.all(
      accounts.map(async (account) => (await again.read(account))?.apiKey.reveal()),
    );
    expect(kept).toEqual(accounts.map((account) => `key-${account}`));
  });

  test('locked while a passphrase is being tried, stays locked', async () => {
    await made();
    const again = vaultAgain();
    const trying = again.enter(PASSPHRASE);
    again.lock();
    await trying;
    expect([again.state, await codeOf(again.read(ONE))]).toEqual(['locked', 'keys.locked']);
  });

  test('that cannot be written keeps what it had', async () => {
    const vault = await made();
    const before = readFileSync(path(), 'utf8');
    rmSync(dataDir, { recursive: true });
    const refused = await codeOf(vault.write(ONE, credentials('new')));
    expect([refused, (await vault.read(ONE))?.apiKey.reveal(), before.length > 0]).toEqual([
      'keys.unwritable',
      'key-one',
      true,
    ]);
  });
});

describe('guesses', () => {
  test('wait longer and longer after the third, and not at all after the right one', async () => {
    const time = createVirtualClock();
    await made();
    const vault = openVault({ dataDir, clock: time, cost: CHEAP });
    const waits: unknown[] = [];
    for (let guess = 0; guess < 12; guess++) {
      expect(await codeOf(vault.enter(`wrong guess ${guess}`))).toBe('keys.wrong-passphrase');
      const refusal = (await vault.enter(PASSPHRASE).catch((fault: unknown) => fault)) as
        | HeartlineError
        | undefined;
      if (refusal === undefined) {
        waits.push(0);
        vault.lock();
        // The right one forgave it: back to where the guessing was.
        for (let again = 0; again <= guess; again++) await codeOf(vault.enter(`wrong again ${again}`));
        continue;
      }
      waits.push(refusal.details['seconds']);
      time.advance(Number(refusal.details['seconds']) * 1000);
    }
    expect(waits).toEqual([0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  test('a hundred at once are one', async () => {
    await made();
    const vault = vaultAgain();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, guess) => codeOf(vault.enter(`wrong guess ${guess}`))),
    );
    expect(answers).toEqual(['keys.wrong-passphrase', ...Array(99).fill('keys.too-many-guesses')]);
  });
});

describe('a damaged vault', () => {
  type File = Record<string, unknown> & { head: { kdf: Record<string, unknown>; proof: string } };
  const flipped = (text: unknown) => {
    const bytes = Buffer.from(String(text), 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return bytes.toString('base64');
  };

  test.each<[string, (file: File) => unknown]>([
    ['a byte of the content', (file) => ({ ...file, content: flipped(file['content']) })],
    ['the content cut short', (file) => ({ ...file, content: String(file['content']).slice(0, 16) })],
    ['the tag', (file) => ({ ...file, tag: flipped(file['tag']) })],
    ['the nonce', (file) => ({ ...file, nonce: flipped(file['nonce']) })],
    ['the check', (file) => ({ ...file, check: flipped(file['check']) })],
    ['the proof', (file) => ({ ...file, head: { ...file.head, proof: flipped(file.head.proof) } })],
    [
      'the salt',
      (file) => ({
        ...file,
        head: { ...file.head, kdf: { ...file.head.kdf, salt: flipped(file.head.kdf['salt']) } },
      }),
    ],
    [
      'parameters that would cost a terabyte',
      (file) => ({ ...file, head: { ...file.head, kdf: { ...file.head.kdf, n: 2 ** 30 } } }),
    ],
    ['half the file', (file) => JSON.stringify(file).slice(0, 200)],
    ['nothing at all', () => ''],
    ['another thing', () => '[]'],
  ])('(%s) is told from a wrong passphrase, set aside and made anew', async (_what, damage) => {
    await made();
    const broken = damage(JSON.parse(readFileSync(path(), 'utf8')) as File);
    const text = typeof broken === 'string' ? broken : JSON.stringify(broken);
    writeFileSync(path(), text);
    const vault = vaultAgain();
    const fault = (await vault.enter(PASSPHRASE).catch((thrown: unknown) => thrown)) as HeartlineError;
    const file = String(fault.details['file']);
    expect([fault.code, vault.state, readFileSync(file, 'utf8')]).toEqual([
      'keys.vault-damaged',
      'empty',
      text,
    ]);
    await vault.enter(PASSPHRASE);
    expect([vault.state, await vault.read(ONE)]).toEqual(['open', undefined]);
  });

  test('is not what a machine without the memory for a guess has: nothing is set aside', async () => {
    await made();
    const { head, ...rest } = JSON.parse(readFileSync(path(), 'utf8')) as File;
    // So little that the library refuses to begin, as it does where 128 MiB are not to be had.
    const poor = { ...head, kdf: { ...head.kdf, n: 2, r: 1, p: 4 } };
    const check = createHash('sha256').update(JSON.stringify(poor)).digest('base64');
    writeFileSync(path(), JSON.stringify({ ...rest, head: poor, check }));
    expect([await codeOf(vaultAgain().enter(PASSPHRASE)), readdirSync(dataDir)]).toEqual([
      'keys.fault',
      ['keys.vault'],
    ]);
  });

  test('of a newer Heartline stays where it is', async () => {
    await made();
    const { head, ...rest } = JSON.parse(readFileSync(path(), 'utf8')) as File;
    writeFileSync(path(), JSON.stringify({ ...rest, head: { ...head, version: 2 }, more: true }));
    const vault = vaultAgain();
    expect([await codeOf(vault.enter(PASSPHRASE)), vault.state, readdirSync(dataDir)]).toEqual([
      'keys.vault-newer',
      'locked',
      ['keys.vault'],
    ]);
  });

  test('opens whatever order its members are in', async () => {
    await made();
    const { head, ...rest } = JSON.parse(readFileSync(path(), 'utf8')) as File;
    const turned = Object.fromEntries(Object.entries(head).toReversed());
    expect(() => readSealed(JSON.stringify({ ...rest, head: turned }))).not.toThrow();
  });
});

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AccountId } from '#shared/domain/account.ts';
import type { KeyRoom } from './key-room.ts';
import type { KeyringEntry, OpenEntry } from './load-keyring.ts';
import { createKeyStage, type KeyStage, PASSPHRASE, VENUE } from './test-kit/key-stage.ts';
import { openVault } from './vault.ts';

/** The process ends before and after each step of the keychain: what a machine would find after the next start. */

let stage: KeyStage;
const folders: string[] = [];
beforeEach(() => {
  stage = createKeyStage();
  for (const tail of ['0001', '0002']) {
    stage.keys.set(`good-key-${tail}`, { secret: `good-secret-${tail}` });
  }
});
afterEach(() => {
  stage.dispose();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const input = (tail: string) => ({ apiKey: `good-key-${tail}`, secret: `good-secret-${tail}` });
const add = async (room: KeyRoom, tail: string) => {
  const environment = 'simulator';
  const { account } = await room.requests['accounts.add']({
    venue: VENUE,
    environment,
    label: tail,
    ...input(tail),
  });
  if (!account) throw new Error('the key was refused');
  return account;
};

interface Remains {
  readonly folder: string;
  readonly keyring: readonly (readonly [string, string])[];
}

const ACTS: Readonly<Record<string, (room: KeyRoom, account: AccountId) => unknown>> = {
  adding: (room) => add(room, '0002'),
  rotating: (room, account) => room.requests['accounts.rotate']({ account, ...input('0002') }),
  removing: (room, account) => room.requests['accounts.remove']({ account }),
  'moving to a vault': (room) => room.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE }),
  'moving back to the keychain': (room) => room.requests['keys.choose']({ kind: 'keychain' }),
  'moving to memory': (room) => room.requests['keys.choose']({ kind: 'memory' }),
};

test.each(Object.keys(ACTS))(
  'whenever the process is killed while %s, no secret lies without its account, and no account lost its only one',
  async (what) => {
    const remains: Remains[] = [];
    let isWatching = false;
    const keep = () => {
      if (!isWatching) return;
      const folder = mkdtempSync(join(tmpdir(), 'heartline-crash-'));
      folders.push(folder);
      cpSync(stage.dataDir, folder, { recursive: true });
      remains.push({ folder, keyring: [...stage.keyring.entries] });
    };
    const keyring = async (): Promise<OpenEntry> => {
      const open = await stage.keyring.load();
      return (service, account): KeyringEntry => {
        const entry = open(service, account);
        const around = async <Answer>(act: () => Promise<Answer>) => {
          keep();
          const answer = await act();
          keep();
          return answer;
        };
        return {
          getSecret: () => entry.getSecret(),
          setSecret: (secret) => around(() => entry.setSecret(secret)),
          deleteCredential: () => around(() => entry.deleteCredential()),
        };
      };
    };
    const room = await stage.room({ keyring });
    const account = await add(room, '0001');
    if (what === 'moving back to the keychain') {
      await room.requests['keys.choose']({ kind: 'vault', passphrase: PASSPHRASE });
    }
    isWatching = true;
    await ACTS[what]?.(room, account);
    keep();
    expect(remains.length).toBeGreaterThan(2);

    for (const { folder, keyring: entries } of remains) {
      stage.keyring.entries.clear();
      for (const [id, text] of entries) stage.keyring.entries.set(id, text);
      const vault = await stage.room({ dataDir: folder, store: 'vault' });
      if (vault.view().state === 'locked') await vault.requests['keys.unlock']({ passphrase: PASSPHRASE });
      const sealed = openVault({ dataDir: folder, clock: stage.clock, cost: { n: 1024, r: 8, p: 1 } });
      if (sealed.state === 'locked') await sealed.enter(PASSPHRASE);
      const inVault = vault.records.filter(({ id }) => vault.credentialsOf(id)).map(({ id }) => id);
      const again = await stage.room({ dataDir: folder, store: 'keychain' });
      const inKeychain = again.records.filter(({ id }) => again.credentialsOf(id)).map(({ id }) => id);
      const ids = again.records.map(({ id }) => id);
      if (sealed.state === 'open' && !inVault.includes(account)) {
        expect(await sealed.read(account)).toBeUndefined();
      }
      expect({
        withoutAccount: [...stage.keyring.entries.keys()].filter((id) => !ids.some((known) => known === id)),
        withoutSecret: ids.filter((id) => !inVault.includes(id) && !inKeychain.includes(id)),
      }).toEqual({
        withoutAccount: [],
        // Its secret was deleted by the person; the account says that it has none and can be removed again.
        withoutSecret: what === 'removing' ? expect.any(Array) : [],
      });
      if (what !== 'removing' && what !== 'moving to memory') expect(ids).toContain(account);
    }
  },
);

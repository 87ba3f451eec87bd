import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { Credentials } from '#venues/account.ts';
import { createGuessLimit } from './guess-limit.ts';
import { createTurns } from './in-turn.ts';
import type { KeyStore } from './key-store.ts';
import { credentialsIn, textOf } from './secret-text.ts';
import {
  damaged,
  keyFor,
  newVaultKey,
  readSealed,
  SCRYPT_COST,
  type ScryptCost,
  type SealedVault,
  seal,
  unseal,
  type VaultKey,
} from './vault-file.ts';
import { writeDurably } from './write-durably.ts';

export interface VaultOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  /** Cheaper in tests. */
  readonly cost?: ScryptCost | undefined;
}

export interface Vault extends KeyStore {
  /** `empty`: there is no file yet, or it was damaged and set aside. */
  readonly state: 'empty' | 'locked' | 'open';
  /**
   * Makes the vault, opens it, or gives an open one a new passphrase: what there is to do with one. Throws
   * `keys.wrong-passphrase`, `keys.too-many-guesses` {seconds}, `keys.vault-damaged` {reason, file} (set aside as `file`),
   * `keys.vault-newer`.
   */
  enter(passphrase: string): Promise<void>;
  /** Wipes the key and what it opened. */
  lock(): void;
}

interface Opened {
  readonly key: VaultKey;
  readonly entries: ReadonlyMap<AccountId, Credentials>;
}

/** Keys in `keys.vault` of the data folder, encrypted with a passphrase that is kept nowhere. */
export function openVault({ dataDir, clock, cost = SCRYPT_COST }: VaultOptions): Vault {
  const path = join(dataDir, 'keys.vault');
  const guesses = createGuessLimit(clock);
  const inTurn = createTurns();
  let opened: Opened | undefined;
  /** Counts lockings: a passphrase that was being tried meanwhile opens nothing. */
  let epoch = 0;
  let isTrying = false;

  function sealed(): SealedVault | undefined {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new HeartlineError('keys.gone', `cannot read ${path}: ${messageOf(fault)}`, {
        details: { reason: messageOf(fault) },
      });
    }
    return readSealed(text);
  }

  /** Out of the way, under a name of its own: what is in it may be worth a copy from a backup. */
  function setAside(fault: unknown): unknown {
    if (!(fault instanceof HeartlineError && fault.code === 'keys.vault-damaged')) return fault;
    const file = `${path}.broken-${clock.now()}`;
    renameSync(path, file);
    return new HeartlineError('keys.vault-damaged', `${fault.message}; it is kept as ${file}`, {
      details: { ...fault.details, file },
    });
  }

  function write(key: VaultKey, entries: ReadonlyMap<AccountId, Credentials>): void {
    const content = [...entries].map(([account, credentials]) => [account, textOf(credentials)]);
    writeDurably(path, seal(key, JSON.stringify(content)));
  }

  async function open(file: SealedVault, passphrase: string, at: number): Promise<void> {
    const key = await keyFor(file, passphrase);
    if (!key) {
      guesses.wrong();
      throw new HeartlineError('keys.wrong-passphrase', 'this passphrase does not open the vault');
    }
    guesses.right();
    if (at !== epoch) return key[Symbol.dispose]();
    opened = { key, entries: entriesIn(unseal(file, key)) };
  }

  /** With a salt of its own. The file on the disk opens with the old passphrase until the new one is whole. */
  async function renew(passphrase: string, entries: Opened['entries'], at: number): Promise<void> {
    const key = await newVaultKey(passphrase, cost);
    if (at !== epoch) return key[Symbol.dispose]();
    write(key, entries);
    opened?.key[Symbol.dispose]();
    opened = { key, entries };
  }

  async function change(changed: (entries: Map<AccountId, Credentials>) => void): Promise<void> {
    const { key, entries } = needOpen();
    const next = new Map(entries);
    changed(next);
    write(key, next);
    opened = { key, entries: next };
  }

  function needOpen(): Opened {
    if (opened) return opened;
    throw new HeartlineError('keys.locked', 'the vault is locked');
  }

  return {
    backend: { kind: 'vault' },
    get state() {
      if (opened) return 'open';
      return existsSync(path) ? 'locked' : 'empty';
    },
    async enter(passphrase) {
      guesses.check();
      // Each costs 128 MiB: one at a time, and whoever brings a hundred at once has brought one.
      if (isTrying) {
        throw new HeartlineError('keys.too-many-guesses', 'a passphrase is being tried', {
          details: { seconds: 1 },
        });
      }
      isTrying = true;
      const at = epoch;
      try {
        await inTurn(async () => {
          if (opened) return renew(passphrase, opened.entries, at);
          const file = sealed();
          return file ? open(file, passphrase, at) : renew(passphrase, new Map(), at);
        });
      } catch (fault) {
        throw setAside(fault);
      } finally {
        isTrying = false;
      }
    },
    lock() {
      epoch += 1;
      opened?.key[Symbol.dispose]();
      opened = undefined;
    },
    read: async (account) => needOpen().entries.get(account),
    write: (account, credentials) => inTurn(() => change((entries) => entries.set(account, credentials))),
    remove: (account) => inTurn(() => change((entries) => entries.delete(account))),
  };
}

function entriesIn(text: string): ReadonlyMap<AccountId, Credentials> {
  const entries = new Map<AccountId, Credentials>();
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    // Nothing of what the parser says: it quotes the text.
    throw damaged('its content is no list of keys');
  }
  if (!Array.isArray(rows)) throw damaged('its content is no list of keys');
  for (const [account, kept] of rows as [AccountId, string][]) {
    const credentials = credentialsIn(kept);
    if (credentials) entries.set(account, credentials);
  }
  return entries;
}

import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { KeyBackend, KeyStoreView } from '#shared/contract/account-views.ts';
import type { KeyPlace } from '#shared/contract/key-places.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { Credentials } from '#venues/account.ts';
import type { KeyRecord, KeyShelf } from '../accounts/key-shelf.ts';
import type { EventLog } from '../health/event-log.ts';
import { closedStore } from './closed-store.ts';
import { createTurns } from './in-turn.ts';
import type { KeptRecord, KeyFile } from './key-file.ts';
import type { KeyStore } from './key-store.ts';
import { createOwedDeletions } from './owed-deletions.ts';
import { mendTails, readKeys } from './read-keys.ts';
import type { Vault } from './vault.ts';

export interface KeyRingOptions {
  readonly file: KeyFile;
  readonly log: EventLog;
  /** Rejects with `keys.gone`. */
  readonly keychain: () => Promise<KeyStore>;
  readonly keychainName: string;
  readonly vault: Vault;
  readonly memory: KeyStore;
  /** Absent: what is remembered, or else the keychain where there is one. */
  readonly preferred?: KeyPlace | undefined;
}

export interface KeyRing extends KeyShelf {
  /** Resolves when the first opening is through, whatever came of it. */
  readonly ready: Promise<void>;
  view(): KeyStoreView;
  /** Throws `keys.locked`, `keys.empty`, `keys.not-chosen` or `keys.gone` unless keys can be kept now. */
  needOpen(): void;
  /**
   * A new account, or another key for one: both halves and the record, or neither. `recordOf` is asked when its turn has
   * come, and may throw: whatever was kept, renamed or removed meanwhile is known by then.
   */
  keep(account: AccountId, credentials: Credentials, recordOf: () => KeyRecord): Promise<void>;
  /** What is known of it besides its secret. */
  amend(record: KeyRecord): void;
  /** Ends the use of its secret at once and deletes it, now or as soon as its store opens. */
  wipe(account: AccountId): Promise<void>;
  /** The same, and forgets the account. Throws `keys.locked` when it cannot be deleted before a person unlocks. */
  forget(account: AccountId): Promise<void>;
  choose(kind: KeyPlace, passphrase?: string): Promise<void>;
  unlock(passphrase?: string): Promise<void>;
  lock(): void;
}

/** The kept keys: which store they lie in, whether it is open, and, while it is, the keys themselves. */
export function createKeyRing(options: KeyRingOptions): KeyRing {
  const { file, log, vault, memory } = options;
  const changed = createEmitter<void>();
  const inTurn = createTurns();
  /** Which is in use, whether or not it is open. */
  let kind: KeyPlace | undefined = options.preferred ?? file.read().backend ?? 'keychain';
  let store: KeyStore | undefined;
  let state: KeyStoreView['state'] = 'locked';
  let fault: string | undefined;
  let held = new Map<AccountId, Credentials>();
  /** Counts lockings: keys that were being read meanwhile are not taken. */
  let epoch = 0;

  const entryOf = (account: AccountId) => file.read().entries.find(({ record }) => record.id === account);
  const others = (account: AccountId) => file.read().entries.filter(({ record }) => record.id !== account);
  const owed = createOwedDeletions(file, log, storeOf);

  function needStore(): KeyStore {
    if (store && state === 'open') return store;
    throw closedStore(state, kind, fault);
  }

  /** A store that went away while it was used: said, and what is held goes on. */
  function failed(thrown: unknown): unknown {
    if (thrown instanceof HeartlineError && thrown.code === 'keys.gone' && state !== 'gone') {
      log.add('warn', 'keys.gone', thrown.message, thrown.details);
      become('gone', thrown.message);
    }
    return thrown;
  }

  async function on<Answer>(work: (open: KeyStore) => Promise<Answer>): Promise<Answer> {
    try {
      return await work(needStore());
    } catch (thrown) {
      throw failed(thrown);
    }
  }

  async function storeOf(wanted: KeyPlace): Promise<KeyStore> {
    if (wanted === 'keychain') return options.keychain();
    return wanted === 'vault' ? vault : memory;
  }

  function backend(): KeyBackend | undefined {
    return kind === 'keychain' ? { kind, name: options.keychainName } : kind && { kind };
  }

  async function enterVault(passphrase: string): Promise<void> {
    try {
      await vault.enter(passphrase);
    } catch (thrown) {
      if (thrown instanceof HeartlineError && thrown.code === 'keys.vault-damaged') {
        log.add('error', thrown.code, thrown.message, thrown.details);
        if (kind === 'vault') become('empty');
      }
      throw thrown;
    }
  }

  function become(next: KeyStoreView['state'], why?: string): void {
    state = next;
    fault = why;
    changed.emit();
  }

  /** Reads every key that lies in `opened`, and takes it for the store in use. */
  async function take(opened: KeyStore, at: number): Promise<void> {
    const { found, missing } = await readKeys(opened, file.read().entries, held);
    if (at !== epoch) return;
    store = opened;
    kind = opened.backend.kind;
    held = new Map([...held, ...found]);
    mendTails(file, log, found);
    for (const { label, venue } of missing) {
      log.add('error', 'keys.missing', `the ${opened.backend.kind} has no key for ${label}`, {
        label,
        venue,
      });
    }
    become('open');
    await owed.settle(opened);
  }

  /** Opens the keychain and reads what is in it; never another store in its place. */
  async function openKeychain(at: number): Promise<void> {
    try {
      await take(await options.keychain(), at);
    } catch (thrown) {
      if (thrown instanceof HeartlineError && thrown.code === 'keys.locked') {
        kind = 'keychain';
        become('locked');
      } else {
        // With keys in it, it is their store that is away; without, there is simply none here, and a person chooses.
        const hasKeys = file.read().entries.some(({ kept }) => kept === 'keychain');
        kind = hasKeys ? 'keychain' : undefined;
        become('gone', messageOf(thrown));
      }
      throw thrown;
    }
  }

  async function start(): Promise<void> {
    if (kind === 'memory') return take(memory, 0);
    if (kind === 'vault') return become(vault.state === 'empty' ? 'empty' : 'locked');
    try {
      await openKeychain(0);
    } catch (thrown) {
      const code = thrown instanceof HeartlineError ? thrown.code : 'keys.fault';
      log.add('warn', code, messageOf(thrown), { reason: messageOf(thrown) });
    }
  }

  return {
    ready: inTurn(start),
    get records() {
      return file.read().entries.map(({ record }) => record);
    },
    credentialsOf(account) {
      return state === 'locked' ? undefined : held.get(account);
    },
    onChange: (listener): Undo => changed.on(listener),
    view() {
      const used = backend();
      return { ...(used && { backend: used }), ...(fault !== undefined && { keychainFault: fault }), state };
    },
    needOpen: () => void needStore(),

    keep: (account, credentials, recordOf) =>
      inTurn(() =>
        on(async (open) => {
          const at = epoch;
          const first = recordOf();
          const place = open.backend.kind;
          const before = entryOf(account);
          const old = held.get(account);
          const isNew = before?.kept !== place;
          if (isNew) owed.note(account, place);
          await open.write(account, credentials);
          try {
            // Renamed or asked about meanwhile: once more, from what is known now.
            const mine = { record: before ? recordOf() : first, kept: place };
            const { entries } = file.read();
            const next = before
              ? entries.map((entry) => (entry.record.id === account ? mine : entry))
              : [...entries, mine];
            file.write({ entries: next, owed: owed.arrived(account, place, before?.kept) });
          } catch (thrown) {
            if (old && !isNew) await open.write(account, old);
            else await owed.remove(account, place);
            throw thrown;
          }
          if (at === epoch) held.set(account, credentials);
          if (before && isNew) await owed.remove(account, before.kept);
          changed.emit();
        }),
      ),

    amend(record) {
      const { entries } = file.read();
      file.write({
        entries: entries.map((entry) => (entry.record.id === record.id ? { ...entry, record } : entry)),
      });
      changed.emit();
    },

    async wipe(account) {
      held.delete(account);
      changed.emit();
      const kept = entryOf(account)?.kept;
      // A rotation whose turn was before this one has put another key there, which nobody said anything about.
      if (kept) await inTurn(async () => held.has(account) || owed.remove(account, kept));
    },

    forget: (account) =>
      inTurn(async () => {
        const entry = entryOf(account);
        if (!entry) return;
        if (state === 'locked' && entry.kept === kind) needStore();
        held.delete(account);
        changed.emit();
        await owed.remove(account, entry.kept);
        file.write({ entries: others(account) });
        changed.emit();
      }),

    choose: (wanted, passphrase) => {
      const at = epoch;
      return inTurn(async () => {
        if (wanted === 'vault') {
          if (passphrase === undefined) throw new HeartlineError('keys.empty', 'a vault needs a passphrase');
          needSame(at);
          await enterVault(passphrase);
        }
        const next = await storeOf(wanted);
        for (const entry of file.read().entries) {
          needSame(at);
          if (entry.kept !== wanted && held.has(entry.record.id)) await move(entry, next);
        }
        needSame(at);
        file.write({ backend: wanted });
        await take(next, at);
        if (wanted !== 'vault') vault.lock();
      });
    },

    unlock: (passphrase) => {
      const at = epoch;
      return inTurn(async () => {
        if (kind === 'memory') return take(memory, at);
        if (kind !== 'vault') return openKeychain(at);
        if (state === 'open') return;
        // The file may have gone meanwhile: what is typed to open one must not make another.
        if (vault.state === 'empty') become('empty');
        if (state === 'empty') needStore();
        if (passphrase === undefined) {
          throw new HeartlineError('keys.wrong-passphrase', 'the vault opens to its passphrase alone');
        }
        await enterVault(passphrase);
        if (vault.state === 'open') await take(vault, at);
      });
    },

    lock() {
      epoch += 1;
      held = new Map();
      vault.lock();
      if (state === 'open') log.add('info', 'keys.locked', 'the keys are locked');
      become(state === 'open' ? 'locked' : state, fault);
    },
  };

  /** What was begun before a locking does not go on after it. */
  function needSame(at: number): void {
    if (at !== epoch) throw new HeartlineError('keys.locked', 'the keys were locked meanwhile');
  }

  async function move({ record, kept }: KeptRecord, next: KeyStore): Promise<void> {
    const credentials = held.get(record.id);
    if (!credentials) return;
    const place = next.backend.kind;
    owed.note(record.id, place);
    await next.write(record.id, credentials);
    const entries = file
      .read()
      .entries.map((entry) => (entry.record.id === record.id ? { record, kept: place } : entry));
    file.write({ entries, owed: owed.arrived(record.id, place, kept) });
    await owed.remove(record.id, kept);
  }
}

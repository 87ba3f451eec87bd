import { randomInt } from 'node:crypto';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { Secret } from '#shared/base/secret.ts';
import type { KeyAnswer, KeyStoreView } from '#shared/contract/account-views.ts';
import type { KeyPlace } from '#shared/contract/key-places.ts';
import { createRateCap } from '#shared/contract/rate-cap.ts';
import { type AccountId, type AccountNotice, accountId, type Environment } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { Credentials } from '#venues/account.ts';
import type { KeyRecord, KeyShelf } from '../accounts/key-shelf.ts';
import type { EventLog } from '../health/event-log.ts';
import type { Room } from '../room.ts';
import { createKeyDesks, type KeyDesk } from './key-desks.ts';
import { openKeyFile } from './key-file.ts';
import { accountDetails, createKeyNotices } from './key-notices.ts';
import { createKeyRechecks, recordIn } from './key-rechecks.ts';
import { createKeyRing } from './key-ring.ts';
import { keychainName, openKeychain } from './keychain.ts';
import { loadKeyring, type OpenEntry } from './load-keyring.ts';
import { createMemoryStore } from './memory-store.ts';
import { tailOf } from './read-keys.ts';
import { openVault } from './vault.ts';
import type { ScryptCost } from './vault-file.ts';
import { type ClientFor, createKeyVerifier, type Verified } from './verify-key.ts';

const MOST_PER_VENUE = 20;
/** What windows may ask of the keys, together: a person never gets there, a page in a loop does. */
const RATE = { burst: 100, perSecond: 1 };
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

export interface KeyRoomOptions {
  readonly clock: Clock;
  /** Holds `keys.json` (no secrets), and `keys.vault` where there is one. */
  readonly dataDir: string;
  readonly log: EventLog;
  readonly desks: readonly KeyDesk[];
  readonly clientFor: ClientFor;
  /** `auto`: what was chosen before, or else the keychain where there is one, or else a person is asked. */
  readonly store: KeyPlace | 'auto';
  /** The system's keychain; tests bring their own. */
  readonly keyring?: () => Promise<OpenEntry>;
  /** What one guess at the vault costs; tests make it cheap. */
  readonly vaultCost?: ScryptCost;
}

type KeyRequests =
  | 'accounts.check'
  | 'accounts.add'
  | 'accounts.addDemo'
  | 'accounts.rotate'
  | 'accounts.rename'
  | 'accounts.remove'
  | 'accounts.recheck'
  | 'keys.choose'
  | 'keys.unlock'
  | 'keys.lock';

export interface KeyRoom extends KeyShelf, Room<KeyRequests, never> {
  /** Resolves when the store has been opened the first time, or could not be. */
  readonly ready: Promise<void>;
  /** For the accounts watch; `onChange` tells when to look again. */
  view(): KeyStoreView;
  /** A key was found good, refused, or good again. */
  onNotice(listener: (notice: AccountNotice) => void): Undo;
  /** Asks the venue again, for whoever met a refusal of the key. Throws as `accounts.recheck`. */
  recheck(account: AccountId): Promise<KeyAnswer>;
  /** Forgets every key until `keys.unlock`: with the screen, and by request. */
  lock(): void;
  dispose(): void;
}

/**
 * Keys: kept, checked, locked. A secret comes in by a request and goes out into a signature, never anywhere else.
 * Requests are refused with `account.unknown`, `account.not-offered` {venue}, `account.duplicate` {label},
 * `account.too-many` {venue, limit}, `rate-limit`, and the codes of the stores (see `key-store.ts`, `vault.ts`, `key-ring.ts`).
 */
export function createKeyRoom(options: KeyRoomOptions): KeyRoom {
  const { clock, log, dataDir } = options;
  const desks = createKeyDesks(options.desks);
  const ring = createKeyRing({
    file: openKeyFile(dataDir, log),
    log,
    keychain: async () => openKeychain(await (options.keyring ?? loadKeyring)(), process.platform),
    keychainName: keychainName(process.platform),
    vault: openVault({ dataDir, clock, cost: options.vaultCost }),
    memory: createMemoryStore(),
    preferred: options.store === 'auto' ? undefined : options.store,
  });
  const verifier = createKeyVerifier(options.clientFor, () => clock.now());
  const notices = createKeyNotices(log, ({ venue }) => desks.nameOf(venue));
  const rechecks = createKeyRechecks({ clock, log, desks, ring, verifier, notices });

  const withinRate = createRateCap(clock, RATE);
  type Capped = Omit<KeyRoom['requests'], 'keys.lock'>;
  /** Each of these writes to the disk or asks a venue. */
  function capped(requests: Capped): Capped {
    const each = Object.entries(requests).map(([name, act]) => [
      name,
      async (input: never) => {
        if (withinRate()) return act(input);
        throw new HeartlineError('rate-limit', 'too much is asked of the keys at once');
      },
    ]);
    return Object.fromEntries(each) as Capped;
  }

  const recordOf = (account: AccountId) => recordIn(ring, account);
  const who = (record: KeyRecord) => accountDetails(record, desks.nameOf(record.venue));

  function newId(venue: VenueId): AccountId {
    for (;;) {
      const tail = Array.from({ length: 6 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('');
      const id = accountId(`${venue}#${tail}`);
      if (ring.records.every((record) => record.id !== id)) return id;
    }
  }

  /** Keys that are locked or lost cannot be compared with. */
  function refuseDuplicate(venue: VenueId, { apiKey }: Credentials, except?: AccountId): void {
    const same = ring.records.find(
      ({ id, venue: other }) =>
        other === venue && id !== except && ring.credentialsOf(id)?.apiKey.reveal() === apiKey.reveal(),
    );
    if (!same) return;
    throw new HeartlineError('account.duplicate', `this key is here already, as ${same.label}`, {
      details: { label: same.label },
    });
  }

  function refuseTooMany(venue: VenueId): void {
    if (ring.records.filter((record) => record.venue === venue).length < MOST_PER_VENUE) return;
    throw new HeartlineError('account.too-many', `${MOST_PER_VENUE} keys of ${venue} are kept already`, {
      details: { venue: desks.nameOf(venue), limit: MOST_PER_VENUE },
    });
  }

  /** What the venue says of a key that is not kept (yet); a refusal is told, without a word of the key. */
  async function verify(
    desk: KeyDesk,
    environment: Environment,
    credentials: Credentials,
  ): Promise<Verified> {
    const asked = await verifier.verify(desk, environment, credentials);
    if (asked.verdict.kind === 'refused') {
      const { reason } = asked.verdict;
      log.add('warn', 'account.refused', `a key of ${desk.name} was refused: ${reason}`, {
        venue: desk.name,
        reason,
        venueCode: asked.venueCode,
      });
    }
    return asked;
  }

  async function add(
    desk: KeyDesk,
    environment: Environment,
    label: string,
    credentials: Credentials,
  ): Promise<KeyAnswer> {
    const venue = desk.venue.id;
    refuseSecretLabel(label, credentials);
    // Before the venue hears of it: nothing is asked for a key that could not be kept.
    ring.needOpen();
    refuseDuplicate(venue, credentials);
    refuseTooMany(venue);
    const { verdict } = await verify(desk, environment, credentials);
    if (verdict.kind === 'refused') return { verdict };
    const id = newId(venue);
    rechecks.wasVerified(id);
    await ring.keep(id, credentials, () => {
      refuseDuplicate(venue, credentials);
      refuseTooMany(venue);
      const mode = verdict.kind;
      const keyTail = tailOf(credentials);
      return { id, venue, environment, label, mode, rights: verdict.rights, keyTail, addedAt: clock.now() };
    });
    notices.confirmed(recordOf(id));
    return { verdict, account: id };
  }

  async function rotate(account: AccountId, credentials: Credentials): Promise<KeyAnswer> {
    const { venue, environment } = recordOf(account);
    const desk = desks.of(venue, environment);
    ring.needOpen();
    refuseDuplicate(venue, credentials, account);
    const { verdict } = await verify(desk, environment, credentials);
    if (verdict.kind === 'refused') return { verdict };
    rechecks.wasVerified(account);
    await ring.keep(account, credentials, () => {
      const { refusal: _settled, ...record } = recordOf(account);
      refuseDuplicate(venue, credentials, account);
      return { ...record, mode: verdict.kind, rights: verdict.rights, keyTail: tailOf(credentials) };
    });
    log.add('info', 'account.rotated', `${recordOf(account).label} has a new key`, who(recordOf(account)));
    notices.confirmed(recordOf(account));
    return { verdict, account };
  }

  return {
    get records() {
      return ring.records;
    },
    credentialsOf: (account) => ring.credentialsOf(account),
    onChange: (listener) => ring.onChange(listener),
    onNotice: (listener) => notices.on(listener),
    ready: ring.ready,
    view: () => ring.view(),
    lock: () => ring.lock(),
    dispose() {
      rechecks.dispose();
      verifier.dispose();
    },
    watches: {},
    recheck: (account) => rechecks.now(account),
    requests: {
      ...capped({
        async 'accounts.check'({ venue, environment, apiKey, secret }) {
          const { verdict } = await verify(desks.of(venue, environment), environment, pasted(apiKey, secret));
          return { verdict };
        },
        'accounts.add': ({ venue, environment, label, apiKey, secret }) =>
          add(desks.of(venue, environment), environment, label, pasted(apiKey, secret)),
        async 'accounts.addDemo'({ venue }) {
          const desk = desks.of(venue, 'simulator');
          const key = await desk.demoKey?.().catch((fault: unknown) => {
            if (fault instanceof HeartlineError) throw fault;
            throw new HeartlineError('rest.unreachable', 'the demo market is gone', { details: { venue } });
          });
          if (!key) {
            throw new HeartlineError('account.not-offered', `there is no demo key of ${venue}`, {
              details: { venue, environment: 'simulator' },
            });
          }
          return add(desk, 'simulator', 'Demo', pasted(key.apiKey, key.secret));
        },
        'accounts.rotate': ({ account, apiKey, secret }) => rotate(account, pasted(apiKey, secret)),
        'accounts.rename'({ account, label }) {
          refuseSecretLabel(label, ring.credentialsOf(account));
          ring.amend({ ...recordOf(account), label });
          return {};
        },
        async 'accounts.remove'({ account }) {
          const record = recordOf(account);
          await ring.forget(account);
          notices.forgotten(account);
          rechecks.forget(account);
          log.add(
            'info',
            'account.removed',
            `${record.label} at ${desks.nameOf(record.venue)} was removed`,
            who(record),
          );
          return {};
        },
        'accounts.recheck': ({ account }) => rechecks.now(account),
        async 'keys.choose'(choice) {
          await ring.choose(choice.kind, choice.kind === 'vault' ? choice.passphrase : undefined);
          return {};
        },
        async 'keys.unlock'({ passphrase }) {
          await ring.unlock(passphrase);
          return {};
        },
      }),
      // Never refused: it only takes away.
      'keys.lock'() {
        ring.lock();
        return {};
      },
    },
  };
}

/** A part of a key in the field of its name: names are written down and shown. */
function refuseSecretLabel(label: string, credentials: Credentials | undefined): void {
  if (!credentials) return;
  for (const half of [credentials.apiKey.reveal(), credentials.secret.reveal()]) {
    if (!label.includes(half) && (label.length < 8 || !half.includes(label))) continue;
    throw new HeartlineError('input.invalid', 'label: this is a part of the key');
  }
}

function pasted(apiKey: string, secret: string): Credentials {
  return { apiKey: new Secret(apiKey), secret: new Secret(secret) };
}

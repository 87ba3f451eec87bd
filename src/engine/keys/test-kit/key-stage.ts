import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeartlineError } from '#shared/base/errors.ts';
import type { Environment, KeyRights } from '#shared/domain/account.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock, type VirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { AccountVenue, Credentials, SignedCall } from '#venues/account.ts';
import type { AccountClient } from '../../accounts/account-client.ts';
import { createEventLog, type EventLog } from '../../health/event-log.ts';
import { createKeyRoom, type KeyRoom, type KeyRoomOptions } from '../key-room.ts';
import { createKeyringDouble, type KeyringDouble } from './keyring-double.ts';

export const VENUE = venueId('bybit');
export const PASSPHRASE = 'a passphrase for tests only';

/** A key the venue double knows: what it may do, or how the venue answers instead. */
export interface VenueKey {
  readonly secret: string;
  readonly environment?: Environment;
  readonly rights?: Partial<KeyRights>;
  /** An error code of `AccountClient.call`. */
  readonly fails?: string;
}

export const GOOD: KeyRights = {
  read: 'yes',
  trade: 'yes',
  withdraw: 'no',
  transfer: 'no',
  ipBound: 'yes',
  checkedAt: 0,
};

export interface KeyStage {
  readonly clock: VirtualClock;
  readonly dataDir: string;
  readonly log: EventLog;
  readonly keyring: KeyringDouble;
  /** What the venue knows, by api key. */
  readonly keys: Map<string, VenueKey>;
  /** How often the venue was asked. */
  readonly asked: { count: number };
  room(options?: Partial<KeyRoomOptions>): Promise<KeyRoom>;
  /** Lets promises settle that nobody can be asked for. */
  settle(): Promise<void>;
  /** The bytes of every file below the data folder. */
  files(): Readonly<Record<string, Buffer>>;
  /** Codes of the log, oldest first. */
  codes(): readonly string[];
  dispose(): void;
}

/** A key room on invented time, with a venue and a keychain that do as they are told. */
export function createKeyStage(): KeyStage {
  const clock = createVirtualClock();
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-keys-'));
  const log = createEventLog(clock);
  const keyring = createKeyringDouble();
  const keys = new Map<string, VenueKey>();
  const asked = { count: 0 };
  const rooms: KeyRoom[] = [];

  const venue = {
    id: VENUE,
    environments: { mainnet: NOWHERE, demo: NOWHERE },
    rest: { rights: () => ({ told: [toldCall], probed: [], assumed: {} }) },
  } as unknown as AccountVenue;

  const clientFor = (
    _venue: AccountVenue,
    environment: Environment,
    credentials: Credentials,
  ): AccountClient => ({
    async call<Answer>() {
      asked.count += 1;
      const apiKey = credentials.apiKey.reveal();
      const secret = credentials.secret.reveal();
      const known = keys.get(apiKey);
      // The rudest of venues: what it was shown is in its answer.
      const fail = (code: string): never => {
        throw new HeartlineError(code, `HTTP 401: key ${apiKey} with ${secret} is not good`, {
          details: { venue: VENUE, venueCode: apiKey, status: 401 },
        });
      };
      if (!known || (known.environment ?? 'simulator') !== environment) return fail('account.wrong-key');
      if (known.secret !== secret) return fail('account.wrong-secret');
      if (known.fails) return fail(known.fails);
      return { ...GOOD, ...known.rights } as Answer;
    },
    signing: () => {
      throw new Error('nobody signs here');
    },
    gauges: () => [],
    dispose: () => undefined,
  });

  return {
    clock,
    dataDir,
    log,
    keyring,
    keys,
    asked,
    async room(options = {}) {
      const room = createKeyRoom({
        clock,
        dataDir,
        log,
        desks: [
          {
            venue,
            name: 'Bybit',
            environments: ['simulator', 'mainnet'],
            demoKey: async () => ({ apiKey: 'demo-key-0001', secret: 'demo-secret-0001' }),
          },
        ],
        clientFor,
        store: 'auto',
        keyring: keyring.load,
        vaultCost: { n: 1024, r: 8, p: 1 },
        ...options,
      });
      rooms.push(room);
      await room.ready;
      return room;
    },
    async settle() {
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    },
    files() {
      const names = readdirSync(dataDir, { recursive: true, withFileTypes: true });
      return Object.fromEntries(
        names
          .filter((entry) => entry.isFile())
          .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))]),
      );
    },
    codes: () => log.entries.map(({ code }) => code),
    dispose() {
      for (const room of rooms) room.dispose();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const NOWHERE = { rest: 'https://nowhere.invalid', ws: 'wss://nowhere.invalid' };

const toldCall = {
  method: 'GET',
  section: 'private',
  path: 'rights',
  params: {},
  scope: 'any',
  weight: 1,
  parse: (body: unknown) => body,
} as SignedCall<Partial<KeyRights>>;

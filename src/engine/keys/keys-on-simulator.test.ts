import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import type { KeyVerdict } from '#shared/domain/account.ts';
import { type VenueId, venueId } from '#shared/domain/instrument.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { accountsAt } from '#venues/account-registry.ts';
import { createAccountClient } from '../accounts/create-account-client.ts';
import { createEventLog } from '../health/event-log.ts';
import { createKeyRoom, type KeyRoom } from './key-room.ts';

/** As `/_sim/keys` lists them. */
interface SimKey {
  readonly name: string;
  readonly apiKey: string;
  readonly secret: string;
}

let simulator: Simulator;
let dataDir: string;
beforeAll(async () => {
  simulator = await startSimulator({ seed: 11 });
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-keys-sim-'));
});
afterAll(async () => {
  await simulator.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function keysOf(venue: VenueId): Promise<ReadonlyMap<string, SimKey>> {
  const answer = await fetch(`${simulator.address.control}/_sim/keys?venue=${venue}`);
  const { keys } = (await answer.json()) as { keys: readonly SimKey[] };
  return new Map(keys.map((key) => [key.name, key]));
}

/** The real codecs, the real client, the simulator's own signature checks. */
function openRoom({ offsetMs = 0, port }: { offsetMs?: number; port?: number } = {}): KeyRoom {
  const places = accountsAt(({ id }) => {
    const at = simulator.address.venues[id];
    return at && port !== undefined ? { ...at, rest: `http://127.0.0.1:${port}` } : at;
  });
  return createKeyRoom({
    clock: systemClock,
    dataDir,
    log: createEventLog(systemClock),
    desks: places.map(({ venue, name }) => ({
      venue,
      name,
      environments: ['simulator'],
      demoKey: () => simulator.demoKey(venue.id),
    })),
    clientFor(venue, _environment, credentials) {
      const endpoints = places.find((place) => place.venue.id === venue.id)?.endpoints;
      if (!endpoints) throw new Error(`the simulator has no ${venue.id}`);
      return createAccountClient({
        venue,
        endpoints,
        clock: systemClock,
        fetch,
        credentials,
        clockOffsetMs: () => offsetMs,
        measureClock: async () => undefined,
      });
    },
    store: 'memory',
  });
}

const said = (verdict: KeyVerdict) =>
  'reason' in verdict ? `${verdict.kind} ${verdict.reason}` : verdict.kind;

describe.each(['binance', 'bybit', 'upbit', 'bithumb'])('a key of the simulated %s', (name) => {
  const venue = venueId(name);
  const environment = 'simulator';

  test('is worth what its rights are', async () => {
    const room = openRoom();
    const keys = await keysOf(venue);
    const verdicts: Record<string, string> = {};
    for (const kind of ['trade', 'read-only', 'withdraw', 'transfer', 'expired', 'mainnet']) {
      const { apiKey, secret } = keys.get(kind) ?? { apiKey: 'no such key', secret: '' };
      const { verdict } = await room.requests['accounts.check']({ venue, environment, apiKey, secret });
      verdicts[kind] = said(verdict);
    }
    room.dispose();
    expect(verdicts).toEqual(EXPECTED[name]);
  });

  test('that is not what it should be says what is the matter', async () => {
    const { apiKey, secret } = await simulator.demoKey(venue);
    const check = async (room: KeyRoom, key: { apiKey: string; secret: string }) => {
      const { verdict } = await room.requests['accounts.check']({ venue, environment, ...key });
      room.dispose();
      return said(verdict);
    };
    expect({
      'wrong secret': await check(openRoom(), { apiKey, secret: secret.split('').toReversed().join('') }),
      'unknown key': await check(openRoom(), { apiKey: apiKey.split('').toReversed().join(''), secret }),
      'clock an hour ahead': await check(openRoom({ offsetMs: 3_600_000 }), { apiKey, secret }),
      'nobody there': await check(openRoom({ port: 9 }), { apiKey, secret }),
    }).toEqual({
      // Bithumb has one word for a key it does not know and a token it cannot verify.
      'wrong secret': name === 'bithumb' ? 'refused wrong-key' : 'refused wrong-secret',
      'unknown key': 'refused wrong-key',
      // Upbit's tokens have no time in them.
      'clock an hour ahead': name === 'upbit' ? 'trade' : 'refused clock',
      'nobody there': 'refused unreachable',
    });
  });

  test('of the demo is kept; revoked, it is refused from the next look on', async () => {
    const room = openRoom();
    const { account } = await room.requests['accounts.addDemo']({ venue });
    if (!account) throw new Error('the demo key was refused');
    const strike = (action: string) =>
      fetch(`${simulator.address.control}/_sim/accounts`, {
        method: 'POST',
        body: JSON.stringify({ venue, key: 'trade', action }),
      });
    await strike('revoke');
    const revoked = said((await room.requests['accounts.recheck']({ account })).verdict);
    const refusal = room.records.map((record) => record.refusal);
    await strike('restore');
    const restored = said((await room.requests['accounts.recheck']({ account })).verdict);
    room.dispose();
    expect([revoked, refusal, restored, room.records.map((record) => record.refusal)]).toEqual([
      'refused wrong-key',
      ['wrong-key'],
      EXPECTED[name]?.['trade'],
      [undefined],
    ]);
  });

  test('leaves nothing of itself in the data folder', async () => {
    const texts = [...(await keysOf(venue)).values()].flatMap(({ apiKey, secret }) => [apiKey, secret]);
    const files = readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file), 'utf8'));
    expect(texts.filter((text) => files.some((file) => file.includes(text)))).toEqual([]);
  });
});

const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  binance: {
    trade: 'trade',
    'read-only': 'read-only no-trade',
    withdraw: 'refused withdraw',
    transfer: 'refused transfer',
    // Binance has one word for a key that ended and one that never was.
    expired: 'refused wrong-key',
    mainnet: 'refused wrong-key',
  },
  bybit: {
    trade: 'trade',
    'read-only': 'read-only no-trade',
    withdraw: 'refused withdraw',
    transfer: 'refused transfer',
    expired: 'refused expired',
    mainnet: 'refused wrong-key',
  },
  upbit: {
    trade: 'trade',
    'read-only': 'read-only no-trade',
    withdraw: 'refused withdraw',
    transfer: 'refused transfer',
    expired: 'refused expired',
    mainnet: 'refused wrong-key',
  },
  bithumb: {
    trade: 'trade',
    'read-only': 'read-only no-trade',
    withdraw: 'refused withdraw',
    transfer: 'trade',
    expired: 'refused expired',
    mainnet: 'refused wrong-key',
  },
};

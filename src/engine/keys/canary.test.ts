import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Api, EvidenceFile } from '#shared/contract/api.ts';
import type { ServerMessage } from '#shared/contract/protocol.ts';
import { serveClient } from '#shared/contract/server.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createChannelPair } from '#shared/test-kit/channel-pair.ts';
import { defaultSettings } from '../default-settings.ts';
import { createIncidentRoom } from '../health/incident-room.ts';
import { createMarketList } from '../market/market-list.ts';
import { createPublisher } from '../publisher/publisher.ts';
import type { KeyRoom } from './key-room.ts';
import { createKeyStage, GOOD, type KeyStage, PASSPHRASE, VENUE } from './test-kit/key-stage.ts';

/** G38: a key nobody has ever seen goes every way a key can go, and is then looked for everywhere. */

const ENCODINGS = ['utf8', 'hex', 'base64'] as const;
/** As long as the shortest venue makes them; the parts show up where a text was cut. */
const canary = () => `cnry${randomBytes(16).toString('hex')}`;

interface Canary {
  readonly apiKey: string;
  readonly secret: string;
}
const born: string[] = [PASSPHRASE];
function hatch(): Canary {
  const one = { apiKey: canary(), secret: canary() };
  born.push(one.apiKey, one.secret);
  return one;
}

/** Where a canary, or sixteen letters of one, is in these bytes, in whatever coat. */
function hitsIn(bytes: Buffer): readonly string[] {
  return born.flatMap((text) =>
    ENCODINGS.flatMap((encoding) => {
      const coat = Buffer.from(text).toString(encoding);
      const parts = [coat.slice(0, 16), coat.slice(-20, -4), coat.slice(12, 28)];
      return parts.some((part) => bytes.includes(part)) ? [`${encoding} of ${text.slice(0, 8)}…`] : [];
    }),
  );
}
const hits = (place: unknown) =>
  hitsIn(Buffer.from(typeof place === 'string' ? place : JSON.stringify(place)));

let stage: KeyStage;
beforeEach(() => {
  stage = createKeyStage();
});
afterEach(() => stage.dispose());

/** The engine's contract around the room: the real server, log, and evidence. */
function windowOf(room: KeyRoom) {
  const { clock, dataDir, log } = stage;
  const markets = createMarketList();
  const health = () => ({
    asOf: clock.now(),
    engine: { memoryMb: 0, eventLoopDelayMs: 0 },
    connections: [],
    clockOffsetMs: {},
  });
  const incidents = createIncidentRoom({
    clock,
    log,
    dataDir,
    markets,
    settings: () => defaultSettings([{ favourites: [instrumentId('bybit:BTC-USDT-PERP')] }]),
    app: { version: '1.0.0', mode: 'live', environment: 'mainnet', shell: 'headless' },
    health,
    metrics: () => undefined,
    link: () => 'up',
  });
  const publisher = createPublisher({
    marketOf: markets.of,
    watchEach: markets.watchEach,
    log,
    health,
    published: () => undefined,
  });
  const requests = { ...room.requests, ...incidents.requests } as Record<string, (input: never) => unknown>;
  const thrown: unknown[] = [];
  const api: Api = {
    request: (async (name: string, input: never) => {
      try {
        return await requests[name]?.(input);
      } catch (fault) {
        thrown.push(fault);
        throw fault;
      }
    }) as Api['request'],
    watch: ((name: string, _input: never, changed: () => void) => {
      if (name === 'log') return publisher.watches.log({}, changed);
      const undo = room.onChange(changed);
      return { take: () => ({ keys: room.view(), accounts: room.records }), dispose: undo };
    }) as Api['watch'],
  };
  const { client, server } = createChannelPair();
  const heard: ServerMessage[] = [];
  const faults: unknown[] = [];
  const answers = new Map<number, (message: ServerMessage) => void>();
  client.onMessage((message) => {
    heard.push(message);
    if (message.t === 'batch') client.send({ t: 'ack', seq: message.seq });
    if (message.t === 'answer' || message.t === 'refusal') answers.get(message.id)?.(message);
  });
  serveClient(server, api, clock, { onFault: (fault) => faults.push(fault) });
  client.send({ t: 'watch', id: 1, name: 'log', input: {} });
  client.send({ t: 'watch', id: 2, name: 'accounts', input: {} });
  let lastId = 2;
  return {
    heard,
    thrown,
    faults,
    async ask(name: string, input: object): Promise<unknown> {
      lastId += 1;
      const id = lastId;
      let answer: ServerMessage | undefined;
      answers.set(id, (message) => {
        answer = message;
      });
      client.send({ t: 'request', id, name, input });
      while (answer === undefined) {
        clock.advance(5);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return answer.t === 'answer' ? answer.output : answer;
    },
    dispose: () => incidents.dispose(),
  };
}

const BAD_ENDS = [
  { fails: 'account.wrong-key' },
  { fails: 'account.address' },
  { fails: 'account.venue.error' },
  { fails: 'account.clock' },
  { fails: 'venue.answer' },
  { fails: 'rest.unreachable' },
  { rights: { ...GOOD, withdraw: 'yes' } },
  { rights: { ...GOOD, transfer: 'yes' } },
  { rights: { ...GOOD, read: 'no' } },
] as const;

describe.each(['keychain', 'vault', 'memory'] as const)('a canary key (%s)', (kind) => {
  test('is found nowhere, whatever was done with it and whatever the venue said', async () => {
    const room = await stage.room();
    const window = windowOf(room);
    const where = { venue: VENUE, environment: 'simulator' } as const;
    await window.ask('keys.choose', kind === 'vault' ? { kind, passphrase: PASSPHRASE } : { kind });

    // Refused in every way there is; checked, added, rotated to.
    const own = hatch();
    stage.keys.set(own.apiKey, { secret: own.secret });
    const { account } = (await window.ask('accounts.add', { ...where, label: 'Mine', ...own })) as {
      account: string;
    };
    for (const end of BAD_ENDS) {
      const bad = hatch();
      stage.keys.set(bad.apiKey, { secret: bad.secret, ...end });
      await window.ask('accounts.check', { ...where, ...bad });
      await window.ask('accounts.add', { ...where, label: 'Bad', ...bad });
      await window.ask('accounts.rotate', { account, ...bad });
      await window.ask('accounts.add', {
        ...where,
        label: 'Bad',
        apiKey: bad.apiKey,
        secret: hatch().secret,
      });
    }
    // Not even a key: a space in it, a field too many, none of an account's ids.
    await window.ask('accounts.add', {
      ...where,
      label: 'x',
      apiKey: `${own.apiKey} `,
      secret: `${own.secret} x`,
    });
    await window.ask('accounts.check', { ...where, ...own, passphrase: own.secret });
    await window.ask('accounts.add', { ...where, label: 'Twice', ...own });

    // Well done: rotated, rechecked, locked, unlocked, its secret damaged, removed.
    const next = hatch();
    stage.keys.set(next.apiKey, { secret: next.secret });
    await window.ask('accounts.rotate', { account, ...next });
    await window.ask('accounts.recheck', { account });
    await window.ask('keys.lock', {});
    await window.ask('keys.unlock', { passphrase: hatch().secret });
    await window.ask('keys.unlock', { passphrase: PASSPHRASE });
    stage.keys.set(next.apiKey, { secret: next.secret, rights: { ...GOOD, withdraw: 'yes' } });
    const last = hatch();
    stage.keys.set(last.apiKey, { secret: last.secret });
    await window.ask('accounts.add', { ...where, label: 'Last', ...last });
    await window.ask('accounts.recheck', { account });
    stage.keyring.mood = 'gone';
    const homeless = hatch();
    stage.keys.set(homeless.apiKey, { secret: homeless.secret });
    await window.ask('accounts.add', { ...where, label: 'Homeless', ...homeless });
    stage.keyring.mood = 'open';
    await window.ask('keys.unlock', { passphrase: PASSPHRASE });

    // What is kept is where it belongs: the search can find something.
    const held = room.records.map(({ id }) => room.credentialsOf(id)?.apiKey.reveal());
    expect(held).toContain(last.apiKey);
    expect(hits([...stage.keyring.entries]).length > 0).toBe(kind === 'keychain');

    const evidence = (await window.ask('evidence.export', {
      from: 0,
      to: stage.clock.now(),
    })) as EvidenceFile;
    const unzipped = unzipSync(evidence.bytes);
    const kinds = new Set(window.heard.map(({ t }) => t));
    expect([[...kinds].toSorted(), Object.keys(unzipped).length > 1, window.thrown.length > 0]).toEqual([
      ['answer', 'batch', 'refusal'],
      true,
      true,
    ]);
    const places: Record<string, readonly string[]> = {
      log: hits(stage.log.entries),
      'messages to the window': hits(window.heard),
      'errors with their causes': hits(
        inspect([window.thrown, window.faults], { depth: 20, showHidden: true }),
      ),
      'what printing a room shows': hits(inspect(room, { depth: 20, showHidden: true })),
      views: hits([room.view(), room.records]),
      'argv and environment': hits([process.argv, process.env, process.title]),
    };
    for (const [name, bytes] of Object.entries(stage.files())) places[`file ${name}`] = hitsIn(bytes);
    for (const [name, bytes] of Object.entries(unzipped))
      places[`evidence ${name}`] = hitsIn(Buffer.from(bytes));
    window.dispose();
    expect(Object.entries(places).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(Object.keys(stage.files()).includes('keys.vault')).toBe(kind === 'vault');
  });

  test('leaves nothing behind when it is removed', async () => {
    const room = await stage.room();
    await room.requests['keys.choose'](kind === 'vault' ? { kind, passphrase: PASSPHRASE } : { kind });
    const own = hatch();
    stage.keys.set(own.apiKey, { secret: own.secret });
    const { account } = await room.requests['accounts.add']({
      venue: VENUE,
      environment: 'simulator',
      label: 'Mine',
      ...own,
    });
    if (!account) throw new Error('the key was refused');
    await room.requests['accounts.remove']({ account });
    expect([
      room.credentialsOf(account),
      hits([...stage.keyring.entries]),
      hits(Object.values(stage.files()).join()),
    ]).toEqual([undefined, [], []]);
  });
});

test('a secret that was damaged in the keychain is not quoted by whoever cannot read it', async () => {
  const own = hatch();
  stage.keys.set(own.apiKey, { secret: own.secret });
  const first = await stage.room();
  await first.requests['accounts.add']({ venue: VENUE, environment: 'simulator', label: 'Mine', ...own });
  for (const account of stage.keyring.entries.keys())
    stage.keyring.entries.set(account, `{"apiKey":${own.secret}`);
  const room = await stage.room();
  expect([
    hits(stage.log.entries),
    room.records.map(({ id }) => room.credentialsOf(id)),
    stage.codes().at(-1),
  ]).toEqual([[], [undefined], 'keys.missing']);
});

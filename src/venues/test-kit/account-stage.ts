import WebSocket from 'ws';
import type { AccountClient } from '#engine/accounts/account-client.ts';
import { createAccountClient } from '#engine/accounts/create-account-client.ts';
import { Secret } from '#shared/base/secret.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { startSimulator } from '#simulator/simulator.ts';
import type { AccountDecoded, AccountEndpoints, AccountVenue } from '../account.ts';

const PATIENCE_MS = 8_000;
const LOOK_EVERY_MS = 20;

interface StageKey {
  readonly name: string;
  readonly apiKey: string;
  readonly secret: string;
}

/** A private socket as a session would open it, with everything it said. */
export interface StageStream extends AsyncDisposable {
  readonly decoded: readonly AccountDecoded[];
  until(what: string, holds: (decoded: readonly AccountDecoded[]) => boolean): Promise<void>;
}

/** The simulator's accounts on real sockets, with the engine's signing client and the venues' own descriptions. */
export interface AccountStage extends AsyncDisposable {
  keyNamed(venue: AccountVenue, name: string): Promise<StageKey>;
  endpoints(venue: AccountVenue): AccountEndpoints;
  /** One client a key, as long as the stage stands. */
  client(venue: AccountVenue, key: StageKey): AccountClient;
  stream(venue: AccountVenue, key: StageKey): Promise<StageStream>;
  /** GET of the control endpoint. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  read(path: string): Promise<any>;
  /** POST to the control endpoint, which has to agree. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  post(path: string, body: unknown): Promise<any>;
}

export async function openAccountStage(): Promise<AccountStage> {
  const simulator = await startSimulator({ seed: 11 });
  const clients = new Map<string, AccountClient>();
  const streams = new Set<StageStream>();
  const { control, venues } = simulator.address;

  async function asked(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${control}/_sim/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`);
    return answer.json();
  }

  const stage: AccountStage = {
    async keyNamed(venue, name) {
      const { keys } = (await asked('GET', `keys?venue=${venue.id}`)) as { keys: readonly StageKey[] };
      const key = keys.find((one) => one.name === name);
      if (!key) throw new Error(`${venue.id} has no key ${name}`);
      return key;
    },
    endpoints(venue) {
      const endpoints = venues[venue.id];
      if (!endpoints) throw new Error(`the simulator has no ${venue.id}`);
      return endpoints;
    },
    client(venue, key) {
      const name = `${venue.id} ${key.name}`;
      const client =
        clients.get(name) ??
        createAccountClient({
          venue,
          endpoints: stage.endpoints(venue),
          clock: systemClock,
          fetch,
          credentials: { apiKey: new Secret(key.apiKey), secret: new Secret(key.secret) },
          clockOffsetMs: () => 0,
          measureClock: () => Promise.resolve(),
        });
      clients.set(name, client);
      return client;
    },
    async stream(venue, key) {
      const stream = await openStream(venue, stage.endpoints(venue), stage.client(venue, key));
      streams.add(stream);
      return stream;
    },
    read: (path) => asked('GET', path),
    post: (path, body) => asked('POST', path, body),
    async [Symbol.asyncDispose]() {
      for (const stream of streams) await stream[Symbol.asyncDispose]();
      for (const client of clients.values()) client.dispose();
      await simulator.stop();
    },
  };
  return stage;
}

async function openStream(
  { stream }: AccountVenue,
  endpoints: AccountEndpoints,
  client: AccountClient,
): Promise<StageStream> {
  const token = stream.token && (await client.call(stream.token.create()));
  const headers = stream.headers?.(client.signing()) ?? {};
  const socket = new WebSocket(stream.url(endpoints, token), { headers, perMessageDeflate: false });
  const decode = stream.createDecoder();
  const decoded: AccountDecoded[] = [];
  const subscribe = () => {
    const frame = stream.subscribeFrame?.();
    if (frame !== undefined) socket.send(frame);
  };
  let fault: string | undefined;
  let isOpen = false;
  socket.on('error', ({ message }) => {
    fault = message;
  });
  socket.on('open', () => {
    isOpen = true;
    const login = stream.loginFrame?.(client.signing());
    if (login === undefined) subscribe();
    else socket.send(login);
  });
  socket.on('message', (data) => {
    const news = decode(new Uint8Array(data as Buffer), systemClock.now());
    decoded.push(...news);
    if (news.some(({ kind }) => kind === 'logged-in')) subscribe();
  });
  const opened: StageStream = {
    decoded,
    async until(what, holds) {
      const endsAt = systemClock.monotonic() + PATIENCE_MS;
      while (!holds(decoded)) {
        if (fault !== undefined) throw new Error(`${what}: ${fault}`);
        const refusal = decoded.find(({ kind }) => kind === 'login-refused');
        if (refusal) throw new Error(`${what}: ${JSON.stringify(refusal)}`);
        if (systemClock.monotonic() > endsAt) {
          throw new Error(`waited in vain for ${what}; heard: ${JSON.stringify(decoded).slice(0, 2_000)}`);
        }
        await new Promise<void>((resolve) => systemClock.after(LOOK_EVERY_MS, resolve));
      }
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
    },
  };
  await opened.until('the private socket', (all) =>
    stream.confirms ? all.some(({ kind }) => kind === 'ready') : isOpen,
  );
  return opened;
}

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer } from 'ws';
import { systemClock } from '../base/system-clock.ts';
import type { ScriptedApi } from '../test-kit/scripted-api.ts';
import { createScriptedApi, healthAt } from '../test-kit/scripted-api.ts';
import type { ContractClient } from './client.ts';
import { createClient } from './client.ts';
import type { BookView } from './columns.ts';
import type { PortLike } from './message-port-channel.ts';
import { connectDesktop, messagePortChannel, PORT_MESSAGE } from './message-port-channel.ts';
import type { ClientChannel, ServerChannel } from './protocol.ts';
import { serveClient } from './server.ts';
import { connectWebSocket, webSocketChannel } from './web-socket-channel.ts';

interface Transport {
  connect(): Promise<ClientChannel>;
  /** Ends the connection from the host's side. */
  cut(): void;
  stop(): Promise<void>;
}
type Serve = (channel: ServerChannel) => void;

/** As in the desktop: the page asks, a port arrives as a window message. */
async function messagePorts(serve: Serve): Promise<Transport> {
  let cut = () => undefined as unknown;
  return {
    connect() {
      const page = new EventTarget();
      const askForPort = () => {
        const { port1, port2 } = new MessageChannel();
        // Node's types give its port the DOM's narrower listener.
        serve(messagePortChannel(port1 as unknown as PortLike));
        cut = () => port1.close();
        page.dispatchEvent(
          Object.assign(new Event('message'), { source: page, data: PORT_MESSAGE, ports: [port2] }),
        );
      };
      return connectDesktop(page as never, { shell: 'desktop', askForPort });
    },
    cut: () => cut(),
    stop: async () => void cut(),
  };
}

/** As in the headless host: a real socket on loopback; the page's side is the standard WebSocket. */
async function webSockets(serve: Serve): Promise<Transport> {
  const host = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(host, 'listening');
  host.on('connection', (socket) => serve(webSocketChannel(socket)));
  const url = `ws://127.0.0.1:${(host.address() as AddressInfo).port}`;
  const cut = () => {
    for (const socket of host.clients) socket.terminate();
  };
  return {
    connect: () =>
      connectWebSocket({ open: () => new WebSocket(url), sessionStatus: () => Promise.resolve(204) }),
    cut,
    stop: () => {
      cut();
      return new Promise((resolve) => host.close(() => resolve()));
    },
  };
}

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open(make: (serve: Serve) => Promise<Transport>, api: ScriptedApi) {
  const transport = await make((channel) => {
    serveClient(channel, api, systemClock);
  });
  cleanups.push(() => transport.stop());
  const client = createClient({ connect: transport.connect, clock: systemClock });
  cleanups.push(() => client.close());
  await opened(client);
  return { client, transport };
}

function opened(client: ContractClient): Promise<void> {
  return new Promise((resolve) => {
    if (client.status === 'open') return resolve();
    const undo = client.onStatus((status) => {
      if (status !== 'open') return;
      undo();
      resolve();
    });
  });
}

const book = (updateId: number): BookView => ({
  instrument: 'binance:BTC-USDT-PERP' as BookView['instrument'],
  state: 'live',
  priceScale: 1,
  quantityScale: 3,
  bids: Float64Array.of(838_602, 1_500, 838_601, 2),
  asks: Float64Array.of(838_603, Number.NaN),
  updateId,
  venueTime: 1,
  receivedAt: 2,
});
const watched = { instrument: 'binance:BTC-USDT-PERP', depth: 2 } as const;

describe.each([
  ['message ports', messagePorts],
  ['web sockets', webSockets],
])('over %s', (_name, make) => {
  test('requests are answered and refused', async () => {
    const columns = () => ({ openTime: Float64Array.of(1, 2), closed: Uint8Array.of(1, 0) });
    const { client } = await open(make, createScriptedApi(columns));
    const input = { instrument: 'binance:BTC-USDT-PERP', interval: '1m', limit: 2 } as const;
    expect(await client.request('candles.load', input)).toEqual(columns());
    await expect(client.request('candles.load', { ...input, limit: 0 })).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });

  test('updates with typed arrays arrive as they were sent, and stop after the undo', async () => {
    const api = createScriptedApi();
    const { client } = await open(make, api);
    const books: BookView[] = [];
    const updates = new Promise<void>((resolve) => {
      const undo = client.watch('book', watched, (view) => {
        books.push(view);
        if (view.updateId === 3) {
          undo();
          resolve();
        } else api.sources[0]?.offer(book(view.updateId + 1));
      });
    });
    await client.request('settings.read', {});
    api.sources[0]?.offer(book(1));
    await updates;
    await client.request('settings.read', {});
    expect(books).toEqual([book(1), book(2), book(3)]);
    expect(api.sources[0]?.disposed).toBe(true);
  });

  test('a slow window gets the latest, not the queue', async () => {
    const api = createScriptedApi();
    const { client } = await open(make, api);
    const seen: number[] = [];
    const last = new Promise<void>((resolve) => {
      client.watch('health', {}, ({ asOf }) => {
        seen.push(asOf);
        // The window is busy while the engine goes on: nothing is acknowledged until this returns.
        if (asOf === 1) for (let next = 2; next <= 5_000; next += 1) api.sources[0]?.offer(healthAt(next));
        else resolve();
      });
    });
    await client.request('settings.read', {});
    api.sources[0]?.offer(healthAt(1));
    await last;
    expect(seen).toEqual([1, 5_000]);
  });

  test('a lost connection rejects what was asked, disposes the sources and comes back with its watches', async () => {
    const api = createScriptedApi((name) => (name === 'settings.read' ? {} : new Promise(() => undefined)));
    const { client, transport } = await open(make, api);
    const seen: number[] = [];
    client.watch('health', {}, ({ asOf }) => seen.push(asOf));
    await client.request('settings.read', {});
    const lost = client.request('instruments.list', {});
    transport.cut();
    await expect(lost).rejects.toMatchObject({ code: 'contract.closed' });
    await opened(client);
    await client.request('settings.read', {});
    expect(api.sources.map(({ name, disposed }) => [name, disposed])).toEqual([
      ['health', true],
      ['health', false],
    ]);
    const update = new Promise((resolve) => client.watch('log', {}, resolve));
    await client.request('settings.read', {});
    api.sources[1]?.offer(healthAt(9));
    api.sources[2]?.offer([]);
    await update;
    expect(seen).toEqual([9]);
  });

  test('a window that closes frees its sources', async () => {
    const api = createScriptedApi();
    const { client } = await open(make, api);
    client.watch('health', {}, () => undefined);
    await client.request('settings.read', {});
    client.close();
    await expect.poll(() => api.sources[0]?.disposed).toBe(true);
  });
});

test('a host that is gone is unreachable; one that no longer knows the session is a refusal', async () => {
  const closedPort = () => new NodeWebSocket('ws://127.0.0.1:9') as never;
  const outcome = (sessionStatus: () => Promise<number>) =>
    connectWebSocket({ open: closedPort, sessionStatus }).then(
      () => 'open',
      (fault) => fault.code,
    );
  expect([
    await outcome(() => Promise.resolve(401)),
    await outcome(() => Promise.resolve(204)),
    await outcome(() => Promise.reject(new TypeError('fetch failed'))),
  ]).toEqual(['contract.refused', 'contract.unreachable', 'contract.unreachable']);
});

test('only the page itself can hand the page a port', async () => {
  const page = new EventTarget();
  const { port1, port2 } = new MessageChannel();
  const foreign = new MessageChannel();
  cleanups.push(
    () => port1.close(),
    () => foreign.port1.close(),
  );
  const post = (source: unknown, data: unknown, ports: unknown[]) =>
    page.dispatchEvent(Object.assign(new Event('message'), { source, data, ports }));
  const channel = connectDesktop(page as never, {
    shell: 'desktop',
    askForPort() {
      post({}, PORT_MESSAGE, [foreign.port2]);
      post(page, 'something else', [foreign.port2]);
      post(page, PORT_MESSAGE, []);
      post(page, PORT_MESSAGE, [port2]);
    },
  });
  port1.postMessage('through the right one');
  expect(await new Promise((resolve) => void channel.then((c) => c.onMessage(resolve)))).toBe(
    'through the right one',
  );
});

test('gives a late port to the attempt that is under way, not to the one given up before it', async () => {
  const page = new EventTarget();
  const { port1, port2 } = new MessageChannel();
  cleanups.push(() => port1.close());
  const desktop = { shell: 'desktop', askForPort: () => undefined } as const;
  let toFirst = false;
  void connectDesktop(page as never, desktop).then((late) => {
    toFirst = true;
    late.close();
  });
  const second = connectDesktop(page as never, desktop);
  page.dispatchEvent(
    Object.assign(new Event('message'), { source: page, data: PORT_MESSAGE, ports: [port2] }),
  );
  const channel = await second;
  const heard = new Promise((resolve) => channel.onMessage(resolve));
  port1.postMessage('hello');
  expect([await heard, toFirst]).toEqual(['hello', false]);
});

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Clock } from '#shared/base/clock.ts';
import { type FaultSpec, type Faults, matches } from '../faults.ts';
import { HistoryWarmer } from '../history-warmer.ts';
import { json, listen, send, urlOf } from '../http.ts';
import type { Market } from '../market.ts';
import { Connection } from './connection.ts';
import type { Feed } from './feed.ts';
import type { Hub } from './hub.ts';
import { Rest } from './rest.ts';
import type { Route } from './stream-name.ts';

const CHECK_EVERY_MS = 250;
const MAX_INBOUND_BYTES = 64 * 1024;

export interface FacadeOptions {
  readonly faults: Faults;
  readonly clock: Clock;
  /** The market this façade shows; its listener must be the façade's `feed`. */
  market(): Market;
  /** Market time, ms. */
  now(): number;
  /** The ready line, for `/_sim/ready`. */
  ready(): unknown;
}

export interface BinanceFacade {
  readonly rest: string;
  readonly ws: string;
  stats(): unknown;
  /** Acts on what is connected now, for faults that strike at once. */
  strikeNow(spec: FaultSpec): void;
  /** Runs one step of the market with all sockets held back, so that each gets its frames in one write. */
  step(run: () => void): void;
  close(): Promise<void>;
}

/** Which route an upgrade path belongs to, and what it subscribes to by its URL; `undefined`: no such path. */
function parseUpgrade(
  url: URL,
): { readonly route: Route; readonly combined: boolean; readonly streams: readonly string[] } | undefined {
  const found = /^(?:\/(public|market|private))?\/(ws|stream)(?:\/(.*))?$/.exec(url.pathname);
  if (!found) return undefined;
  const [, routed, form, tail = ''] = found;
  const named = form === 'stream' ? (url.searchParams.get('streams') ?? '') : tail.replaceAll('%40', '@');
  // Tails that name no stream (`/public/ws/1`) are tolerated and mean nothing.
  const streams = named.split('/').filter((name) => name.includes('@') || name.startsWith('!'));
  return { route: (routed as Route | undefined) ?? 'unrouted', combined: form === 'stream', streams };
}

/** Serves the venue's REST and WebSocket protocol on one free loopback port. */
export async function openBinanceFacade(
  feed: Feed,
  hub: Hub,
  options: FacadeOptions,
): Promise<BinanceFacade> {
  const { faults, clock } = options;
  const connections = new Set<Connection>();
  const rest = new Rest({ market: options.market(), faults, clock, now: options.now });
  feed.attach(options.market());
  const warmer = new HistoryWarmer(clock);
  let nextConnectionId = 1;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: MAX_INBOUND_BYTES,
  });

  function respond(request: IncomingMessage, response: ServerResponse): void {
    const url = urlOf(request);
    if (url.pathname === '/_sim/ready') {
      send(response, json(options.ready()));
      return;
    }
    if (url.pathname === '/fapi/v1/klines') {
      const instrument = options.market().instruments.get(url.searchParams.get('symbol') ?? '');
      if (instrument) warmer.want(instrument.candles);
    }
    const outcome = rest.respond(request.method ?? 'GET', url);
    if (outcome.kind === 'frozen') return;
    if (outcome.delayMs > 0) clock.after(outcome.delayMs, () => send(response, outcome.answer));
    else send(response, outcome.answer);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const wanted = parseUpgrade(urlOf(request));
    if (!wanted) {
      refuse(socket, 404);
      return;
    }
    const subject = { venue: 'binance', route: wanted.route };
    // Half-open: the connection stands, and nobody answers.
    if (faults.strike('freeze', subject)) return;
    const refusal = faults.strike('refuse', subject);
    if (refusal) {
      refuse(socket, refusal.status);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const id = nextConnectionId++;
      const connection = new Connection({
        id,
        route: wanted.route,
        combined: wanted.combined,
        ws,
        socket,
        hub,
        faults,
        clock,
        now: options.now,
        closed: (ended) => connections.delete(ended),
      });
      connections.add(connection);
      connection.subscribe(wanted.streams);
      const short = faults.strike('acceptThenClose', connection.subject);
      if (short) clock.after(short.ms ?? 0, () => connection.close(short.code ?? 1001));
    });
  }

  const { server, port, close } = await listen(0, respond);
  server.on('upgrade', upgrade);
  const undoChecks = clock.every(CHECK_EVERY_MS, () => {
    for (const connection of connections) connection.check();
  });

  return {
    rest: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    stats: () => ({
      connections: [...connections].map((connection) => ({
        id: connection.id,
        route: connection.route,
        combined: connection.combined,
        streams: [...connection.streams],
        received: connection.received,
        sent: connection.sent,
      })),
      rest: rest.counts.requests,
    }),
    strikeNow(spec) {
      for (const connection of connections) {
        if (!matches(spec, connection.subject) && !matchesStream(spec, connection)) continue;
        if (spec.kind === 'close') connection.close(spec.code ?? 1001);
        else if (spec.kind === 'reset') connection.reset();
        else if (spec.kind === 'freeze') connection.check();
      }
    },
    step(run) {
      for (const connection of connections) connection.cork();
      run();
      for (const connection of connections) connection.uncork();
    },
    async close() {
      undoChecks();
      warmer.stop();
      for (const connection of connections) connection.terminate();
      await close();
    },
  };
}

/** A target may name a connection by a stream or symbol it carries. */
function matchesStream(spec: FaultSpec, connection: Connection): boolean {
  return [...connection.streams].some((stream) =>
    matches(spec, { ...connection.subject, stream, symbol: stream.slice(0, stream.indexOf('@')) }),
  );
}

function refuse(socket: Duplex, status: number | undefined): void {
  if (status === undefined) socket.destroy();
  else socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

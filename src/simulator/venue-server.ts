import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { ClientSocket } from './client-socket.ts';
import type { Facade, FacadeSite } from './facade.ts';
import { type FaultSpec, matches } from './faults.ts';
import type { FrameWords } from './frame-faults.ts';
import { type Answer, bodyOf, json, listen, send, sendHalf, urlOf } from './http.ts';
import type { Market } from './market.ts';
import type { RestOutcome } from './rest-faults.ts';

const CHECK_EVERY_MS = 250;
const MAX_INBOUND_BYTES = 64 * 1024;
/** How old a connection gets under a `connectionLife` that does not say. */
const STANDARD_LIFE_MS = 60_000;

/** One client as the venue sees it. */
export interface VenueConnection {
  readonly client: ClientSocket;
  /** What it is subscribed to, in the venue's words. */
  readonly streams: Iterable<string>;
  /** The venue's housekeeping, about four times a second. */
  check(): void;
  /** More to show in the stats. */
  describe?(): Readonly<Record<string, unknown>>;
}

/** What differs from venue to venue. */
export interface VenueManner {
  readonly id: string;
  readonly markets: ReadonlyMap<string, Market>;
  readonly words: FrameWords;
  /** True where the venue sends everything in binary frames. */
  readonly isBinary: boolean;
  symbolOf(stream: string): string;
  /**
   * Which route an upgrade belongs to; `undefined`: no such path. A number: refused with that HTTP status; an answer:
   * refused with it, headers and body.
   */
  routeOf(url: URL, request: IncomingMessage): string | number | Answer | undefined;
  connect(client: ClientSocket, url: URL, request: IncomingMessage): VenueConnection;
  /** `body`: as it came, empty where there was none. What was sent exactly as a query is in `request.url`. */
  respond(request: IncomingMessage, url: URL, body: string): RestOutcome | Promise<RestOutcome>;
  /** Requests so far, by path. */
  readonly requests: Readonly<Record<string, number>>;
  /** How a connection ends that has become too old. */
  readonly lifeEnd: { readonly code: number; readonly reason: string };
  /** How connections end when the venue goes into maintenance, and what it may say before. */
  readonly maintenance: { readonly code: number; readonly reason: string; readonly notice?: string };
  /** Extra headers on every upgrade answer. */
  upgradeHeaders?(): readonly string[];
}

/** Serves one venue on a free loopback port: everything about sockets and faults that all venues share. */
export async function openVenueServer(manner: VenueManner, site: FacadeSite): Promise<Facade> {
  const { faults, clock } = site;
  const venue = manner.id;
  const connections = new Set<VenueConnection>();
  let nextConnectionId = 1;
  /** Answers so far, by HTTP status, and upgrades the venue refused for reasons of its own (limits, paths). */
  const answers: Record<string, number> = {};
  let refusedUpgrades = 0;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: MAX_INBOUND_BYTES,
  });
  const { upgradeHeaders } = manner;
  if (upgradeHeaders) sockets.on('headers', (headers) => headers.push(...upgradeHeaders()));

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = urlOf(request);
    if (url.pathname === '/_sim/ready') {
      send(response, json(site.ready()));
      return;
    }
    const body = await bodyIn(request);
    if (body === undefined) {
      send(response, { ...json({}, 413), headers: { connection: 'close' } });
      return;
    }
    const outcome = await manner.respond(request, url, body);
    const say = (answer: Answer) => {
      answers[answer.status] = (answers[answer.status] ?? 0) + 1;
      send(response, answer);
    };
    switch (outcome.kind) {
      case 'frozen':
        return;
      case 'cut':
        if (outcome.half) sendHalf(response, outcome.half);
        else request.socket.resetAndDestroy();
        return;
      case 'later':
        clock.after(outcome.delayMs, () => say(outcome.answer()));
        return;
      case 'answer':
        if (outcome.delayMs > 0) clock.after(outcome.delayMs, () => say(outcome.answer));
        else say(outcome.answer);
    }
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const url = urlOf(request);
    const route = manner.routeOf(url, request);
    if (typeof route !== 'string') {
      refusedUpgrades++;
      refuse(socket, route ?? 404);
      return;
    }
    const subject = { venue, route };
    // Half-open: the connection stands, and nobody answers.
    if (faults.strike('freeze', subject)) return;
    if (faults.flapsDown(subject)) {
      refuse(socket, undefined);
      return;
    }
    const refusal = faults.strike('maintenance', subject)
      ? { status: 503 }
      : faults.strike('refuse', subject);
    if (refusal) {
      refuse(socket, refusal.status);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => open(ws, socket, route, url, request));
  }

  function open(ws: WebSocket, socket: Duplex, route: string, url: URL, request: IncomingMessage): void {
    const client = new ClientSocket({
      id: nextConnectionId++,
      venue,
      route,
      ws,
      socket,
      words: manner.words,
      isBinary: manner.isBinary,
      symbolOf: (stream) => manner.symbolOf(stream),
      faults,
      clock,
    });
    const connection = manner.connect(client, url, request);
    connections.add(connection);
    ws.on('close', () => connections.delete(connection));
    const short = faults.strike('acceptThenClose', client.subject);
    if (short) clock.after(short.ms ?? 0, () => client.close(short.code ?? 1001));
  }

  function check(connection: VenueConnection): void {
    const { client } = connection;
    if (client.checkFrozen()) return;
    if (!faults.quiet) {
      if (faults.flapsDown(client.subject)) {
        client.reset();
        return;
      }
      const life = faults.holds('connectionLife', client.subject);
      if (life && clock.monotonic() - client.openedAt >= (life.ms ?? STANDARD_LIFE_MS)) {
        faults.strike('connectionLife', client.subject);
        client.close(life.code ?? manner.lifeEnd.code, manner.lifeEnd.reason);
        return;
      }
    }
    connection.check();
  }

  function maintain({ client }: VenueConnection, spec: FaultSpec): void {
    const { notice, code, reason } = manner.maintenance;
    if (notice !== undefined) client.answer(notice);
    client.close(spec.code ?? code, reason);
  }

  const { server, port, close } = await listen(0, (request, response) => void respond(request, response));
  server.on('upgrade', upgrade);
  const undoChecks = clock.every(CHECK_EVERY_MS, () => {
    for (const connection of connections) check(connection);
  });

  return {
    rest: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    markets: manner.markets,
    stats: () => ({
      connections: [...connections].map((connection) => ({
        id: connection.client.id,
        route: connection.client.route,
        ...connection.describe?.(),
        streams: [...connection.streams],
        received: connection.client.received,
        sent: connection.client.sent,
      })),
      rest: manner.requests,
      answers,
      refusedUpgrades,
    }),
    strikeNow(spec) {
      for (const connection of connections) {
        if (!concerns(spec, connection)) continue;
        if (spec.kind === 'close') connection.client.close(spec.code ?? 1001);
        else if (spec.kind === 'reset') connection.client.reset();
        else if (spec.kind === 'maintenance') maintain(connection, spec);
        else check(connection);
      }
    },
    step(run) {
      for (const { client } of connections) client.cork();
      run();
      for (const { client } of connections) client.uncork();
    },
    async close() {
      undoChecks();
      for (const { client } of connections) client.terminate();
      await close();
    },
  };
}

/** A target may name a connection by a stream or symbol it carries. */
function concerns(spec: FaultSpec, { client, streams }: VenueConnection): boolean {
  return (
    matches(spec, client.subject) || [...streams].some((stream) => matches(spec, client.subjectOf(stream)))
  );
}

function refuse(socket: Duplex, refusal: number | Answer | undefined): void {
  if (refusal === undefined) {
    socket.destroy();
    return;
  }
  const { status, body, headers }: Answer =
    typeof refusal === 'number' ? { status: refusal, body: '' } : refusal;
  const typed = body === '' ? {} : { 'Content-Type': 'application/json;charset=UTF-8' };
  const lines = Object.entries({
    Connection: 'close',
    ...typed,
    ...headers,
    'Content-Length': String(Buffer.byteLength(body)),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`);
}

/** The body of a request, read only where one was announced; `undefined`: too long, or broken off. */
async function bodyIn(request: IncomingMessage): Promise<string | undefined> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return '';
  try {
    return await bodyOf(request);
  } catch {
    // Whoever sent it learns so from the answer, where there is still somebody to answer.
    return undefined;
  }
}

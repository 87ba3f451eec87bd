import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { strictHeaders } from '#shared/base/page-serving.ts';
import { isOurHost, isOurOrigin } from './guards.ts';
import type { LoginTokens } from './login-tokens.ts';
import type { MetricsDoor } from './metrics-door.ts';
import type { PageFile, PageFiles } from './page-files.ts';
import type { Sessions } from './sessions.ts';

const MAX_BODY_BYTES = 1024;
const STRICT_HEADERS = strictHeaders('self');
/** What Node finds wrong with a request before we see it; anything else is a 400. */
const STATUS_OF_FAULT: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

export interface HttpParts {
  /** The port is known only once the server listens; so are the sessions named after it. */
  readonly port: () => number;
  readonly sessions: () => Sessions;
  readonly tokens: LoginTokens;
  readonly pageFiles: PageFiles;
  readonly loginFiles: PageFiles;
  /** Absent: there is no `/metrics`. */
  readonly metrics?: MetricsParts | undefined;
}

export interface MetricsParts {
  readonly door: MetricsDoor;
  readonly type: string;
  read(): Promise<string>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/**
 * The host's HTTP side. Without a session it serves nothing but the login page:
 *
 *     GET  /         the window, or the login page
 *     GET  /session  204 with a session, 401 without
 *     POST /login    {"token"} → 204 and a session cookie; 400, 401 or 429 with {"code"}
 *     GET  /metrics  the figures as Prometheus text, with a session or the token of the data folder; only where asked for
 */
export function createHttpServer(parts: HttpParts): Server {
  const server = createServer(
    {
      // A client that dawdles is dropped, checked every second.
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      // Room for a browser's cookies of every host it has seen at this address, one for each port: 180 at most.
      maxHeaderSize: 16_384,
      // A missing name is refused by us, in our own way.
      requireHostHeader: false,
    },
    (request, response) => {
      answerTo(parts, request).then(
        (answer) => send(response, answer),
        // The client left half-way, or a file went away under us (the window was built anew).
        () => send(response, text(500, 'Heartline could not read that: start it again.')),
      );
    },
  );
  server.maxConnections = 128;
  server.on('checkExpectation', (_request, response) =>
    send(response, text(417, 'That cannot be expected.')),
  );
  server.on('clientError', (fault: NodeJS.ErrnoException, socket) => {
    if (socket.writable) refuse(socket, STATUS_OF_FAULT[fault.code ?? ''] ?? 400);
    else socket.destroy();
  });
  return server;
}

/** Answers where there is no response to answer with: a request that is none, a window that may not connect. */
export function refuse(socket: Duplex, status: number): void {
  // A client that is gone already is no concern of ours.
  socket.on('error', () => undefined);
  const headers = {
    ...STRICT_HEADERS,
    'Cache-Control': 'no-store',
    Connection: 'close',
    'Content-Length': '0',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`, () => socket.destroy());
}

async function answerTo(parts: HttpParts, request: IncomingMessage): Promise<Answer> {
  if (!isOurHost(request.headers, parts.port())) {
    return text(403, 'Heartline does not answer under this name.');
  }
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return path === '/metrics' && parts.metrics
        ? metrics(parts.metrics, parts.sessions(), request.headers)
        : page(parts, path, request.headers.cookie);
    case 'POST':
      if (!isOurOrigin(request.headers)) return text(403, 'Only a page of this host may do that.');
      return path === '/login' ? login(parts, request) : text(404, 'There is nothing here.');
    default:
      return text(405, 'That is not how this is used.', { Allow: 'GET, HEAD, POST' });
  }
}

function page(parts: HttpParts, path: string, cookie: string | undefined): Answer {
  const known = parts.sessions().knows(cookie);
  if (path === '/session') return { status: known ? 204 : 401 };
  const name = path === '/' ? '/index.html' : path;
  // The login page's files stay reachable with a session: the page may still be open in another tab.
  const file = (known ? parts.pageFiles.get(name) : undefined) ?? parts.loginFiles.get(name);
  if (file) return contents(file);
  return known
    ? text(404, 'There is nothing here.')
    : text(401, 'Open the link that Heartline printed in its terminal.');
}

async function login(parts: HttpParts, request: IncomingMessage): Promise<Answer> {
  // A body of a stated length only, so that nothing long is ever read: Node holds the client to what it stated.
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (!(length <= MAX_BODY_BYTES)) {
    return text(413, 'That is no login.', { Connection: 'close' });
  }
  const token = tokenIn(await readBody(request));
  if (token === undefined) return json(400, { code: 'login.malformed' });
  const outcome = parts.tokens.redeem(token);
  switch (outcome.kind) {
    case 'accepted':
      return { status: 204, headers: { 'Set-Cookie': parts.sessions().open() } };
    case 'wrong':
      return json(401, { code: `login.${outcome.why}` });
    case 'locked': {
      const retryAfter = Math.ceil(outcome.retryAfterMs / 1000);
      return json(429, { code: 'login.locked', retryAfter }, { 'Retry-After': String(retryAfter) });
    }
  }
}

/** A page of another origin on this machine would send the cookie along: it is refused, whatever it could read. */
async function metrics(
  { door, type, read }: MetricsParts,
  sessions: Sessions,
  headers: IncomingHttpHeaders,
): Promise<Answer> {
  if (headers.origin !== undefined && !isOurOrigin(headers)) {
    return text(403, 'Only a page of this host may do that.');
  }
  if (!sessions.knows(headers.cookie)) {
    const entry = door.judge(headers.authorization);
    switch (entry.kind) {
      case 'open':
        break;
      case 'unknown':
      case 'wrong':
        return text(401, 'Send the token of the data folder as a bearer token.', {
          'WWW-Authenticate': 'Bearer',
        });
      case 'locked':
        return text(429, 'Too many wrong tokens.', {
          'Retry-After': String(Math.ceil(entry.retryAfterMs / 1000)),
        });
    }
  }
  return { status: 200, headers: { 'Content-Type': type }, body: Buffer.from(await read()) };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function tokenIn(body: string): string | undefined {
  try {
    const { token } = JSON.parse(body) as { token?: unknown };
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined; // not JSON, or nothing that has a token
  }
}

function contents({ type, immutable, read }: PageFile): Answer {
  const lasting = immutable ? { 'Cache-Control': 'private, max-age=31536000, immutable' } : {};
  return { status: 200, headers: { 'Content-Type': type, ...lasting }, body: read() };
}

function text(status: number, sentence: string, headers?: Record<string, string>): Answer {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(`${sentence}\n`) };
}

function json(status: number, body: object, headers?: Record<string, string>): Answer {
  const type = { 'Content-Type': 'application/json; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(body)) };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, {
    ...STRICT_HEADERS,
    'Cache-Control': 'no-store',
    ...headers,
    ...(body === undefined ? {} : { 'Content-Length': body.length }),
  });
  response.end(body);
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { isOurHost, isOurOrigin } from './guards.ts';
import type { LoginTokens } from './login-tokens.ts';
import type { PageFile, PageFiles } from './page-files.ts';
import type { Sessions } from './sessions.ts';
import { STRICT_HEADERS } from './strict-headers.ts';

const MAX_BODY_BYTES = 1024;

export interface HttpParts {
  /** The port is known only once the server listens. */
  readonly port: () => number;
  readonly tokens: LoginTokens;
  readonly sessions: () => Sessions;
  readonly pageFiles: PageFiles;
  readonly loginFiles: PageFiles;
}

/**
 * The host's HTTP side. Without a session it serves nothing but the login page:
 *
 *     GET  /         the window, or the login page
 *     GET  /session  204 with a session, 401 without
 *     POST /login    {"token"} → 204 and a session cookie; 401 or 429 with {"code"}
 */
export function createHttpServer(parts: HttpParts): Server {
  const server = createServer(
    {
      // A client that dawdles is dropped, checked every second.
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 8_192,
    },
    (request, response) => {
      respond(parts, request, response).catch(() => {
        // The client left half-way, or a file went away under us (the window was built anew).
        if (response.headersSent) response.destroy();
        else text(response, 500, 'Heartline could not read that: start it again.');
      });
    },
  );
  server.maxConnections = 128;
  return server;
}

async function respond(parts: HttpParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOurHost(request.headers, parts.port())) {
    return text(response, 403, 'Heartline does not answer under this name.');
  }
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return get(parts, path, request, response);
    case 'POST':
      if (!isOurOrigin(request.headers)) {
        return text(response, 403, 'Only a page of this host may do that.');
      }
      if (path === '/login') return login(parts, request, response);
      return text(response, 404, 'There is nothing here.');
    default:
      response.setHeader('Allow', 'GET, HEAD, POST');
      return text(response, 405, 'That is not how this is used.');
  }
}

function get(parts: HttpParts, path: string, request: IncomingMessage, response: ServerResponse): void {
  const known = parts.sessions().knows(request.headers.cookie);
  if (path === '/session') return empty(response, known ? 204 : 401);
  const name = path === '/' ? '/index.html' : path;
  const file = known ? parts.pageFiles.get(name) : undefined;
  // The login page's files stay reachable with a session: the page may still be open in another tab.
  const found = file ?? parts.loginFiles.get(name);
  if (found) return sendFile(response, found);
  if (known) return text(response, 404, 'There is nothing here.');
  return text(response, 401, 'Open the link that Heartline printed in its terminal.');
}

async function login(parts: HttpParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const token = tokenIn(await readBody(request));
  if (token === undefined) return json(response, 400, { code: 'login.malformed' });
  const outcome = parts.tokens.redeem(token);
  switch (outcome.kind) {
    case 'accepted':
      response.setHeader('Set-Cookie', parts.sessions().open());
      return empty(response, 204);
    case 'wrong':
      return json(response, 401, { code: `login.${outcome.why}` });
    case 'locked': {
      const retryAfter = Math.ceil(outcome.retryAfterMs / 1000);
      response.setHeader('Retry-After', String(retryAfter));
      return json(response, 429, { code: 'login.locked', retryAfter });
    }
  }
}

/** What is longer than any login is cut off there, and the connection with it. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop early ends the connection: nobody reads the rest.
    if (length > MAX_BODY_BYTES) break;
    chunks.push(chunk);
  }
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

function sendFile(response: ServerResponse, file: PageFile): void {
  const bytes = file.read();
  response.setHeader('Content-Type', file.type);
  if (file.immutable) response.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
  send(response, 200, bytes);
}

function text(response: ServerResponse, status: number, sentence: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  send(response, status, Buffer.from(`${sentence}\n`));
}

function json(response: ServerResponse, status: number, body: object): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  send(response, status, Buffer.from(JSON.stringify(body)));
}

function empty(response: ServerResponse, status: number): void {
  send(response, status, undefined);
}

function send(response: ServerResponse, status: number, body: Buffer | undefined): void {
  for (const [name, value] of Object.entries(STRICT_HEADERS)) response.setHeader(name, value);
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store');
  if (body !== undefined) response.setHeader('Content-Length', body.length);
  response.statusCode = status;
  response.end(body);
}

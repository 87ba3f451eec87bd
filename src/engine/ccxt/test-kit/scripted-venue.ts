import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text as it is. */
  readonly body: unknown;
}

/** One venue's wire as a test tells it: what it answers, and what it says when. */
export interface Script {
  /** Answers one GET; `undefined` is a 404. */
  rest(path: string, query: URLSearchParams): Answer | undefined;
  /** A text from the client; `say` answers on the same socket. */
  heard(text: string, say: (message: unknown) => void): void;
}

/** A server on loopback that speaks by its script, and what it saw. */
export interface ScriptedVenue {
  readonly http: string;
  readonly ws: string;
  /** Paths with their queries, in order. */
  readonly asked: readonly string[];
  /** Texts of the clients, in order. */
  readonly heard: readonly string[];
  readonly sockets: ReadonlySet<WebSocket>;
  /** Sockets opened since the start. */
  readonly opened: number;
  /** To every open socket. */
  say(message: unknown): void;
  /** What replaces the script's answers for paths that contain the text; `undefined` ends it. */
  refuse(part: string, answer: Answer | undefined): void;
  /** Upgrades are answered with this status. */
  refuseSockets(status: number | undefined): void;
  cutSockets(): void;
  stop(): Promise<void>;
}

export async function startScriptedVenue(script: Script): Promise<ScriptedVenue> {
  const asked: string[] = [];
  const heard: string[] = [];
  const refusals = new Map<string, Answer>();
  const sockets = new Set<WebSocket>();
  let opened = 0;
  let refusedWith: number | undefined;
  const server = createServer((request, response) => answer(request, response));
  const upgrader = new WebSocketServer({ noServer: true, perMessageDeflate: false });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://venue');
    asked.push(url.pathname + url.search);
    const refusal = [...refusals].find(([part]) => url.pathname.includes(part))?.[1];
    const told = refusal ??
      script.rest(url.pathname, url.searchParams) ?? { status: 404, body: 'no such path' };
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json', ...told.headers });
    response.end(textOf(told.body));
  }

  server.on('upgrade', (request, socket, head) => {
    if (refusedWith !== undefined) {
      socket.end(`HTTP/1.1 ${refusedWith} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    upgrader.handleUpgrade(request, socket, head, (client) => {
      opened += 1;
      sockets.add(client);
      const say = (message: unknown) => client.send(textOf(message));
      client.on('message', (data) => {
        heard.push(String(data));
        script.heard(String(data), say);
      });
      client.on('close', () => sockets.delete(client));
      client.on('error', () => sockets.delete(client));
    });
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    http: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    asked,
    heard,
    sockets,
    get opened() {
      return opened;
    },
    say(message) {
      for (const socket of sockets) socket.send(textOf(message));
    },
    refuse(part, told) {
      if (told) refusals.set(part, told);
      else refusals.delete(part);
    },
    refuseSockets(status) {
      refusedWith = status;
    },
    cutSockets() {
      for (const socket of sockets) socket.terminate();
    },
    async stop() {
      for (const socket of sockets) socket.terminate();
      upgrader.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function textOf(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HeartlineError } from '#shared/base/errors.ts';

export interface Answer {
  readonly status: number;
  /** JSON text. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function json(value: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(value) };
}

export function send(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': body.length,
    ...answer.headers,
  });
  response.end(body);
}

/** The first half of an answer’s body, and the end of the connection where the rest should be. */
export function sendHalf(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': body.length,
    ...answer.headers,
  });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.end());
}

export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** Stops listening and cuts every connection, upgraded and unanswered ones too. */
  close(): Promise<void>;
}

/** A server on loopback that answers nothing by itself. Throws `port.taken`. */
export async function listen(
  port: number,
  respond: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer({ keepAliveTimeout: 75_000 }, respond);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      reject(
        fault.code === 'EADDRINUSE' || fault.code === 'EACCES'
          ? new HeartlineError('port.taken', `Port ${port} is taken on 127.0.0.1.`, { details: { port } })
          : fault,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** The request's path and query; a target no URL can be made of counts as `/`. */
export function urlOf(request: IncomingMessage): URL {
  const text = `http://127.0.0.1${request.url ?? '/'}`;
  return new URL(URL.canParse(text) ? text : 'http://127.0.0.1/');
}

/** The body as text, refused above 64 KiB. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > 65_536) throw new HeartlineError('request.too-long', 'The body may hold 64 KiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

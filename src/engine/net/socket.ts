import { WebSocket } from 'ws';
import type { Cause } from '#shared/domain/connection.ts';
import { handshakeRefusal } from './handshake-refusal.ts';

/** One WebSocket, reduced to what a connection needs. */
export interface Socket {
  send(text: string): void;
  ping(): void;
  /** Ends at once without a closing handshake: a frozen peer would hold `close()` for 30 s. */
  terminate(): void;
}

/** Calls come in order: `opened` at most once, then frames and pongs, then `closed` exactly once. */
export interface SocketListener {
  opened(): void;
  /** The bytes of one message. Only valid during the call. */
  frame(bytes: Uint8Array): void;
  /** A pong, or a ping of the peer: a sign of life, never data. */
  pulse(kind: 'ping' | 'pong'): void;
  closed(cause: Cause, retryAfterMs?: number): void;
}

/**
 * `headers`: sent with the upgrade, for sockets that show who they are; never logged, never recorded. `isCompressed`: asked
 * for; a peer that does not compress sends as ever.
 */
export type OpenSocket = (
  url: string,
  listener: SocketListener,
  options?: { readonly headers?: Readonly<Record<string, string>>; readonly isCompressed?: boolean },
) => Socket;

const HANDSHAKE_TIMEOUT_MS = 5000;
const MAX_FRAME_BYTES = 4 * 1024 * 1024;
const MAX_REFUSAL_CHARS = 2048;

/**
 * A real socket over `ws`, with bounded frames: the bound holds for what a compressed one unfolds to as well. Without
 * compression unless asked for: it costs sixty times bare receive.
 */
export const openSocket: OpenSocket = (url, listener, options) => {
  const socket = new WebSocket(url, {
    ...(options?.headers && { headers: { ...options.headers } }),
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: options?.isCompressed === true,
    followRedirects: false,
    // Broken UTF-8 must cost one counted frame, not the whole connection: the decoder judges the bytes.
    skipUTF8Validation: true,
  });
  let ended = false;
  const end = (cause: Cause, retryAfterMs?: number) => {
    if (ended) return;
    ended = true;
    listener.closed(cause, retryAfterMs);
  };

  socket.on('open', () => listener.opened());
  socket.on('message', (data: Buffer) => listener.frame(data));
  socket.on('ping', () => listener.pulse('ping'));
  socket.on('pong', () => listener.pulse('pong'));
  socket.on('unexpected-response', (request, response) => {
    let body = '';
    const tell = () => {
      const refusal = handshakeRefusal(response.statusCode ?? 0, response.headers['retry-after'], body);
      request.destroy();
      end(refusal.cause, refusal.retryAfterMs);
    };
    // The words tell a limit from a border. Whoever takes too long over them is cut off by the connection's deadline.
    response.setEncoding('latin1');
    response.on('data', (part: string) => {
      body += part;
      if (body.length > MAX_REFUSAL_CHARS) tell();
    });
    response.on('end', tell);
    response.on('error', tell);
    response.on('aborted', tell);
  });
  socket.on('error', (fault: NodeJS.ErrnoException) => end(causeOf(fault)));
  socket.on('close', (code, reason) => {
    const words = reason.length > 0 ? ` (${reason.toString('utf8').slice(0, 120)})` : '';
    end({ code: closeCode(code), detail: `closed with ${code}${words}` });
  });

  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    ping() {
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    },
    terminate() {
      // An error after our own end is of no interest to anyone, but an unheard one would crash the process.
      ended = true;
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.terminate();
    },
  };
};

/** RFC 6455 section 7.4.1 and IANA's registry: 1012 service restart, 1013 try again later. */
function closeCode(code: number): Cause['code'] {
  switch (code) {
    case 1002:
    case 1003:
    case 1007:
      return 'protocol';
    case 1006:
      return 'socket.reset';
    case 1012:
    case 1013:
      return 'maintenance';
    default:
      return 'socket.closed';
  }
}

function causeOf(fault: NodeJS.ErrnoException): Cause {
  const detail = fault.message.slice(0, 200);
  switch (fault.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { code: 'socket.dns', detail };
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { code: 'socket.refused', detail };
    case 'ECONNRESET':
    case 'EPIPE':
      return { code: 'socket.reset', detail };
    case 'ETIMEDOUT':
      return { code: 'timeout', detail };
    default:
      // `ws` names what breaks the protocol on an open socket, Node's parser what is no HTTP at all.
      if (/^(?:WS_ERR_|HPE_)/u.test(fault.code ?? '')) return { code: 'protocol', detail };
      return { code: /handshake|certificate/u.test(fault.message) ? 'socket.handshake' : 'unknown', detail };
  }
}

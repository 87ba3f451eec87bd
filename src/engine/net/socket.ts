import { WebSocket } from 'ws';
import type { Cause } from '#shared/domain/connection.ts';

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

export type OpenSocket = (url: string, listener: SocketListener) => Socket;

const HANDSHAKE_TIMEOUT_MS = 5000;
const MAX_FRAME_BYTES = 4 * 1024 * 1024;

/** A real socket over `ws`, without compression (it costs sixty times bare receive) and with bounded frames. */
export const openSocket: OpenSocket = (url, listener) => {
  const socket = new WebSocket(url, {
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
    // Broken UTF-8 must cost one counted frame, not the whole connection: the decoder judges the bytes.
    skipUTF8Validation: true,
  });
  let refusal: { cause: Cause; retryAfterMs?: number } | undefined;
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
    const status = response.statusCode ?? 0;
    const retryAfterMs = retryAfter(response.headers['retry-after']);
    refusal = {
      cause: { code: refusalCode(status), detail: `handshake answered with HTTP ${status}` },
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
    request.destroy();
    end(refusal.cause, refusal.retryAfterMs);
  });
  socket.on('error', (fault: NodeJS.ErrnoException) => end(causeOf(fault)));
  socket.on('close', (code, reason) => {
    const words = reason.length > 0 ? ` (${reason.toString('utf8').slice(0, 120)})` : '';
    end({ code: code === 1006 ? 'socket.reset' : 'socket.closed', detail: `closed with ${code}${words}` });
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

function refusalCode(status: number): Cause['code'] {
  if (status === 418) return 'ban';
  if (status === 429) return 'rate-limit';
  return 'socket.handshake';
}

function retryAfter(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
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
    default:
      return { code: fault.message.includes('handshake') ? 'socket.handshake' : 'unknown', detail };
  }
}

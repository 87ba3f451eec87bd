import { createEmitter } from '../base/emitter.ts';
import { HeartlineError } from '../base/errors.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import type { Channel, ClientChannel } from './protocol.ts';

/** What the browser's `WebSocket` and the one of `ws` have in common. */
export interface WebSocketLike {
  binaryType: string;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
}

/**
 * A channel over an open (or opening) WebSocket. A frame that cannot be read closes it: what was lost with it
 * would be missing silently. Take the channel and listen in one turn, or the first messages pass unheard.
 */
export function webSocketChannel<Outgoing, Incoming>(socket: WebSocketLike): Channel<Outgoing, Incoming> {
  const messages = createEmitter<Incoming>();
  const closes = createEmitter<void>();
  let closed = false;
  const gone = () => {
    if (closed) return;
    closed = true;
    closes.emit();
  };
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('message', ({ data }) => {
    if (closed) return;
    let message: unknown;
    try {
      message = decodeFrame(data as string | ArrayBuffer);
    } catch {
      // Unreadable: nothing after it can be trusted to be complete.
      socket.close();
      gone();
      return;
    }
    messages.emit(message as Incoming);
  });
  socket.addEventListener('close', gone);
  // An error is always followed by the close; unheard, Node would end the process over it.
  socket.addEventListener('error', () => undefined);
  return {
    send(message) {
      if (!closed) socket.send(encodeFrame(message));
    },
    onMessage: (listener) => messages.on(listener),
    onClose: (listener) => closes.on(listener),
    close() {
      closed = true;
      socket.close();
    },
  };
}

export interface WebSocketConnectOptions {
  /** Makes the socket: `() => new WebSocket(…)` to `/contract` of the page's own origin. */
  readonly open: () => WebSocketLike;
  /** The HTTP status of `GET /session`, asked when the socket does not open: 401 says that our session ended. */
  readonly sessionStatus: () => Promise<number>;
}

/** Opens one channel to the headless host. Rejects with `contract.refused` or `contract.unreachable`. */
export function connectWebSocket({ open, sessionStatus }: WebSocketConnectOptions): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const socket = open();
    const channel: ClientChannel = webSocketChannel(socket);
    const fail = () => {
      sessionStatus().then(
        (status) => reject(status === 401 ? refused() : unreachable()),
        (cause: unknown) => reject(unreachable(cause)),
      );
    };
    const undo = channel.onClose(fail);
    socket.addEventListener('open', () => {
      undo();
      resolve(channel);
    });
  });
}

function refused(): HeartlineError {
  return new HeartlineError('contract.refused', 'the host does not know this window: its session has ended');
}

function unreachable(cause?: unknown): HeartlineError {
  return new HeartlineError('contract.unreachable', 'the host does not answer', { cause });
}

import type { Undo } from '../base/emitter.ts';
import { createEmitter } from '../base/emitter.ts';
import { buffersOf } from './frame.ts';
import type { Channel, ClientChannel } from './protocol.ts';

/** What the DOM's `MessagePort` and the one of Node's `worker_threads` have in common. */
export interface PortLike {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/**
 * A channel over a message port. Typed arrays are handed over, not copied: after `send` the sender's are empty,
 * so a source must make fresh ones for every update. Messages wait in the port until the first listener.
 */
export function messagePortChannel<Outgoing, Incoming>(port: PortLike): Channel<Outgoing, Incoming> {
  const messages = createEmitter<Incoming>();
  const closes = createEmitter<void>();
  let closed = false;
  port.addEventListener('message', ({ data }) => messages.emit(data as Incoming));
  port.addEventListener('close', () => {
    if (closed) return;
    closed = true;
    closes.emit();
  });
  return {
    send(message) {
      if (!closed) port.postMessage(message, buffersOf(message));
    },
    onMessage(listener): Undo {
      const undo = messages.on(listener);
      port.start();
      return undo;
    },
    onClose: (listener) => closes.on(listener),
    close() {
      closed = true;
      port.close();
    },
  };
}

/** The data of the window message that brings the port into the page. */
export const PORT_MESSAGE = 'heartline:port';

/** What the preload script puts on the desktop's `window` as `heartline`. */
export interface DesktopBridge {
  readonly shell: 'desktop';
  /** Asks main for a fresh port; it arrives as a window message with the data `PORT_MESSAGE`. */
  askForPort(): void;
}

/** The page's window, as far as it matters here. */
export interface PageLike {
  addEventListener(type: 'message', listener: (event: PortEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: PortEvent) => void): void;
}

interface PortEvent {
  readonly source: unknown;
  readonly data: unknown;
  readonly ports: readonly PortLike[];
}

/** The page's attempt that still waits for its port: a newer one takes its place, and the port, however late it comes. */
const waiting = new WeakMap<PageLike, Undo>();

/** Opens one channel to the desktop shell. Never rejects; the client's own time limit covers a shell that is silent. */
export function connectDesktop(page: PageLike, bridge: DesktopBridge): Promise<ClientChannel> {
  return new Promise((resolve) => {
    const take = ({ source, data, ports: [port] }: PortEvent) => {
      // Only the preload script, which shares this window, may hand a port over.
      if (source !== page || data !== PORT_MESSAGE || port === undefined) return;
      stop();
      resolve(messagePortChannel(port));
    };
    const stop = () => {
      page.removeEventListener('message', take);
      waiting.delete(page);
    };
    waiting.get(page)?.();
    waiting.set(page, stop);
    page.addEventListener('message', take);
    bridge.askForPort();
  });
}

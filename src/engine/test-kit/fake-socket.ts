import type { OpenSocket, SocketListener } from '../net/socket.ts';

export interface FakeSocket {
  readonly url: string;
  /** Of the upgrade. */
  readonly headers: Readonly<Record<string, string>>;
  readonly isCompressed: boolean;
  readonly sent: string[];
  pings: number;
  terminated: boolean;
  readonly listener: SocketListener;
  /** Delivers one text frame. */
  say(text: string): void;
}

/** A socket factory whose peer is the test: nothing happens unless told. */
export function createFakeSockets(): {
  readonly open: OpenSocket;
  readonly sockets: FakeSocket[];
  readonly last: FakeSocket;
} {
  const sockets: FakeSocket[] = [];
  return {
    sockets,
    get last() {
      const last = sockets.at(-1);
      if (!last) throw new Error('no socket was opened');
      return last;
    },
    open(url, listener, options) {
      const socket: FakeSocket = {
        url,
        headers: options?.headers ?? {},
        isCompressed: options?.isCompressed === true,
        sent: [],
        pings: 0,
        terminated: false,
        listener,
        say: (text) => listener.frame(new TextEncoder().encode(text)),
      };
      sockets.push(socket);
      return {
        send: (text) => void socket.sent.push(text),
        ping: () => {
          socket.pings += 1;
        },
        terminate: () => {
          socket.terminated = true;
        },
      };
    },
  };
}

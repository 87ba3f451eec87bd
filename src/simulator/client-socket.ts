import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { FaultSubject, Faults } from './faults.ts';
import { FrameFaults, type FrameWords } from './frame-faults.ts';

/** A consumer this far behind is cut off. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;
/** A close handshake the client does not answer is cut short. */
const CLOSE_GRACE_MS = 2000;

export interface ClientSocketOptions {
  readonly id: number;
  readonly venue: string;
  readonly route: string;
  readonly ws: WebSocket;
  readonly socket: Duplex & { resetAndDestroy?(): void };
  readonly words: FrameWords;
  /** True where the venue sends everything in binary frames. */
  readonly isBinary: boolean;
  /** The symbol a stream is about, in the venue's spelling. */
  symbolOf(stream: string): string;
  readonly faults: Faults;
  readonly clock: Clock;
}

/** One client's socket: what goes out passes the faults in force; what is the same on every venue is done here. */
export class ClientSocket {
  readonly id: number;
  readonly route: string;
  readonly ws: WebSocket;
  readonly subject: FaultSubject;
  /** Monotonic time, ms. */
  readonly openedAt: number;
  /** Messages from the client, pings and pongs included. */
  received = 0;
  sent = 0;
  readonly #options: ClientSocketOptions;
  readonly #frames: FrameFaults;
  #frozen = false;
  #isCorked = false;
  #undoGrace: Undo | undefined;

  constructor(options: ClientSocketOptions) {
    const { ws, faults, clock, words } = options;
    this.#options = options;
    this.id = options.id;
    this.route = options.route;
    this.ws = ws;
    this.subject = { venue: options.venue, route: options.route, connectionId: options.id };
    this.openedAt = clock.monotonic();
    this.#frames = new FrameFaults(faults, words, clock, (frame) => this.#write(frame));
    for (const event of ['message', 'ping', 'pong']) ws.on(event, () => this.received++);
    // A broken frame or a reset: the close event follows and ends the connection.
    ws.on('error', () => ws.terminate());
    ws.on('close', () => this.#undoGrace?.());
  }

  /** Sends one stream's frame, unless a fault decides otherwise. */
  deliver(stream: string, frame: Buffer): void {
    if (this.#frames.quiet) this.#write(frame);
    else this.#frames.pass(frame, this.subjectOf(stream));
  }

  /** Sends the answer to a control frame: acks, pongs and errors are not data, and have faults of their own. */
  answer(text: string): void {
    const frame = Buffer.from(text);
    if (this.#frames.quiet) this.#write(frame);
    else this.#frames.pass(frame, { ...this.subject, stream: 'ack' });
  }

  /** What a fault is asked about for a stream of this connection. */
  subjectOf(stream: string): FaultSubject {
    return { ...this.subject, stream, symbol: this.#options.symbolOf(stream) };
  }

  /** Holds back what is written until `uncork`, so that many frames leave in one write. */
  cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#options.socket.cork();
  }

  uncork(): void {
    if (!this.#isCorked) return;
    this.#isCorked = false;
    this.#options.socket.uncork();
  }

  /** Acts on the faults that hold a connection still. True while it is frozen: the venue then does nothing either. */
  checkFrozen(): boolean {
    const frozen = this.#options.faults.holds('freeze', this.subject) !== undefined;
    if (frozen !== this.#frozen) {
      this.#frozen = frozen;
      if (frozen) this.ws.pause();
      else this.ws.resume();
    }
    return frozen;
  }

  close(code: number, reason = ''): void {
    try {
      this.ws.close(code, reason);
    } catch {
      // Codes a server may not send (1005, 1006, …) can only be had by cutting the connection.
      this.ws.terminate();
    }
    this.#undoGrace ??= this.#options.clock.after(CLOSE_GRACE_MS, () => this.ws.terminate());
  }

  /** Ends the connection with a TCP reset. */
  reset(): void {
    const { socket } = this.#options;
    if (socket.resetAndDestroy) socket.resetAndDestroy();
    else this.ws.terminate();
  }

  terminate(): void {
    this.ws.terminate();
  }

  #write(frame: Buffer | string): void {
    const { ws } = this;
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > MAX_BUFFERED_BYTES) {
      ws.terminate();
      return;
    }
    this.sent++;
    // Where frames are text, only deliberate garbage is not.
    const binary = this.#options.isBinary || (typeof frame !== 'string' && frame[0] === 0);
    ws.send(frame, { binary });
  }
}

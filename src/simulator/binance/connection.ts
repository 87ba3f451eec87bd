import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { FaultSubject, Faults } from '../faults.ts';
import { answerControlFrame } from './control-frames.ts';
import { FrameFaults } from './frame-faults.ts';
import type { Hub } from './hub.ts';
import { type Route, routeFeeds } from './stream-name.ts';

const PING_EVERY_MS = 180_000;
const PONG_WITHIN_MS = 600_000;
const LIFETIME_MS = 24 * 3_600_000;
const MAX_MESSAGES_PER_SECOND = 10;
/** A consumer this far behind is cut off. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;
/** A close handshake the client does not answer is cut short. */
const CLOSE_GRACE_MS = 2000;

export interface ConnectionOptions {
  readonly id: number;
  readonly route: Route;
  readonly combined: boolean;
  readonly ws: WebSocket;
  readonly socket: Duplex & { resetAndDestroy?(): void };
  readonly hub: Hub;
  readonly faults: Faults;
  readonly clock: Clock;
  /** Market time, ms. */
  now(): number;
  closed(connection: Connection): void;
}

/** One client's WebSocket: its route, its streams, its control frames, and the rules the venue holds it to. */
export class Connection {
  readonly id: number;
  readonly route: Route;
  readonly streams = new Set<string>();
  combined: boolean;
  received = 0;
  sent = 0;
  readonly #options: ConnectionOptions;
  readonly #frames: FrameFaults;
  readonly #openedAt: number;
  /** Wall times of the latest inbound messages: the rate rule looks at one second. */
  #inbound: number[] = [];
  #pingedAt: number;
  #unansweredSince: number | undefined;
  #frozen = false;
  #isCorked = false;
  #undoGrace: Undo | undefined;

  constructor(options: ConnectionOptions) {
    const { ws, faults, clock } = options;
    this.id = options.id;
    this.route = options.route;
    this.combined = options.combined;
    this.#options = options;
    this.#frames = new FrameFaults(faults, clock, (frame) => this.#write(frame));
    this.#openedAt = options.now();
    this.#pingedAt = this.#openedAt;
    ws.on('message', (data, isBinary) => {
      if (this.#countInbound()) this.#answer(isBinary ? '' : String(data));
    });
    ws.on('ping', () => this.#countInbound());
    ws.on('pong', () => {
      this.#unansweredSince = undefined;
      this.#countInbound();
    });
    // A broken frame or a reset: the close event follows and ends the connection.
    ws.on('error', () => ws.terminate());
    ws.on('close', () => this.#ended());
  }

  get subject(): FaultSubject {
    return { venue: 'binance', route: this.route, connectionId: this.id };
  }

  subscribe(names: readonly string[]): void {
    for (const name of names) {
      this.streams.add(name);
      if (routeFeeds(this.route, name)) this.#options.hub.add(name, this);
    }
  }

  unsubscribe(names: readonly string[]): void {
    for (const name of names) {
      this.streams.delete(name);
      this.#options.hub.remove(name, this);
    }
  }

  /** Sends one stream's frame, unless a fault decides otherwise. */
  deliver(stream: string, frame: Buffer): void {
    if (this.#frames.quiet) this.#write(frame);
    else this.#frames.pass(frame, { ...this.subject, stream, symbol: stream.slice(0, stream.indexOf('@')) });
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

  /** The venue's housekeeping, called about once a second. */
  check(): void {
    const { ws, faults } = this.#options;
    const now = this.#options.now();
    const frozen = faults.holds('freeze', this.subject) !== undefined;
    if (frozen !== this.#frozen) {
      this.#frozen = frozen;
      if (frozen) ws.pause();
      else ws.resume();
    }
    if (frozen) return;
    if (this.#unansweredSince !== undefined && now - this.#unansweredSince > PONG_WITHIN_MS) ws.terminate();
    else if (now - this.#openedAt > LIFETIME_MS) this.close(1001, 'connection lives 24 hours');
    else if (now - this.#pingedAt > PING_EVERY_MS) {
      this.#pingedAt = now;
      this.#unansweredSince ??= now;
      ws.ping(String(now));
    }
  }

  close(code: number, reason = ''): void {
    const { ws, clock } = this.#options;
    try {
      ws.close(code, reason);
    } catch {
      // Codes a server may not send (1005, 1006, …) can only be had by cutting the connection.
      ws.terminate();
    }
    this.#undoGrace = clock.after(CLOSE_GRACE_MS, () => ws.terminate());
  }

  /** Ends the connection with a TCP reset. */
  reset(): void {
    const { ws, socket } = this.#options;
    if (socket.resetAndDestroy) socket.resetAndDestroy();
    else ws.terminate();
  }

  terminate(): void {
    this.#options.ws.terminate();
  }

  #answer(text: string): void {
    const reply = Buffer.from(answerControlFrame(text, this));
    if (this.#frames.quiet) this.#write(reply);
    else this.#frames.pass(reply, { ...this.subject, stream: 'ack' });
  }

  #write(frame: Buffer | string): void {
    const { ws } = this.#options;
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > MAX_BUFFERED_BYTES) {
      ws.terminate();
      return;
    }
    this.sent++;
    // Frames are text; only deliberate garbage is not.
    const isText = typeof frame === 'string' || frame[0] !== 0;
    ws.send(frame, { binary: !isText });
  }

  /** False when the message breaks the rate rule and closes the connection. */
  #countInbound(): boolean {
    this.received++;
    const now = this.#options.clock.monotonic();
    this.#inbound = this.#inbound.filter((time) => now - time < 1000);
    this.#inbound.push(now);
    if (this.#inbound.length <= MAX_MESSAGES_PER_SECOND) return true;
    this.close(1008, 'Too many requests');
    return false;
  }

  #ended(): void {
    this.#undoGrace?.();
    for (const name of this.streams) this.#options.hub.remove(name, this);
    this.#options.closed(this);
  }
}

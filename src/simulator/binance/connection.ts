import type { Clock } from '#shared/base/clock.ts';
import type { ClientSocket } from '../client-socket.ts';
import type { Hub } from '../hub.ts';
import type { VenueConnection } from '../venue-server.ts';
import { answerControlFrame } from './control-frames.ts';
import { COMBINED } from './feed.ts';
import { type Route, routeFeeds } from './stream-name.ts';

const PING_EVERY_MS = 180_000;
const PONG_WITHIN_MS = 600_000;
const LIFETIME_MS = 24 * 3_600_000;
const MAX_MESSAGES_PER_SECOND = 10;

/** How the venue ends a connection that has lived its day. */
export const LIFE_END = { code: 1001, reason: 'connection lives 24 hours' };

export interface ConnectionOptions {
  readonly client: ClientSocket;
  readonly route: Route;
  readonly combined: boolean;
  readonly hub: Hub;
  readonly clock: Clock;
  /** Market time, ms. */
  now(): number;
  /** More to look after, where the route has more. */
  check?(): void;
}

/** One client's WebSocket: its route, its streams, its control frames, and the rules the venue holds it to. */
export class Connection implements VenueConnection {
  readonly client: ClientSocket;
  readonly streams = new Set<string>();
  combined: boolean;
  readonly #options: ConnectionOptions;
  readonly #openedAt: number;
  /** Wall times of the latest inbound messages: the rate rule looks at one second. */
  #inbound: number[] = [];
  #pingedAt: number;
  #unansweredSince: number | undefined;

  constructor(options: ConnectionOptions) {
    const { client, hub } = options;
    this.client = client;
    this.combined = options.combined;
    this.#options = options;
    this.#openedAt = options.now();
    this.#pingedAt = this.#openedAt;
    client.ws.on('message', (data, isBinary) => {
      if (this.#countInbound()) client.answer(answerControlFrame(isBinary ? '' : String(data), this));
    });
    client.ws.on('ping', () => this.#countInbound());
    client.ws.on('pong', () => {
      this.#unansweredSince = undefined;
      this.#countInbound();
    });
    client.ws.on('close', () => {
      for (const name of this.streams) hub.remove(name, this);
    });
  }

  get form(): string {
    return this.combined ? COMBINED : '';
  }

  describe(): Readonly<Record<string, unknown>> {
    return { combined: this.combined };
  }

  subscribe(names: readonly string[]): void {
    for (const name of names) {
      this.streams.add(name);
      if (routeFeeds(this.#options.route, name)) this.#options.hub.add(name, this);
    }
  }

  unsubscribe(names: readonly string[]): void {
    for (const name of names) {
      this.streams.delete(name);
      this.#options.hub.remove(name, this);
    }
  }

  deliver(stream: string, frame: Buffer): void {
    this.client.deliver(stream, frame);
  }

  check(): void {
    const { client } = this;
    const now = this.#options.now();
    this.#options.check?.();
    if (this.#unansweredSince !== undefined && now - this.#unansweredSince > PONG_WITHIN_MS)
      client.terminate();
    else if (now - this.#openedAt > LIFETIME_MS) client.close(LIFE_END.code, LIFE_END.reason);
    else if (now - this.#pingedAt > PING_EVERY_MS) {
      this.#pingedAt = now;
      this.#unansweredSince ??= now;
      client.ws.ping(String(now));
    }
  }

  /** False when the message breaks the rate rule and closes the connection. */
  #countInbound(): boolean {
    const now = this.#options.clock.monotonic();
    this.#inbound = this.#inbound.filter((time) => now - time < 1000);
    this.#inbound.push(now);
    if (this.#inbound.length <= MAX_MESSAGES_PER_SECOND) return true;
    this.client.close(1008, 'Too many requests');
    return false;
  }
}

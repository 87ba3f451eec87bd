import type { Clock } from '#shared/base/clock.ts';
import type { ClientSocket } from '../client-socket.ts';
import type { Hub } from '../hub.ts';
import type { Market } from '../market.ts';
import type { VenueConnection } from '../venue-server.ts';
import type { Category } from './category.ts';
import { answerControlFrame, type ControlTarget } from './control-frames.ts';
import type { Feed } from './feed.ts';

/** A connection on which neither side has said anything for this long is cut. */
const IDLE_MS = 600_000;

export interface ConnectionOptions {
  readonly client: ClientSocket;
  readonly category: Category;
  readonly market: Market;
  readonly hub: Hub;
  readonly feed: Feed;
  readonly clock: Clock;
}

/** One client's public WebSocket: its topics, its control frames, and the rules the venue holds it to. */
export class Connection implements VenueConnection, ControlTarget {
  readonly client: ClientSocket;
  readonly category: Category;
  readonly connId: string;
  readonly topics = new Set<string>();
  readonly form = '';
  readonly #options: ConnectionOptions;
  #traffic = 0;
  #quietSince: number;

  constructor(options: ConnectionOptions) {
    const { client, hub, clock } = options;
    this.client = client;
    this.category = options.category;
    this.connId = `sim-${options.category}-${client.id}`;
    this.#options = options;
    this.#quietSince = clock.monotonic();
    client.ws.on('message', (data) => {
      answerControlFrame(String(data), this, (text) => client.answer(text));
    });
    client.ws.on('close', () => {
      for (const topic of this.topics) hub.remove(topic, this);
    });
  }

  get streams(): Iterable<string> {
    return this.topics;
  }

  has(symbol: string): boolean {
    return this.#options.market.instruments.has(symbol);
  }

  subscribe(topics: readonly string[]): void {
    const { feed, hub } = this.#options;
    for (const topic of topics) {
      this.topics.add(topic);
      feed.welcome(topic, this);
      hub.add(topic, this);
    }
  }

  unsubscribe(topics: readonly string[]): void {
    for (const topic of topics) {
      this.topics.delete(topic);
      this.#options.hub.remove(topic, this);
    }
  }

  deliver(stream: string, frame: Buffer): void {
    this.client.deliver(stream, frame);
  }

  check(): void {
    const now = this.#options.clock.monotonic();
    const traffic = this.client.received + this.client.sent;
    if (traffic !== this.#traffic) {
      this.#traffic = traffic;
      this.#quietSince = now;
    } else if (now - this.#quietSince >= IDLE_MS) this.client.terminate();
  }
}

import type { Clock } from '#shared/base/clock.ts';
import type { AccountDesk, SimKey } from '../../accounts/account-desk.ts';
import type { ClientSocket } from '../../client-socket.ts';
import { hmacSha256 } from '../../hmac.ts';
import type { VenueConnection } from '../../venue-server.ts';
import { Refusal } from '../query.ts';
import { checkAddress, liveKey } from './signed-request.ts';

/** Topics by their all-in-one name, each with the categories it comes in. */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  order: ['linear', 'spot'],
  execution: ['linear', 'spot'],
  position: ['linear'],
  wallet: [],
  'execution.fast': ['linear', 'spot'],
};
const STANDARD_IDLE_MS = 600_000;
const SCAN_MS = 30_000;

export interface PrivateSocketOptions {
  readonly client: ClientSocket;
  readonly desk: AccountDesk;
  readonly clock: Clock;
  readonly url: URL;
  readonly address: string;
  /** The venue's clock; and market time. */
  serverTime(): number;
  now(): number;
  /** Called when somebody is let in: what happens from here on is theirs to hear. */
  loggedIn(key: SimKey): void;
}

type Say = Readonly<Record<string, unknown>>;

/** One client's private WebSocket: signs in, subscribes, and hears of its account. */
export class PrivateSocket implements VenueConnection {
  readonly client: ClientSocket;
  readonly streams = new Set<string>();
  readonly #options: PrivateSocketOptions;
  readonly #connId: string;
  readonly #idleMs: number;
  #key: SimKey | undefined;
  #traffic = 0;
  #quietSince: number;
  #scannedAt: number;

  constructor(options: PrivateSocketOptions) {
    const { client, clock, url } = options;
    this.client = client;
    this.#options = options;
    this.#connId = `sim-private-${client.id}`;
    this.#idleMs = idleOf(url.searchParams.get('max_active_time'));
    this.#quietSince = clock.monotonic();
    this.#scannedAt = this.#quietSince;
    client.ws.on('message', (data) => client.answer(JSON.stringify(this.#answerTo(String(data)))));
  }

  get key(): SimKey | undefined {
    return this.#key;
  }

  /** Sends what happened to its account under every topic that has it. */
  deliver(topic: string, category: string | undefined, symbol: string, frame: (topic: string) => Say): void {
    for (const stream of this.streams) {
      if (stream !== topic && stream !== `${topic}.${category}`) continue;
      this.client.deliver(`${stream}@${symbol}`, Buffer.from(JSON.stringify(frame(stream))));
    }
  }

  check(): void {
    const { clock, desk, now } = this.#options;
    if (this.#key && !isLive(this.#key, desk, now())) {
      this.client.close(1008, 'api key is invalid');
      return;
    }
    const at = clock.monotonic();
    const traffic = this.client.received + this.client.sent;
    if (traffic !== this.#traffic) {
      this.#traffic = traffic;
      this.#quietSince = at;
    }
    // Looked at every half minute: who is quiet lives a little longer than agreed.
    if (at - this.#scannedAt < Math.min(SCAN_MS, this.#idleMs)) return;
    this.#scannedAt = at;
    if (at - this.#quietSince >= this.#idleMs) this.client.terminate();
  }

  #answerTo(text: string): Say {
    const conn_id = this.#connId;
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      const ret_msg = 'error:request can not be decoded as JSON';
      return { success: false, ret_msg, conn_id, req_id: '', op: '' };
    }
    const fields = (typeof frame === 'object' && frame !== null ? frame : {}) as Record<string, unknown>;
    const { op } = fields;
    const reqId = typeof fields['req_id'] === 'string' ? { req_id: fields['req_id'] } : {};
    const args: readonly unknown[] = Array.isArray(fields['args']) ? fields['args'] : [];
    switch (op) {
      case 'ping':
        return { ...reqId, op: 'pong', args: [String(this.#options.serverTime())], conn_id };
      case 'auth': {
        const fault = this.#logIn(args);
        return { success: fault === undefined, ret_msg: fault ?? '', op, conn_id, ...reqId };
      }
      case 'subscribe':
      case 'unsubscribe': {
        const fault = this.#key ? this.#choose(op, args) : 'Request not authorized';
        return { success: fault === undefined, ret_msg: fault ?? '', conn_id, ...reqId, op };
      }
      default:
        return { success: false, ret_msg: 'error:invalid op', conn_id, ...reqId, op };
    }
  }

  /** Why nobody is let in, if so. */
  #logIn([apiKey, expires, sign]: readonly unknown[]): string | undefined {
    const { desk, now, serverTime, loggedIn } = this.#options;
    const fault = (() => {
      if (this.#key) return 'Repeat auth';
      if (!/^\d{13}$/.test(String(expires))) return 'Params Error';
      if (Number(expires) <= serverTime()) return 'Params Error: expires has passed';
      try {
        const key = liveKey(String(apiKey), desk, now());
        if (hmacSha256(key.secret, `GET/realtime${String(expires)}`) !== sign) return 'error sign!';
        checkAddress(key, this.#options.address);
        if (!key.read) return 'Permission denied, please check your API key permissions.';
        this.#key = key;
        loggedIn(key);
        return undefined;
      } catch (refusal) {
        if (refusal instanceof Refusal) return refusal.message;
        throw refusal;
      }
    })();
    const name = desk.keys.find((key) => key.apiKey === apiKey)?.name;
    desk.note({
      method: 'WS',
      path: '/v5/private',
      params: { op: 'auth' },
      ...(name === undefined ? {} : { key: name }),
      status: fault === undefined ? 200 : 401,
      ...(fault === undefined ? {} : { code: fault }),
      time: now(),
    });
    return fault;
  }

  /** One bad topic refuses the whole request; all-in-one and categorised ones are not named together. */
  #choose(op: 'subscribe' | 'unsubscribe', args: readonly unknown[]): string | undefined {
    const topics = args.map(String);
    if (topics.length === 0) return 'error:args is empty';
    const unknown = topics.find((topic) => kindOf(topic) === undefined);
    if (unknown !== undefined) return `error:handler not found,topic:${unknown}`;
    // The wallet has no categories and goes with either.
    const kinds = new Set(topics.filter((topic) => topic !== 'wallet').map(kindOf));
    if (kinds.size > 1) return 'error:all-in-one topics and categorised topics can not be in one request';
    if (op === 'unsubscribe') {
      for (const topic of topics) this.streams.delete(topic);
      return undefined;
    }
    const again = topics.find((topic, index) => this.streams.has(topic) || topics.indexOf(topic) !== index);
    if (again !== undefined) return `error:already subscribed,topic:${again}`;
    for (const topic of topics) this.streams.add(topic);
    return undefined;
  }
}

function kindOf(topic: string): 'all' | 'categorised' | undefined {
  if (Object.hasOwn(TOPICS, topic)) return 'all';
  const at = topic.lastIndexOf('.');
  const categories = TOPICS[topic.slice(0, at)];
  return categories?.includes(topic.slice(at + 1)) ? 'categorised' : undefined;
}

function isLive(key: SimKey, desk: AccountDesk, now: number): boolean {
  return desk.keyOf(key.apiKey) !== undefined && (key.expiresAt === undefined || key.expiresAt > now);
}

/** `30s` to `600s`, or `10m`; what is beyond counts as the standard. */
function idleOf(text: string | null): number {
  const [, count = '', unit = ''] = /^(\d{1,3})(s|m)$/.exec(text ?? '') ?? [];
  const ms = Number(count) * (unit === 'm' ? 60_000 : 1000);
  return ms >= 30_000 && ms <= STANDARD_IDLE_MS ? ms : STANDARD_IDLE_MS;
}

import type { AccountDesk, SimKey } from '../../accounts/account-desk.ts';
import type { ClientSocket } from '../../client-socket.ts';
import type { ListenKey, ListenKeys } from './listen-keys.ts';
import type { UserEvent } from './user-feed.ts';

/** One listen key on one socket. */
interface Subscription {
  readonly client: ClientSocket;
  readonly listenKey: ListenKey;
  /** Types of events asked for; `undefined`: all. */
  readonly types: ReadonlySet<string> | undefined;
  isCombined(): boolean;
  /** Its end has been told: it stays open and mute. */
  isMute: boolean;
}

export interface UserStreamsOptions {
  readonly desk: AccountDesk;
  readonly listenKeys: ListenKeys;
  /** The venue's clock. */
  serverTime(): number;
}

/** The sockets of user streams: who listens with which listen key. */
export class UserStreams {
  readonly #options: UserStreamsOptions;
  readonly #subscriptions = new Set<Subscription>();

  constructor(options: UserStreamsOptions) {
    this.#options = options;
  }

  /** A made-up listen key is taken, and never hears anything. */
  attach(client: ClientSocket, url: URL, isCombined: () => boolean): void {
    for (const { token, types } of askedFor(url)) {
      const listenKey = this.#options.listenKeys.of(token);
      if (!listenKey) continue;
      const subscription: Subscription = { client, listenKey, types, isCombined, isMute: false };
      this.#subscriptions.add(subscription);
      client.ws.on('close', () => this.#subscriptions.delete(subscription));
    }
  }

  /** Tells listeners of listen keys that have run out, once. */
  check(client: ClientSocket): void {
    const { listenKeys, serverTime } = this.#options;
    for (const subscription of this.#subscriptions) {
      const { listenKey, isMute } = subscription;
      const { token } = listenKey;
      // One that was closed is silent without a word.
      const hasRunOut = listenKeys.of(token) === listenKey && !listenKeys.isLiving(listenKey);
      if (subscription.client !== client || isMute || !hasRunOut) continue;
      const body = { e: 'listenKeyExpired', E: serverTime(), listenKey: token };
      this.#send(subscription, { type: 'listenKeyExpired', symbol: '', body });
      subscription.isMute = true;
    }
  }

  deliver(account: string, event: UserEvent): void {
    for (const subscription of this.#subscriptions) {
      const { listenKey, isMute } = subscription;
      if (isMute || listenKey.key.account !== account) continue;
      if (this.#options.listenKeys.isLiving(listenKey)) this.#send(subscription, event);
    }
  }

  /** Cuts the sockets of a key without a word. */
  cut(key: SimKey): void {
    for (const { client, listenKey } of this.#subscriptions) {
      if (listenKey.key.apiKey === key.apiKey) client.reset();
    }
  }

  #send({ client, listenKey, types, isCombined }: Subscription, { type, symbol, body }: UserEvent): void {
    // Whoever revoked the key is told by silence.
    if (!this.#options.desk.keyOf(listenKey.key.apiKey)) return;
    if (types && !types.has(type)) return;
    const text = JSON.stringify(isCombined() ? { stream: listenKey.token, data: body } : body);
    client.deliver(`${symbol.toLowerCase()}@${type}`, Buffer.from(text));
  }
}

interface Asked {
  readonly token: string;
  readonly types: ReadonlySet<string> | undefined;
}

/** Listen keys named by a URL, in its path or its query, each with the events named behind it. */
function askedFor(url: URL): readonly Asked[] {
  const asked: { token: string; types: ReadonlySet<string> | undefined }[] = [];
  const tail = /^\/private\/(?:ws|stream)\/(.+)$/.exec(url.pathname)?.[1] ?? '';
  for (const token of tail.split('/'))
    if (/^[A-Za-z0-9]{32,}$/.test(token)) asked.push({ token, types: undefined });
  for (const [name, value] of url.searchParams) {
    const last = asked.at(-1);
    if (name === 'listenKey') asked.push({ token: value, types: undefined });
    else if (name === 'events' && last && value !== '') last.types = new Set(value.split('/'));
  }
  return asked;
}

import type { IncomingMessage } from 'node:http';
import { BYBIT_DESK } from '../accounts/venue-rules.ts';
import type { Facade, FacadeSite } from '../facade.ts';
import { Hub } from '../hub.ts';
import { openVenueServer } from '../venue-server.ts';
import { CATEGORIES, type Category, isCategory } from './category.ts';
import { BYBIT_COINS, bybitBasis } from './coins.ts';
import { Connection } from './connection.ts';
import { Feed } from './feed.ts';
import { openAccounts } from './private/open-accounts.ts';
import type { PrivateRequest } from './private/signed-request.ts';
import { Rest } from './rest.ts';
import { symbolOf } from './topic.ts';

const ID = 'bybit';
const CONNECTIONS = 500;
const CONNECTIONS_WITHIN_MS = 300_000;
const FORBIDDEN = 403;

const WORDS = {
  misshapen:
    '{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":"soon","data":[{"T":null,"s":"BTCUSDT","S":0,"v":{},"p":[],"i":1}]}',
  isBook: (stream: string) => /^orderbook\.(?!1\.)/.test(stream),
};

/** Serves Bybit v5's REST and WebSocket protocol: linear and spot, each a market of its own, and accounts in both. */
export async function openBybitFacade(site: FacadeSite): Promise<Facade> {
  const { faults, clock, warmer } = site;
  const families = Object.fromEntries(
    CATEGORIES.map((category) => {
      const hub = new Hub();
      const feed = new Feed({ category, hub, warmer, faults });
      const coins = BYBIT_COINS[category];
      const market = site.createMarket({ coins, basisOf: bybitBasis, listener: feed });
      feed.attach(market);
      return [category, { category, hub, feed, market }];
    }),
  ) as Record<
    Category,
    { category: Category; hub: Hub; feed: Feed; market: ReturnType<FacadeSite['createMarket']> }
  >;
  const markets = new Map(CATEGORIES.map((category) => [category, families[category].market]));
  const { linear, spot } = families;
  const accounts = openAccounts(site.openDesk(ID, markets, BYBIT_DESK), markets, site);
  const books = { linear: linear.feed.books, spot: spot.feed.books };
  const rest = new Rest({ site, markets, books, accounts: accounts.rest });
  /** Monotonic times of the latest upgrades: the venue counts them per address. */
  let upgrades: number[] = [];

  return openVenueServer(
    {
      id: ID,
      markets,
      words: WORDS,
      isBinary: false,
      // Private topics are not about one symbol each: it is named beside them.
      symbolOf: (stream) => (stream.includes('@') ? stream.slice(stream.indexOf('@') + 1) : symbolOf(stream)),
      routeOf(url) {
        const route = /^\/v5\/(?:public\/(linear|spot)|(private))$/
          .exec(url.pathname)
          ?.slice(1)
          .find(Boolean);
        if (route === undefined) return undefined;
        const now = clock.monotonic();
        upgrades = upgrades.filter((time) => now - time < CONNECTIONS_WITHIN_MS);
        upgrades.push(now);
        return upgrades.length > CONNECTIONS ? FORBIDDEN : route;
      },
      connect(client, url, request) {
        const { route } = client;
        if (!isCategory(route)) return accounts.connect(client, url, request);
        return new Connection({ client, clock, ...families[route] });
      },
      respond: (request, url, body) => rest.respond(asSent(request, url, body), url),
      requests: rest.requests,
      // The venue promises no length of life and says nothing when it ends one.
      lifeEnd: { code: 1006, reason: '' },
      maintenance: { code: 1012, reason: 'service restart' },
    },
    site,
  );
}

/** The request as signatures see it: query and body letter by letter. */
function asSent(request: IncomingMessage, url: URL, body: string): PrivateRequest {
  const [, query = ''] = /\?(.*)$/s.exec(request.url ?? '') ?? [];
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query,
    body,
    headers: request.headers,
    address: request.socket.remoteAddress ?? '',
  };
}

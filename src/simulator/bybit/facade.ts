import type { Facade, FacadeSite } from '../facade.ts';
import { Hub } from '../hub.ts';
import { openVenueServer } from '../venue-server.ts';
import { CATEGORIES, type Category, isCategory } from './category.ts';
import { BYBIT_COINS, bybitBasis } from './coins.ts';
import { Connection } from './connection.ts';
import { Feed } from './feed.ts';
import { openPrivateConnection } from './private-connection.ts';
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

/** Serves Bybit v5's public REST and WebSocket protocol: linear and spot, each a market of its own. */
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
  const rest = new Rest({ site, markets, books: { linear: linear.feed.books, spot: spot.feed.books } });
  /** Monotonic times of the latest upgrades: the venue counts them per address. */
  let upgrades: number[] = [];

  return openVenueServer(
    {
      id: ID,
      markets,
      words: WORDS,
      isBinary: false,
      symbolOf,
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
      connect(client) {
        const { route } = client;
        if (!isCategory(route)) return openPrivateConnection(client, site.now);
        return new Connection({ client, clock, ...families[route] });
      },
      respond: (request, url) => rest.respond(request.method ?? 'GET', url),
      requests: rest.requests,
      // The venue promises no length of life and says nothing when it ends one.
      lifeEnd: { code: 1006, reason: '' },
      maintenance: { code: 1012, reason: 'service restart' },
    },
    site,
  );
}

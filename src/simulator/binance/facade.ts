import type { IncomingMessage } from 'node:http';
import { BINANCE_DESK } from '../accounts/venue-rules.ts';
import type { Facade, FacadeSite } from '../facade.ts';
import { Hub } from '../hub.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Market } from '../market.ts';
import { openVenueServer } from '../venue-server.ts';
import { BINANCE_COINS } from './coins.ts';
import { Connection, LIFE_END } from './connection.ts';
import { Feed } from './feed.ts';
import { openAccounts } from './private/open-accounts.ts';
import type { PrivateRequest } from './private/signed-request.ts';
import { Rest } from './rest.ts';
import type { Route } from './stream-name.ts';

const ID = 'binance';
/** It has one, without a name. */
const CATEGORY = '';

const WORDS = {
  misshapen: '{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","p":{},"q":[null],"T":"soon"}}',
  isBook: (stream: string) => /@depth(?:@|$)/.test(stream),
};

/** Which route an upgrade path belongs to, and what it subscribes to by its URL; `undefined`: no such path. */
function parseUpgrade(
  url: URL,
): { readonly route: Route; readonly combined: boolean; readonly streams: readonly string[] } | undefined {
  const found = /^(?:\/(public|market|private))?\/(ws|stream)(?:\/(.*))?$/.exec(url.pathname);
  if (!found) return undefined;
  const [, routed, form, tail = ''] = found;
  const named = form === 'stream' ? (url.searchParams.get('streams') ?? '') : tail.replaceAll('%40', '@');
  // Tails that name no stream (`/public/ws/1`) are tolerated and mean nothing.
  const streams = named.split('/').filter((name) => name.includes('@') || name.startsWith('!'));
  return { route: (routed as Route | undefined) ?? 'unrouted', combined: form === 'stream', streams };
}

/** Serves Binance USD-M's REST and WebSocket protocol. */
export async function openBinanceFacade(site: FacadeSite): Promise<Facade> {
  const { faults, clock, warmer } = site;
  const hub = new Hub();
  const feed = new Feed(hub, warmer, () => faults.skewMs(ID));
  const market = site.createMarket({ coins: BINANCE_COINS, listener: feed });
  feed.attach(market);
  const markets = new Map([[CATEGORY, market]]);
  const accounts = openAccounts(site.openDesk(ID, markets, BINANCE_DESK), market, site);
  const rest = new Rest({ market, faults, clock, now: site.now, accounts: accounts.rest });

  return openVenueServer(
    {
      id: ID,
      markets,
      words: WORDS,
      isBinary: false,
      symbolOf: (stream) => stream.slice(0, stream.indexOf('@')),
      routeOf: (url) => parseUpgrade(url)?.route,
      connect(client, url) {
        const wanted = parseUpgrade(url);
        const route = client.route as Route;
        const connection = new Connection({
          client,
          route,
          combined: wanted?.combined ?? false,
          hub,
          clock,
          now: site.now,
          ...(route === 'private' ? { check: () => accounts.streams.check(client) } : {}),
        });
        if (route === 'private') accounts.streams.attach(client, url, () => connection.combined);
        connection.subscribe(wanted?.streams ?? []);
        return connection;
      },
      async respond(request, url, body) {
        if (url.pathname === '/fapi/v1/klines') {
          const instrument = market.instruments.get(url.searchParams.get('symbol') ?? '');
          if (instrument) warmer.want(instrument.candles);
        }
        if (url.pathname === '/fapi/v1/ticker/24hr') {
          await warmer.rollingDays(
            named(market, url.searchParams.get('symbol')).map(({ candles }) => candles),
          );
        }
        return rest.respond(asSent(request, url, body), url);
      },
      requests: rest.requests,
      lifeEnd: LIFE_END,
      // The venue announces a restart of its servers by a close frame alone.
      maintenance: { code: 1012, reason: 'Service Restart' },
    },
    site,
  );
}

/** The request as signatures see it: query and body letter by letter. */
function asSent(request: IncomingMessage, url: URL, body: string): PrivateRequest {
  const [, query = ''] = /\?(.*)$/s.exec(request.url ?? '') ?? [];
  const apiKey = request.headers['x-mbx-apikey'];
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query,
    body,
    apiKey: Array.isArray(apiKey) ? apiKey[0] : apiKey,
    address: request.socket.remoteAddress ?? '',
  };
}

/** The instruments a request is about: one, or all where none is named. */
function named(market: Market, symbol: string | null): InstrumentMarket[] {
  if (symbol === null) return market.instruments.all();
  const instrument = market.instruments.get(symbol);
  return instrument ? [instrument] : [];
}

import type { IncomingMessage } from 'node:http';
import type { Coin } from '../coins.ts';
import type { Facade, FacadeSite } from '../facade.ts';
import { HistoryWarmer } from '../history-warmer.ts';
import { Hub } from '../hub.ts';
import { krwBasis } from '../krw-coins.ts';
import type { Market } from '../market.ts';
import { createCommonFactor, PricePath } from '../price-path.ts';
import type { RestOutcome } from '../rest-faults.ts';
import { openVenueServer, type VenueManner } from '../venue-server.ts';
import { KoreanConnection } from './connection.ts';
import { DayBook } from './day-figures.ts';
import type { Dialect } from './dialect.ts';
import { KoreanFeed } from './feed.ts';

/** Between two turns of work. */
const PAUSE_MS = 2;

/** What a venue's REST half has to offer. */
export interface KoreanRest {
  readonly requests: Readonly<Record<string, number>>;
  respond(request: IncomingMessage, url: URL): RestOutcome;
}

export interface KoreanFacadeOptions {
  readonly dialect: Dialect;
  readonly coins: readonly Coin[];
  openRest(market: Market, days: DayBook): KoreanRest;
  /** Which route an upgrade belongs to, or the HTTP status it is refused with. Called once per upgrade. */
  routeOf: VenueManner['routeOf'];
  upgradeHeaders?: NonNullable<VenueManner['upgradeHeaders']>;
}

/** Serves one of the two Korean venues: a won market, its frames, its requests. */
export async function openKoreanFacade(site: FacadeSite, options: KoreanFacadeOptions): Promise<Facade> {
  const { faults, clock } = site;
  const { dialect, coins } = options;
  const basisOf = krwBasis(dialect.venue);
  const hub = new Hub();
  const paths = new Map<string, PricePath>();
  const days = new DayBook(dialect.dayOffsetMs, (coin, time) => {
    let path = paths.get(coin.symbol);
    if (!path) {
      const { seed } = market;
      path = new PricePath(seed, coin, createCommonFactor(seed), basisOf(coin, seed));
      paths.set(coin.symbol, path);
    }
    return path.ticksAt(time);
  });
  const feed = new KoreanFeed(
    dialect,
    hub,
    days,
    () => market,
    () => faults.skewMs(dialect.venue),
  );
  const market: Market = site.createMarket({ coins, basisOf, listener: feed });
  const rest = options.openRest(market, days);
  const warmer = new HistoryWarmer(clock);
  const { upgradeHeaders } = options;

  /** Adds up the days of many instruments in small turns: all at once would hold up every stream. */
  async function prepared(codes: readonly string[]): Promise<void> {
    for (const code of codes) {
      const instrument = market.instruments.get(code);
      if (instrument) days.figures(instrument, site.now());
      await new Promise<void>((resolve) => clock.after(PAUSE_MS, resolve));
    }
  }

  const facade = await openVenueServer(
    {
      id: dialect.venue,
      markets: new Map([['', market]]),
      words: {
        misshapen:
          '{"type":"trade","code":"KRW-BTC","trade_price":{},"trade_volume":[null],"trade_timestamp":"soon"}',
        // Every frame is a whole book; leaving one out is still the nearest thing to a gap.
        isBook: (stream) => stream.startsWith('orderbook:'),
      },
      isBinary: true,
      symbolOf: (stream) => stream.slice(stream.indexOf(':') + 1),
      routeOf: options.routeOf,
      connect: (client) => new KoreanConnection({ client, dialect, hub, feed, clock, now: site.now }),
      respond(request, url) {
        if (url.pathname.startsWith('/v1/candles/')) {
          const instrument = market.instruments.get(url.searchParams.get('market') ?? '');
          if (instrument) warmer.want(instrument.candles);
        }
        const codes = url.pathname.startsWith('/v1/ticker') ? codesIn(url, coins) : [];
        const cold = codes.filter((code) => {
          const instrument = market.instruments.get(code);
          return instrument !== undefined && !days.knows(instrument);
        });
        return cold.length > 1
          ? prepared(cold).then(() => rest.respond(request, url))
          : rest.respond(request, url);
      },
      requests: rest.requests,
      // Neither venue tells of a planned end: the socket is simply gone.
      lifeEnd: { code: 1006, reason: '' },
      maintenance: { code: 1006, reason: '' },
      ...(upgradeHeaders ? { upgradeHeaders } : {}),
    },
    site,
  );
  return {
    ...facade,
    async close() {
      warmer.stop();
      await facade.close();
    },
  };
}

/** The codes a ticker request is about. */
function codesIn(url: URL, coins: readonly Coin[]): string[] {
  const named = url.searchParams.get('markets');
  return named === null ? coins.map((coin) => coin.symbol) : named.split(',');
}

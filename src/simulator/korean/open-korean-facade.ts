import type { IncomingMessage } from 'node:http';
import type { DeskRules } from '../accounts/desk-rules.ts';
import type { Coin } from '../coins.ts';
import type { Facade, FacadeSite } from '../facade.ts';
import { Hub } from '../hub.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { krwBasis } from '../krw-coins.ts';
import type { Market } from '../market.ts';
import { createCommonFactor, PricePath } from '../price-path.ts';
import type { RestOutcome } from '../rest-faults.ts';
import { openVenueServer, type VenueManner } from '../venue-server.ts';
import { KoreanConnection } from './connection.ts';
import { DayBook } from './day-figures.ts';
import type { Dialect, Wanted } from './dialect.ts';
import { KoreanFeed } from './feed.ts';
import { PrivateHalf, type PrivateManner } from './private-half.ts';

/** Between two turns of work. */
const PAUSE_MS = 2;

/** What a venue's REST half has to offer. */
export interface KoreanRest {
  readonly requests: Readonly<Record<string, number>>;
  respond(request: IncomingMessage, url: URL, body: string): RestOutcome;
}

export interface KoreanFacadeOptions {
  readonly dialect: Dialect;
  readonly coins: readonly Coin[];
  readonly desk: DeskRules;
  readonly manner: PrivateManner;
  openRest(market: Market, days: DayBook, privateHalf: PrivateHalf): KoreanRest;
  /**
   * Which route an upgrade belongs to, or the HTTP status it is refused with. Called once per upgrade. Whoever asks for
   * the route `private` has yet to show a token.
   */
  routeOf: VenueManner['routeOf'];
  upgradeHeaders?: NonNullable<VenueManner['upgradeHeaders']>;
}

/** Serves one of the two Korean venues: a won market, its frames, its requests. */
export async function openKoreanFacade(site: FacadeSite, options: KoreanFacadeOptions): Promise<Facade> {
  const { faults, clock, warmer } = site;
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
  const markets = new Map([['', market]]);
  const privateHalf = new PrivateHalf({
    manner: options.manner,
    desk: site.openDesk(dialect.venue, markets, options.desk),
    market,
    faults,
    clock,
    now: site.now,
  });
  const rest = options.openRest(market, days, privateHalf);
  const { upgradeHeaders } = options;

  function instrumentOf(code: string | null): InstrumentMarket | undefined {
    return code === null ? undefined : market.instruments.get(code);
  }

  function isCold({ type, code }: Wanted): boolean {
    const instrument = type === 'ticker' ? instrumentOf(code) : undefined;
    return instrument !== undefined && !warmer.hasRollingDay(instrument.candles);
  }

  /** Adds up the days a ticker request is about in small turns: all at once would hold up every stream. */
  async function prepare(url: URL): Promise<void> {
    const cold = codesIn(url, coins).flatMap((code) => {
      const instrument = instrumentOf(code);
      return instrument && !days.knows(instrument) ? [instrument] : [];
    });
    await warmer.rollingDays(cold.map(({ candles }) => candles));
    for (const instrument of cold) {
      days.figures(instrument, site.now());
      await new Promise<void>((resolve) => clock.after(PAUSE_MS, resolve));
    }
  }

  return openVenueServer(
    {
      id: dialect.venue,
      markets,
      words: {
        misshapen:
          '{"type":"trade","code":"KRW-BTC","trade_price":{},"trade_volume":[null],"trade_timestamp":"soon"}',
        // Every frame is a whole book; leaving one out is still the nearest thing to a gap.
        isBook: (stream) => stream.startsWith('orderbook:'),
      },
      isBinary: true,
      symbolOf: (stream) => stream.slice(stream.indexOf(':') + 1),
      routeOf(url, request) {
        const route = options.routeOf(url, request);
        return route === 'private' ? (privateHalf.admitSocket(request, url) ?? route) : route;
      },
      connect: (client, _url, request) =>
        client.route === 'private'
          ? privateHalf.connect(client, request)
          : new KoreanConnection({ client, dialect, hub, feed, clock, now: site.now, isCold }),
      async respond(request, url, body) {
        if (url.pathname.startsWith('/v1/candles/')) {
          const instrument = instrumentOf(url.searchParams.get('market'));
          if (instrument) warmer.want(instrument.candles);
        } else if (url.pathname.startsWith('/v1/ticker')) await prepare(url);
        return rest.respond(request, url, body);
      },
      requests: rest.requests,
      // Neither venue tells of a planned end: the socket is simply gone.
      lifeEnd: { code: 1006, reason: '' },
      maintenance: { code: 1006, reason: '' },
      ...(upgradeHeaders ? { upgradeHeaders } : {}),
    },
    site,
  );
}

/** The codes a ticker request is about. */
function codesIn(url: URL, coins: readonly Coin[]): readonly string[] {
  const named = url.searchParams.get('markets');
  return named === null ? coins.map((coin) => coin.symbol) : [...new Set(named.split(','))];
}

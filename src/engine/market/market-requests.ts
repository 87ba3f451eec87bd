import type { Clock } from '#shared/base/clock.ts';
import type { RequestHandlers } from '#shared/contract/api.ts';
import { venueOf } from '#shared/domain/instrument.ts';
import type { EventLog } from '../health/event-log.ts';
import { loadCandlePage } from '../publisher/candle-page.ts';
import type { SettingsFile } from '../settings.ts';
import type { MarketList } from './market-list.ts';

type Served = 'instruments.list' | 'candles.load' | 'connections.reconnect' | 'connections.pause';

/** What a window may ask of the markets. */
export function createMarketRequests(options: {
  readonly markets: MarketList;
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly log: EventLog;
}): Pick<RequestHandlers, Served> {
  const { markets, settings, log } = options;
  return {
    async 'instruments.list'() {
      const lists = await Promise.allSettled(markets.all.map((market) => market.instruments()));
      const known = lists.flatMap((list) => (list.status === 'fulfilled' ? [list.value] : []));
      // One venue that is away must not take the others' lists with it.
      const [lost] = lists.filter((list) => list.status === 'rejected');
      if (lost && known.length === 0) throw lost.reason;
      return known.flat();
    },
    'candles.load': (query) =>
      loadCandlePage(markets.of(venueOf(query.instrument)), query, options.clock.now()),
    'connections.reconnect'({ venue }) {
      const market = markets.of(venue);
      log.add('info', 'connection.asked', `reconnect of ${market.venue.name} asked for`, {
        venue: market.venue.name,
      });
      market.reconnectNow();
      return {};
    },
    'connections.pause'({ venue, paused }) {
      const market = markets.of(venue);
      const others = settings.read().pausedVenues.filter((other) => other !== venue);
      settings.write({ pausedVenues: paused ? [...others, venue] : others });
      log.add(
        'info',
        paused ? 'venue.paused' : 'venue.unpaused',
        `${market.venue.name} ${paused ? 'paused' : 'let go on'}`,
        {
          venue: market.venue.name,
        },
      );
      if (paused) market.pause();
      else market.resume();
      return {};
    },
  };
}

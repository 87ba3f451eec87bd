import type { Clock } from '#shared/base/clock.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Endpoints, Venue } from '#venues/venue.ts';
import type { EventLog } from './health/event-log.ts';
import type { StreamMeter } from './health/stream-meter.ts';
import type { MarketList } from './market/market-list.ts';
import { createVenueMarket } from './market/venue-market.ts';
import { createRestClient, type Fetch } from './net/rest-client.ts';
import type { OpenSocket } from './net/socket.ts';
import type { RecordableVenue } from './recorder/recording-room.ts';
import type { WireTap } from './recorder/wire-tap.ts';
import type { SettingsFile } from './settings.ts';
import type { CandleStore } from './storage/candle-store.ts';
import type { Tuning } from './tuning.ts';

/** What stands on the screen first: a call for each of a thousand rows would keep everything else waiting. */
const WARMED_AT_MOST = 50;

export interface MarketSite {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly settings: SettingsFile;
  readonly tuning: Tuning;
  readonly history: CandleStore | undefined;
  readonly tap: WireTap;
  readonly openSocket: OpenSocket;
  readonly fetch: Fetch;
  readonly meterOf: (stream: StreamKey, connection: string) => StreamMeter;
}

/**
 * A market for each venue of the desk, each with its REST client and tapped sockets; what the settings say of pauses holds
 * from the start, and what is on the watchlist is asked for. Returns what a recorder needs of each.
 */
export function openMarkets(
  markets: MarketList,
  venues: readonly { readonly venue: Venue; readonly endpoints: Endpoints }[],
  site: MarketSite,
): readonly RecordableVenue[] {
  const { clock, settings, tuning, tap } = site;
  const recordable = venues.map(({ venue, endpoints }) => {
    const rest = createRestClient({
      venue,
      baseUrl: endpoints.rest,
      clock,
      fetch: tap.rest(venue.id, site.fetch),
      profile: () => settings.read().rateProfile,
      slowDown: tuning.slowDown,
    });
    markets.add(
      createVenueMarket({
        venue,
        endpoints,
        clock,
        log: site.log,
        openSocket: tap.sockets(venue.id, site.openSocket),
        history: site.history,
        sources: () => settings.read().sources,
        tuning,
        meterOf: site.meterOf,
        rest,
      }),
    );
    return { venue, endpoints, rest };
  });
  const { pausedVenues, watchlist } = settings.read();
  for (const { venue } of venues) if (pausedVenues.includes(venue.id)) markets.of(venue.id).pause();
  const isOf = (id: string) => (instrument: InstrumentId) => venueOf(instrument) === id;
  for (const market of markets.all) {
    market.warm?.(watchlist.filter(isOf(market.venue.id)).slice(0, WARMED_AT_MOST));
  }
  return recordable;
}

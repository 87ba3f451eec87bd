import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { EventLog } from '../health/event-log.ts';
import type { StreamMeter } from '../health/stream-meter.ts';
import type { Market } from '../market/market.ts';
import type { MarketList } from '../market/market-list.ts';
import { BACKOFF, delayMs } from '../net/backoff.ts';
import type { Room } from '../room.ts';
import type { SettingsFile } from '../settings.ts';
import type { CandleStore } from '../storage/candle-store.ts';
import type { Tuning } from '../tuning.ts';
import { createCcxtMarket } from './ccxt-market.ts';
import { createExchange, exchangeIdOf, loadCcxt, offeredIds, type UrlsOf } from './load-ccxt.ts';

export interface VenueRoomOptions {
  readonly clock: Clock;
  readonly markets: MarketList;
  readonly settings: SettingsFile;
  readonly log: EventLog;
  readonly history?: CandleStore | undefined;
  readonly tuning?: Tuning | undefined;
  readonly meterOf?: (stream: StreamKey, connection: string) => StreamMeter;
  readonly urlsOf?: UrlsOf | undefined;
  /** A recording is shown: nothing of today belongs beside it. */
  readonly isLocked?: boolean;
}

export interface VenueRoom extends Room<'venues.offered' | 'venues.add' | 'venues.remove', never> {
  dispose(): void;
}

/**
 * Exchanges added through ccxt, remembered over restarts. What was added before comes back in the background: an exchange
 * that is away is on the desk nevertheless, and says so.
 */
export function createVenueRoom(options: VenueRoomOptions): VenueRoom {
  const { clock, markets, settings, log } = options;
  /** Being added, and those to be restored: a removal meanwhile ends it. */
  const underWay = new Map<VenueId, Promise<void>>();
  const retries = new Map<VenueId, Undo>();
  let isDisposed = false;

  const has = (venue: VenueId) => markets.all.some((market) => market.venue.id === venue);

  async function create(venue: VenueId): Promise<Market> {
    const ccxt = await loadCcxt();
    const exchange = await createExchange(ccxt, exchangeIdOf(ccxt, venue), options.urlsOf);
    return createCcxtMarket({ ...options, venue, ccxt, exchange });
  }

  function take(market: Market): void {
    const { id } = market.venue;
    if (settings.read().pausedVenues.includes(id)) market.pause();
    markets.add(market);
  }

  /** What cannot even list its instruments is not added: nothing of it could be shown, and a typing mistake looks like that. */
  async function add(venue: VenueId): Promise<void> {
    const market = await create(venue);
    try {
      const instruments = await market.instruments();
      if (isDisposed) throw new HeartlineError('rest.stopped', 'the engine is closing');
      const others = settings.read().addedVenues.filter((other) => other !== venue);
      settings.write({ addedVenues: [...others, venue] });
      log.add('info', 'venue.added', `${market.venue.name} added with ${instruments.length} instruments`, {
        venue: market.venue.name,
        count: instruments.length,
      });
    } catch (fault) {
      market.dispose();
      throw loadFailed(venue, fault);
    }
    take(market);
  }

  async function restore(venue: VenueId, attempt: number): Promise<void> {
    try {
      const market = await create(venue);
      if (isDisposed || has(venue) || !settings.read().addedVenues.includes(venue)) market.dispose();
      else take(market);
    } catch (fault) {
      const failed = loadFailed(venue, fault);
      log.add('error', failed.code, failed.message, failed.details);
      // An id that is not offered any more will not be offered in a minute.
      if (isDisposed || failed.code === 'venue.not-offered') return;
      const again = () => void restore(venue, attempt + 1);
      retries.set(
        venue,
        clock.after(delayMs(options.tuning?.backoff() ?? BACKOFF, attempt, clock.random()), again),
      );
    }
  }

  if (!options.isLocked) for (const venue of settings.read().addedVenues) void restore(venue, 1);

  return {
    requests: {
      'venues.offered': async () => (options.isLocked ? [] : offeredIds(await loadCcxt())),
      async 'venues.add'({ venue }) {
        if (options.isLocked) {
          throw new HeartlineError('venue.locked', 'no exchange can be added beside a recording');
        }
        if (has(venue)) return {};
        retries.get(venue)?.();
        const adding = underWay.get(venue) ?? add(venue).finally(() => underWay.delete(venue));
        underWay.set(venue, adding);
        await adding;
        return {};
      },
      async 'venues.remove'({ venue }) {
        const { addedVenues, pausedVenues } = settings.read();
        if (!addedVenues.includes(venue)) {
          throw new HeartlineError('venue.unknown', `${venue} was not added`, { details: { venue } });
        }
        settings.write({
          addedVenues: addedVenues.filter((other) => other !== venue),
          pausedVenues: pausedVenues.filter((other) => other !== venue),
        });
        retries.get(venue)?.();
        retries.delete(venue);
        if (has(venue)) markets.remove(venue);
        log.add('info', 'venue.removed', `${venue} removed`, { venue });
        return {};
      },
    },
    watches: {},
    dispose() {
      isDisposed = true;
      for (const cancel of retries.values()) cancel();
    },
  };
}

/** What is wrong with the name stays so; anything else can be tried again, and says why. */
function loadFailed(venue: VenueId, fault: unknown): HeartlineError {
  if (fault instanceof HeartlineError && ['venue.not-offered', 'rest.stopped'].includes(fault.code))
    return fault;
  return new HeartlineError('venue.load-failed', `${venue} cannot be added now: ${messageOf(fault)}`, {
    cause: fault,
    details: { venue, reason: messageOf(fault).slice(0, 200) },
  });
}

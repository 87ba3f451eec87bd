import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { RequestHandlers } from '#shared/contract/api.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { type Instrument, venueOf } from '#shared/domain/instrument.ts';
import type { EventLog } from '../health/event-log.ts';
import { loadCandlePage } from '../publisher/candle-page.ts';
import type { SettingsFile } from '../settings.ts';
import type { Market } from './market.ts';
import type { MarketList } from './market-list.ts';

type Served =
  | 'instruments.list'
  | 'candles.load'
  | 'connections.reconnect'
  | 'connections.pause'
  | 'settings.write';

/** A venue that hangs or refuses must not keep the instruments of the others from anybody. */
const LIST_WITHIN_MS = 4000;

/** What all venues list, as far as they tell it in time; the rest once the log says `instruments.back`. Throws when none does. */
async function listEverywhere(all: readonly Market[], clock: Clock): Promise<readonly Instrument[]> {
  const lists = all.map((market) => market.instruments());
  const outcomes = lists.map((list) =>
    list.then(
      (instruments) => ({ instruments }),
      (fault: unknown) => ({ fault }),
    ),
  );
  let cancel: Undo = () => undefined;
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.after(LIST_WITHIN_MS, () => resolve(undefined));
  });
  const known = await Promise.all(outcomes.map((outcome) => Promise.race([outcome, late])));
  cancel();
  const instruments = known.flatMap((one) => (one && 'instruments' in one ? one.instruments : []));
  // Nobody answered: whoever does first, or the reason why nobody does.
  return instruments.length > 0 || all.length === 0 ? instruments : await firstOf(lists);
}

async function firstOf(lists: readonly Promise<readonly Instrument[]>[]): Promise<readonly Instrument[]> {
  try {
    return await Promise.any(lists);
  } catch (fault) {
    throw fault instanceof AggregateError ? fault.errors[0] : fault;
  }
}

/** What a window may ask of the markets. */
export function createMarketRequests(options: {
  readonly markets: MarketList;
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly log: EventLog;
}): Pick<RequestHandlers, Served> {
  const { markets, settings, log } = options;

  /** What the settings say of pauses is so from now on, whichever request said it. */
  function obeyPauses(): void {
    const { pausedVenues } = settings.read();
    for (const market of markets.all) {
      const { id, name } = market.venue;
      const isPaused = pausedVenues.includes(id);
      if (isPaused === market.isPaused) continue;
      const code = isPaused ? 'venue.paused' : 'venue.unpaused';
      log.add('info', code, `${name} ${isPaused ? 'paused' : 'let go on'}`, { venue: name });
      if (isPaused) market.pause();
      else market.resume();
    }
  }

  /** A socket is compressed or not from its beginning: what stands is renewed, the new one proven before the old one goes. */
  function renewCompressed(before: Settings['connections']['compression']): void {
    const { compression } = settings.read().connections;
    for (const market of markets.all) {
      const { id, name } = market.venue;
      const isOn = compression[id] === true;
      if (isOn === (before[id] === true)) continue;
      log.add(
        'info',
        isOn ? 'venue.compressed' : 'venue.plain',
        `${name}: compression ${isOn ? 'on' : 'off'}`,
        {
          venue: name,
        },
      );
      if (!market.isPaused) market.reconnectNow();
    }
  }

  return {
    'instruments.list': () => listEverywhere(markets.all, options.clock),
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
      const { id } = markets.of(venue).venue;
      const others = settings.read().pausedVenues.filter((other) => other !== id);
      settings.write({ pausedVenues: paused ? [...others, id] : others });
      obeyPauses();
      return {};
    },
    'settings.write'(change) {
      const { compression } = settings.read().connections;
      const written = settings.write(change);
      obeyPauses();
      renewCompressed(compression);
      return written;
    },
  };
}

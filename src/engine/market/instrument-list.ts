import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';
import type { InstrumentPage, Venue } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import type { RestClient } from '../net/rest-client.ts';

/** What a venue trades, loaded once and kept an hour. */
export interface InstrumentList {
  /** `undefined` until loaded. */
  readonly known: ReadonlyMap<InstrumentId, Instrument> | undefined;
  /** Joins a load under way. Throws what the REST client throws. */
  load(): Promise<readonly Instrument[]>;
  /** Loads it anew even if the one held is young. Throws what the REST client throws, where none is held. */
  refresh(): Promise<readonly Instrument[]>;
  /** Monotonic ms; `undefined` until loaded. */
  readonly loadedAt: number | undefined;
  /** Older than it is kept for: whoever asks next gets a new one. */
  readonly isOld: boolean;
  /** Throws `instrument.unknown`, or what the REST client throws. */
  check(instrument: InstrumentId): Promise<Instrument>;
}

const KEEP_MS = 60 * 60_000;
/** A list of more pages than this goes in a circle. */
const MOST_PAGES = 50;

export function createInstrumentList(options: {
  readonly venue: Venue;
  readonly rest: RestClient;
  readonly clock: Clock;
  readonly log: EventLog;
}): InstrumentList {
  const { venue, rest, clock, log } = options;
  let known: ReadonlyMap<InstrumentId, Instrument> | undefined;
  let loadedAt: number | undefined;
  let underWay: Promise<readonly Instrument[]> | undefined;

  async function loadAll(): Promise<readonly Instrument[]> {
    const first = await rest.call(venue.rest.instruments());
    if (!('instruments' in first)) return first;
    const instruments = [...first.instruments];
    let { next } = first;
    for (let page = 1; next !== undefined && page < MOST_PAGES; page++) {
      const answer: InstrumentPage = await rest.call(next);
      instruments.push(...answer.instruments);
      next = answer.next;
    }
    return instruments;
  }

  async function fetchAll(): Promise<readonly Instrument[]> {
    try {
      const instruments = await loadAll();
      known = new Map(instruments.map((instrument) => [instrument.id, instrument]));
      loadedAt = clock.monotonic();
      return instruments;
    } catch (fault) {
      if (known) {
        log.add('warn', 'instruments.outdated', messageOf(fault), { venue: venue.name });
        return [...known.values()];
      }
      throw fault;
    } finally {
      underWay = undefined;
    }
  }

  function refresh(): Promise<readonly Instrument[]> {
    underWay ??= fetchAll();
    return underWay;
  }

  const isOld = () => loadedAt !== undefined && clock.monotonic() - loadedAt >= KEEP_MS;

  function load(): Promise<readonly Instrument[]> {
    return known && !isOld() ? Promise.resolve([...known.values()]) : refresh();
  }

  return {
    get known() {
      return known;
    },
    load,
    refresh,
    get loadedAt() {
      return loadedAt;
    },
    get isOld() {
      return isOld();
    },
    async check(instrument) {
      await load();
      const found = known?.get(instrument);
      if (found) return found;
      throw new HeartlineError('instrument.unknown', `${venue.name} does not list ${instrument}`, {
        details: { instrument, venue: venue.name },
      });
    },
  };
}

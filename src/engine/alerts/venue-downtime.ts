import type { Clock } from '#shared/base/clock.ts';
import type { ConnectionState } from '#shared/domain/connection.ts';
import { isUnwanted } from '../health/state-severity.ts';
import type { MarketList } from '../market/market-list.ts';

/** For how long each venue's public connections have not all been live. */
export interface VenueDowntime {
  /** Seconds; 0 while all are live; `undefined` while nothing is wanted there. */
  of(venue: string): number | undefined;
  /** Once a second. */
  second(): void;
}

export function createVenueDowntime(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
}): VenueDowntime {
  const { clock, markets } = options;
  /** Monotonic ms since when; `undefined`: all are live. */
  const downSince = new Map<string, number | undefined>();
  return {
    of(venue) {
      if (!downSince.has(venue)) return undefined;
      const since = downSince.get(venue);
      return since === undefined ? 0 : Math.floor((clock.monotonic() - since) / 1000);
    },
    second() {
      for (const { venue, health } of markets.all) {
        const wanted = health().filter(({ id, state }) => !isUnwanted(state) && id !== `${venue.id}/rest`);
        if (wanted.length === 0) downSince.delete(venue.id);
        else if (wanted.every(({ state }) => isWhole(state))) downSince.set(venue.id, undefined);
        else downSince.set(venue.id, downSince.get(venue.id) ?? clock.monotonic());
      }
      for (const id of downSince.keys())
        if (!markets.all.some(({ venue }) => venue.id === id)) downSince.delete(id);
    },
  };
}

/** A planned change of sockets takes nothing away. */
const isWhole = ({ kind }: ConnectionState) => kind === 'live' || kind === 'rotating';

import { HeartlineError } from '#shared/base/errors.ts';
import { FIRST_SETTINGS } from '#shared/contract/first-settings.ts';
import { SAFE_TRADING } from '#shared/contract/safe-trading.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import type { Venue } from '#venues/venue.ts';

/** Of each venue at first: all of every venue's favourites would be a list nobody reads. */
const WATCHED_PER_VENUE = 5;

/** See `SAFE_TRADING`. */
export const DEFAULT_LIMITS: TradingLimits = SAFE_TRADING.limits;

/** What a first start has. The alarm bounds are those people named: see product goals in the glossary. */
export function defaultSettings(venues: readonly Pick<Venue, 'favourites'>[]): Settings {
  const watchlist = venues.flatMap((venue) => venue.favourites.slice(0, WATCHED_PER_VENUE));
  const selected = watchlist[0];
  if (!selected) throw new HeartlineError('internal', 'no venue has a favourite instrument');
  return {
    ...FIRST_SETTINGS,
    watchlist,
    watchGroups: [],
    selected,
    interval: '1m',
    pausedVenues: [],
    addedVenues: [],
    typedFx: null,
    recentCommands: [],
  };
}

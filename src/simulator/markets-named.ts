import { HeartlineError } from '#shared/base/errors.ts';
import type { Facade } from './facade.ts';
import type { Market } from './market.ts';

/** The markets of one venue and category, or of all that are not named. Throws `venue.unknown`. */
export function marketsNamed(
  facades: ReadonlyMap<string, Facade>,
  venue: string | undefined,
  category: string | undefined,
): Market[] {
  const venues = [...facades].filter(([id]) => venue === undefined || id === venue);
  const markets = venues.flatMap(([, facade]) =>
    [...facade.markets].filter(([name]) => category === undefined || name === category),
  );
  if (markets.length > 0) return markets.map(([, market]) => market);
  const known = [...facades].flatMap(([id, facade]) =>
    [...facade.markets.keys()].map((name) => `${id} ${name}`.trim()),
  );
  throw new HeartlineError('venue.unknown', `No such market. There are: ${known.join(', ')}.`);
}

import { binance } from './binance/index.ts';
import { bithumb } from './bithumb/index.ts';
import { bybit } from './bybit/index.ts';
import { upbit } from './upbit/index.ts';
import type { Endpoints, Venue } from './venue.ts';

/** Every first-class venue, one line each. */
export const venues: readonly Venue[] = [binance, bybit, upbit, bithumb];

/** The venues that have an address where we want to reach them, each with it. */
export function venuesAt(
  endpointsOf: (venue: Venue) => Endpoints | undefined,
): readonly { readonly venue: Venue; readonly endpoints: Endpoints }[] {
  return venues.flatMap((venue) => {
    const endpoints = endpointsOf(venue);
    return endpoints ? [{ venue, endpoints }] : [];
  });
}

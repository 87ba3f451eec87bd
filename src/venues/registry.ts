import type { AccountEndpoints, AccountVenue } from './account.ts';
import { binanceAccount } from './binance/account.ts';
import { binance } from './binance/index.ts';
import { bithumbAccount } from './bithumb/account.ts';
import { bithumb } from './bithumb/index.ts';
import { bybitAccount } from './bybit/account.ts';
import { bybit } from './bybit/index.ts';
import { upbitAccount } from './upbit/account.ts';
import { upbit } from './upbit/index.ts';
import type { Endpoints, Venue } from './venue.ts';

/** Every first-class venue, one line each. */
export const venues: readonly Venue[] = [binance, bybit, upbit, bithumb];

/** Their private halves, one line each. */
export const accountVenues: readonly AccountVenue[] = [
  binanceAccount,
  bybitAccount,
  upbitAccount,
  bithumbAccount,
];

/** The venues that have an address where we want to reach them, each with it. */
export function venuesAt(
  endpointsOf: (venue: Venue) => Endpoints | undefined,
): readonly { readonly venue: Venue; readonly endpoints: Endpoints }[] {
  return venues.flatMap((venue) => {
    const endpoints = endpointsOf(venue);
    return endpoints ? [{ venue, endpoints }] : [];
  });
}

/** The venues whose private half has an address where we want to reach it, each with it and its name. */
export function accountsAt(
  endpointsOf: (venue: AccountVenue) => AccountEndpoints | undefined,
): readonly { readonly venue: AccountVenue; readonly name: string; readonly endpoints: AccountEndpoints }[] {
  return accountVenues.flatMap((venue) => {
    const endpoints = endpointsOf(venue);
    const name = venues.find(({ id }) => id === venue.id)?.name ?? venue.id;
    return endpoints ? [{ venue, name, endpoints }] : [];
  });
}

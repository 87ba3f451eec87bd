import type { AccountEndpoints } from './account.ts';
import { binanceAccount } from './binance/account.ts';
import { bithumbAccount } from './bithumb/account.ts';
import { bybitAccount } from './bybit/account.ts';
import type { TradingVenue } from './order.ts';
import { venues } from './registry.ts';
import { upbitAccount } from './upbit/account.ts';

/** The private half of every first-class venue, orders included, one line each. Apart, so that who needs no accounts loads none of it. */
export const accountVenues: readonly TradingVenue[] = [
  binanceAccount,
  bybitAccount,
  upbitAccount,
  bithumbAccount,
];

/** The venues whose private half has an address where we want to reach it, each with it and its name. */
export function accountsAt(
  endpointsOf: (venue: TradingVenue) => AccountEndpoints | undefined,
): readonly { readonly venue: TradingVenue; readonly name: string; readonly endpoints: AccountEndpoints }[] {
  return accountVenues.flatMap((venue) => {
    const endpoints = endpointsOf(venue);
    const name = venues.find(({ id }) => id === venue.id)?.name ?? venue.id;
    return endpoints ? [{ venue, name, endpoints }] : [];
  });
}

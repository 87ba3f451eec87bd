import type { AppDescription } from '#shared/contract/api.ts';
import { connectionWords } from '../../i18n/text-for.ts';

type Venues = Pick<AppDescription, 'venues'>;

/** `binance` → `Binance`. */
export function venueName(app: Venues, venue: string): string {
  return app.venues.find(({ id }) => id === venue)?.name ?? venue.charAt(0).toUpperCase() + venue.slice(1);
}

/** `binance/market` → `binance`. */
export function venueOfConnection(connection: string): string {
  return connection.slice(0, connection.indexOf('/'));
}

/** `binance/market` → `Binance market`. */
export function connectionName(app: Venues, connection: string): string {
  return connectionWords(connection, venueName(app, venueOfConnection(connection)));
}

/** What of a connection's name stands beside its venue: `binance/market` → `market`. */
export function connectionPart(app: Venues, connection: string): string {
  const venue = venueName(app, venueOfConnection(connection));
  return connectionName(app, connection).slice(venue.length).trim();
}

/** A stream's id (`<connection> <stream key>`), taken apart. */
export function splitStreamId(id: string): { readonly connection: string; readonly stream: string } {
  const space = id.indexOf(' ');
  return { connection: id.slice(0, space), stream: id.slice(space + 1) };
}

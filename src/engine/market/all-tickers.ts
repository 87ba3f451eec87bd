import { HeartlineError } from '#shared/base/errors.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { MarkEvent, TickerEvent } from '#shared/domain/market-data.ts';
import type { Venue } from '#venues/venue.ts';
import type { RestClient } from '../net/rest-client.ts';
import type { InstrumentList } from './instrument-list.ts';

/** What a venue told of all its instruments at once. */
export interface AllTickers {
  /** All it lists, whether or not it told of each. */
  readonly instruments: readonly Instrument[];
  readonly events: readonly (TickerEvent | MarkEvent)[];
  /** Rows that came and could not be read. */
  readonly unread: number;
  /** Why a part is missing: one of the calls failed. */
  readonly fault?: HeartlineError;
}

/**
 * Reads every instrument's figures over REST, after everything else that is asked of the venue. Throws what the REST
 * client throws when nothing at all could be had.
 */
export async function readAllTickers(
  venue: Venue,
  rest: Pick<RestClient, 'call'>,
  list: Pick<InstrumentList, 'load'>,
): Promise<AllTickers> {
  const instruments = await list.load();
  const calls = venue.rest.tickers?.(instruments.map(({ id }) => id)) ?? [];
  const answers = await Promise.allSettled(calls.map((call) => rest.call(call, 'background')));
  const told = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const refused = answers.find((answer) => answer.status === 'rejected');
  if (refused && told.length === 0) throw refused.reason;
  return {
    instruments,
    events: told.flatMap(({ events }) => events),
    unread: told.reduce((sum, { unread }) => sum + unread, 0),
    ...(refused ? { fault: asFault(refused.reason) } : {}),
  };
}

function asFault(reason: unknown): HeartlineError {
  return reason instanceof HeartlineError
    ? reason
    : new HeartlineError('internal', String(reason), { cause: reason });
}

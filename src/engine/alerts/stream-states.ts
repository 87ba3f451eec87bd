import type { Clock } from '#shared/base/clock.ts';
import type { StreamState } from '#shared/domain/connection.ts';
import { type VenueId, venueOf } from '#shared/domain/instrument.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { MarketList } from '../market/market-list.ts';

/** What the engine's health says of streams, looked up often and asked for seldom. */
export interface StreamStates {
  /** The best of these; `undefined`: nobody has heard of any yet. */
  best(streams: readonly StreamKey[]): StreamState | undefined;
  /** Once a second. */
  second(): void;
}

/** A stream that was not live a moment ago may be by now: then its first price counts. */
const AGAIN_MS = 10;
const FROM_BEST: readonly StreamState[] = ['live', 'late', 'stale', 'pending'];

export function createStreamStates(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
}): StreamStates {
  const { clock, markets } = options;
  const known = new Map<
    VenueId,
    { readonly at: number; readonly states: ReadonlyMap<string, StreamState> }
  >();

  function look(venue: VenueId) {
    const market = markets.all.find((one) => one.venue.id === venue);
    // A stream that comes both ways is as good as the better of them.
    const states = new Map<string, StreamState>();
    for (const { streams } of market?.health() ?? [])
      for (const { stream, state } of streams) if (states.get(stream) !== 'live') states.set(stream, state);
    const looked = { at: clock.monotonic(), states };
    known.set(venue, looked);
    return looked;
  }

  return {
    best(streams) {
      const [first] = streams;
      if (!first) return undefined;
      const venue = venueOf(first.instrument);
      const texts = streams.map(streamKeyText);
      const among = (states: ReadonlyMap<string, StreamState>) => {
        const told = texts.map((text) => states.get(text));
        return FROM_BEST.find((state) => told.includes(state));
      };
      const held = known.get(venue) ?? look(venue);
      const best = among(held.states);
      if (best === 'live' || best === 'late' || clock.monotonic() - held.at < AGAIN_MS) return best;
      return among(look(venue).states);
    },
    second: () => known.clear(),
  };
}

import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { AlertRule } from '#shared/domain/alert.ts';
import { type VenueId, venueOf } from '#shared/domain/instrument.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { EventLog } from '../health/event-log.ts';
import type { MarketList } from '../market/market-list.ts';
import { streamsOf } from './streams-of.ts';

/** The streams that alerts need, held whether or not a window looks. */
export interface AlertStreams {
  /** Exactly those of these rules from now on. */
  follow(rules: readonly AlertRule[]): void;
  dispose(): void;
}

export function createAlertStreams(options: {
  readonly markets: MarketList;
  readonly log: EventLog;
}): AlertStreams {
  const { markets, log } = options;
  const held = new Map<string, { readonly venue: VenueId; readonly undo: Undo }>();
  let rules: readonly AlertRule[] = [];

  const canaryOf = (venue: string) => markets.all.find((one) => one.venue.id === venue)?.venue.favourites[0];

  function hold(stream: StreamKey): void {
    const venue = venueOf(stream.instrument);
    const market = markets.all.find((one) => one.venue.id === venue);
    if (!market) return; // it may come back
    try {
      held.set(streamKeyText(stream), { venue, undo: market.hold(stream) });
    } catch (fault) {
      // The venue cannot have it: the alert says that it is blind.
      log.add('warn', 'alert.stream', `an alert needs ${streamKeyText(stream)}: ${messageOf(fault)}`, {
        instrument: stream.instrument,
        reason: messageOf(fault),
      });
      held.set(streamKeyText(stream), { venue, undo: () => undefined });
    }
  }

  function sync(): void {
    const needed = new Map(
      rules.flatMap((rule) => streamsOf(rule, canaryOf)).map((stream) => [streamKeyText(stream), stream]),
    );
    // First what is new: a stream that both want never ends in between.
    for (const [text, stream] of needed) if (!held.has(text)) hold(stream);
    for (const [text, { undo }] of [...held]) {
      if (needed.has(text)) continue;
      held.delete(text);
      undo();
    }
  }

  const leave = markets.watchEach(({ venue }) => {
    sync();
    return () => {
      for (const [text, one] of [...held]) {
        if (one.venue !== venue.id) continue;
        held.delete(text);
        one.undo();
      }
    };
  });

  return {
    follow(wanted) {
      rules = wanted;
      sync();
    },
    dispose() {
      leave();
      for (const { undo } of held.values()) undo();
      held.clear();
    },
  };
}

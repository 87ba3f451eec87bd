import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { StreamPulse } from './stream-pulse.ts';

/**
 * What the streams of one instrument say of each other, over all connections of a venue. When a market holds its breath
 * its trades, best prices and book slow down together; when one stream dies the others go on.
 */
export interface MarketTempo {
  join(key: StreamKey, pulse: StreamPulse): Undo;
  /** Whether all other busy streams of the instrument have slowed down; false where there are none to ask. */
  isHushed(key: StreamKey, pulse: StreamPulse, now: number): boolean;
  /** Whether any of them goes on as usual. */
  isMoving(key: StreamKey, pulse: StreamPulse, now: number): boolean;
}

/** Below this share of their usual rate they have. In the one recorded hush they came to a tenth. */
const HUSHED_SHARE = 0.35;

export function createMarketTempo(): MarketTempo {
  const byInstrument = new Map<InstrumentId, Set<StreamPulse>>();

  function busiest({ instrument }: StreamKey, pulse: StreamPulse, now: number): number | undefined {
    let most: number | undefined;
    for (const other of byInstrument.get(instrument) ?? []) {
      const tempo = other === pulse ? undefined : other.tempoAt(now);
      if (tempo !== undefined) most = Math.max(most ?? 0, tempo);
    }
    return most;
  }

  return {
    join({ instrument }, pulse) {
      const pulses = byInstrument.get(instrument) ?? new Set();
      byInstrument.set(instrument, pulses.add(pulse));
      return () => {
        pulses.delete(pulse);
        if (pulses.size === 0 && byInstrument.get(instrument) === pulses) byInstrument.delete(instrument);
      };
    },
    isHushed: (key, pulse, now) => (busiest(key, pulse, now) ?? 1) < HUSHED_SHARE,
    isMoving: (key, pulse, now) => (busiest(key, pulse, now) ?? 0) >= HUSHED_SHARE,
  };
}

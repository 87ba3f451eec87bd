import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import { type IndicatorChoice, readIndicators } from './indicators/indicator-kinds.ts';

/** How candles are drawn. `heikin`: averaged ones (Heikin-Ashi); the legend keeps telling the real prices. */
export const CHART_TYPES = ['candles', 'hollow', 'heikin', 'bars', 'line', 'area'] as const;
export type ChartType = (typeof CHART_TYPES)[number];

/** `percent`: labels tell the distance from the first candle in view. */
export const SCALE_MODES = ['linear', 'log', 'percent'] as const;
export type ScaleMode = (typeof SCALE_MODES)[number];

export const MOST_COMPARED = 4;

/** What a chart remembers of its own, with the layout. */
export interface ChartLook {
  readonly type: ChartType;
  readonly volume: boolean;
  readonly scale: ScaleMode;
  readonly auto: boolean;
  readonly inverted: boolean;
  /** Points of drawings go to the nearest open, high, low or close. */
  readonly magnet: boolean;
  readonly drawings: boolean;
  readonly indicators: readonly IndicatorChoice[];
  /** Instruments drawn as percent lines. */
  readonly compare: readonly InstrumentId[];
}

export const FIRST_LOOK: ChartLook = {
  type: 'candles',
  volume: true,
  scale: 'linear',
  auto: true,
  inverted: false,
  magnet: true,
  drawings: true,
  indicators: [],
  compare: [],
};

/** What a layout remembered, which a hand may have been in: what makes no sense is as at first. */
export function readLook(given: unknown): ChartLook {
  if (typeof given !== 'object' || given === null) return FIRST_LOOK;
  const known = given as Record<string, unknown>;
  const flag = (name: 'volume' | 'auto' | 'inverted' | 'magnet' | 'drawings') =>
    typeof known[name] === 'boolean' ? known[name] : FIRST_LOOK[name];
  return {
    type: CHART_TYPES.find((type) => type === known['type']) ?? FIRST_LOOK.type,
    scale: SCALE_MODES.find((mode) => mode === known['scale']) ?? FIRST_LOOK.scale,
    volume: flag('volume'),
    auto: flag('auto'),
    inverted: flag('inverted'),
    magnet: flag('magnet'),
    drawings: flag('drawings'),
    indicators: readIndicators(known['indicators']),
    compare: readInstruments(known['compare']),
  };
}

function readInstruments(given: unknown): readonly InstrumentId[] {
  if (!Array.isArray(given)) return [];
  const found = new Set<InstrumentId>();
  for (const one of given as readonly unknown[]) {
    if (typeof one !== 'string' || one.length > 80 || found.size >= MOST_COMPARED) continue;
    try {
      found.add(instrumentId(one));
    } catch {
      // Not an instrument: as good as none.
    }
  }
  return [...found];
}

import { toScaled } from '#shared/base/decimal.ts';

/** From this price on (decimal text, won) prices move in steps of `tick`. */
export interface PriceBand {
  readonly from: string;
  readonly tick: string;
}

/** Highest band first. Upbit's won market since 2025-07-31. */
export const UPBIT_BANDS: readonly PriceBand[] = [
  { from: '1000000', tick: '1000' },
  { from: '500000', tick: '500' },
  { from: '100000', tick: '100' },
  { from: '50000', tick: '50' },
  { from: '10000', tick: '10' },
  { from: '5000', tick: '5' },
  { from: '100', tick: '1' },
  { from: '10', tick: '0.1' },
  { from: '1', tick: '0.01' },
  { from: '0.1', tick: '0.001' },
  { from: '0.01', tick: '0.0001' },
  { from: '0.001', tick: '0.00001' },
  { from: '0.0001', tick: '0.000001' },
  { from: '0.00001', tick: '0.0000001' },
  { from: '0', tick: '0.00000001' },
];

/** Highest band first. Bithumb's won market, as its price units stand in the sheet. */
export const BITHUMB_BANDS: readonly PriceBand[] = [
  { from: '1000000', tick: '1000' },
  { from: '500000', tick: '500' },
  { from: '100000', tick: '100' },
  { from: '50000', tick: '50' },
  { from: '10000', tick: '10' },
  { from: '5000', tick: '5' },
  { from: '100', tick: '1' },
  { from: '10', tick: '0.01' },
  { from: '1', tick: '0.001' },
  { from: '0', tick: '0.0001' },
];

/** A price may wander this far from its anchor before the finest tick it can meet is no longer whole units. */
const REACH = 2.5;

/** The tick (decimal text, won) a price of that many won moves in. */
export function tickAt(bands: readonly PriceBand[], price: number): string {
  const band = bands.find(({ from }) => price >= Number(from)) ?? bands.at(-1);
  return (band as PriceBand).tick;
}

/** The power of ten, as decimal text, all ticks near `anchorPrice` are whole multiples of. */
export function unitNear(bands: readonly PriceBand[], anchorPrice: number): string {
  // Written from the text: a logarithm may fall on the wrong side of a power of ten.
  return tickAt(bands, anchorPrice / REACH).replace(/[1-9]/, '1');
}

/**
 * How many units one tick is, by price in units: what keeps every price of a won market on the tick of its band.
 * Below the reach of `unit` a tick is one unit, which lies on the finer ticks there too.
 */
export function grainsOf(bands: readonly PriceBand[], unit: string): (price: number) => number {
  const places = unit.includes('.') ? unit.length - unit.indexOf('.') - 1 : 0;
  const inUnits = (text: string) => Number(text) / Number(unit);
  const steps = bands.map(({ from, tick }) => {
    const grain = (toScaled(tick, places) ?? 0) / (toScaled(unit, places) ?? 1);
    return { from: Math.round(inUnits(from)), grain: Math.max(1, Math.round(grain)) };
  });
  return (price) => steps.find(({ from }) => price >= from)?.grain ?? 1;
}

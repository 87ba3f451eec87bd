import Big from 'big.js';
import type { Instrument } from '#shared/domain/instrument.ts';
import { ceilToStep, floorToStep } from './exact-decimal.ts';

type Ticked = Pick<Instrument, 'tickSize' | 'tickBands'>;

interface Ticks {
  /** Absent: nothing above zero. Decimal text, in quote, as `above`. */
  readonly below?: string;
  readonly above: string;
}

interface Band {
  readonly from: Big;
  readonly tick: Big;
}

/**
 * The prices next to `price` (above zero) that an order may have: itself twice where it may have that one. Where the step
 * depends on the price, each neighbour is judged by the step of the band it lies in.
 */
export function nearestTicks(instrument: Ticked, price: Big | string): Ticks {
  const value = new Big(price);
  const below = floorToTick(instrument, value);
  return { ...(below && { below: below.toFixed() }), above: ceilToTick(instrument, value).toFixed() };
}

export function isOnTick(instrument: Ticked, price: Big): boolean {
  return price.mod(bandsOf(instrument)[bandAt(bandsOf(instrument), price)]?.tick ?? 1).eq(0);
}

/** The step at `price`, in quote. Exact, unlike `tickAt`, which is for showing. */
export function tickOf(instrument: Ticked, price: Big): Big {
  const bands = bandsOf(instrument);
  return bands[bandAt(bands, price)]?.tick ?? new Big(instrument.tickSize);
}

/** `undefined`: nothing above zero. */
export function floorToTick(instrument: Ticked, price: Big): Big | undefined {
  const bands = bandsOf(instrument);
  let top = price;
  for (let at = bandAt(bands, price); at >= 0; at -= 1) {
    const { from, tick } = bands[at] as Band;
    const floor = floorToStep(top, tick);
    if (floor.gte(from) && floor.gt(0)) return floor;
    // No price of this band: the highest one of the band below, which ends before this one begins.
    const below = bands[at - 1];
    if (!below) return undefined;
    const edge = floorToStep(from, below.tick);
    top = edge.eq(from) ? edge.minus(below.tick) : edge;
  }
  return undefined;
}

export function ceilToTick(instrument: Ticked, price: Big): Big {
  const bands = bandsOf(instrument);
  let bottom = price;
  for (let at = bandAt(bands, price); ; at += 1) {
    const ceiling = ceilToStep(bottom, (bands[at] as Band).tick);
    const next = bands[at + 1];
    if (!next || ceiling.lt(next.from)) return ceiling;
    bottom = next.from;
  }
}

const known = new WeakMap<Ticked, readonly Band[]>();

function bandsOf(instrument: Ticked): readonly Band[] {
  const held = known.get(instrument);
  if (held) return held;
  const { tickBands = [], tickSize } = instrument;
  const told = tickBands.length > 0 ? tickBands : [{ from: '0', tick: tickSize }];
  const bands = told.map(({ from, tick }) => ({ from: new Big(from), tick: new Big(tick) }));
  known.set(instrument, bands);
  return bands;
}

function bandAt(bands: readonly Band[], price: Big): number {
  return Math.max(
    0,
    bands.findLastIndex(({ from }) => price.gte(from)),
  );
}

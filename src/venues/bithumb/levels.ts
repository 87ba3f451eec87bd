import { scaleNumberLevels } from '#shared/base/number-levels.ts';
import { isWireObject, Misshapen, show, type WireObject } from '#shared/base/wire.ts';
import { type WireNumber, wireNumber } from '#shared/base/wire-number.ts';
import type { BookSnapshotEvent, TopEvent } from '#shared/domain/market-data.ts';
import type { WireKeys } from './wire-keys.ts';

export interface Scales {
  readonly priceScale: number;
  readonly quantityScale: number;
}

/**
 * The wire's units, an ask and a bid each, → both sides best first as exact integers. Slots of price 0
 * are padding of the thinner side; a size of 0 is an order below 0.00005, rounded away by the venue, not a level. Throws {@link Misshapen} for sides that are not strictly in order.
 */
export function readUnits(units: unknown, keys: WireKeys, least: Scales) {
  if (!Array.isArray(units)) throw new Misshapen(`${keys.units} is no list: ${show(units)}`);
  const bids: WireNumber[] = [];
  const asks: WireNumber[] = [];
  for (const unit of units) {
    if (!isWireObject(unit)) throw new Misshapen(`${keys.units} holds no object: ${show(unit)}`);
    addLevel(bids, unit, keys.bidPrice, keys.bidQuantity);
    addLevel(asks, unit, keys.askPrice, keys.askQuantity);
  }
  const levels = scaleNumberLevels(bids, asks, least);
  if (!isBestFirst(levels.bids, -1) || !isBestFirst(levels.asks, 1)) {
    throw new Misshapen('levels are not in order');
  }
  return levels;
}

function addLevel(side: WireNumber[], unit: WireObject, priceKey: string, quantityKey: string): void {
  const price = wireNumber(unit[priceKey]);
  const quantity = wireNumber(unit[quantityKey]);
  if (price === undefined || quantity === undefined) {
    throw new Misshapen(
      `${priceKey} or ${quantityKey} is no number ≥ 0: ${show(unit[priceKey])} ${show(unit[quantityKey])}`,
    );
  }
  if (Number(price) > 0 && Number(quantity) > 0) side.push(price, quantity);
}

/** True when prices go strictly in one direction from the first level on. */
function isBestFirst(levels: Float64Array, direction: 1 | -1): boolean {
  for (let index = 2; index < levels.length; index += 2) {
    if (((levels[index] as number) - (levels[index - 2] as number)) * direction <= 0) return false;
  }
  return true;
}

/** The best of a whole book. A side without an order has no price (NaN) and the quantity 0. */
export function topOf(book: BookSnapshotEvent): TopEvent {
  const { instrument, venueTime, receivedAt, lastUpdateId, bids, asks, priceScale, quantityScale } = book;
  // Powers of ten up to 10^22 are exact, so the quotient is the double nearest to the decimal.
  const price = 10 ** priceScale;
  const quantity = 10 ** quantityScale;
  return {
    kind: 'top',
    instrument,
    venueTime,
    receivedAt,
    updateId: lastUpdateId,
    bidPrice: (bids[0] ?? Number.NaN) / price,
    bidQuantity: (bids[1] ?? 0) / quantity,
    askPrice: (asks[0] ?? Number.NaN) / price,
    askQuantity: (asks[1] ?? 0) / quantity,
  };
}

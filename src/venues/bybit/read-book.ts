import { isBestFirst, scaleLevels } from '#shared/base/levels.ts';
import * as wire from '#shared/base/wire.ts';
import type { Levels } from '#shared/domain/market-data.ts';
import type { Decoded } from '../venue.ts';
import type { SymbolEntry, TopMemory } from './symbol-memory.ts';
import { dataObject, expectSymbol, isSnapshot, time } from './wire-fields.ts';

/** The service has restarted and counts anew: whatever the frame calls itself, it is whole. */
const RESTARTED = 1;

/**
 * `orderbook.{50,200,…}.SYMBOL`: a whole book or a change to it. Numbers of two depths must not be mixed, so the first
 * depth that brings a snapshot is the book of the symbol and the others are ignored. Throws `Misshapen`.
 */
export function readBook(
  frame: wire.WireObject,
  depth: number,
  symbol: string,
  entry: SymbolEntry,
  receivedAt: number,
): Decoded {
  const data = dataObject(frame);
  expectSymbol(data, 's', symbol);
  const lastUpdateId = wire.count(data, 'u');
  const isWhole = isSnapshot(frame) || lastUpdateId === RESTARTED;
  // When the matching engine made it; frames of 2023 tell only when they were sent.
  const venueTime = time(frame, frame['cts'] === undefined ? 'ts' : 'cts');
  const levels = scaleLevels(data['b'], data['a'], entry);
  if (entry.bookDepth !== 0 && entry.bookDepth !== depth) {
    return { kind: 'ignored', reason: 'another depth of the same book' };
  }
  const { instrument } = entry;
  const common = { instrument, venueTime, receivedAt, lastUpdateId, ...levels };
  const whole = isWhole && {
    bids: wholeSide(levels.bids, true),
    asks: wholeSide(levels.asks, false),
  };
  entry.priceScale = levels.priceScale;
  entry.quantityScale = levels.quantityScale;
  if (!whole) return { kind: 'book-delta', ...common, firstUpdateId: lastUpdateId };
  entry.bookDepth = depth;
  return { kind: 'book-snapshot', ...common, ...whole };
}

/**
 * `orderbook.1.SYMBOL`: the best bid and ask. Today every frame is whole and comes again every 3 s; frames of 2023
 * also bring changes. The `updateId` is `seq`, which goes on where `u` starts again at 1. Throws `Misshapen`.
 */
export function readTop(
  frame: wire.WireObject,
  symbol: string,
  entry: SymbolEntry,
  receivedAt: number,
): Decoded {
  const data = dataObject(frame);
  expectSymbol(data, 's', symbol);
  const u = wire.count(data, 'u');
  const updateId = data['seq'] === undefined ? u : wire.count(data, 'seq');
  const isWhole = isSnapshot(frame) || u === RESTARTED;
  const venueTime = time(frame, frame['cts'] === undefined ? 'ts' : 'cts');
  const bid = bestOf(data, 'b');
  const ask = bestOf(data, 'a');
  let known: TopMemory | undefined = entry.top;
  if (isWhole) known = entry.top = { u: 0, bidPrice: 0, bidQuantity: 0, askPrice: 0, askQuantity: 0 };
  else if (known === undefined) return { kind: 'ignored', reason: 'a change before its snapshot' };
  else if (u <= known.u) return { kind: 'ignored', reason: 'older than what is known' };
  else if (u > known.u + 1) {
    entry.top = undefined;
    return { kind: 'ignored', reason: 'a change is missing: waiting for a snapshot' };
  }
  known.u = u;
  if (bid) [known.bidPrice, known.bidQuantity] = bid;
  if (ask) [known.askPrice, known.askQuantity] = ask;
  const { bidPrice, bidQuantity, askPrice, askQuantity } = known;
  return {
    kind: 'top',
    instrument: entry.instrument,
    venueTime,
    receivedAt,
    updateId,
    bidPrice,
    bidQuantity,
    askPrice,
    askQuantity,
  };
}

/** The level that stands after the frame, [0, 0] when the side is empty now, `undefined` when nothing is said of it. Throws `Misshapen`. */
export function bestOf(data: wire.WireObject, key: string): readonly [number, number] | undefined {
  const levels = data[key];
  if (!Array.isArray(levels)) throw new wire.Misshapen(`${key} is no list: ${wire.show(levels)}`);
  let best: readonly [number, number] | undefined;
  for (const level of levels) {
    if (!Array.isArray(level) || level.length !== 2) {
      throw new wire.Misshapen(`${key} holds no [price, quantity]: ${wire.show(level)}`);
    }
    const fields = { price: level[0], quantity: level[1] };
    const price = wire.decimal(fields, 'price');
    const quantity = wire.decimal(fields, 'quantity');
    if (price === 0) throw new wire.Misshapen(`${key} holds a price of 0`);
    if (quantity > 0) best = best && best[1] > 0 ? best : [price, quantity];
    else best ??= [0, 0];
  }
  return best;
}

/** A whole side, best first, without levels of nothing. Throws `Misshapen` when a price stands twice. */
function wholeSide(levels: Levels, falling: boolean): Levels {
  let isClean = isBestFirst(levels, falling);
  for (let index = 1; index < levels.length; index += 2) isClean &&= levels[index] !== 0;
  if (isClean) return levels;
  const entries: (readonly [number, number])[] = [];
  for (let index = 0; index < levels.length; index += 2) {
    const quantity = levels[index + 1] as number;
    if (quantity > 0) entries.push([levels[index] as number, quantity]);
  }
  entries.sort(([one], [other]) => (falling ? other - one : one - other));
  const whole = Float64Array.from(entries.flat());
  if (!isBestFirst(whole, falling)) throw new wire.Misshapen('a price stands twice');
  return whole;
}

import { createEmitter, type Emitter } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';

/** A price a person pointed at. */
export interface PricePick {
  readonly instrument: InstrumentId;
  /** Decimal text in quote, on the instrument's tick. */
  readonly price: string;
  readonly from: 'book' | 'chart' | 'ladder';
}

/** Clicks on prices, for whoever takes one: the ticket. Nothing is ordered by it. */
export type PricePicks = Emitter<PricePick>;

export function createPricePicks(): PricePicks {
  return createEmitter<PricePick>();
}

import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderAbilities, VenueOrders } from '../order.ts';
import { cancelCall, cancelManyCall, isWon, MOST_CANCELLED, placeCall, unable } from './order-calls.ts';
import { verdictOf } from './order-verdict.ts';
import { symbolOf } from './symbols.ts';

/** Fact sheet, section 5.2: times in force are of won markets. */
const WON: OrderAbilities = {
  conditional: false,
  immediate: ['IOC', 'FOK'],
  postOnly: true,
  reduceOnly: false,
  closePosition: false,
  amend: 'no',
};
const OTHERS: OrderAbilities = { ...WON, immediate: [], postOnly: false };

/**
 * The ordering half of Bithumb: limit orders with their times in force, market sales by quantity and market purchases by total.
 * What happens when two of one's own meet (`stp_type`) is left to the venue. It has no call that changes an order:
 * it is cancelled, and what is left of it placed anew once it has ended.
 */
export const bithumbOrders = {
  abilities: (instrument) => (isWon(symbolOf(instrument)) ? WON : OTHERS),
  place: placeCall,

  amend() {
    throw unable('does not change standing orders');
  },

  cancel: cancelCall,

  /** There is none: what is open is read, and cancelled many at a time. */
  cancelAll: (_instrument?: InstrumentId) => [],

  cancelMany: { most: MOST_CANCELLED, call: cancelManyCall },
  cancelAllEveryMs: 0,
  verdictOf,

  /**
   * Its tokens carry the time, but how late one is still taken is not published: no time proves that a request will not be.
   * "404 for 5 s" is advice, and what is read lags behind the stream. After a minute in the dark a person decides. An id is
   * free again where no order took it; a second request with one that was taken gets that order, or a refusal.
   */
  absence: { quarantineMs: 60_000, burnsIds: false },

  streamTells: true,
} satisfies VenueOrders;

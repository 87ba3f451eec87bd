import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderAbilities, VenueOrders } from '../order.ts';
import { cancelAllCall, cancelCall, placeCall, unable } from './order-calls.ts';
import { verdictOf } from './order-verdict.ts';
import { symbolOf } from './symbols.ts';

/** The same at all of its markets (fact sheet, section 5.3). */
const ABILITIES: OrderAbilities = {
  conditional: false,
  immediate: ['IOC', 'FOK'],
  postOnly: true,
  reduceOnly: false,
  closePosition: false,
  amend: 'no',
};

/**
 * The ordering half of Upbit: limit orders with their times in force, market sales by quantity and market purchases by total.
 * What happens when two of one's own meet (`smp_type`) is left to the venue.
 *
 * It does not change orders. `cancel_and_new` would take the old one out and put a new one in, but does the two apart:
 * the old can be gone and the new refused, a lost answer leaves both in the dark at once, the new identifier is used up either
 * way, and `remain_only` is not on the venue's pages. Cancelling, waiting for the ending, and placing what is left anew has one
 * order in the dark at a time.
 */
export const upbitOrders = {
  abilities(instrument) {
    symbolOf(instrument);
    return ABILITIES;
  },

  place: placeCall,

  amend() {
    throw unable('does not change standing orders');
  },

  cancel: cancelCall,

  /**
   * One call takes at most 300 orders: to be made again until nothing is open. Whether it reaches reserved orders
   * (`watch`) is not written down: what is still open then is cancelled one by one.
   */
  cancelAll: (instrument?: InstrumentId) => [cancelAllCall(instrument)],

  cancelAllEveryMs: 2_000,
  verdictOf,

  /**
   * Its tokens carry no time: a request may be taken however late it arrives, and no time proves that it will not. After a
   * minute in the dark a person decides. An identifier is used up by the first request, whatever became of it.
   */
  absence: { quarantineMs: 60_000, burnsIds: true },

  streamTells: true,
} satisfies VenueOrders;

import type { OrderAbilities, VenueOrders } from '../order.ts';
import { amendCall, cancelAllCalls, cancelCall, placeCall } from './order-calls.ts';
import { orderedAs } from './order-fields.ts';
import { verdictOf } from './order-verdict.ts';
import { symbolOf } from './symbols.ts';

const LINEAR: OrderAbilities = {
  conditional: true,
  immediate: ['IOC', 'FOK'],
  postOnly: true,
  reduceOnly: true,
  // Only at once, by its quantity: no fact sheet tells how an order would close what there is when it is triggered.
  closePosition: false,
  amend: 'in-place',
};

/**
 * Conditional spot orders are left out. Which way the price has to come cannot be said there, so one that arrives late waits for the
 * opposite; and a cancel that does not name their kind finds no order, which would read as an order that has ended.
 */
const SPOT: OrderAbilities = { ...LINEAR, conditional: false, reduceOnly: false };

/** The ordering half of Bybit, linear contracts and spot. One that waits is an order like any other, under one id. */
export const bybitOrders: VenueOrders = {
  abilities(instrument) {
    symbolOf(instrument);
    return orderedAs(instrument) === 'linear' ? LINEAR : SPOT;
  },

  place: placeCall,
  amend: (order, change) => amendCall(order, change),
  cancel: cancelCall,
  cancelAll: cancelAllCalls,
  cancelAllEveryMs: 0,
  verdictOf,

  /** Every call carries its time and a window of five seconds: whatever arrives later is refused (section 5.1). */
  absence: { recvWindowMs: 5_000, quarantineMs: 60_000, burnsIds: false },

  streamTells: true,
};

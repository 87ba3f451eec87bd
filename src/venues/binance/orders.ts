import type { OrderAbilities, VenueOrders } from '../order.ts';
import { amendCall, cancelAllCalls, cancelCall, placeCall } from './order-calls.ts';
import { verdictOf } from './order-verdict.ts';
import { symbolOf } from './symbols.ts';

/** The same on all contracts: the fact sheet, sections 6.4 and 6.5. */
const ABILITIES: OrderAbilities = {
  conditional: true,
  immediate: ['IOC', 'FOK'],
  postOnly: true,
  reduceOnly: true,
  closePosition: true,
  amend: 'in-place',
  amendsWaiting: false,
};

/**
 * The ordering half of Binance USD-M. Conditional orders are kept in a list of their own, with calls of their own. Lists of
 * cancels in one call take one instrument's regular orders only, so orders are cancelled one by one.
 */
export const binanceOrders: VenueOrders = {
  abilities(instrument) {
    symbolOf(instrument);
    return ABILITIES;
  },

  place: placeCall,
  amend: (order, change) => amendCall(order, change),
  cancel: cancelCall,
  cancelAll: (instrument) => (instrument === undefined ? [] : cancelAllCalls(instrument)),
  cancelAllEveryMs: 0,
  verdictOf,

  /** Every call carries its time and a window of five seconds: whatever arrives later is refused (section 6.1). */
  absence: { recvWindowMs: 5_000, quarantineMs: 60_000, burnsIds: false },

  streamTells: true,
};

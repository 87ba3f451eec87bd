import type { VenueId } from '#shared/domain/instrument.ts';
import type { VenueFacts } from '../market/market.ts';
import type { CcxtExchange } from './exchange.ts';
import { type StreamPlan, sheetOf } from './stream-plan.ts';

/** Of an ordinary account, where the exchange's class does not tell. */
const USUAL_TAKER_FEE = 0.001;

export function venueFacts(venue: VenueId, exchange: CcxtExchange, plan: StreamPlan): VenueFacts {
  return {
    id: venue,
    name: exchange.name,
    intervals: plan.intervals,
    favourites: [],
    takerFee: exchange.fees?.trading?.taker ?? USUAL_TAKER_FEE,
    sheet: sheetOf(exchange, plan),
  };
}

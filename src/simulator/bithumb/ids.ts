import { countedIds } from '../korean/venue-ids.ts';

/** What Bithumb calls orders and fills: one kind of number, drawn from two ends. */
export const ORDER_IDS = countedIds(1_799_652);
export const FILL_IDS = countedIds(5_000_000_000);

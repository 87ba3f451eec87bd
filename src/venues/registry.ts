import { binance } from './binance/index.ts';
import type { Venue } from './venue.ts';

/** Every first-class venue, one line each. */
export const venues: readonly Venue[] = [binance];

import type { VenueId } from './instrument.ts';
import type { OrderRequest } from './order-draft.ts';
import type { TradingLimits } from './trading-limits.ts';

/**
 * What a person is asked outside of any window: made from what would leave, and from nothing a window said. Names and label
 * are for reading alone; the label is the person's own text.
 */
export type Question =
  | {
      readonly kind: 'order';
      readonly order: OrderRequest;
      readonly venueName: string;
      readonly accountLabel: string;
      readonly environment: string;
      /** The order stands already, and would become this. */
      readonly isChange?: boolean;
    }
  | {
      readonly kind: 'arm';
      readonly venue: VenueId;
      readonly venueName: string;
      /** The widest that hold there: what may leave without, and with, another question. */
      readonly limits: Pick<TradingLimits, 'maxNotional' | 'dailyNotional' | 'confirmAbove'>;
    };

/** `nobody`: there is nobody to ask, or none answered in time. */
export type Reply = 'yes' | 'no' | 'nobody';

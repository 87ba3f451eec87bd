import type Big from 'big.js';
import type { OrderSide } from '#shared/domain/order.ts';
import type { PaperLevel } from './paper-match.ts';

/** What is seen of a live book at one moment; only to be used in that moment. */
export interface PaperSight {
  /** Best first, as they are published. `bids` is the side a buyer joins. */
  bids(): readonly PaperLevel[];
  asks(): readonly PaperLevel[];
  best(side: 'bids' | 'asks'): Big | undefined;
  /** Nothing stands beyond the levels that are seen. */
  readonly isWhole: boolean;
  /** Venue's clock, ms epoch: what was traded up to then is in it, or before it. */
  readonly since: number;
}

/** Why nothing is filled now, in words; or the book. */
export type PaperView =
  | { readonly kind: 'seen'; readonly sight: PaperSight }
  | { readonly kind: 'blind'; readonly words: string };

/** The side an order of `side` takes from, and the one it would join. */
export const otherSide = (side: OrderSide) => (side === 'buy' ? 'asks' : 'bids');
export const ownSide = (side: OrderSide) => (side === 'buy' ? 'bids' : 'asks');

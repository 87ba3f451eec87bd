import type { Clock } from '#shared/base/clock.ts';
import type { SendBudget } from '../net/send-budget.ts';

/**
 * Wanted against confirmed channels of one connection.
 * Changes made while a send must wait merge into one pending state, so N requests in a window cost one frame.
 */
export interface Subscriptions {
  want(channel: string): void;
  /** Not wanted any more. Wanting it again before the frame left costs nothing. */
  drop(channel: string): void;
  /** Lets it go and asks for it anew although it was confirmed: its data never came, or does not follow what came. */
  renew(channel: string): void;
  /** A fresh socket: nothing is confirmed there. */
  opened(): void;
  closed(): void;
  acknowledged(requestId: number): void;
  /**
   * `isHeld`: because a channel is held already. True when that is news; false for a step of the search for a culprit,
   * for a culprit that is known, and for what only answers a question asked twice.
   */
  refused(requestId: number | undefined, reason: string, isHeld?: boolean): boolean;
  readonly confirmed: readonly string[];
  readonly wanted: readonly string[];
  /** Every wanted channel is confirmed and nothing else is. */
  readonly settled: boolean;
  dispose(): void;
}

export interface SubscriptionsOptions {
  readonly clock: Clock;
  readonly budget: SendBudget;
  /** A channel is confirmed: its data may be expected from now on. */
  readonly onConfirmed?: (channel: string) => void;
  /** The venue refused, or never answered, a request for these channels; they will be tried again. */
  readonly onTrouble?: (channels: readonly string[], reason: string) => void;
}

/** Clicks and panel changes come in clusters; a frame for each would waste the venue's message budget. */
export const MERGE_MS = 10;

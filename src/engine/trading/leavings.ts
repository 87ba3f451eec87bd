import type { Clock } from '#shared/base/clock.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import type { Leaving } from './absence-proof.ts';
import type { TradingAccount } from './trading-account.ts';

/** When the orders that wait for their answer left at the latest, and which socket stood then. */
export interface Leavings {
  /** Another line about an order that waits: if it has left, it has left by now. */
  waits(order: OwnOrder): void;
  /** And forgets it. Of an order that was never seen waiting (an earlier run's): as of now, with no socket. */
  take(order: OwnOrder): Leaving;
  forget(order: OwnOrder): void;
}

export function createLeavings(
  clock: Clock,
  accountOf: (order: OwnOrder) => TradingAccount | undefined,
): Leavings {
  const kept = new Map<string, Leaving>();

  function now(order: OwnOrder, isSeen: boolean): Leaving {
    const account = accountOf(order);
    return {
      at: clock.monotonic(),
      venueTime: clock.now() + (account?.clockOffsetMs ?? 0),
      streamEpoch: isSeen && account?.state.kind === 'live' ? account.streamEpoch : undefined,
    };
  }

  return {
    waits(order) {
      const { clientOrderId } = order.request;
      const before = kept.get(clientOrderId);
      const leaving = now(order, true);
      // A socket that was replaced meanwhile proves nothing.
      const isSame = before === undefined || before.streamEpoch === leaving.streamEpoch;
      kept.set(clientOrderId, isSame ? leaving : { ...leaving, streamEpoch: undefined });
    },
    take(order) {
      const { clientOrderId } = order.request;
      const leaving = kept.get(clientOrderId);
      kept.delete(clientOrderId);
      return leaving ?? now(order, false);
    },
    forget(order) {
      kept.delete(order.request.clientOrderId);
    },
  };
}

import type { Clock } from '#shared/base/clock.ts';
import type { AccountDesk, SimAccount, SimOrder } from '../accounts/account-desk.ts';

/** How long after a cancel was taken the order is taken out of the book. */
const CANCEL_AFTER_MS = 15;

/** Takes a cancel now and does it a moment later: until then the order stands, and may still be filled. */
export function cancelLater(clock: Clock, desk: AccountDesk, account: SimAccount, order: SimOrder): void {
  clock.after(CANCEL_AFTER_MS, () => {
    const now = account.orderByNumber(order.number);
    // One that was filled meanwhile has nothing left to cancel: the desk says so, and nobody is told.
    if (now) desk.cancel(account, now);
  });
}

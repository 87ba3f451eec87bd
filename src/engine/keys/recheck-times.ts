import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { AccountId } from '#shared/domain/account.ts';

/** Spread over the first half minute: twenty keys of one venue are not asked for at once. */
const FIRST_WITHIN_MS = 30_000;
const DAY_MS = 86_400_000;
const RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;
/** Timers stand still while the machine sleeps: so often the clock on the wall is asked as well. */
const LOOK_MS = 600_000;

/** When the rights of each kept key are asked for again: soon after the start, daily, and sooner where nobody answered. */
export interface RecheckTimes {
  /** These are to be rechecked, and no others. One that is new is asked for soon, unless `isFresh` says that it just was. */
  follow(accounts: readonly AccountId[], isFresh: (account: AccountId) => boolean): void;
  dispose(): void;
}

/** `recheck`: `false` when nothing was found out. Must not reject. */
export function createRecheckTimes(
  clock: Clock,
  recheck: (account: AccountId) => Promise<boolean>,
): RecheckTimes {
  interface Plan {
    cancel: Undo;
  }
  /** The plan in force of each: one that was dropped meanwhile goes on to nothing. */
  const waiting = new Map<AccountId, Plan>();

  /** Half to one and a half of it. */
  const about = (delayMs: number) => delayMs * (0.5 + clock.random());

  function plan(account: AccountId, delayMs: number, failures: number): void {
    const dueAt = clock.now() + delayMs;
    let leftMs = delayMs;
    const mine: Plan = { cancel: () => undefined };
    const wait = () => {
      const stepMs = Math.min(leftMs, LOOK_MS);
      mine.cancel = clock.after(stepMs, () => {
        leftMs -= stepMs;
        if (leftMs > 0 && clock.now() < dueAt) return wait();
        void recheck(account).then((isFound) => {
          if (waiting.get(account) !== mine) return;
          if (isFound) plan(account, daily(clock), 0);
          else plan(account, about(Math.min(RETRY_MS * 2 ** failures, LONGEST_RETRY_MS)), failures + 1);
        });
      });
    };
    waiting.set(account, mine);
    wait();
  }

  return {
    follow(accounts, isFresh) {
      for (const [account, { cancel }] of waiting) {
        if (accounts.includes(account)) continue;
        cancel();
        waiting.delete(account);
      }
      for (const account of accounts) {
        if (waiting.has(account)) continue;
        plan(account, isFresh(account) ? daily(clock) : clock.random() * FIRST_WITHIN_MS, 0);
      }
    },
    dispose() {
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

/** Never later than a day. */
function daily(clock: Clock): number {
  return DAY_MS * (0.9 + 0.1 * clock.random());
}

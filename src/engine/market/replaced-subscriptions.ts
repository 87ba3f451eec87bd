import { createPendingTask } from './pending-task.ts';
import { MERGE_MS, type Subscriptions, type SubscriptionsOptions } from './subscriptions.ts';

export interface ReplacedSubscriptionsOptions extends SubscriptionsOptions {
  /** Sends one frame that names everything wanted; never nothing. Called only while the connection is open. */
  readonly send: (channels: readonly string[], requestId: number) => void;
}

/**
 * For venues where a frame takes the place of the one before and nothing is answered: sent counts as confirmed, only
 * data proves it. Where nothing is wanted nothing is sent: whoever owns the connection closes it.
 */
export function createReplacedSubscriptions(options: ReplacedSubscriptionsOptions): Subscriptions {
  const { clock, budget } = options;
  const wanted = new Set<string>();
  /** What the last frame on this socket named. */
  let sent: ReadonlySet<string> = new Set();
  let isOpen = false;
  /** Something did not come although it was named: the whole frame goes again. */
  let isDue = false;
  let requestId = 0;
  const task = createPendingTask(clock, flush);

  const isSame = () => sent.size === wanted.size && [...wanted].every((channel) => sent.has(channel));

  function schedule(): void {
    if (!isOpen || wanted.size === 0 || (!isDue && isSame())) return;
    task.at(Math.max(clock.monotonic() + MERGE_MS, budget.nextAt()));
  }

  function flush(): void {
    // Wanted and dropped again while waiting: nothing changed, nothing is said.
    if (wanted.size === 0 || (!isDue && isSame())) return;
    const before = isDue ? new Set<string>() : sent;
    sent = new Set(wanted);
    isDue = false;
    requestId += 1;
    budget.spend();
    options.send([...sent], requestId);
    for (const channel of sent) if (!before.has(channel)) options.onConfirmed?.(channel);
  }

  function reset(): void {
    sent = new Set();
    isDue = false;
    task.cancel();
  }

  return {
    want(channel) {
      if (!wanted.has(channel) && sent.has(channel)) options.onConfirmed?.(channel);
      wanted.add(channel);
      schedule();
    },
    drop(channel) {
      wanted.delete(channel);
      schedule();
    },
    renew(channel) {
      if (!wanted.has(channel) || !sent.has(channel)) return;
      isDue = true;
      schedule();
    },
    opened() {
      reset();
      isOpen = true;
      budget.reset();
      schedule();
    },
    closed() {
      isOpen = false;
      reset();
    },
    acknowledged: () => undefined,
    refused(_requestId, reason) {
      // It says neither of what nor what for; the venue ends the connection after it, and a new one starts over.
      options.onTrouble?.([...sent], reason);
      return true;
    },
    get confirmed() {
      return [...sent];
    },
    get wanted() {
      return [...wanted];
    },
    get settled() {
      return wanted.size === 0 || (!isDue && isSame());
    },
    dispose() {
      isOpen = false;
      reset();
      wanted.clear();
    },
  };
}

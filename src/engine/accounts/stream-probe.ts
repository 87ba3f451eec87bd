import type { Clock } from '#shared/base/clock.ts';
import type { Cause } from '#shared/domain/connection.ts';
import type { AccountHoldings, SnapshotEvent } from './account-holdings.ts';
import { untold } from './untold.ts';

/** Asks REST every now and then whether the private socket, which may rightly be silent for hours, has kept something back. */
export interface StreamProbe {
  /** The stream is believed from now on. */
  begin(): void;
  end(): void;
  /** Once a second. */
  second(): void;
}

const PROBE_MS = 25_000;
/** What REST knows the stream has told by then. */
export const TOLD_WITHIN_MS = 3000;

export function createStreamProbe(options: {
  readonly clock: Clock;
  /** Balances and open orders, not yet believed. */
  readonly look: () => Promise<SnapshotEvent>;
  readonly holdings: () => AccountHoldings;
  readonly onFault: (fault: unknown) => void;
  readonly onMute: (differences: readonly string[], cause: Cause) => void;
}): StreamProbe {
  const { clock, holdings } = options;
  let dueAt = Number.POSITIVE_INFINITY;
  let suspect: { readonly read: SnapshotEvent; readonly judgeAt: number } | undefined;
  /** What was looked for before this changed says nothing about the socket there is now. */
  let epoch = 0;

  const schedule = () => {
    // 20 to 30 s.
    dueAt = clock.monotonic() + PROBE_MS * (0.8 + 0.4 * clock.random());
  };

  async function look(): Promise<void> {
    dueAt = Number.POSITIVE_INFINITY;
    const mine = epoch;
    try {
      const read = await options.look();
      if (mine !== epoch) return;
      if (signs(read).length > 0) suspect = { read, judgeAt: clock.monotonic() + TOLD_WITHIN_MS };
    } catch (fault) {
      if (mine === epoch) options.onFault(fault);
    }
    if (mine === epoch) schedule();
  }

  function signs(read: SnapshotEvent): readonly string[] {
    // Not every venue streams balances: where none ever came, a missing one is no sign.
    const isBalanceTold = [...holdings().balances.values()].some(({ told }) => told > 0);
    return untold(holdings(), read).filter((name) => isBalanceTold || !name.startsWith('balance '));
  }

  return {
    begin() {
      epoch += 1;
      suspect = undefined;
      schedule();
    },
    end() {
      epoch += 1;
      suspect = undefined;
      dueAt = Number.POSITIVE_INFINITY;
    },
    second() {
      const now = clock.monotonic();
      if (suspect === undefined) {
        if (now >= dueAt) void look();
        return;
      }
      if (now < suspect.judgeAt) return;
      const differences = signs(suspect.read);
      suspect = undefined;
      if (differences.length === 0) return;
      const detail = `the private socket did not tell within ${TOLD_WITHIN_MS} ms of ${differences.slice(0, 3).join(', ')}`;
      options.onMute(differences, { code: 'socket.silent', detail });
    },
  };
}

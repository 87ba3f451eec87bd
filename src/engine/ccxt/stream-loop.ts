import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import { BACKOFF, type BackoffRule, delayMs } from '../net/backoff.ts';
import type { ReadFault } from './read-fault.ts';

export type LoopMode = 'watch' | 'poll';

export interface StreamLoopOptions<Told> {
  readonly clock: Clock;
  readonly backoff?: (() => BackoffRule) | undefined;
  /** See `VenueLink.pass`. */
  readonly pass: () => Promise<boolean>;
  /** The next the stream tells. One of the two at least. */
  readonly watch?: (() => Promise<Told>) | undefined;
  readonly poll?: { readonly everyMs: number; read(): Promise<Told> } | undefined;
  readonly onTold: (told: Told, mode: LoopMode) => void;
  readonly onFault: (fault: unknown, mode: LoopMode) => ReadFault['reach'];
  /** From here on it is asked for again and again instead. */
  readonly onFallback: (reason: string) => void;
  /** There is no way to have it; a new link may bring another answer. */
  readonly onEnded: () => void;
}

/** Asks for one stream over and over: by its stream, or where that does not work by asking again and again. */
export interface StreamLoop {
  readonly mode: LoopMode;
  /** Monotonic ms since when it has been trying this way. */
  readonly since: number;
  /** The stream says nothing: it is polled instead, where it can be. */
  giveUp(): void;
  /** From the beginning, on a new link. */
  restart(): void;
  stop(): void;
}

/** A stream that fails so often in a row is polled instead. */
const MOST_FAILURES = 3;
/** Even what goes wrong at once must not be tried in a tight loop. */
const LEAST_PAUSE_MS = 100;

export function createStreamLoop<Told>(options: StreamLoopOptions<Told>): StreamLoop {
  const { clock, watch, poll } = options;
  let mode: LoopMode = watch ? 'watch' : 'poll';
  let since = clock.monotonic();
  /** Whatever an older generation still waits for belongs to the past. */
  let generation = 0;
  let endPause: Undo = () => undefined;

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      endPause = () => {
        cancel();
        resolve();
      };
    });
  }

  function begin(next: LoopMode): void {
    generation += 1;
    mode = next;
    since = clock.monotonic();
    endPause();
    // Only our own mistakes come out of it: they must reach the process's report.
    void run(generation);
  }

  async function run(mine: number): Promise<void> {
    let failures = 0;
    while ((await options.pass()) && mine === generation) {
      const startedAt = clock.monotonic();
      try {
        const told = await (mode === 'watch' ? watch?.() : poll?.read());
        if (mine !== generation) return;
        failures = 0;
        if (told !== undefined) options.onTold(told, mode);
      } catch (fault) {
        if (mine !== generation) return;
        const reach = options.onFault(fault, mode);
        if (reach === 'stream') failures += 1;
        if (reach === 'never') {
          options.onEnded();
          return;
        }
        if (reach === 'unsupported' || failures >= MOST_FAILURES) {
          if (mode === 'watch' && poll) {
            options.onFallback(messageOf(fault));
            begin('poll');
            return;
          }
          if (reach === 'unsupported') {
            options.onEnded();
            return;
          }
        }
        await pause(
          reach === 'stream'
            ? delayMs(options.backoff?.() ?? BACKOFF, failures, clock.random())
            : LEAST_PAUSE_MS,
        );
        continue;
      }
      if (mode === 'poll' && poll) {
        await pause(Math.max(LEAST_PAUSE_MS, poll.everyMs - (clock.monotonic() - startedAt)));
      }
    }
  }

  begin(mode);

  return {
    get mode() {
      return mode;
    },
    get since() {
      return since;
    },
    giveUp() {
      if (mode !== 'watch' || !poll) return;
      options.onFallback('the stream says nothing');
      begin('poll');
    },
    restart: () => begin(watch ? 'watch' : 'poll'),
    stop() {
      generation += 1;
      endPause();
    },
  };
}

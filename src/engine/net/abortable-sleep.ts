import type { Clock } from '#shared/base/clock.ts';

/** Resolves after `delayMs`, or as soon as `stop` is aborted: whoever slept looks at it. */
export async function abortableSleep(clock: Clock, stop: AbortSignal, delayMs: number): Promise<void> {
  if (delayMs <= 0) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      cancel();
      stop.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(delayMs, end);
    stop.addEventListener('abort', end);
  });
}

import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface ProcessHealth {
  readonly memoryMb: number;
  /** 99th percentile since the last call, ms above the timer's own resolution. */
  eventLoopDelayMs(): number;
  dispose(): void;
}

const RESOLUTION_MS = 10;

export function watchProcess(): ProcessHealth {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return {
    get memoryMb() {
      return process.memoryUsage.rss() / 1024 / 1024;
    },
    eventLoopDelayMs() {
      const worstMs = delay.percentile(99) / 1e6;
      delay.reset();
      return Number.isFinite(worstMs) ? Math.max(0, worstMs - RESOLUTION_MS) : 0;
    },
    dispose: () => delay.disable(),
  };
}

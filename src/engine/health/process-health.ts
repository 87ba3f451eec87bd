import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface ProcessHealth {
  /** Of the whole process, resident. */
  readonly memoryMb: number;
  /** Heap and buffers of this thread: a simulator in a thread of its own does not count. */
  readonly ownMemoryMb: number;
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
    get ownMemoryMb() {
      const { heapUsed, external } = process.memoryUsage();
      return (heapUsed + external) / 1024 / 1024;
    },
    eventLoopDelayMs() {
      const worstMs = delay.percentile(99) / 1e6;
      delay.reset();
      return Number.isFinite(worstMs) ? Math.max(0, worstMs - RESOLUTION_MS) : 0;
    },
    dispose: () => delay.disable(),
  };
}

import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface ProcessHealth {
  /** Of the whole process, resident. */
  readonly memoryMb: number;
  /** Heap and buffers of this thread: a simulator in a thread of its own does not count. */
  readonly ownMemoryMb: number;
  /** 99th percentile since the last call, ms above the timer's own resolution. Once a second: memory is looked at as well. */
  eventLoopDelayMs(): number;
  dispose(): void;
}

const RESOLUTION_MS = 10;

export function watchProcess(): ProcessHealth {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  // Asking costs a millisecond or more, and is done for every view of the health: the last second's answer will do.
  let memory = process.memoryUsage();
  return {
    get memoryMb() {
      return memory.rss / 1024 / 1024;
    },
    get ownMemoryMb() {
      return (memory.heapUsed + memory.external) / 1024 / 1024;
    },
    eventLoopDelayMs() {
      memory = process.memoryUsage();
      const worstMs = delay.percentile(99) / 1e6;
      delay.reset();
      return Number.isFinite(worstMs) ? Math.max(0, worstMs - RESOLUTION_MS) : 0;
    },
    dispose: () => delay.disable(),
  };
}

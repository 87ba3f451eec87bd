// A child process of bench/engine-memory.ts: the bare runtime, plain JavaScript as the bundle is.
globalThis.gc?.();
process.stdout.write(`${process.memoryUsage().rss / 1e6}\n`);

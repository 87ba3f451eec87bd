// A child process of bench/engine-memory.ts: the bare runtime, as the unbuilt engine has it: Node that strips types.
const gc: (() => void) | undefined = globalThis.gc;
gc?.();
process.stdout.write(`${process.memoryUsage().rss / 1e6}\n`);

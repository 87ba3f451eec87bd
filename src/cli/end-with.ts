import { HeartlineError } from '#shared/base/errors.ts';

/** Ends a command that cannot go on: one sentence for a person, exit code 1. A bug of ours keeps its stack. */
export function endWith(fault: unknown): never {
  if (!(fault instanceof HeartlineError)) throw fault;
  process.stderr.write(`${fault.message}\n`);
  process.exit(1);
}

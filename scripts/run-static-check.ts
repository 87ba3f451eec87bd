import { details, stepLine } from './report.ts';
import type { CommandResult } from './run-command.ts';
import { runCommand } from './run-command.ts';
import type { StaticCheck } from './static-checks.ts';
import type { Tally } from './tally.ts';
import { failedOnce, passedOnce } from './tally.ts';

/** Runs one check, prints its line (and what it printed itself when it failed), and counts it as one. */
export async function runStaticCheck(check: StaticCheck, cwd: string, signal?: AbortSignal): Promise<Tally> {
  const result = await runCommand({
    args: check.args,
    cwd,
    limitMs: check.limitMs,
    ...(signal === undefined ? {} : { signal }),
  });
  const fault = faultOf(result, check.limitMs);
  process.stdout.write(stepLine(fault === undefined, check.name, result.durationMs));
  if (fault === undefined) return passedOnce;
  process.stdout.write(details(result.output));
  return failedOnce(`${check.name}: ${fault}`);
}

/** Why a run is not a clean one, in words; `undefined` when it is. */
export function faultOf(result: CommandResult, limitMs: number): string | undefined {
  if (result.end === 'timed-out') return `not done after ${limitMs / 1000} s and ended by force`;
  if (result.end === 'aborted') return 'interrupted';
  if (result.end === 'not-started') return 'could not be started';
  if (result.exitCode === null) return 'ended by a signal';
  return result.exitCode === 0 ? undefined : `ended with code ${result.exitCode}`;
}

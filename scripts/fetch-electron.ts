import { join } from 'node:path';
import { runCommand } from './run-command.ts';

const LIMIT_MS = 120_000;
const PROGRESS_EVERY_MS = 5_000;

/**
 * Runs the Electron package's own download, at most two minutes, with a line of progress on standard error.
 * Gives the reason when the runtime could not be had; `undefined` when it is here now.
 */
export async function fetchElectron(project: string, signal?: AbortSignal): Promise<string | undefined> {
  process.stderr.write('Fetching the Electron runtime (once, about 120 MB)');
  const dots = setInterval(() => process.stderr.write(' .'), PROGRESS_EVERY_MS);
  const { end, exitCode, output } = await runCommand({
    args: [join(project, 'node_modules', 'electron', 'install.js')],
    cwd: project,
    limitMs: LIMIT_MS,
    ...(signal && { signal }),
  });
  clearInterval(dots);
  process.stderr.write('\n');
  if (end === 'ended' && exitCode === 0) return undefined;
  if (end === 'timed-out') return `the Electron runtime could not be fetched within ${LIMIT_MS / 1000} s`;
  return `the Electron runtime could not be fetched (${whatFailed(output)})`;
}

/** The line of a printed error that says what happened (its innermost cause), without the stack. */
function whatFailed(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const cause = lines.findLast((line) => line.startsWith('[cause]:'))?.slice('[cause]: '.length);
  const named = cause ?? lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.find((line) => line !== '');
  return (named ?? 'no reason given').replace(/^\w*Error: | \{$/g, '').slice(0, 160);
}

// `npm run test:electron`: the end-to-end specs in the real desktop app, where its runtime is installed.
import { join } from 'node:path';
import { findElectron } from './electron-runtime.ts';
import { runStaticCheck } from './run-static-check.ts';
import { runPlaywright } from './run-suite.ts';
import { buildCheck } from './static-checks.ts';
import { tallyExitCode, tallyLine } from './tally.ts';

const project = join(import.meta.dirname, '..');
const electron = findElectron(project);
if (electron.kind === 'absent') {
  process.stdout.write(`Skipping the desktop suite: ${electron.reason}.\n`);
} else {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interrupted.abort());
  }
  const build = await runStaticCheck(buildCheck, project, interrupted.signal);
  const tally = build.failures.length > 0 ? build : await runPlaywright('electron', interrupted.signal);
  for (const sentence of [...tally.skips, ...tally.failures]) process.stdout.write(`  ${sentence}\n`);
  process.stdout.write(`\n${tallyLine(tally)}\n`);
  process.exitCode = tallyExitCode(tally);
}

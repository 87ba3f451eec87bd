// `npm test`: every gate, fast first, in the order CI runs them. A failed step does not hide what comes
// after it, unless that cannot run at all. The last line of standard output is the sum of everything.
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';
import { findElectron } from './electron-runtime.ts';
import { skipLine } from './report.ts';
import { runStaticCheck } from './run-static-check.ts';
import { runPlaywright, runVitest } from './run-suite.ts';
import type { StaticCheck } from './static-checks.ts';
import { biomeCheck, budgetCheck, buildCheck, knipCheck, typeChecks } from './static-checks.ts';
import type { Tally } from './tally.ts';
import { addTallies, failedOnce, skippedOnce, tallyExitCode, tallyLine } from './tally.ts';

const project = join(import.meta.dirname, '..');
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupted.abort());
}

const tallies: Tally[] = [];
const check = async (step: StaticCheck): Promise<boolean> => {
  const tally = interrupted.signal.aborted
    ? failedOnce(`${step.name}: not run, interrupted`)
    : await runStaticCheck(step, project, interrupted.signal);
  tallies.push(tally);
  return tally.failures.length === 0;
};

await check(biomeCheck);
for (const step of typeChecks()) await check(step);
tallies.push(await runVitest(interrupted.signal));
await check(knipCheck);
const built = await check(buildCheck);
if (built) {
  await check(budgetCheck);
  tallies.push(await browserSuite(), await electronSuite());
} else {
  for (const name of ['size budget', 'playwright browser', 'playwright electron']) {
    tallies.push(failedOnce(`${name}: not run, the build failed`));
  }
}

const total = addTallies(tallies);
if (total.skips.length > 0) process.stdout.write(`\nSkipped:\n${total.skips.map(entry).join('')}`);
if (total.failures.length > 0) process.stdout.write(`\nFailed:\n${total.failures.map(entry).join('')}`);
// Nothing may follow this line, so the process ends as soon as it is out.
process.stdout.write(`\n${tallyLine(total)}\n`, () => process.exit(tallyExitCode(total)));

async function browserSuite(): Promise<Tally> {
  try {
    // Found here once, so that every Playwright worker takes the same and none installs its own.
    process.env.HEARTLINE_BROWSER = ensureBrowser();
  } catch (fault) {
    const sentence = fault instanceof Error ? fault.message : String(fault);
    process.stdout.write(`✖ playwright browser: ${sentence}\n`);
    return failedOnce(`playwright browser: ${sentence}`);
  }
  return runPlaywright('browser', interrupted.signal);
}

async function electronSuite(): Promise<Tally> {
  const electron = findElectron(project);
  switch (electron.kind) {
    case 'present':
      return runPlaywright('electron', interrupted.signal);
    case 'absent':
      process.stdout.write(skipLine('playwright electron', electron.reason));
      return skippedOnce(`playwright electron: ${electron.reason}`);
  }
}

function entry(sentence: string): string {
  return `  ${sentence.split('\n', 1)[0]}\n`;
}

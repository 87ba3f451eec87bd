import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '#shared/base/errors.ts';
import { tallyPlaywright } from './playwright-tally.ts';
import { stepLine } from './report.ts';
import { runCommand } from './run-command.ts';
import { faultOf } from './run-static-check.ts';
import type { Tally } from './tally.ts';
import { addTallies, failedOnce, NOTHING } from './tally.ts';
import { tallyVitest } from './vitest-tally.ts';

const project = join(import.meta.dirname, '..');

/** Runs every Vitest file and counts from its JSON report. */
export function runVitest(signal: AbortSignal): Promise<Tally> {
  return runSuite({
    name: 'vitest',
    args: [join(project, 'node_modules', 'vitest', 'vitest.mjs'), 'run'],
    limitMs: 30 * 60_000,
    signal,
    read: (report, folder) => {
      const notes = join(folder, 'skip-notes.json');
      return tallyVitest(
        JSON.parse(report),
        existsSync(notes) ? JSON.parse(readFileSync(notes, 'utf8')) : {},
        project,
      );
    },
  });
}

/** Runs the end-to-end specs in one Playwright project and counts from its JSON report. */
export function runPlaywright(target: 'browser' | 'electron', signal: AbortSignal): Promise<Tally> {
  return runSuite({
    name: `playwright ${target}`,
    args: [join(project, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', `--project=${target}`],
    limitMs: 35 * 60_000,
    signal,
    read: (report) => tallyPlaywright(JSON.parse(report)),
  });
}

interface Suite {
  readonly name: string;
  readonly args: readonly string[];
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Counts from the report's text; `folder` holds what else the runner left. */
  read(report: string, folder: string): Tally;
}

async function runSuite(suite: Suite): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'heartline-test-'));
  try {
    process.stdout.write(`· ${suite.name}\n`);
    const result = await runCommand({
      args: suite.args,
      cwd: project,
      limitMs: suite.limitMs,
      // Both runners' configs write their JSON report there when it is set.
      env: { HEARTLINE_TEST_REPORT: folder },
      echo: true,
      signal: suite.signal,
    });
    const report = join(folder, 'report.json');
    const counted = existsSync(report) ? count(suite, report, folder) : NOTHING;
    const tally = judge(suite.name, counted, faultOf(result, suite.limitMs));
    process.stdout.write(
      stepLine(
        tally.failures.length === 0,
        suite.name,
        result.durationMs,
        `${tally.passed} passed, ${tally.failures.length} failed, ${tally.skips.length} skipped`,
      ),
    );
    return tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A runner that was ended while it wrote leaves half a report: that is a failure, not the end of the whole run. */
function count(suite: Suite, report: string, folder: string): Tally {
  try {
    return suite.read(readFileSync(report, 'utf8'), folder);
  } catch (fault) {
    return failedOnce(`${suite.name}: its report cannot be read (${messageOf(fault)})`);
  }
}

/** A runner that fell over, or found nothing to run, is a failure even where its report shows none. */
export function judge(name: string, counted: Tally, fault: string | undefined): Tally {
  if (fault !== undefined && counted.failures.length === 0) {
    return addTallies([counted, failedOnce(`${name}: ${fault}`)]);
  }
  const ran = counted.passed + counted.failures.length + counted.skips.length;
  return ran === 0 ? failedOnce(`${name}: no test ran`) : counted;
}

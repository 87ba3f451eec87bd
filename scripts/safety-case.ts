// `npm run safety-case`: reruns what each goal about feeds is proven by and rewrites the first table of
// docs/safety-case.md with what came out. Ends with 1 when a goal's proof fails.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { DrillScore } from '../src/shared/domain/drill.ts';
import type { Figure } from '../src/shared/test-kit/figure.ts';
import { SAFETY_GOALS } from './safety-goals.ts';
import { type Proof, safetyTable } from './safety-table.ts';

const project = join(import.meta.dirname, '..');
const page = join(project, 'docs', 'safety-case.md');
const scratch = mkdtempSync(join(tmpdir(), 'heartline-safety-case-'));

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Runs a program of the project's own and gives what it wrote to stdout; its stderr is shown as it comes. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: project,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    child.once('error', reject);
    // What failed is told by what was written: a failing test is a result, not an accident.
    child.once('close', () => resolve(told));
  });
}

const say = (line: string) => process.stderr.write(`${line}\n`);

try {
  const tests = [...new Set(SAFETY_GOALS.flatMap((goal) => goal.tests))];
  const absent = tests.filter((test) => !existsSync(join(project, test)));
  if (absent.length > 0) throw new Error(`these tests are named and not there: ${absent.join(', ')}`);

  say(`1/2 ${tests.length} test files`);
  const figuresFile = join(scratch, 'figures.ndjson');
  const reportFile = join(scratch, 'tests.json');
  await run(
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${reportFile}`, ...tests],
    { HEARTLINE_FIGURES: figuresFile },
  );
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport;
  const figures = existsSync(figuresFile)
    ? readFileSync(figuresFile, 'utf8')
        .trim()
        .split('\n')
        .map((line): Figure => JSON.parse(line))
    : [];

  say('2/2 the drill: every scenario on every venue');
  const drilled = await run(['src/cli/drill.ts', '--json']);
  const { scores } = JSON.parse(drilled.trim().split('\n').at(-1) ?? '{"scores":[]}') as {
    scores: readonly DrillScore[];
  };

  const proof: Proof = {
    figures,
    scores,
    tests: new Map(
      report.testResults.map(({ name, status, assertionResults }) => [
        relative(project, name).replaceAll('\\', '/'),
        {
          passed: status === 'passed',
          count: assertionResults.filter((one) => one.status === 'passed').length,
        },
      ]),
    ),
  };
  const { table, failed } = safetyTable(SAFETY_GOALS, proof);
  const before = readFileSync(page, 'utf8');
  const begin = before.indexOf('| # | must never happen');
  const end = before.indexOf('\n\n', begin);
  writeFileSync(page, `${before.slice(0, begin)}${table}${before.slice(end)}`);
  say(failed.length === 0 ? 'every goal’s proof passed' : `FAILED: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

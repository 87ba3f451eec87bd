// `npm run safety-case`: reruns what each goal about feeds, keys and orders is proven by (tests, the drill, benches) and
// rewrites the first three tables of docs/safety-case.md with what came out. Ends with 1 when a goal's proof fails. Takes half an hour on a machine
// that does nothing else: benches measure time. `-- --no-bench` leaves them out and the page as it was. What each step found is
// kept in out/safety-case: `-- --only tests`, `drill`, or a bench's name (several with commas) reruns that step alone and
// takes the rest from there, for what a busy machine spoilt. Ctrl+C ends it and
// all it started, and leaves the page as it was.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../src/shared/base/errors.ts';
import type { DrillScore } from '../src/shared/domain/drill.ts';
import type { Figure } from '../src/shared/test-kit/figure.ts';
import { ACCOUNT_GOALS } from './account-goals.ts';
import { ORDER_GOALS } from './order-goals.ts';
import { runCommand } from './run-command.ts';
import { SAFETY_GOALS } from './safety-goals.ts';
import { type Proof, safetyTable } from './safety-table.ts';

const TABLES = [SAFETY_GOALS, ACCOUNT_GOALS, ORDER_GOALS];
const ALL_GOALS = TABLES.flat();
/** For one step, and generous: a limit is for what hangs. */
const STEP_LIMIT_MS = 40 * 60_000;
const project = join(import.meta.dirname, '..');
const page = join(project, 'docs', 'safety-case.md');
const kept = join(project, 'out', 'safety-case');
mkdirSync(kept, { recursive: true });

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const { values: asked } = parseArgs({
  options: { 'no-bench': { type: 'boolean', default: false }, only: { type: 'string' } },
});
const only = asked.only?.split(',');
const isDue = (step: string) => only === undefined || only.includes(step);

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());

/** Runs a program of the project's own, shows what it says as it comes, and gives it. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { end, output } = await runCommand({
    args,
    cwd: project,
    env,
    limitMs: STEP_LIMIT_MS,
    echo: true,
    signal: interrupted.signal,
  });
  if (interrupted.signal.aborted) throw new Error('interrupted: the page stays as it was');
  // What failed is told by what was written: a failing test is a result, not an accident.
  if (end === 'timed-out') say(`ended by force after ${STEP_LIMIT_MS / 60_000} min: ${args.join(' ')}`);
  return output;
}

/** The last line of JSON a program prints, or printed when this step was run last. `undefined`: none. */
async function lastJson(step: string, args: readonly string[]): Promise<unknown> {
  const file = join(kept, `${step}.json`);
  if (isDue(step)) {
    const output = await run(args);
    const line = output.split('\n').findLast((one) => one.startsWith('{'));
    writeFileSync(file, line ?? 'null');
  }
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) ?? undefined) : undefined;
}

const say = (line: string) => process.stderr.write(`${line}\n`);

try {
  const tests = [...new Set(ALL_GOALS.flatMap((goal) => goal.tests))];
  const absent = tests.filter((test) => !existsSync(join(project, test)));
  if (absent.length > 0) throw new Error(`these tests are named and not there: ${absent.join(', ')}`);

  say(`1/3 ${tests.length} test files`);
  const figuresFile = join(kept, 'figures.ndjson');
  if (isDue('tests')) {
    rmSync(figuresFile, { force: true });
    // Named by the environment, Vitest's configuration writes its report there and goes on telling why tests skip.
    await run(['node_modules/vitest/vitest.mjs', 'run', ...tests], {
      HEARTLINE_FIGURES: figuresFile,
      HEARTLINE_TEST_REPORT: kept,
    });
  }
  const report = JSON.parse(readFileSync(join(kept, 'report.json'), 'utf8')) as VitestReport;
  const figures = existsSync(figuresFile)
    ? readFileSync(figuresFile, 'utf8')
        .trim()
        .split('\n')
        .map((line): Figure => JSON.parse(line))
    : [];

  say('2/3 the drill: every scenario on every venue');
  const drilled = await lastJson('drill', ['src/cli/drill.ts', '--json']);
  const { scores } = (drilled ?? { scores: [] }) as { readonly scores: readonly DrillScore[] };

  const names = asked['no-bench']
    ? []
    : [...new Set(ALL_GOALS.flatMap(({ benches = [] }) => benches.map(({ bench }) => bench)))];
  say(`3/3 ${names.length} benches`);
  const benches = new Map<string, unknown>();
  for (const name of names) benches.set(name, await lastJson(name, ['--expose-gc', `bench/${name}.ts`]));

  const proof: Proof = {
    figures,
    scores,
    benches: asked['no-bench'] ? undefined : benches,
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
  const tables = TABLES.map((goals) => safetyTable(goals, proof));
  const failed = tables.flatMap((one) => one.failed);
  // A part of the numbers must not take the place of all of them.
  if (asked['no-bench']) for (const { table } of tables) say(table);
  else write(tables.map(({ table }) => table));
  say(failed.length === 0 ? 'every goal’s proof passed' : `FAILED: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} catch (fault) {
  say(messageOf(fault));
  process.exitCode = interrupted.signal.aborted ? 130 : 1;
}

/** The tables stand on the page in this order, before those that are written by hand. */
function write(tables: readonly string[]): void {
  let text = readFileSync(page, 'utf8');
  let from = 0;
  for (const table of tables) {
    const begin = text.indexOf('| # | must never happen', from);
    const end = text.indexOf('\n\n', begin);
    text = `${text.slice(0, begin)}${table}${text.slice(end)}`;
    from = begin + table.length;
  }
  writeFileSync(page, text);
}

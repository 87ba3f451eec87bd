// `npm run test:soak`: the long shares of what `npm test` runs short ones of (HEARTLINE_SOAK), every property ten times from
// seeds of its own, the whole drill with several seeds, and the benches that take long. Takes hours; `-- tests`,
// `-- properties`, `-- drill` or `-- benches` runs a part. Ends with 1 when anything failed; Ctrl+C ends it and all it started.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepLine } from './report.ts';
import { runCommand } from './run-command.ts';
import { faultOf } from './run-static-check.ts';

const STEP_LIMIT_MS = 6 * 60 * 60_000;
const PROPERTY_ROUNDS = 10;
const DRILL_SEEDS = [1, 101, 202, 303, 404];
const BURST_SECONDS = '60';
const project = join(import.meta.dirname, '..');
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];

interface Step {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const parts: Readonly<Record<string, readonly Step[]>> = {
  tests: [{ name: 'long shares', args: vitest, env: { HEARTLINE_SOAK: '1' } }],
  properties: Array.from({ length: PROPERTY_ROUNDS }, () => {
    // Named, so that what fails can be replayed whatever it prints itself.
    const seed = String(Math.floor(Math.random() * 2 ** 31));
    return {
      name: `properties, HEARTLINE_SEED=${seed}`,
      args: [...vitest, ...propertyFiles()],
      env: { HEARTLINE_SEED: seed },
    };
  }),
  drill: DRILL_SEEDS.map((seed) => ({
    name: `drill, seed ${seed}`,
    args: ['src/cli/drill.ts', '--seed', String(seed)],
  })),
  benches: [
    { name: 'memory of a day', args: ['--expose-gc', 'bench/soak-memory.ts'] },
    { name: 'burst of a minute', args: ['--expose-gc', 'bench/burst.ts', BURST_SECONDS] },
  ],
};

const wanted = process.argv.slice(2);
const stranger = wanted.find((name) => !Object.hasOwn(parts, name));
if (stranger !== undefined) {
  process.stderr.write(`There is no part ${stranger}. There are: ${Object.keys(parts).join(', ')}.\n`);
  process.exit(2);
}
const steps = Object.entries(parts).flatMap(([name, own]) =>
  wanted.length === 0 || wanted.includes(name) ? own : [],
);

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
const failed: string[] = [];
for (const [index, { name, args, env }] of steps.entries()) {
  if (interrupted.signal.aborted) break;
  process.stdout.write(`\n${index + 1}/${steps.length} ${name}\n`);
  const result = await runCommand({
    args,
    cwd: project,
    limitMs: STEP_LIMIT_MS,
    echo: true,
    signal: interrupted.signal,
    ...(env ? { env } : {}),
  });
  const fault = faultOf(result, STEP_LIMIT_MS);
  process.stdout.write(stepLine(fault === undefined, name, result.durationMs, fault));
  if (fault !== undefined) failed.push(`${name}: ${fault}`);
}
process.stdout.write(failed.length === 0 ? '\nAll of it passed.\n' : `\nFailed:\n  ${failed.join('\n  ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Every test file with a law over invented input. */
function propertyFiles(): readonly string[] {
  return readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/u.test(file))
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /from 'fast-check'/u.test(readFileSync(join(project, file), 'utf8')))
    .sort();
}

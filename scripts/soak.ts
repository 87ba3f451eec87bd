// `npm run test:soak`: the long shares of what `npm test` runs short ones of, and the whole drill with several seeds.
// Takes hours. Ends with 1 when anything failed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..');
const DRILL_SEEDS = [1, 101, 202, 303, 404];

function run(args: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: project,
      stdio: 'inherit',
      env: { ...process.env, HEARTLINE_SOAK: '1' },
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}

const steps: readonly (readonly string[])[] = [
  ['node_modules/vitest/vitest.mjs', 'run'],
  ...DRILL_SEEDS.map((seed) => ['src/cli/drill.ts', '--seed', String(seed)]),
];
for (const [index, args] of steps.entries()) {
  process.stderr.write(`${index + 1}/${steps.length} ${args.join(' ')}\n`);
  if (!(await run(args))) process.exitCode = 1;
}

// `npm run check`: what the editor would say. Biome and the types, in well under a minute.
import { join } from 'node:path';
import { runStaticCheck } from './run-static-check.ts';
import { biomeCheck, typeChecks } from './static-checks.ts';
import { addTallies, tallyExitCode } from './tally.ts';

const project = join(import.meta.dirname, '..');
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupted.abort());
}

const biome = await runStaticCheck(biomeCheck, project, interrupted.signal);
// Two at a time: the compiler is parallel inside, and a small machine has two cores.
const [odd, even] = [
  typeChecks().filter((_, at) => at % 2 === 1),
  typeChecks().filter((_, at) => at % 2 === 0),
];
const types = await Promise.all([odd, even].map(inOrder));
process.exitCode = tallyExitCode(addTallies([biome, ...types.flat()]));

async function inOrder(checks: ReturnType<typeof typeChecks>) {
  const tallies = [];
  for (const check of checks) tallies.push(await runStaticCheck(check, project, interrupted.signal));
  return tallies;
}

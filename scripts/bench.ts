// `npm run bench`: every file of bench/, one after the other, and a table of what each found.
// `npm run bench -- start browser` runs only those.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { faultOf } from './run-static-check.ts';

const LIMIT_MS = 10 * 60_000;
/** Those that have to look longer. */
const LONGER_MS: Readonly<Record<string, number>> = { 'desk-heap': 35 * 60_000 };
const project = join(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const all = readdirSync(join(project, 'bench'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`No such benchmark: ${unknown.join(', ')}. There are: ${all.join(', ')}.\n`);
  process.exit(2);
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupted.abort());
}

for (const name of wanted.length > 0 ? wanted : all) {
  const limitMs = LONGER_MS[name] ?? LIMIT_MS;
  const result = await runCommand({
    args: ['--expose-gc', join(project, 'bench', `${name}.ts`)],
    cwd: project,
    limitMs,
    signal: interrupted.signal,
  });
  const fault = faultOf(result, limitMs);
  const json = result.output.split('\n').findLast((line) => line.startsWith('{'));
  process.stdout.write(`\n${name}  (${(result.durationMs / 1000).toFixed(0)} s)\n`);
  if (fault !== undefined || json === undefined) {
    process.stdout.write(`  ${fault ?? 'printed no result'}\n${result.output}\n`);
    process.exitCode = 1;
    continue;
  }
  for (const [key, value] of rows(JSON.parse(json), ''))
    process.stdout.write(`  ${key.padEnd(34)} ${value}\n`);
}

function rows(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => rows(inner, path === '' ? key : `${path}.${key}`));
}

// What importing the engine costs before it does anything: time, and memory above a bare Node.
// Child processes, in turns, medians of five. Prints one JSON.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { median, rounded } from './kit/statistics.ts';

interface Sample {
  readonly importMs: number;
  readonly rssMb: number;
}

const ROUNDS = 5;
const GOAL_MS = 300;
const engine = pathToFileURL(join(import.meta.dirname, '..', 'src', 'engine', 'engine.ts')).href;

const bare: Sample[] = [];
const loaded: Sample[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  bare.push(await sample('node:path'));
  loaded.push(await sample(engine));
}

const importMs = median(loaded.map((one) => one.importMs));
const bareMb = median(bare.map((one) => one.rssMb));
process.stdout.write(
  `${JSON.stringify({
    bench: 'engine-import',
    importMs: rounded(importMs),
    goalMs: GOAL_MS,
    met: importMs <= GOAL_MS,
    bareRssMb: rounded(bareMb),
    aboveBareMb: rounded(median(loaded.map((one) => one.rssMb)) - bareMb),
    rounds: ROUNDS,
  })}\n`,
);

async function sample(module: string): Promise<Sample> {
  const program = `
    const before = performance.now();
    await import(${JSON.stringify(module)});
    const importMs = performance.now() - before;
    globalThis.gc();
    console.log(JSON.stringify({ importMs, rssMb: process.memoryUsage().rss / 1e6 }));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    '--input-type=module',
    '--eval',
    program,
  ]);
  return JSON.parse(stdout) as Sample;
}

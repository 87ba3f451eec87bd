// Memory of a working engine above a bare Node, and how late its event loop is: four venues with fifty instruments on the
// watchlist each, ten of which have their book and chart open, on a simulator in a process of its own. Medians of three.
// Prints one JSON. `node bench/engine-memory.ts [instruments per venue] [of them opened] [rounds]`
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from 'vite';
import { killTree } from '../scripts/process-tree.ts';
import type { EngineCost } from './kit/running-engine.ts';
import { median, rounded } from './kit/statistics.ts';

const [perVenue = '50', opened = '10', roundsText = '3'] = process.argv.slice(2);
const rounds = Number(roundsText);
const SECONDS = 20;
const GOAL_MB = 100;
const GOAL_DELAY_P99_MS = 20;
const project = join(import.meta.dirname, '..');
const run = promisify(execFile);

// As it ships: one bundle, and nothing in it that has to be read as TypeScript (docs/decisions/0021).
const built = join(project, 'out', 'bench');
await build({
  configFile: false,
  logLevel: 'error',
  root: project,
  build: {
    ssr: 'bench/kit/running-engine.ts',
    outDir: built,
    emptyOutDir: true,
    rolldownOptions: { output: { entryFileNames: '[name].js' } },
  },
});

const simulator = spawn(process.execPath, ['src/simulator/main.ts'], {
  cwd: project,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const venues = await endpoints();
  const bare: number[] = [];
  const working: EngineCost[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await bareRssMb());
    const dataDir = await mkdtemp(join(tmpdir(), 'heartline-bench-'));
    try {
      const args = [dataDir, JSON.stringify(venues), perVenue, opened, String(SECONDS)];
      const program = ['--expose-gc', join(built, 'running-engine.js'), ...args];
      const { stdout } = await run(process.execPath, program, { cwd: project });
      working.push(JSON.parse(stdout) as EngineCost);
    } finally {
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  const middle = (key: keyof EngineCost) => rounded(median(working.map((one) => one[key])));
  const bareMb = median(bare);
  const aboveBareMb = median(working.map(({ rssMb }) => rssMb)) - bareMb;
  const delayP99Ms = median(working.map((one) => one.delayP99Ms));
  process.stdout.write(
    `${JSON.stringify({
      bench: 'engine-memory',
      venues: Object.keys(venues),
      instruments: working[0]?.instruments,
      streams: working[0]?.streams,
      seconds: SECONDS,
      eventsPerSecond: middle('eventsPerSecond'),
      bareRssMb: rounded(bareMb),
      aboveBareMb: rounded(aboveBareMb),
      heapMb: middle('heapMb'),
      buffersMb: middle('buffersMb'),
      delayP50Ms: middle('delayP50Ms'),
      delayP99Ms: rounded(delayP99Ms),
      delayMaxMs: middle('delayMaxMs'),
      cpuPercent: rounded(100 * median(working.map(({ cpuShare }) => cpuShare))),
      reconnects: middle('reconnects'),
      // Who else works on this machine makes the loop late as well.
      load: { oneMinute: rounded(loadavg()[0] ?? 0), cores: availableParallelism() },
      goals: { aboveBareMb: GOAL_MB, delayP99Ms: GOAL_DELAY_P99_MS },
      met: aboveBareMb <= GOAL_MB && delayP99Ms < GOAL_DELAY_P99_MS,
      rounds,
    })}\n`,
  );
} finally {
  if (simulator.pid !== undefined) killTree(simulator.pid, false);
}

async function endpoints(): Promise<
  Readonly<Record<string, { readonly rest: string; readonly ws: string }>>
> {
  for await (const line of createInterface({ input: simulator.stdout })) {
    return (JSON.parse(line) as { venues: Record<string, { rest: string; ws: string }> }).venues;
  }
  throw new Error('the simulator ended without a ready line');
}

async function bareRssMb(): Promise<number> {
  const { stdout } = await run(process.execPath, ['--expose-gc', 'bench/kit/bare.mjs'], { cwd: project });
  return Number(stdout);
}

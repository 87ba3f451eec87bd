// Memory of a working engine above a bare Node: eight instruments, every stream, on a simulator in a process of
// its own. Medians of three. Prints one JSON.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { killTree } from '../scripts/process-tree.ts';
import { median, rounded } from './kit/statistics.ts';

interface Sample {
  readonly rssMb: number;
  readonly events: number;
  readonly instruments: number;
}

const ROUNDS = 3;
const SECONDS = 10;
const GOAL_MB = 100;
const project = join(import.meta.dirname, '..');
const run = promisify(execFile);

const simulator = spawn(process.execPath, ['src/simulator/main.ts'], {
  cwd: project,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const dataDir = await mkdtemp(join(tmpdir(), 'heartline-bench-'));
try {
  const { rest, ws } = await endpoints();
  const bare: number[] = [];
  const working: Sample[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await bareRssMb());
    const { stdout } = await run(
      process.execPath,
      ['--expose-gc', 'bench/kit/running-engine.ts', dataDir, rest, ws, String(SECONDS)],
      { cwd: project },
    );
    working.push(JSON.parse(stdout) as Sample);
  }
  const bareMb = median(bare);
  const aboveBareMb = median(working.map(({ rssMb }) => rssMb)) - bareMb;
  process.stdout.write(
    `${JSON.stringify({
      bench: 'engine-memory',
      instruments: working[0]?.instruments,
      seconds: SECONDS,
      eventsPerSecond: rounded(median(working.map(({ events }) => events)) / SECONDS),
      bareRssMb: rounded(bareMb),
      aboveBareMb: rounded(aboveBareMb),
      goalMb: GOAL_MB,
      met: aboveBareMb <= GOAL_MB,
      rounds: ROUNDS,
    })}\n`,
  );
} finally {
  if (simulator.pid !== undefined) killTree(simulator.pid, false);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

async function endpoints(): Promise<{ readonly rest: string; readonly ws: string }> {
  for await (const line of createInterface({ input: simulator.stdout })) {
    const { binance } = (JSON.parse(line) as { venues: Record<string, { rest: string; ws: string }> }).venues;
    if (binance) return binance;
  }
  throw new Error('the simulator ended without a ready line');
}

async function bareRssMb(): Promise<number> {
  const program = 'gc(); console.log(process.memoryUsage().rss / 1e6)';
  const { stdout } = await run(process.execPath, ['--expose-gc', '--eval', program]);
  return Number(stdout);
}

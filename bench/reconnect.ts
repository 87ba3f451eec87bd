// Goal G3: every socket is cut at once (no close frame); how long each connection takes from there to its first data
// frame. One engine on all venues beside a simulator of its own process, a fresh one for every round: several at once
// would run into the venues' limits of new connections. Prints one
// JSON. `node bench/reconnect.ts [rounds] [engines]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchInstrument } from '../src/drill/watched-instrument.ts';
import { createEngine, type Engine } from '../src/engine/engine.ts';
import { openSocket } from '../src/engine/net/socket.ts';
import { systemClock } from '../src/shared/base/system-clock.ts';
import { startSimulatorProcess } from '../src/simulator/test-kit/simulator-process.ts';
import { venuesAt } from '../src/venues/registry.ts';
import { rounded } from './kit/statistics.ts';

const [rounds = 12, engines = 1] = process.argv.slice(2).map(Number);
const GOAL = { p50Ms: 500, p99Ms: 2000, worstMs: 5000 };
/** Answers to what we said are no data. */
const ANSWER = /"result"|"success"|"ret_msg"|"status":|"op":/u;
const LEARN_MS = 3000;

await using simulator = await startSimulatorProcess(9);
const folder = mkdtempSync(join(tmpdir(), 'heartline-bench-'));
const took: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const running = Array.from({ length: engines }, (_, at) => start(join(folder, `${round}-${at}`)));
  await until(() => running.every(({ engine }) => isLive(engine)));
  await pause(LEARN_MS);
  const before = took.length;
  const sockets = running.reduce((sum, { engine }) => sum + engine.health().connections.length, 0);
  await fetch(`${simulator.address.control}/_sim/faults`, {
    method: 'POST',
    body: JSON.stringify({ kind: 'reset' }),
  });
  await until(() => took.length - before >= sockets);
  for (const { engine, end } of running) {
    end();
    await engine[Symbol.asyncDispose]();
  }
}
const sorted = took.toSorted((one, other) => one - other);
const at = (share: number) =>
  rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
process.stdout.write(
  `${JSON.stringify({
    bench: 'reconnect',
    connections: took.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    worstMs: at(1),
    goal: GOAL,
    met: at(0.5) < GOAL.p50Ms && at(0.99) < GOAL.p99Ms && at(1) < GOAL.worstMs,
  })}\n`,
);
rmSync(folder, { recursive: true, force: true });

function start(dataDir: string) {
  /** When the last socket to an address was lost. */
  const lostAt = new Map<string, number>();
  const staged = venuesAt(({ id }) => simulator.address.venues[id]);
  const engine = createEngine({
    clock: systemClock,
    dataDir,
    venues: staged,
    app: { version: 'bench', mode: 'demo', environment: 'simulator', shell: 'headless' },
    openSocket: (url, listener) =>
      openSocket(url, {
        ...listener,
        frame(bytes) {
          const since = lostAt.get(url);
          if (since !== undefined && !ANSWER.test(Buffer.from(bytes).toString('latin1'))) {
            took.push(performance.now() - since);
            lostAt.delete(url);
          }
          listener.frame(bytes);
        },
        closed(cause, retryAfterMs) {
          lostAt.set(url, performance.now());
          listener.closed(cause, retryAfterMs);
        },
      }),
  });
  const watched = staged.flatMap(({ venue }) =>
    venue.favourites.slice(0, 2).map((instrument) => watchInstrument(engine, instrument)),
  );
  return {
    engine,
    end() {
      for (const one of watched) one.dispose();
    },
  };
}

function isLive(engine: Engine): boolean {
  const { connections } = engine.health();
  return connections.length >= 5 && connections.every(({ state }) => state.kind === 'live');
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!holds() && performance.now() < deadline) await pause(20);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

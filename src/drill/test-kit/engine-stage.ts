import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccounts } from '#engine/accounts/open-accounts.ts';
import { createEngine, type Engine, type EngineOptions } from '#engine/engine.ts';
import type { Clock } from '#shared/base/clock.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import {
  type CheckedWatch,
  type LogEntry,
  type WatchInput,
  type WatchName,
  type WatchUpdates,
  watchInputs,
} from '#shared/contract/api.ts';
import { startSimulator } from '#simulator/simulator.ts';
import { accountsAt } from '#venues/account-registry.ts';
import { venuesAt } from '#venues/registry.ts';
import { createSimulatorControl, type SimulatorControl } from '../simulator-control.ts';

const PATIENCE_MS = 20_000;

/** A watch as a window has it. */
export interface OpenWatch<Update> {
  /** The first update that satisfies; rejects when none does in time, with the last there was. */
  until(satisfies: (update: Update) => boolean, withinMs?: number): Promise<Update>;
}

/** An engine with every registered venue, on a simulator of its own and real sockets. */
export interface EngineStage extends AsyncDisposable {
  readonly engine: Engine;
  readonly control: SimulatorControl;
  /** Everything logged since the start. */
  readonly log: readonly LogEntry[];
  watch<Name extends WatchName>(name: Name, input: WatchInput<Name>): OpenWatch<WatchUpdates[Name]>;
  /** Posts to the simulator's control endpoint, which has to agree. */
  post(path: string, body: unknown): Promise<void>;
  /** Asks it. */
  ask(path: string): Promise<unknown>;
}

export interface EngineStageOptions extends Pick<EngineOptions, 'fx'> {
  /** The engine's; the simulator's is always the machine's. */
  readonly clock?: Clock;
  /** Keys can be added, and are kept in memory. */
  readonly accounts?: true;
  /** What is wrong at the venues before the engine begins. */
  readonly prepare?: (control: SimulatorControl, post: EngineStage['post']) => Promise<void>;
}

export async function openEngineStage(options: EngineStageOptions = {}): Promise<EngineStage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-stage-'));
  const simulator = await startSimulator({ seed: 7 });
  const control = createSimulatorControl(simulator.address.control);
  const post: EngineStage['post'] = async (path, body) => {
    const url = `${simulator.address.control}/_sim/${path}`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`);
  };
  await options.prepare?.(control, post);
  const engine = createEngine({
    clock: options.clock ?? systemClock,
    dataDir,
    venues: venuesAt((venue) => simulator.address.venues[venue.id]),
    app: { version: '0.0.0', mode: 'demo', environment: 'simulator', shell: 'headless' },
    ...(options.fx && { fx: options.fx }),
    ...(options.accounts && {
      accounts: openAccounts({
        environment: 'simulator',
        store: 'memory',
        places: accountsAt(({ id }) => simulator.address.venues[id]),
      }),
    }),
  });
  const undo: (() => void)[] = [];
  const log: LogEntry[] = [];

  function watch<Name extends WatchName>(name: Name, input: WatchInput<Name>): OpenWatch<WatchUpdates[Name]> {
    const checked = watchInputs[name].parse(input) as CheckedWatch<Name>;
    let last: WatchUpdates[Name] | undefined;
    let tell: () => void = () => undefined;
    const source = engine.api.watch(name, checked, () => tell());
    undo.push(() => source.dispose());
    return {
      async until(satisfies, withinMs = PATIENCE_MS) {
        const endsAt = systemClock.monotonic() + withinMs;
        for (;;) {
          const update = source.take();
          if (update !== undefined) last = update;
          if (update !== undefined && satisfies(update)) return update;
          const leftMs = endsAt - systemClock.monotonic();
          if (leftMs <= 0) throw new Error(`${name} never got there; the last was ${shown(last)}`);
          await new Promise<void>((resolve) => {
            const cancel = systemClock.after(leftMs, resolve);
            tell = () => {
              cancel();
              resolve();
            };
          });
        }
      },
    };
  }

  const told = engine.api.watch('log', {}, () => queueMicrotask(() => log.push(...(told.take() ?? []))));
  undo.push(() => told.dispose());

  return {
    engine,
    control,
    log,
    watch,
    post,
    async ask(path) {
      const answer = await fetch(`${simulator.address.control}/_sim/${path}`);
      if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`);
      return answer.json();
    },
    async [Symbol.asyncDispose]() {
      for (const one of undo.splice(0)) one();
      await engine[Symbol.asyncDispose]();
      await simulator.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    ArrayBuffer.isView(inner) ? [...(inner as never)].slice(0, 5) : inner,
  )?.slice(0, 800);
}

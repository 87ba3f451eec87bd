import { createHash, type Hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#shared/base/clock.ts';
import { type WatchName, watchInputs } from '#shared/contract/api.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { Interfaces } from '../net/wake-watch.ts';
import { createSmallNetwork, type Mood, type SmallVenueHandle } from './small-network.ts';
import { smallInstruments, smallVenue } from './small-venue.ts';

/** A whole engine between venues that are functions: no thread, no socket, no real time, chance from one seed. */
export interface SmallWorld extends AsyncDisposable {
  readonly engine: Engine;
  readonly clock: Clock;
  venue(id: string): SmallVenueHandle;
  /** Time passes. */
  run(ms: number): Promise<void>;
  /** Time passes and nobody does anything new. */
  settle(ms: number): Promise<void>;
  /** Everything a window that watches all of it was told so far, as one hash; the latest of each watch. */
  readonly trace: { readonly hash: string; readonly updates: number };
  /** Likewise of the watches of one venue's instruments alone. */
  storyOf(venue: string): string;
  latest(watch: string): unknown;
  /** What is held of the machine: timers of the engine and of the network, and sockets. */
  readonly held: { readonly timers: number; readonly sockets: number };
  /** Trade ids as a window holds them. */
  tape(instrument: string): readonly string[];
  interfaces: Interfaces;
}

const STEP_MS = 50;
const TAPE = 3000;

export async function createSmallWorld(options: {
  readonly venues: readonly string[];
  /** Chance of the markets, of the faults, and of the engine: all from here. */
  readonly next: () => number;
  /** Chance of one market, where it must not hear what happens at another. */
  readonly nextOf?: (venue: string) => () => number;
  /** How often the markets move; 50 ms. */
  readonly stepMs?: number;
  readonly moodOf?: (venue: string, now: number) => Mood | 'reset' | undefined;
}): Promise<SmallWorld> {
  const { next, stepMs = STEP_MS } = options;
  const virtual = createVirtualClock();
  const clock: Clock = {
    now: virtual.now,
    monotonic: virtual.monotonic,
    after: virtual.after,
    every: virtual.every,
    random: next,
  };
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-world-'));
  const network = createSmallNetwork({ clock, venues: options.venues, next, nextOf: options.nextOf });
  let interfaces: Interfaces = { eth0: [{ address: '10.0.0.2', internal: false }] };

  const engine = createEngine({
    clock,
    dataDir,
    venues: options.venues.map((id) => ({
      venue: smallVenue(id),
      endpoints: { rest: `http://${id}`, ws: `ws://${id}` },
    })),
    app: { version: 'test', mode: 'demo', environment: 'simulator', shell: 'headless' },
    openSocket: network.openSocket,
    fetch: network.fetch,
    interfaces: () => interfaces,
  });

  // What a window that shows everything is told. The process's own figures are real, and no part of the story.
  const hash = createHash('sha256');
  const latest = new Map<string, unknown>();
  const stories = new Map<string, Hash>();
  const tapes = new Map<string, string[]>();
  const sources: { readonly key: string; readonly take: () => unknown }[] = [];
  let updates = 0;
  // A program under test holds more memory than an engine may.
  const settings = await engine.api.request('settings.read', {});
  await engine.api.request('settings.write', { alarms: { ...settings.alarms, memoryMb: 10_000 } });

  function open(name: WatchName, input: object, key: string): void {
    const source = engine.api.watch(name, watchInputs[name].parse(input) as never, () => undefined);
    sources.push({ key, take: () => source.take() });
  }
  const instruments = options.venues.flatMap(smallInstruments);
  open('health', {}, 'health');
  open('log', {}, 'log');
  open('incidents', {}, 'incidents');
  open('alarms', {}, 'alarms');
  open('tickers', { instruments }, 'tickers');
  for (const instrument of instruments) {
    open('book', { instrument, depth: 20 }, `book ${instrument}`);
    open('trades', { instrument }, `trades ${instrument}`);
    open('candles', { instrument, interval: '1m' }, `candles ${instrument}`);
  }

  function listen(): void {
    for (const { key, take } of sources) {
      const update = take() as Record<string, unknown> | undefined;
      if (update === undefined) continue;
      const told = key === 'health' ? { ...update, engine: undefined } : update;
      updates += 1;
      latest.set(key, update);
      const line = `${clock.monotonic()} ${key} ${JSON.stringify(told, plain)}\n`;
      hash.update(line);
      storyAbout(/ (.+):/u.exec(key)?.[1])?.update(line);
      if (key.startsWith('trades ')) {
        const { restart, ids } = update as unknown as { restart: boolean; ids: readonly string[] };
        const held = restart ? [] : (tapes.get(key.slice(7)) ?? []);
        tapes.set(key.slice(7), [...held, ...ids].slice(-TAPE));
      }
    }
  }

  function storyAbout(venue: string | undefined): Hash | undefined {
    if (venue === undefined) return undefined;
    const story = stories.get(venue) ?? createHash('sha256');
    stories.set(venue, story);
    return story;
  }

  return {
    engine,
    clock,
    venue(id) {
      const venue = network.venues.get(id);
      if (!venue) throw new Error(`no venue ${id} in this world`);
      return venue;
    },
    async run(ms) {
      for (let passed = 0; passed < ms; passed += stepMs) {
        for (const [id, venue] of network.venues) {
          const mood = options.moodOf?.(id, virtual.monotonic());
          if (mood === 'reset') venue.reset();
          else if (mood) venue.mood = mood;
        }
        virtual.advance(stepMs);
        network.deliver();
        // Every promise that could go on has gone on before time does.
        await new Promise((resolve) => setImmediate(resolve));
        listen();
      }
    },
    async settle(ms) {
      virtual.advance(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
    get trace() {
      return { hash: hash.copy().digest('hex').slice(0, 16), updates };
    },
    storyOf: (venue) => storyAbout(venue)?.copy().digest('hex').slice(0, 16) ?? '',
    latest: (watch) => latest.get(watch),
    get held() {
      return { timers: virtual.pendingTimers, sockets: network.open };
    },
    tape: (instrument) => tapes.get(instrument) ?? [],
    get interfaces() {
      return interfaces;
    },
    set interfaces(told) {
      interfaces = told;
    },
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function plain(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? [...(value as Float64Array)].map(String) : value;
}

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#shared/base/clock.ts';
import { type WatchName, watchInputs } from '#shared/contract/api.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { OpenSocket, SocketListener } from '../net/socket.ts';
import type { Interfaces } from '../net/wake-watch.ts';
import { createSmallMarket, smallInstruments, smallVenue } from './small-venue.ts';

/** What a venue does to its clients besides its work. Everything absent: it works. */
export interface Mood {
  /** Refuses upgrades. */
  refuses?: boolean;
  /** Sends no data; pings are answered. */
  isMute?: boolean;
  /** Answers nothing at all. */
  isFrozen?: boolean;
  /** Chance of a frame to be lost, to come twice, to come after the next one. */
  drops?: number;
  doubles?: number;
  swaps?: number;
  /** Data frames are what nobody can read. */
  garbles?: boolean;
  restStatus?: number;
  restDelayMs?: number;
}

interface Peer {
  readonly venue: string;
  readonly listener: SocketListener;
  readonly channels: Set<string>;
  held: string | undefined;
  isOpen: boolean;
}

export interface SmallVenueHandle {
  mood: Mood;
  /** Cuts every socket. */
  reset(): void;
  readonly market: ReturnType<typeof createSmallMarket>;
  /** Sockets ever asked for, with the monotonic time of each. */
  readonly dialled: readonly number[];
  readonly requests: readonly { readonly path: string; readonly at: number }[];
}

/** A whole engine between venues that are functions: no thread, no socket, no real time, chance from one seed. */
export interface SmallWorld extends AsyncDisposable {
  readonly engine: Engine;
  readonly clock: Clock;
  venue(id: string): SmallVenueHandle;
  /** Time passes. */
  run(ms: number): Promise<void>;
  /** Everything a window that watches all of it was told so far, as one hash; the latest of each watch. */
  readonly trace: { readonly hash: string; readonly updates: number };
  latest(watch: string): unknown;
  /** Trade ids as a window holds them. */
  tape(instrument: string): readonly string[];
  interfaces: Interfaces;
}

interface Written {
  readonly dialled: number[];
  readonly requests: { readonly path: string; readonly at: number }[];
}

const STEP_MS = 50;
const LATENCY_MS = 20;
const ENCODER = new TextEncoder();

export async function createSmallWorld(options: {
  readonly venues: readonly string[];
  /** Chance of the market, of the faults, and of the engine: all from here. */
  readonly next: () => number;
  readonly moodOf?: (venue: string, now: number) => Mood | 'reset' | undefined;
}): Promise<SmallWorld> {
  const { next } = options;
  const virtual = createVirtualClock();
  const clock: Clock = {
    now: virtual.now,
    monotonic: virtual.monotonic,
    after: virtual.after,
    every: virtual.every,
    random: next,
  };
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-world-'));
  const peers = new Set<Peer>();
  const venues = new Map<string, SmallVenueHandle & Written>(
    options.venues.map((id) => {
      const dialled: number[] = [];
      const requests: { path: string; at: number }[] = [];
      const market = createSmallMarket(id, next, clock.now());
      const reset = () => {
        for (const peer of [...peers]) if (peer.venue === id) hangUp(peer);
      };
      return [id, { mood: {}, dialled, requests, market, reset }];
    }),
  );
  let interfaces: Interfaces = { eth0: [{ address: '10.0.0.2', internal: false }] };

  function venueAt(url: string) {
    const id = new URL(url).hostname;
    const venue = venues.get(id);
    if (!venue) throw new Error(`nobody listens at ${url}`);
    return { id, venue };
  }

  function hangUp(peer: Peer): void {
    if (!peers.delete(peer)) return;
    peer.listener.closed({ code: 'socket.reset', detail: 'cut' });
  }

  function say(peer: Peer, text: string): void {
    if (peers.has(peer)) peer.listener.frame(ENCODER.encode(text));
  }

  const openSocket: OpenSocket = (url, listener) => {
    const { id, venue } = venueAt(url);
    venue.dialled.push(clock.monotonic());
    const peer: Peer = { venue: id, listener, channels: new Set(), held: undefined, isOpen: false };
    peers.add(peer);
    clock.after(LATENCY_MS, () => {
      if (!peers.has(peer) || venue.mood.isFrozen) return;
      if (venue.mood.refuses) {
        peers.delete(peer);
        listener.closed({ code: 'socket.refused', detail: 'refused' });
        return;
      }
      peer.isOpen = true;
      listener.opened();
    });
    return {
      send(text) {
        const { subscribe = [], unsubscribe = [], requestId } = JSON.parse(text);
        clock.after(LATENCY_MS, () => {
          if (venue.mood.isFrozen) return;
          for (const channel of subscribe) peer.channels.add(channel);
          for (const channel of unsubscribe) peer.channels.delete(channel);
          say(peer, JSON.stringify({ kind: 'ack', requestId }));
        });
      },
      ping() {
        clock.after(LATENCY_MS, () => {
          if (peers.has(peer) && !venue.mood.isFrozen) listener.pulse('pong');
        });
      },
      terminate: () => void peers.delete(peer),
    };
  };

  const answer = (url: string, signal: AbortSignal) =>
    new Promise<Response>((resolve, reject) => {
      const { venue } = venueAt(url);
      const path = url.slice(url.indexOf('/', 'http://'.length));
      venue.requests.push({ path, at: clock.monotonic() });
      const undo = clock.after(venue.mood.restDelayMs ?? LATENCY_MS, () => {
        if (venue.mood.isFrozen) return;
        const { restStatus = 200 } = venue.mood;
        const body = restStatus === 200 ? JSON.stringify(venue.market.answer(path, clock.now())) : '{}';
        resolve({ status: restStatus, headers: new Headers(), text: async () => body } as Response);
      });
      signal.addEventListener('abort', () => {
        undo();
        reject(signal.reason);
      });
    });

  const engine = createEngine({
    clock,
    dataDir,
    venues: options.venues.map((id) => ({
      venue: smallVenue(id),
      endpoints: { rest: `http://${id}`, ws: `ws://${id}` },
    })),
    app: { version: 'test', mode: 'demo', environment: 'simulator', shell: 'headless' },
    openSocket,
    fetch: ((url: string, init: { signal: AbortSignal }) => answer(url, init.signal)) as never,
    interfaces: () => interfaces,
  });

  // What a window that shows everything is told. The process's own figures are real, and no part of the story.
  const hash = createHash('sha256');
  const latest = new Map<string, unknown>();
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
      hash.update(`${clock.monotonic()} ${key} ${JSON.stringify(told, plain)}\n`);
      if (key.startsWith('trades ')) {
        const { restart, ids } = update as unknown as { restart: boolean; ids: readonly string[] };
        tapes.set(key.slice(7), restart ? [...ids] : [...(tapes.get(key.slice(7)) ?? []), ...ids]);
      }
    }
  }

  function deliver(): void {
    for (const [id, venue] of venues) {
      const { mood } = venue;
      const chance = (probability = 0) => probability > 0 && next() < probability;
      // The market goes on whoever hears it.
      for (const [channel, frame] of venue.market.step(clock.now())) {
        const text = JSON.stringify(frame);
        for (const peer of [...peers]) {
          if (peer.venue !== id || !peer.isOpen || !peer.channels.has(channel)) continue;
          if (mood.isMute || mood.isFrozen || chance(mood.drops)) continue;
          if (mood.garbles) {
            say(peer, JSON.stringify({ kind: 'failed', reason: 'garbled' }));
            continue;
          }
          const { held } = peer;
          peer.held = undefined;
          if (held === undefined && chance(mood.swaps)) {
            peer.held = text;
            continue;
          }
          say(peer, text);
          if (chance(mood.doubles)) say(peer, text);
          if (held !== undefined) say(peer, held);
        }
      }
    }
  }

  return {
    engine,
    clock,
    venue(id) {
      const venue = venues.get(id);
      if (!venue) throw new Error(`no venue ${id} in this world`);
      return venue;
    },
    async run(ms) {
      for (let passed = 0; passed < ms; passed += STEP_MS) {
        for (const [id, venue] of venues) {
          const mood = options.moodOf?.(id, virtual.monotonic());
          if (mood === 'reset') venue.reset();
          else if (mood) venue.mood = mood;
        }
        virtual.advance(STEP_MS);
        deliver();
        // Every promise that could go on has gone on before time does.
        await new Promise((resolve) => setImmediate(resolve));
        listen();
      }
    },
    get trace() {
      return { hash: hash.copy().digest('hex').slice(0, 16), updates };
    },
    latest: (watch) => latest.get(watch),
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

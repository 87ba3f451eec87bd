import { Worker } from 'node:worker_threads';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { SimulatorAddress, WorkerMessage, WorkerStart } from './worker-protocol.ts';

export type { SimulatorAddress } from './worker-protocol.ts';

/** A worker that does not end by itself within this time is ended. */
const STOP_WITHIN_MS = 1000;

interface DemoKey {
  readonly name: string;
  readonly apiKey: string;
  readonly secret: string;
}

export interface SimulatorOptions {
  /** Port of the control endpoint; 0 or absent: any free one. Throws `HeartlineError('port.taken')`. */
  readonly port?: number;
  /** Same seed, same market. Default 1. */
  readonly seed?: number;
  /** Market seconds per wall second. Default 1. */
  readonly speed?: number;
  /** The worker's entry, where a bundler moved it. Default: `worker.ts` beside this file. */
  readonly workerUrl?: URL;
}

export interface Simulator {
  readonly address: SimulatorAddress;
  /** The dollar's price in won in this market, and when it was told, as a source of rates would. Throws `simulator.failed`. */
  krwRate(): Promise<{ readonly krwPerUsd: number; readonly asOf: number }>;
  /** A venue's key for trying things out: it may trade, and has something in its account. Throws `simulator.failed`. */
  demoKey(venue: string): Promise<{ readonly apiKey: string; readonly secret: string }>;
  /** Called once if the simulator ends without having been asked to. */
  onGone(listener: (reason: string) => void): Undo;
  stop(): Promise<void>;
}

/**
 * Starts the simulator in a worker thread of its own and resolves when it listens.
 * Throws `port.taken`, or `simulator.failed` when the worker ends before it is ready.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, seed = 1, speed = 1 } = options;
  const workerData: WorkerStart = { port, seed, speed };
  const worker = new Worker(options.workerUrl ?? new URL('./worker.ts', import.meta.url), { workerData });
  const gone = createEmitter<string>();
  let reason = 'its thread ended';
  let isAsked = false;
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      resolve();
      if (!isAsked) gone.emit(reason);
    });
  });

  const address = await new Promise<SimulatorAddress>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'ready':
          resolve(message.address);
          return;
        case 'failed':
          isAsked = true;
          reject(new HeartlineError(message.code, message.message, { details: message.details }));
          return;
        case 'stopping':
          reason = message.reason;
      }
    });
    worker.on('error', (cause) => {
      reason = cause instanceof Error ? cause.message : String(cause);
      reject(new HeartlineError('simulator.failed', `The simulator failed: ${reason}`, { cause }));
    });
    void ended.then(() => {
      reject(new HeartlineError('simulator.failed', 'The simulator ended before it was ready.'));
    });
  });

  return {
    address,
    async krwRate() {
      const answer = await fetch(`${address.control}/_sim/fx`);
      if (!answer.ok)
        throw new HeartlineError('simulator.failed', `The simulator tells no rate: ${answer.status}.`);
      return (await answer.json()) as { readonly krwPerUsd: number; readonly asOf: number };
    },
    async demoKey(venue) {
      const answer = await fetch(`${address.control}/_sim/keys?venue=${encodeURIComponent(venue)}`);
      const { keys = [] } = (await answer.json()) as { keys?: readonly DemoKey[] };
      const key = keys.find(({ name }) => name === 'trade');
      if (!key) throw new HeartlineError('simulator.failed', `The simulator has no key for "${venue}".`);
      return { apiKey: key.apiKey, secret: key.secret };
    },
    onGone: (listener) => gone.on(listener),
    async stop() {
      isAsked = true;
      worker.postMessage('stop');
      const undo = systemClock.after(STOP_WITHIN_MS, () => void worker.terminate());
      await ended;
      undo();
    },
  };
}

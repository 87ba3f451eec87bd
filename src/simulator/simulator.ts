import type { Undo } from '#shared/base/emitter.ts';

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

/** The ready line: what `npm run -s simulator` prints and where everything listens. URLs without a trailing slash. */
export interface SimulatorAddress {
  /** e.g. `http://127.0.0.1:41000`; fault and truth endpoints live below `/_sim/`. */
  readonly control: string;
  readonly venues: Readonly<Record<string, { readonly rest: string; readonly ws: string }>>;
}

export interface Simulator {
  readonly address: SimulatorAddress;
  /** Called once if the simulator ends without having been asked to. */
  onGone(listener: (reason: string) => void): Undo;
  stop(): Promise<void>;
}

/** Starts the simulator in a worker thread of its own and resolves when it listens. */
export declare function startSimulator(options?: SimulatorOptions): Promise<Simulator>;

/** The ready line: what `npm run -s simulator` prints and where everything listens. URLs without a trailing slash. */
export interface SimulatorAddress {
  /** e.g. `http://127.0.0.1:41000`; fault and truth endpoints live below `/_sim/`. */
  readonly control: string;
  readonly venues: Readonly<Record<string, { readonly rest: string; readonly ws: string }>>;
}

/** What the worker tells the thread that started it. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly address: SimulatorAddress }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly message: string;
      readonly details: Readonly<Record<string, string | number>>;
    }
  | { readonly kind: 'stopping'; readonly reason: string };

/** What it is started with. The only message it takes is `'stop'`. */
export interface WorkerStart {
  readonly port: number;
  readonly seed: number;
  readonly speed: number;
}

import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Api, AppDescription } from '#shared/contract/api.ts';
import type { ServerChannel } from '#shared/contract/protocol.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Endpoints, Venue } from '#venues/venue.ts';

export interface EngineOptions {
  readonly clock: Clock;
  /** Folder for settings and storage; created when missing. */
  readonly dataDir: string;
  readonly venues: readonly { readonly venue: Venue; readonly endpoints: Endpoints }[];
  readonly app: Pick<AppDescription, 'version' | 'mode' | 'environment' | 'shell'>;
}

export interface Engine {
  readonly api: Api;
  /** Serves one window until its channel closes; the undo ends it earlier. */
  serve(channel: ServerChannel): Undo;
  /** Feeds the raw normalised events of the streams (before any conflation) to a command line. */
  tap(streams: readonly StreamKey[], listener: (event: MarketEvent) => void): Undo;
  /** Closes every socket, timer and file. Resolves within 2 s. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Throws `HeartlineError('data-folder.unwritable')`. Returns at once; connections open in the background. */
export declare function createEngine(options: EngineOptions): Engine;

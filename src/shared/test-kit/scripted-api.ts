import { HeartlineError } from '../base/errors.ts';
import type { Api, HealthView, RequestName, WatchName, WatchSource } from '../contract/api.ts';

export interface ScriptedSource {
  readonly name: WatchName;
  readonly input: unknown;
  /** Queues what the next `take` gives and calls `changed`. */
  offer(update: unknown): void;
  /** The next `take` throws this. */
  fail(fault: unknown): void;
  readonly takes: number;
  readonly disposed: boolean;
}

export interface ScriptedApi extends Api {
  readonly sources: ScriptedSource[];
  readonly asked: (readonly [name: RequestName, input: unknown])[];
}

export function healthAt(asOf: number): HealthView {
  return { asOf, engine: { memoryMb: 0, eventLoopDelayMs: 0 }, connections: [], clockOffsetMs: {} };
}

/** An api that answers what the test says. Sources keep only the latest offer, as state sources do. */
export function createScriptedApi(
  answer: (name: RequestName, input: unknown) => unknown = () => ({}),
): ScriptedApi {
  const sources: ScriptedSource[] = [];
  const asked: (readonly [RequestName, unknown])[] = [];
  return {
    sources,
    asked,
    async request(name, input) {
      asked.push([name, input]);
      return (await answer(name, input)) as never;
    },
    watch(name, input, changed): WatchSource<never> {
      if (JSON.stringify(input).includes('nowhere')) {
        throw new HeartlineError('instrument.unknown', 'no such instrument', {
          details: { instrument: 'nowhere' },
        });
      }
      let latest: unknown;
      let fault: unknown;
      let takes = 0;
      let disposed = false;
      sources.push({
        name,
        input,
        offer(update) {
          latest = update;
          changed();
        },
        fail(next) {
          fault = next;
          changed();
        },
        get takes() {
          return takes;
        },
        get disposed() {
          return disposed;
        },
      });
      return {
        take() {
          takes += 1;
          if (fault !== undefined) throw fault;
          const update = latest;
          latest = undefined;
          return update as never;
        },
        dispose() {
          disposed = true;
        },
      };
    },
  };
}

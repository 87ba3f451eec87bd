import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import type { StreamView } from './health-index.ts';
import type { Pulse } from './pulse.ts';
import { createTapeRing, type TapeRing } from './tape-ring.ts';

const TAPE_CAPACITY = 500;

export interface TapeState {
  readonly instrument: InstrumentId | undefined;
  /** Filled in place; `revision` tells that it moved. */
  readonly ring: TapeRing;
  readonly revision: number;
  readonly dropped: number;
  readonly error: HeartlineError | undefined;
}

export interface Tape {
  readonly store: StoreApi<TapeState>;
  follow(instrument: InstrumentId): void;
  readonly dispose: Undo;
}

/**
 * The tape of one instrument. Where its stream or this window's own link was interrupted the tape says so,
 * until the engine has filled in the past and sends the whole tape again.
 */
export function createTape(
  client: ContractClient,
  pulse: Pick<StoreApi<Pulse>, 'getState' | 'subscribe'>,
): Tape {
  const store = createStore<TapeState>()(() => ({
    instrument: undefined,
    ring: createTapeRing(TAPE_CAPACITY),
    revision: 0,
    dropped: 0,
    error: undefined,
  }));
  let undo: Undo = () => undefined;
  let broken = false;
  let epoch: number | undefined;
  // Whether the whole tape has come since the engine last spoke of its health.
  let mended = false;
  let heardAsOf: number | undefined;

  const moved = () =>
    store.setState(({ revision, ring }) => ({ revision: revision + 1, dropped: ring.dropped }));

  const watchForBreaks = ({ index, now, health }: Pulse) => {
    const { instrument, ring } = store.getState();
    if (instrument === undefined) return;
    const stream = index.stream(streamKeyText({ kind: 'trade', instrument }));
    // A reconnect can be over before the engine next speaks of its health: then only the epoch tells of it.
    const reconnected = epoch !== undefined && stream !== undefined && stream.connection.epoch !== epoch;
    const wasBroken = broken;
    broken = client.status !== 'open' || (stream !== undefined && isInterrupted(stream));
    if (((broken && !wasBroken) || (reconnected && !mended)) && ring.interrupt(now)) moved();
    epoch = stream?.connection.epoch ?? epoch;
    if (health?.asOf !== heardAsOf) mended = false;
    heardAsOf = health?.asOf;
  };
  const undoPulse = pulse.subscribe(watchForBreaks);

  return {
    store,
    follow(instrument) {
      if (store.getState().instrument === instrument) return;
      undo();
      const ring = createTapeRing(TAPE_CAPACITY);
      broken = false;
      epoch = undefined;
      mended = false;
      store.setState({ instrument, ring, revision: 0, dropped: 0, error: undefined });
      undo = client.watch(
        'trades',
        { instrument },
        (trades) => {
          ring.push(trades);
          if (trades.restart) mended = true;
          moved();
        },
        (error) => store.setState({ error }),
      );
    },
    dispose() {
      undoPulse();
      undo();
    },
  };
}

function isInterrupted({ state, connection }: StreamView): boolean {
  const { kind } = connection.state;
  return state === 'stale' || kind === 'waiting' || kind === 'paused' || kind === 'failed';
}

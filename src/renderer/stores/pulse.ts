import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { HealthView } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import { ENGINE_SILENT_AFTER_MS } from '#shared/domain/freshness.ts';
import { borrowedBeat } from './borrowed-beat.ts';
import { type HealthIndex, indexHealth } from './health-index.ts';

const BEAT_MS = 250;

/** The engine's last word on itself, and how long ago that was. Renewed four times a second even when nothing arrives. */
export interface Pulse {
  readonly health: HealthView | undefined;
  readonly index: HealthIndex;
  /** Engine wall time, ms epoch, carried on by this window's monotonic clock: a stepped system clock ages nothing. */
  readonly now: number;
  /** How long nothing was heard, ms. */
  readonly quietMs: number;
  /** False once the channel is closed or the engine has been quiet too long: then nothing on the screen is live. */
  readonly answering: boolean;
  /** For `freshnessOf`: `quietMs`, or infinite while the channel is closed. */
  readonly engineSilentMs: number;
}

export function createPulse(client: ContractClient, clock: Clock): { store: StoreApi<Pulse>; dispose: Undo } {
  let heardAt = clock.monotonic();
  let asOf = clock.now();
  let health: HealthView | undefined;
  let index = indexHealth(undefined);

  const read = (): Pulse => {
    const quietMs = clock.monotonic() - heardAt;
    const open = client.status === 'open';
    return {
      health,
      index,
      now: asOf + quietMs,
      quietMs,
      answering: open && quietMs <= ENGINE_SILENT_AFTER_MS,
      engineSilentMs: open ? quietMs : Infinity,
    };
  };
  const store = createStore<Pulse>()(read);
  const beat = () => store.setState(read());

  const undos = [
    client.watch('health', {}, (view) => {
      // An engine that repeats itself is not alive.
      if (view.asOf === health?.asOf) return;
      heardAt = clock.monotonic();
      asOf = view.asOf;
      health = view;
      index = indexHealth(view);
      beat();
    }),
    client.onStatus(beat),
    clock.every(BEAT_MS, beat),
    // A hidden window's own timer comes once a minute at worst; that of a pop-out one looks at does not.
    borrowedBeat.on(beat),
  ];
  return {
    store,
    dispose() {
      for (const undo of undos) undo();
    },
  };
}

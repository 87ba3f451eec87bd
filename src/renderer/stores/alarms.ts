import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Emitter, type Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { Alarm, AlarmCall, AlarmsView } from '#shared/domain/alarm.ts';
import { openWatch, type Watched } from './watched.ts';

const TOAST_MS = 10_000;
const MOST_TOASTS = 4;
/** Calls remembered, so that one told twice (over a reconnect) is heard once. */
const REMEMBERED = 200;

export interface Toast {
  readonly id: string;
  readonly call: AlarmCall;
}

export interface Alarms {
  readonly store: StoreApi<Watched<AlarmsView>>;
  readonly toasts: StoreApi<{ readonly toasts: readonly Toast[] }>;
  /** Each call once, for what makes a sound or a notification of it. */
  readonly calls: Emitter<AlarmCall>;
  dismiss(id: string): void;
  retry(): void;
  readonly dispose: Undo;
}

/** Alarms as the engine has them, and each call as it comes. Open whichever view is shown. */
export function createAlarms(client: ContractClient, clock: Clock): Alarms {
  const calls = createEmitter<AlarmCall>();
  const toasts = createStore<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));
  let heard: readonly string[] = [];

  const dismiss = (id: string) =>
    toasts.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
  const hear = (call: AlarmCall) => {
    const id = `${call.alarm.id} ${call.at}`;
    if (heard.includes(id)) return;
    heard = [...heard, id].slice(-REMEMBERED);
    calls.emit(call);
    if (!call.ways.includes('toast')) return;
    toasts.setState((state) => ({
      // The same trouble again takes the place of what it said before.
      toasts: [...state.toasts.filter((toast) => toast.call.alarm.id !== call.alarm.id), { id, call }].slice(
        -MOST_TOASTS,
      ),
    }));
    // What touches money stays until the person has seen it.
    if (call.alarm.exposure === 'none') clock.after(TOAST_MS, () => dismiss(id));
  };
  const watching = openWatch(client, 'alarms', {}, (_, view) => {
    for (const call of view.calls) hear(call);
    return view;
  });
  return {
    store: watching.store,
    toasts,
    calls,
    dismiss,
    retry: watching.retry,
    dispose: watching.dispose,
  };
}

/** Alarms that still want somebody: neither seen, nor put off, nor over. */
export function activeAlarms(view: AlarmsView | undefined): readonly Alarm[] {
  return (view?.alarms ?? []).filter(({ state }) => state === 'active');
}

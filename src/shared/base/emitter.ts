export type Undo = () => void;

export interface Emitter<Event> {
  /** Adds a listener and returns its undo. A listener added while emitting hears the next event. */
  on(listener: (event: Event) => void): Undo;
  emit(event: Event): void;
  readonly listenerCount: number;
}

/** One event, many listeners. A listener that throws does not keep the others from hearing: see `onFault`. */
export function createEmitter<Event>(onFault: (fault: unknown) => void = rethrowLater): Emitter<Event> {
  let listeners: readonly ((event: Event) => void)[] = [];
  return {
    on(listener) {
      const entry = (event: Event) => listener(event);
      listeners = [...listeners, entry];
      return () => {
        listeners = listeners.filter((other) => other !== entry);
      };
    },
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (fault) {
          onFault(fault);
        }
      }
    },
    get listenerCount() {
      return listeners.length;
    },
  };
}

// A listener's fault is a bug: it must reach the process's unhandled-rejection reporting, not vanish here.
function rethrowLater(fault: unknown): void {
  void Promise.reject(fault);
}

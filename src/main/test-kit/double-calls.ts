import type { EventEmitter } from 'node:events';

export type Call = readonly [name: string, ...args: unknown[]];
export type Decide = (...args: never[]) => unknown;

/** Everything the bundle asked of Electron, in order. */
export const calls: Call[] = [];
/** Handlers the bundle set, by name. */
export const handlers = new Map<string, Decide>();
/** How this Electron is to behave, from the environment of the child. */
export const behaviour = {
  isFirstInstance: process.env.DOUBLE_SECOND_INSTANCE === undefined,
  windowsRefuseToClose: false,
  /** What a system says that is asked; it tells by itself when `powerMonitor` emits. */
  isScreenLocked: false,
  /** Another program has the shortcut already. */
  isShortcutTaken: process.env.DOUBLE_SHORTCUT_TAKEN !== undefined,
  /** The button a person presses in every question, by its place; `undefined`: they leave it open. */
  presses: undefined as number | undefined,
};

export const record =
  (name: string) =>
  (...args: unknown[]) => {
    calls.push([name, ...args]);
  };
export const keep = (name: string) => (handler: Decide | null) => {
  calls.push([name]);
  if (handler) handlers.set(name, handler);
};

/** Emits an event that can be prevented, and tells whether it was. */
export function prevents(emitter: EventEmitter, event: string): boolean {
  let prevented = false;
  emitter.emit(event, {
    preventDefault: () => {
      prevented = true;
    },
  });
  return prevented;
}

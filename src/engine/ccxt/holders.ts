import type { Undo } from '#shared/base/emitter.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';

/** Who wants which stream, counted: the first opens it, the last one to leave closes it. */
export interface Holders {
  hold(stream: StreamKey): Undo;
  has(stream: StreamKey): boolean;
  /** Texts of all that is held. */
  readonly texts: Iterable<string>;
  dispose(): void;
}

export function createHolders(open: (stream: StreamKey) => Undo): Holders {
  const held = new Map<string, { count: number; readonly close: Undo }>();
  return {
    hold(stream) {
      const text = streamKeyText(stream);
      const entry = held.get(text) ?? { count: 0, close: open(stream) };
      held.set(text, entry);
      entry.count += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        entry.count -= 1;
        // After a disposal all is closed, and the text may be somebody else's.
        if (entry.count > 0 || held.get(text) !== entry) return;
        held.delete(text);
        entry.close();
      };
    },
    has: (stream) => held.has(streamKeyText(stream)),
    texts: { [Symbol.iterator]: () => held.keys() },
    dispose() {
      for (const [text, { close }] of [...held]) {
        held.delete(text);
        close();
      }
    },
  };
}

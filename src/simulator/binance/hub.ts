/** Someone a stream is sent to. */
export interface Listener {
  /** Wants events wrapped as `{"stream":…,"data":…}`. */
  readonly combined: boolean;
  deliver(stream: string, frame: Buffer): void;
}

/** Who listens to which stream. A frame is made once and shared by all its listeners. */
export class Hub {
  readonly #listeners = new Map<string, Set<Listener>>();

  has(stream: string): boolean {
    return this.#listeners.has(stream);
  }

  get streams(): IterableIterator<string> {
    return this.#listeners.keys();
  }

  add(stream: string, listener: Listener): void {
    let listeners = this.#listeners.get(stream);
    if (!listeners) {
      listeners = new Set();
      this.#listeners.set(stream, listeners);
    }
    listeners.add(listener);
  }

  remove(stream: string, listener: Listener): void {
    const listeners = this.#listeners.get(stream);
    if (!listeners?.delete(listener)) return;
    if (listeners.size === 0) this.#listeners.delete(stream);
  }

  /** `text` is the bare event; connections in combined mode get it wrapped. */
  publish(stream: string, text: string): void {
    const listeners = this.#listeners.get(stream);
    if (!listeners) return;
    let bare: Buffer | undefined;
    let wrapped: Buffer | undefined;
    for (const listener of listeners) {
      if (listener.combined) wrapped ??= Buffer.from(`{"stream":"${stream}","data":${text}}`);
      else bare ??= Buffer.from(text);
      listener.deliver(stream, (listener.combined ? wrapped : bare) as Buffer);
    }
  }
}

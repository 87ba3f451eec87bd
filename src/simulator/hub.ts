/** Someone a stream is sent to. */
export interface Listener {
  /** Names the form it wants frames in, where the venue offers several. */
  readonly form: string;
  deliver(stream: string, frame: Buffer): void;
}

/** Who listens to which stream. A frame is made once per form and shared by all its listeners. */
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

  /** `textIn` makes the frame's text in a form; it is asked once for each form somebody wants. */
  publish(stream: string, textIn: (form: string) => string): void {
    const listeners = this.#listeners.get(stream);
    if (!listeners) return;
    const frames = new Map<string, Buffer>();
    for (const listener of listeners) {
      let frame = frames.get(listener.form);
      if (!frame) {
        frame = Buffer.from(textIn(listener.form));
        frames.set(listener.form, frame);
      }
      listener.deliver(stream, frame);
    }
  }
}

const MASK = '•••';

/**
 * A text that must not be seen: every way of printing it gives a mask, and only `reveal()` gives the text itself.
 * What is revealed goes into a signature or a keychain, and nowhere else.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  // What Node prints for it, also inside of other objects.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}

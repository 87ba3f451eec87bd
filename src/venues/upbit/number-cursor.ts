const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LARGE_E = 0x45;
const SMALL_E = 0x65;
/** Digits that always fit a 32-bit integer, which V8 multiplies and adds fastest. */
const INT32_DIGITS = 9;
/** Digits whose integer may still be exact; whether it is, the value tells. */
const MOST_DIGITS = 16;

/** 10^0 … 10^22: every power of ten that a double holds exactly. */
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** The value is not in a form this cursor reads; a general parser must look at the frame. */
export const REFUSED = -1;

/**
 * Reads JSON tokens straight from a frame's bytes, numbers above all: this venue prints no decimals as text. It answers
 * `REFUSED` to whatever it does not know, never a guess: what it accepts, `JSON.parse` accepts with the same value.
 * The last byte must be `}`, so that every loop over digits ends inside the frame.
 * A class for speed: its fields are the hot state of one read.
 */
export class NumberCursor {
  bytes: Uint8Array = new Uint8Array(0);
  end = 0;
  at = 0;
  /** Of the number last read: its value is mantissa × 10^exponent. */
  #mantissa = 0;
  #exponent = 0;

  /** Moves over `literal` when it stands here. */
  skip(literal: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let index = 0; index < literal.length; index++) {
      if (bytes[at + index] !== literal[index]) return false;
    }
    this.at = at + literal.length;
    return true;
  }

  /** A key of one to four letters with its colon, its letters as the digits of a number to the base 256. */
  key(): number {
    const { bytes } = this;
    let at = this.at;
    if (bytes[at] !== QUOTE) return REFUSED;
    let key = 0;
    for (const last = at + 5; at < last; ) {
      const byte = bytes[++at] as number;
      if (byte === QUOTE) {
        this.at = at + 2;
        return bytes[at + 1] === COLON && key !== 0 ? key : REFUSED;
      }
      if (byte === BACKSLASH || byte < 0x20 || byte > 0x7e) return REFUSED;
      key = (key << 8) | byte;
    }
    return REFUSED;
  }

  /** Moves over a quoted text; refuses escapes and control characters. */
  skipText(): boolean {
    const { bytes, end } = this;
    let at = this.at;
    if (bytes[at++] !== QUOTE) return false;
    while (at < end) {
      const byte = bytes[at++] as number;
      if (byte === QUOTE) {
        this.at = at;
        return true;
      }
      if (byte === BACKSLASH || byte < 0x20) return false;
    }
    return false;
  }

  /** Moves over a number ≥ 0 of at most 16 digits. */
  skipNumber(): boolean {
    return this.#read();
  }

  /** A number ≥ 0 as the nearest double. */
  number(): number {
    if (!this.#read()) return REFUSED;
    // An exact integer times or by an exact power of ten is correctly rounded: the same double as `Number(text)`.
    const exponent = this.#exponent;
    if (exponent >= 0) {
      const value = this.#mantissa * (POWERS_OF_TEN[exponent] as number);
      return value;
    }
    return this.#mantissa / (POWERS_OF_TEN[-exponent] as number);
  }

  /** A whole number ≥ 0 up to 2^53 − 1, written without point and exponent. */
  count(): number {
    const { bytes } = this;
    if (!this.#read() || this.#exponent !== 0) return REFUSED;
    // `10.0e1` has no exponent left, but is written with one.
    const last = (bytes[this.at - 1] as number) - ZERO;
    return last >= 0 && last <= 9 && this.#isPlain ? this.#mantissa : REFUSED;
  }
  #isPlain = false;

  /** A number ≥ 0 times 10^scale, an exact integer. Refused when a digit other than 0 stands beyond the scale. */
  scaled(scale: number): number {
    if (!this.#read()) return REFUSED;
    const exponent = this.#exponent + scale;
    if (exponent >= 0) {
      if (exponent > 22) return this.#mantissa === 0 ? 0 : REFUSED;
      const value = this.#mantissa * (POWERS_OF_TEN[exponent] as number);
      return value <= Number.MAX_SAFE_INTEGER ? value : REFUSED;
    }
    if (exponent < -22) return this.#mantissa === 0 ? 0 : REFUSED;
    // Below 2^53 a quotient that is not whole never rounds to a whole one.
    const value = this.#mantissa / (POWERS_OF_TEN[-exponent] as number);
    return Number.isInteger(value) ? value : REFUSED;
  }
}

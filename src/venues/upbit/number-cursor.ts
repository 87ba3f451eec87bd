import type { KeyTable } from './key-table.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LARGE_E = 0x45;
const SMALL_E = 0x65;
/** Digits that always fit a 32-bit integer, which V8 multiplies and adds fastest. */
const INT32_DIGITS = 9;
/** Digits whose integer may still be exact; whether it is, its value tells. */
const MOST_DIGITS = 16;
const MOST_ID_DIGITS = 30;

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

  /** The code of a key with its colon; 0 for one that is not in the table. */
  key(table: KeyTable): number {
    const key = table.find(this.bytes, this.at);
    if (key === undefined) return 0;
    this.at += key.length;
    return key.code;
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

  /** Moves over a number ≥ 0. */
  skipNumber(): boolean {
    return this.#read();
  }

  /** A number ≥ 0 as the nearest double. */
  number(): number {
    if (!this.#read()) return REFUSED;
    // An exact integer times or by an exact power of ten is correctly rounded: the same double as `Number(text)`.
    const exponent = this.#exponent;
    if (exponent > 22 || exponent < -22) return REFUSED;
    return exponent < 0
      ? this.#mantissa / (POWERS_OF_TEN[-exponent] as number)
      : this.#mantissa * (POWERS_OF_TEN[exponent] as number);
  }

  /** A number ≥ 0 times 10^scale, an exact integer. Refused when a digit other than 0 stands beyond the scale. */
  scaled(scale: number): number {
    if (!this.#read()) return REFUSED;
    const exponent = this.#exponent + scale;
    if (exponent > 22 || exponent < -22) return REFUSED;
    if (exponent >= 0) {
      const value = this.#mantissa * (POWERS_OF_TEN[exponent] as number);
      return value <= Number.MAX_SAFE_INTEGER ? value : REFUSED;
    }
    // Below 2^53 a quotient that is not whole never rounds to a whole one.
    const value = this.#mantissa / (POWERS_OF_TEN[-exponent] as number);
    return Number.isInteger(value) ? value : REFUSED;
  }

  /** The digits of a whole number ≥ 0, however many up to 30; empty where something else stands. */
  digits(): string {
    const { bytes, at } = this;
    let next = at;
    let text = '';
    for (let digit = (bytes[next] as number) - ZERO; digit >= 0 && digit <= 9; ) {
      text += DIGIT_TEXTS[digit];
      digit = (bytes[++next] as number) - ZERO;
    }
    this.at = next;
    const isNumber = next > at && next - at <= MOST_ID_DIGITS && (bytes[at] !== ZERO || next === at + 1);
    return isNumber ? text : '';
  }

  /** Takes in a number ≥ 0 of at most 16 digits that matter; false where something else stands. */
  #read(): boolean {
    const { bytes } = this;
    const start = this.at;
    let at = start;
    let head = 0;
    let tail = 0;
    let significant = 0;
    let point = 0;
    let byte = bytes[at] as number;
    for (;;) {
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) {
        if (significant < INT32_DIGITS) head = (Math.imul(head, 10) + digit) | 0;
        else tail = (Math.imul(tail, 10) + digit) | 0;
        if (significant > 0 || digit > 0) significant++;
      } else if (byte === POINT && point === 0 && at > start) {
        point = at;
      } else {
        break;
      }
      byte = bytes[++at] as number;
    }
    const wholeEnd = point === 0 ? at : point;
    // JSON has no leading zeros and no bare point.
    if (wholeEnd === start || at - 1 === point || significant > MOST_DIGITS) return false;
    if (bytes[start] === ZERO && wholeEnd - start > 1) return false;
    let exponent = point === 0 ? 0 : point + 1 - at;
    if (byte === LARGE_E || byte === SMALL_E) {
      byte = bytes[++at] as number;
      const isNegative = byte === MINUS;
      if (isNegative || byte === PLUS) byte = bytes[++at] as number;
      const first = at;
      let power = 0;
      for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = (bytes[++at] as number) - ZERO) {
        power = power * 10 + digit;
      }
      if (at === first || at - first > 2) return false;
      exponent += isNegative ? -power : power;
    }
    this.at = at;
    const mantissa =
      significant <= INT32_DIGITS
        ? head
        : head * (POWERS_OF_TEN[significant - INT32_DIGITS] as number) + tail;
    this.#mantissa = mantissa;
    this.#exponent = exponent;
    return mantissa <= Number.MAX_SAFE_INTEGER;
  }
}

const DIGIT_TEXTS = '0123456789';

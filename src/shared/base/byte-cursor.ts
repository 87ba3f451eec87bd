const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const BACKSLASH = 0x5c;
const POINT = 0x2e;
const ZERO = 0x30;
/** Digits that always fit a 32-bit integer, which V8 multiplies and adds fastest. */
const INT32_DIGITS = 9;

/** 10^0 … 10^22: every power of ten that a double holds exactly. */
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** The value is not in the one form this cursor reads; a general parser must look at the frame. */
export const REFUSED = -1;
/**
 * Reads JSON tokens straight from a frame's bytes. It knows only the forms the venue prints today and
 * answers `REFUSED` to anything else, never a guess: what it accepts, `JSON.parse` accepts with the same value.
 * The last byte must be `}`, so that every loop over digits ends inside the frame.
 * A class for speed: its fields are the hot state of one read.
 */
export class ByteCursor {
  bytes: Uint8Array = new Uint8Array(0);
  end = 0;
  at = 0;

  /** Moves over `literal` when it stands here. */
  skip(literal: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let index = 0; index < literal.length; index++) {
      if (bytes[at + index] !== literal[index]) return false;
    }
    this.at = at + literal.length;
    return true;
  }

  /** A key of one or two letters with its colon: `E` → 69, `pu` → 112 × 256 + 117. */
  key(): number {
    const { bytes, at } = this;
    const first = bytes[at + 1] as number;
    if (bytes[at] !== QUOTE) return REFUSED;
    if (bytes[at + 2] === QUOTE) {
      this.at = at + 4;
      return bytes[at + 3] === COLON ? first : REFUSED;
    }
    this.at = at + 5;
    return bytes[at + 3] === QUOTE && bytes[at + 4] === COLON
      ? first * 256 + (bytes[at + 2] as number)
      : REFUSED;
  }

  /** Moves over text up to and with its closing quote; refuses escapes and control characters. */
  skipText(): boolean {
    const { bytes, end } = this;
    let at = this.at;
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

  /** An unquoted integer ≥ 0 up to 2^53 − 1. */
  count(): number {
    const { bytes } = this;
    const start = this.at;
    let at = start;
    let head = 0;
    let digit = (bytes[at] as number) - ZERO;
    while (digit >= 0 && digit <= 9 && at - start < INT32_DIGITS) {
      head = (Math.imul(head, 10) + digit) | 0;
      digit = (bytes[++at] as number) - ZERO;
    }
    // JSON has no leading zeros.
    if (at === start || (bytes[start] === ZERO && at - start > 1)) return REFUSED;
    const middle = at;
    let tail = 0;
    while (digit >= 0 && digit <= 9 && at - middle < INT32_DIGITS) {
      tail = (Math.imul(tail, 10) + digit) | 0;
      digit = (bytes[++at] as number) - ZERO;
    }
    if (digit >= 0 && digit <= 9) return REFUSED;
    this.at = at;
    if (at === middle) return head;
    const value = head * (POWERS_OF_TEN[at - middle] as number) + tail;
    return value <= Number.MAX_SAFE_INTEGER ? value : REFUSED;
  }

  /** A quoted decimal as the nearest double. */
  decimal(): number {
    const { bytes } = this;
    if (bytes[this.at] !== QUOTE) return REFUSED;
    const start = this.at + 1;
    let at = start;
    let head = 0;
    let tail = 0;
    let digits = 0;
    let point = -1;
    for (;;) {
      const byte = bytes[at] as number;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) {
        if (digits < INT32_DIGITS) head = (Math.imul(head, 10) + digit) | 0;
        else tail = (Math.imul(tail, 10) + digit) | 0;
        digits++;
      } else if (byte === POINT && point < 0 && at > start) {
        point = at;
      } else {
        if (byte !== QUOTE) return REFUSED;
        break;
      }
      at++;
    }
    // Up to 15 digits are exact in a double, and so is a power of ten: their quotient is correctly rounded,
    // that is, the same double as `Number(text)`.
    if (digits === 0 || digits > 15 || point === at - 1) return REFUSED;
    this.at = at + 1;
    const value =
      digits <= INT32_DIGITS ? head : head * (POWERS_OF_TEN[digits - INT32_DIGITS] as number) + tail;
    return point < 0 ? value : value / (POWERS_OF_TEN[at - point - 1] as number);
  }

  /**
   * A list of `["price","quantity"]` at the scales, into `into` as price, quantity, … Returns how many numbers
   * it wrote, and refuses prices of 0 and lists longer than the room.
   */
  levels(into: Float64Array, priceScale: number, quantityScale: number): number {
    const { bytes } = this;
    if (bytes[this.at] !== OPEN_LIST) return REFUSED;
    if (bytes[this.at + 1] === CLOSE_LIST) {
      this.at += 2;
      return 0;
    }
    let at = this.at;
    for (let index = 0; index + 1 < into.length; ) {
      // Here stands `[` or the comma before a level.
      if (bytes[at + 1] !== OPEN_LIST || bytes[at + 2] !== QUOTE) return REFUSED;
      const price = this.scaled(at + 3, priceScale);
      at = this.at;
      if (price <= 0 || bytes[at] !== COMMA || bytes[at + 1] !== QUOTE) return REFUSED;
      const quantity = this.scaled(at + 2, quantityScale);
      at = this.at;
      if (quantity < 0 || bytes[at] !== CLOSE_LIST) return REFUSED;
      into[index++] = price;
      into[index++] = quantity;
      at += 1;
      if (bytes[at] === COMMA) continue;
      this.at = at + 1;
      return bytes[at] === CLOSE_LIST ? index : REFUSED;
    }
    return REFUSED;
  }

  /**
   * A decimal after its opening quote, up to and with its closing quote, times 10^scale: an exact integer.
   * Refused when a digit other than 0 stands beyond the scale.
   */
  scaled(start: number, scale: number): number {
    const { bytes } = this;
    let at = start;
    let head = 0;
    let digit = (bytes[at] as number) - ZERO;
    while (digit >= 0 && digit <= 9) {
      head = (Math.imul(head, 10) + digit) | 0;
      digit = (bytes[++at] as number) - ZERO;
    }
    const point = at;
    // Only now: up to here `head` may have wrapped around, harmlessly.
    if (point === start || point - start > INT32_DIGITS) return REFUSED;
    let tail = 0;
    let read = 0;
    if (bytes[at] === POINT) {
      digit = (bytes[++at] as number) - ZERO;
      while (digit >= 0 && digit <= 9 && read < scale) {
        tail = (Math.imul(tail, 10) + digit) | 0;
        read++;
        digit = (bytes[++at] as number) - ZERO;
      }
      // Beyond the scale only zeros may stand.
      while (digit === 0) digit = (bytes[++at] as number) - ZERO;
      if (at - point === 1 || read > INT32_DIGITS) return REFUSED;
    }
    if (bytes[at] !== QUOTE) return REFUSED;
    this.at = at + 1;
    const value = head * (POWERS_OF_TEN[scale] as number) + tail * (POWERS_OF_TEN[scale - read] as number);
    return value <= Number.MAX_SAFE_INTEGER ? value : REFUSED;
  }
}

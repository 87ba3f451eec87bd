/** Seeded chance: the same seed gives the same numbers on every machine. */

function scramble(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32 bits from up to four integers: random access into chance, no state. Integers beyond 2^32 count too. */
export function hash32(a: number, b: number, c = 0, d = 0): number {
  let h = scramble((a | 0) ^ 0x9e3779b9);
  h = scramble(h ^ (b | 0) ^ Math.imul(Math.floor(b / 4294967296) | 0, 0x85ebca6b));
  h = scramble(h ^ (c | 0) ^ Math.imul(Math.floor(c / 4294967296) | 0, 0xc2b2ae35));
  return scramble(h ^ (d | 0) ^ 0x27d4eb2f);
}

/** 32 bits from text, for turning a symbol into a seed. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return scramble(h);
}

/** Uniform in [0, 1) from 32 bits. */
export function unit(bits: number): number {
  return bits / 4294967296;
}

/** Nearly normal (mean 0, deviation 1, bounded at ±3.46) from two times 32 bits: the sum of four uniforms. */
export function nearlyNormal(first: number, second: number): number {
  const sum = (first & 0xffff) + (first >>> 16) + (second & 0xffff) + (second >>> 16);
  return (sum / 65536 - 2) * 1.7320508;
}

// The heavy tail's quantiles: a power of a uniform, read from a table because history draws millions.
const HEAVY = Float64Array.from({ length: 4096 }, (_, index) =>
  Math.min(60, 0.38 * ((index + 0.5) / 4096) ** -0.65 - 0.08),
);

/** A stream of chance (sfc32). `reseed` starts it anew, so that one object serves many minutes. */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  constructor(a: number, b = 0, c = 0) {
    this.reseed(a, b, c);
  }

  reseed(a: number, b = 0, c = 0): void {
    this.#a = hash32(a, b, c, 1);
    this.#b = hash32(a, b, c, 2);
    this.#c = hash32(a, b, c, 3);
    this.#counter = 1;
  }

  bits(): number {
    const out = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + out) | 0;
    return out >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.bits() / 4294967296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Whole number in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  normal(): number {
    return nearlyNormal(this.bits(), this.bits());
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.next());
  }

  /** Heavy-tailed with mean near 1: most are small, a few are up to sixty times the mean. */
  heavy(): number {
    return HEAVY[this.bits() >>> 20] as number;
  }
}

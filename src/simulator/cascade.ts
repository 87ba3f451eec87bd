import { hash32, nearlyNormal, unit } from './random.ts';

const MINUTE = 60_000;
/** Depth at which a node is exactly one minute wide. */
const MINUTE_LEVEL = 18;
/** Depth of the narrowest nodes, 468.75 ms wide; between their ends the value runs straight. */
const FINEST_LEVEL = 25;
const TOP_WIDTH_MS = 2 ** MINUTE_LEVEL * MINUTE;

/** Nodes per top node, by level. */
const NODES = Float64Array.from({ length: FINEST_LEVEL + 1 }, (_, level) => 2 ** level);

export interface CascadeOptions {
  readonly seed: number;
  /** Average variance of the value per minute. */
  readonly variancePerMinute: number;
  /** Deviation of the value at the ends of the top nodes (half a year apart): keeps it near 0 for ever. */
  readonly wander: number;
  /** Another cascade's seed whose busy and calm times this one shares in part. */
  readonly sharedSeed?: number;
}

/**
 * A random walk with random access in time: a Brownian bridge, halved again and again, in a clock of its own that
 * runs fast in busy times and slow in calm ones (each half of a node gets an uneven share of the node's variance,
 * at every scale, which is what makes volatility cluster). The value at any time costs one descent of the tree;
 * neighbouring times share most of it.
 *
 * `mass` is that inner clock: on average it advances by 1 per minute.
 */
export class Cascade {
  readonly #options: CascadeOptions;
  readonly #index = new Float64Array(FINEST_LEVEL + 1).fill(Number.NaN);
  readonly #left = new Float64Array(FINEST_LEVEL + 1);
  readonly #right = new Float64Array(FINEST_LEVEL + 1);
  readonly #mass = new Float64Array(FINEST_LEVEL + 1);
  readonly #massBefore = new Float64Array(FINEST_LEVEL + 1);
  #known = -1;

  constructor(options: CascadeOptions) {
    this.#options = options;
  }

  /** The walk's value at `time` (ms epoch). */
  valueAt(time: number): number {
    const level = time % MINUTE === 0 ? MINUTE_LEVEL : FINEST_LEVEL;
    const position = this.#descend(time, level);
    const left = this.#left[level] as number;
    return left + ((this.#right[level] as number) - left) * position;
  }

  /** The inner clock at the start of `minute` (minutes since the epoch). */
  massAtMinute(minute: number): number {
    this.#descend(minute * MINUTE, MINUTE_LEVEL);
    return this.#massBefore[MINUTE_LEVEL] as number;
  }

  /** How far the inner clock runs during `minute`: 1 on average, more when busy. */
  massOfMinute(minute: number): number {
    this.#descend(minute * MINUTE, MINUTE_LEVEL);
    return this.#mass[MINUTE_LEVEL] as number;
  }

  /** Walks down to the node that holds `time`; returns the position inside it, 0 to 1. */
  #descend(time: number, depth: number): number {
    const position = time / TOP_WIDTH_MS;
    const top = Math.floor(position);
    if (this.#known < 0 || this.#index[0] !== top) {
      this.#index[0] = top;
      this.#left[0] = this.#endValue(top);
      this.#right[0] = this.#endValue(top + 1);
      this.#mass[0] = 2 ** MINUTE_LEVEL;
      this.#massBefore[0] = top * 2 ** MINUTE_LEVEL;
      this.#known = 0;
    }
    // Neighbouring times share most of the way: go up only as far as needed, then down again.
    let level = Math.min(this.#known, depth);
    while (this.#index[level] !== Math.floor(position * (NODES[level] as number))) level--;
    for (; level < depth; level++) this.#split(level, Math.floor(position * (NODES[level + 1] as number)));
    return position * (NODES[depth] as number) - (this.#index[depth] as number);
  }

  #split(level: number, child: number): void {
    const { seed, sharedSeed, variancePerMinute } = this.#options;
    const node = this.#index[level] as number;
    const own = 2 * unit(hash32(seed, level, node, 1)) - 1;
    const lean =
      sharedSeed === undefined ? own : 0.7 * (2 * unit(hash32(sharedSeed, level, node, 1)) - 1) + 0.5 * own;
    const share = 0.5 + 0.17 * lean;
    const left = this.#left[level] as number;
    const right = this.#right[level] as number;
    const mass = this.#mass[level] as number;
    const spread = Math.sqrt(mass * variancePerMinute * share * (1 - share));
    const chance = nearlyNormal(hash32(seed, level, node, 2), hash32(seed, level, node, 3));
    const middle = left + (right - left) * share + spread * chance;
    const next = level + 1;
    const before = this.#massBefore[level] as number;
    const isLeft = child === node * 2;
    this.#index[next] = child;
    this.#left[next] = isLeft ? left : middle;
    this.#right[next] = isLeft ? middle : right;
    this.#mass[next] = isLeft ? mass * share : mass * (1 - share);
    this.#massBefore[next] = isLeft ? before : before + mass * share;
    this.#known = next;
  }

  #endValue(top: number): number {
    const { seed, wander } = this.#options;
    return wander * nearlyNormal(hash32(seed, -1, top, 2), hash32(seed, -1, top, 3));
  }
}

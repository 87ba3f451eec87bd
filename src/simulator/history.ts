import { addCandle, addPrint, type Candle, emptyCandle } from './candle.ts';
import type { Coin } from './coins.ts';
import type { PricePath } from './price-path.ts';
import type { Print } from './print.ts';
import { hash32, hashText, Random, unit } from './random.ts';

const MINUTE = 60_000;
const HOUR_MINUTES = 60;
/** Book changes are numbered faster than any crowd here makes them, so that a later start's ids are always larger. */
export const IDS_PER_MS = 8;
/** Hours of minute candles kept in memory per instrument, enough for the longest page; others are made again when asked for. */
const KEPT_HOURS = 27;

/** Where one minute ends and the next begins. */
interface Edge {
  readonly minute: number;
  /** Fair price, not rounded. */
  readonly ticks: number;
  readonly printId: number;
}

/**
 * The past of one instrument. Nothing is stored: the prints of a minute follow from the seed, the instrument and the
 * minute alone, and a candle is the fold of its prints. Prints of the past are coarser than live ones (fewer, each
 * with more fills and a larger quantity) so that months of them fold quickly; volumes per minute are alike.
 *
 * Ids count without holes over all of the past, because the number of prints up to a minute is itself a function
 * of time.
 */
export class History {
  readonly #path: PricePath;
  readonly #seed: number;
  readonly #random: Random;
  readonly #printsPerMinute: number;
  readonly #fillsPerPrint: number;
  readonly #meanQuantity: number;
  readonly #grainAt: (price: number) => number;
  /** Minute candles by hour. */
  readonly #minutes = new Map<number, readonly Candle[]>();
  readonly #hours = new Map<number, Candle>();
  #bridge = new Float64Array(256);
  /** The edges used last: minutes are mostly asked for one after the other. */
  #edges: readonly [Edge, Edge];

  constructor(seed: number, coin: Coin, path: PricePath) {
    this.#path = path;
    this.#grainAt = coin.grainAt ?? (() => 1);
    this.#seed = hash32(seed, hashText(`${coin.crowd} history`));
    this.#random = new Random(this.#seed);
    const liveFillsPerMinute = coin.takersPerSecond * 60 * 1.5;
    this.#printsPerMinute = Math.min(
      28,
      Math.round(Math.min(3 + coin.takersPerSecond * 7, 6 + coin.takersPerSecond * 3)),
    );
    this.#fillsPerPrint = Math.max(2, Math.round(liveFillsPerMinute / this.#printsPerMinute));
    const quantityPerMinute = (coin.takersPerSecond * 60 * coin.takerNotional) / coin.anchorPrice / coin.step;
    this.#meanQuantity = quantityPerMinute / this.#printsPerMinute;
    this.#edges = [this.#edgeAt(0), this.#edgeAt(0)];
  }

  /** Id of the first print at or after the start of `minute`. */
  printIdAtMinute(minute: number): number {
    const activity = this.#path.activityUntilMinute(minute);
    return minute + Math.floor((this.#printsPerMinute - 1) * activity);
  }

  /** Id of the first fill of print `id`. */
  firstFillOf(id: number): number {
    const jitter = unit(hash32(this.#seed, id, 7)) * this.#fillsPerPrint;
    return id * this.#fillsPerPrint + Math.floor(jitter);
  }

  /** All prints of one past minute, oldest first. */
  printsOf(minute: number): Print[] {
    const path = this.#path;
    // Asked before the far edge: going back and forth in time costs the path more than going on.
    const deviation = path.deviationOfMinute(minute);
    const busy = Math.sqrt(path.activityOfMinute(minute));
    const [start, end] = this.#edgesOf(minute);
    const { ticks: first } = start;
    const { ticks: last } = end;
    const count = end.printId - start.printId;
    this.#random.reseed(this.#seed, minute);
    const bridge = this.#walk(count, first * deviation);
    const steps = Math.max(1, count - 1);
    return this.#prints(minute, count, start.printId, busy, (index) => {
      if (count === 1) return last;
      return first + ((last - first) * index) / steps + (bridge[index] as number);
    });
  }

  /** The prints of the minute that holds `time`, up to `time`, along the price path: the live market goes on from there. */
  printsUntil(time: number): Print[] {
    const minute = Math.floor(time / MINUTE);
    const firstId = this.printIdAtMinute(minute);
    const count = this.printIdAtMinute(minute + 1) - firstId;
    this.#random.reseed(this.#seed, minute);
    this.#walk(count, 0);
    const priceAt = (index: number) => this.#path.ticksAt(minute * MINUTE + (index / count) * MINUTE);
    const busy = Math.sqrt(this.#path.activityOfMinute(minute));
    return this.#prints(minute, count, firstId, busy, priceAt).filter((print) => print.time < time);
  }

  /** The candle of one past minute. */
  minute(minute: number): Candle {
    const hour = Math.floor(minute / HOUR_MINUTES);
    let minutes = this.#minutes.get(hour);
    // Most recently used last.
    if (minutes) this.#minutes.delete(hour);
    else minutes = this.#foldMinutes(hour);
    this.#minutes.set(hour, minutes);
    if (this.#minutes.size > KEPT_HOURS) this.#minutes.delete(this.#minutes.keys().next().value as number);
    return minutes[minute - hour * HOUR_MINUTES] as Candle;
  }

  /** The price a past minute closed at, without folding its whole hour. */
  closeOf(minute: number): number {
    return (this.printsOf(minute).at(-1) as Print).price;
  }

  /** Has this hour been folded already? */
  knowsHour(hour: number): boolean {
    return this.#hours.has(hour);
  }

  /** The folded candle of one past hour (hours since the epoch). Kept for ever: they are few. */
  hour(hour: number): Candle {
    let candle = this.#hours.get(hour);
    if (!candle) {
      // Its minutes are not kept: those somebody reads keep their place.
      const [first, ...rest] = this.#minutes.get(hour) ?? this.#foldMinutes(hour);
      candle = { ...(first as Candle) };
      for (const minute of rest) addCandle(candle, minute);
      this.#hours.set(hour, candle);
    }
    return candle;
  }

  #edgesOf(minute: number): readonly [Edge, Edge] {
    const [start, end] = this.#edges;
    if (start.minute !== minute || end.minute !== minute + 1) {
      const first = end.minute === minute ? end : this.#edgeAt(minute);
      this.#edges = [first, this.#edgeAt(minute + 1)];
    }
    return this.#edges;
  }

  #edgeAt(minute: number): Edge {
    return { minute, ticks: this.#path.ticksAt(minute * MINUTE), printId: this.printIdAtMinute(minute) };
  }

  #foldMinutes(hour: number): Candle[] {
    return Array.from({ length: HOUR_MINUTES }, (_, index) => this.#fold(hour * HOUR_MINUTES + index));
  }

  #fold(minute: number): Candle {
    const prints = this.printsOf(minute);
    const candle = emptyCandle(minute * MINUTE, (prints[0] as Print).price);
    for (const print of prints) addPrint(candle, print);
    return candle;
  }

  /** A random walk of `count` points that starts and ends at 0, deviation `spread` over its whole length. */
  #walk(count: number, spread: number): Float64Array {
    if (this.#bridge.length < count) this.#bridge = new Float64Array(count * 2);
    const bridge = this.#bridge;
    const stride = spread / Math.sqrt(Math.max(1, count - 1));
    let sum = 0;
    bridge[0] = 0;
    for (let index = 1; index < count; index++) {
      sum += this.#random.normal() * stride;
      bridge[index] = sum;
    }
    for (let index = 1; index < count; index++) {
      bridge[index] = (bridge[index] as number) - (sum * index) / (count - 1);
    }
    return bridge;
  }

  #prints(
    minute: number,
    count: number,
    firstId: number,
    busy: number,
    priceAt: (index: number) => number,
  ): Print[] {
    const random = this.#random;
    const prints: Print[] = [];
    let before = priceAt(0);
    let nextFill = this.firstFillOf(firstId);
    for (let index = 0; index < count; index++) {
      const id = firstId + index;
      const firstFill = nextFill;
      nextFill = this.firstFillOf(id + 1);
      const lastFill = nextFill - 1;
      const at = priceAt(index);
      const rising = at > before ? 0.75 : at < before ? 0.25 : 0.5;
      const buys = random.next() < rising;
      // Inside the minute a taker pays up to the next tick; its ends stand on the path, so that minutes join.
      const atEnd = index === 0 || index === count - 1;
      const grain = this.#grainAt(at);
      const grains = at / grain;
      const price =
        Math.max(1, atEnd ? Math.round(grains) : buys ? Math.ceil(grains) : Math.floor(grains)) * grain;
      const quantity = Math.max(
        lastFill - firstFill + 1,
        Math.round(this.#meanQuantity * busy * random.heavy()),
      );
      const time = minute * MINUTE + Math.floor(((index + random.next()) / count) * MINUTE);
      prints.push({
        id,
        firstFill,
        lastFill,
        price,
        quantity,
        time,
        buyerIsMaker: !buys,
        atUpdate: time * IDS_PER_MS,
      });
      before = at;
    }
    return prints;
  }
}

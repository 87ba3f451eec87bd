import { addCandle, addPrint, type Candle, emptyCandle } from './candle.ts';
import type { Coin } from './coins.ts';
import type { PricePath } from './price-path.ts';
import type { Print } from './print.ts';
import { hash32, hashText, Random, unit } from './random.ts';

const MINUTE = 60_000;
const DAY_MINUTES = 1440;
const HOUR_MINUTES = 60;
/** Book changes are numbered faster than any crowd here makes them, so that a later start's ids are always larger. */
export const IDS_PER_MS = 8;
/** Days of minute candles kept in memory per instrument; older ones are made again when asked for. */
const KEPT_DAYS = 3;

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
  readonly #days = new Map<number, readonly Candle[]>();
  readonly #hours = new Map<number, readonly Candle[]>();
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

  /** The folded candles of one UTC day, one per minute. */
  minutesOfDay(day: number): readonly Candle[] {
    const known = this.#days.get(day);
    if (known) {
      // Most recently used last.
      this.#days.delete(day);
      this.#days.set(day, known);
      return known;
    }
    const candles = this.#foldDay(day);
    this.#days.set(day, candles);
    if (this.#days.size > KEPT_DAYS) this.#days.delete(this.#days.keys().next().value as number);
    return candles;
  }

  /** The candle of one past minute. */
  minute(minute: number): Candle {
    const day = Math.floor(minute / DAY_MINUTES);
    return this.minutesOfDay(day)[minute - day * DAY_MINUTES] as Candle;
  }

  /** The price a past minute closed at, without folding its whole day. */
  closeOf(minute: number): number {
    return (this.printsOf(minute).at(-1) as Print).price;
  }

  /** Are the minutes of this day at hand? */
  holdsMinutesOf(day: number): boolean {
    return this.#days.has(day);
  }

  /** Folds the hours of a day ahead of time; its minutes are not kept, so that recent days keep their place. */
  prepareHoursOf(day: number): boolean {
    if (this.#hours.has(day)) return false;
    this.#hours.set(day, hoursOf(this.#days.get(day) ?? this.#foldDay(day)));
    return true;
  }

  /** The folded candle of one past hour (hours since the epoch). Kept for ever: they are few. */
  hour(hour: number): Candle {
    const day = Math.floor(hour / 24);
    let hours = this.#hours.get(day);
    if (!hours) {
      hours = hoursOf(this.minutesOfDay(day));
      this.#hours.set(day, hours);
    }
    return hours[hour - day * 24] as Candle;
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

  #foldDay(day: number): Candle[] {
    const candles: Candle[] = [];
    for (let index = 0; index < DAY_MINUTES; index++) candles.push(this.#fold(day * DAY_MINUTES + index));
    return candles;
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

function hoursOf(minutes: readonly Candle[]): Candle[] {
  return Array.from({ length: 24 }, (_, index) => {
    const from = index * HOUR_MINUTES;
    const candle = { ...(minutes[from] as Candle) };
    for (let minute = from + 1; minute < from + HOUR_MINUTES; minute++) {
      addCandle(candle, minutes[minute] as Candle);
    }
    return candle;
  });
}

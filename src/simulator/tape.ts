import type { History } from './history.ts';
import type { Fill, Print } from './print.ts';

const MINUTE = 60_000;
const KEPT_PRINTS = 20_000;
const KEPT_FILLS = 1_000;

/** All prints of one instrument by id and by time: the latest live ones from memory, the past made again on demand. */
export class Tape {
  readonly #history: History;
  readonly #startTime: number;
  readonly #onboardMinute: number;
  /** Live prints, oldest first, ids without holes. */
  #prints: Print[] = [];
  #fills: Fill[] = [];
  readonly #pastOfStartMinute: readonly Print[];
  readonly #lastOfPast: Print;
  #nextId: number;
  #nextFill: number;

  constructor(history: History, startTime: number, onboardTime: number) {
    this.#history = history;
    this.#startTime = startTime;
    this.#onboardMinute = onboardTime / MINUTE;
    this.#pastOfStartMinute = history.printsUntil(startTime);
    const startMinute = Math.floor(startTime / MINUTE);
    const before = this.#pastOfStartMinute.at(-1) ?? history.printsOf(startMinute - 1).at(-1);
    // Every minute of the past holds at least one print.
    this.#lastOfPast = before as Print;
    this.#nextId = history.printIdAtMinute(startMinute) + this.#pastOfStartMinute.length;
    this.#nextFill = history.firstFillOf(this.#nextId);
  }

  takeFillId(): number {
    return this.#nextFill++;
  }

  takePrintId(): number {
    return this.#nextId++;
  }

  addFill(fill: Fill): void {
    this.#fills.push(fill);
    if (this.#fills.length >= KEPT_FILLS * 2) this.#fills = this.#fills.slice(-KEPT_FILLS);
  }

  addPrint(print: Print): void {
    this.#prints.push(print);
    if (this.#prints.length >= KEPT_PRINTS * 2) this.#prints = this.#prints.slice(-KEPT_PRINTS);
  }

  get last(): Print {
    return this.#prints.at(-1) ?? this.#lastOfPast;
  }

  /** The latest `limit` prints, oldest first. */
  latest(limit: number): Print[] {
    return this.fromId(Math.max(this.#firstId(), this.#nextId - limit), limit);
  }

  /** Up to `limit` prints from `id` on. Prints that are neither past nor kept any more are left out. */
  fromId(id: number, limit: number): Print[] {
    const prints: Print[] = [];
    let next = Math.max(id, this.#firstId());
    while (prints.length < limit && next < this.#nextId) {
      const chunk = this.#chunkWith(next);
      const found = chunk.findIndex((print) => print.id >= next);
      if (found < 0) break;
      prints.push(...chunk.slice(found, found + limit - prints.length));
      next = (prints.at(-1) as Print).id + 1;
    }
    return prints;
  }

  /** The prints of [startTime, endTime], oldest first. */
  between(startTime: number, endTime: number): Print[] {
    const prints: Print[] = [];
    for (let id = this.#idAtTime(startTime); id < this.#nextId; ) {
      const chunk = this.#chunkWith(id);
      const last = chunk.at(-1);
      if (!last || last.id < id) break;
      prints.push(
        ...chunk.filter((print) => print.id >= id && print.time >= startTime && print.time <= endTime),
      );
      // A chunk holds its minutes whole: what follows is of a later one.
      if (Math.floor(last.time / MINUTE) >= Math.floor(endTime / MINUTE)) break;
      id = last.id + 1;
    }
    return prints;
  }

  /** The latest `limit` fills, oldest first: live ones, and before them what the prints of the past split into. */
  latestFills(limit: number): Fill[] {
    const live = this.#fills.slice(-limit);
    if (live.length === limit) return live;
    const first = this.#fills[0]?.id ?? this.#nextFill;
    const past: Fill[] = [];
    let minute = Math.floor(this.#startTime / MINUTE);
    for (let chunk = this.#pastOfStartMinute; past.length < limit; chunk = this.#history.printsOf(--minute)) {
      past.unshift(...chunk.flatMap(splitPrint).filter((fill) => fill.id < first));
      if (minute <= this.#onboardMinute) break;
    }
    return [...past, ...live].slice(-limit);
  }

  #firstId(): number {
    return this.#history.printIdAtMinute(this.#onboardMinute);
  }

  #chunkWith(id: number): readonly Print[] {
    const firstLive = this.#prints[0]?.id ?? this.#nextId;
    if (id >= firstLive) return this.#prints.slice(id - firstLive);
    const startMinute = Math.floor(this.#startTime / MINUTE);
    const minute = this.#minuteOfId(id, startMinute);
    return minute === startMinute
      ? [...this.#pastOfStartMinute, ...this.#prints]
      : this.#history.printsOf(minute);
  }

  #minuteOfId(id: number, startMinute: number): number {
    let low = this.#onboardMinute;
    let high = startMinute;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#history.printIdAtMinute(middle) <= id) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #idAtTime(time: number): number {
    const startMinute = Math.floor(this.#startTime / MINUTE);
    const minute = Math.max(this.#onboardMinute, Math.floor(time / MINUTE));
    if (minute < startMinute) return this.#history.printIdAtMinute(minute);
    if (minute === startMinute) {
      return this.#pastOfStartMinute[0]?.id ?? this.#prints[0]?.id ?? this.#nextId;
    }
    return this.#prints.find((print) => print.time >= time)?.id ?? this.#nextId;
  }
}

/** The fills of a past print: the first takes what does not divide. */
function splitPrint(print: Print): Fill[] {
  const count = print.lastFill - print.firstFill + 1;
  const each = Math.floor(print.quantity / count);
  return Array.from({ length: count }, (_, index) => ({
    id: print.firstFill + index,
    price: print.price,
    quantity: index === 0 ? print.quantity - each * (count - 1) : each,
    time: print.time,
    buyerIsMaker: print.buyerIsMaker,
  }));
}

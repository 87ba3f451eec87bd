import type { Order, OrderOwner, Side } from './book-side.ts';
import { CandleSeries } from './candle-series.ts';
import { ChangeLog } from './change-log.ts';
import type { Coin } from './coins.ts';
import { DepthChain } from './depth-chain.ts';
import { History, IDS_PER_MS } from './history.ts';
import { firstMark, type Mark, nextMark } from './mark.ts';
import { MatchingEngine } from './matching.ts';
import { OrderFlow } from './order-flow.ts';
import { type Basis, type CommonFactor, PricePath } from './price-path.ts';
import type { Fill, Print } from './print.ts';
import { hashText, Random } from './random.ts';
import { Tape } from './tape.ts';

const KEPT_CHANGES = 400_000;

export interface InstrumentListener {
  filled(market: InstrumentMarket, fill: Fill): void;
  printed(market: InstrumentMarket, print: Print): void;
  /** The best bid or ask changed in price or quantity. */
  topChanged(market: InstrumentMarket, time: number): void;
}

export interface InstrumentMarketOptions {
  readonly seed: number;
  readonly coin: Coin;
  readonly common: CommonFactor;
  readonly basis: Basis | undefined;
  readonly startTime: number;
  readonly onboardTime: number;
  /** How far back the book can be asked for, ms of market time. */
  readonly keepChangesMs: number;
  readonly listener: InstrumentListener;
}

/** One instrument's whole market: book, crowd, prints and candles, all agreeing because each follows from the others. */
export class InstrumentMarket {
  readonly coin: Coin;
  readonly candles: CandleSeries;
  readonly tape: Tape;
  readonly engine: MatchingEngine;
  readonly changes: ChangeLog;
  /** Id of the latest book change. */
  updateId: number;
  /** Time of the latest book change. */
  updatedAt: number;
  mark: Mark;
  /** Whether the venue says that it is not traded for now; what says so does not stop it: see `setActivity`. */
  isSuspended = false;
  readonly #path: PricePath;
  readonly #flow: OrderFlow;
  readonly #random: Random;
  readonly #idRandom: Random;
  readonly #listener: InstrumentListener;
  readonly #chains = new Set<DepthChain>();
  #now: number;
  #nextEventAt: number;
  /** Fills of the order being matched, until they are printed. */
  #pending: Fill[] = [];
  #topKey = '';
  /** Update id before what happens now. */
  #idBefore = 0;
  /** How far the crowd has come. */
  #reached: number;
  /** Who acts now, where it is not the crowd. */
  #taker: OrderOwner | undefined;
  /** Fills of orders that have an owner, until all of them are told. */
  #owned: { readonly owner: OrderOwner; readonly fill: Fill; readonly isMaker: boolean }[] = [];

  constructor(options: InstrumentMarketOptions) {
    const { seed, coin, common, startTime, onboardTime } = options;
    this.coin = coin;
    this.changes = new ChangeLog(options.keepChangesMs, KEPT_CHANGES);
    this.#listener = options.listener;
    this.#path = new PricePath(seed, coin, common, options.basis);
    const history = new History(seed, coin, this.#path);
    this.candles = new CandleSeries(history, startTime, onboardTime);
    this.tape = new Tape(history, startTime, onboardTime);
    this.#random = new Random(seed, hashText(coin.crowd), startTime);
    this.#idRandom = new Random(seed, hashText(`${coin.crowd} ids`), startTime);
    this.engine = new MatchingEngine({
      filled: (price, quantity, takerSide, maker) => this.#filled(price, quantity, takerSide, maker),
      changed: (side, price, before) => this.#changed(side, price, before),
    });
    this.#flow = new OrderFlow(coin, this.#path, this.engine, this.#random);
    this.#now = startTime;
    this.#reached = startTime;
    this.updateId = startTime * IDS_PER_MS;
    this.updatedAt = startTime;
    this.#flow.seed(startTime);
    this.changes.begin(this.updateId);
    this.mark = firstMark(startTime, this.#path.ticksAt(startTime));
    this.#nextEventAt = startTime + this.#wait();
    this.#topKey = this.#top();
  }

  /** Lets everything happen that is due up to and including `time`. */
  advanceTo(time: number): void {
    while (this.#nextEventAt <= time) {
      // Rounded up: whatever happens up to a time bears no later one.
      this.#now = Math.ceil(this.#nextEventAt);
      this.candles.advanceTo(this.#now);
      this.#idBefore = this.updateId;
      this.#flow.act(this.#now);
      this.#settle();
      this.#nextEventAt += this.#wait();
    }
    this.#now = time;
    this.#reached = time;
    this.candles.advanceTo(time);
  }

  /** Like `advanceTo`, with the marks of the seconds in between. */
  catchUp(time: number): void {
    for (let second = Math.ceil((this.#now + 1) / 1000) * 1000; second <= time; second += 1000) {
      this.advanceTo(second);
      this.updateMark(second);
    }
    this.advanceTo(time);
  }

  /** Jumps to `time` with nothing happening in between: minutes close empty. */
  skipTo(time: number): void {
    this.#now = time;
    this.#reached = time;
    this.candles.advanceTo(time);
    this.#nextEventAt = time + this.#wait();
  }

  /** When somebody who is not of the crowd would act now, ms epoch: after all that has been told. */
  get actingTime(): number {
    return Math.max(this.#now, this.#reached + 1);
  }

  /**
   * An order from outside the crowd, at `worstPrice` or better; what it cannot have rests where `rests`. Its owner is
   * told of every fill before this returns.
   */
  submit(owner: OrderOwner, side: Side, worstPrice: number, quantity: number, rests: boolean): void {
    this.#outside(owner, () => {
      if (rests) owner.resting = this.engine.limit(side, worstPrice, quantity, owner);
      else this.engine.take(side, quantity, worstPrice);
    });
  }

  /** Takes `quantity` off an owner's resting order; the rest keeps its place. */
  withdraw(owner: OrderOwner, side: Side, quantity: number): void {
    const { resting } = owner;
    if (!resting || resting.quantity < quantity) throw new RangeError('Less than that rests.');
    this.#outside(undefined, () => this.engine.reduce(side, resting, quantity));
    if (resting.quantity === 0) owner.resting = undefined;
  }

  setActivity(multiplier: number): void {
    this.#flow.activity = multiplier;
    this.#nextEventAt = this.#now + this.#wait();
  }

  updateMark(time: number): void {
    const bid = this.engine.bids.best?.price ?? this.mark.markPrice;
    const ask = this.engine.asks.best?.price ?? this.mark.markPrice;
    this.mark = nextMark(this.mark, time, this.#path.ticksAt(time), (bid + ask) / 2);
  }

  /** A new chain of depth diffs from now on. */
  openChain(): DepthChain {
    const chain = new DepthChain(this.engine, this.updateId);
    this.#chains.add(chain);
    return chain;
  }

  closeChain(chain: DepthChain): void {
    this.#chains.delete(chain);
  }

  /** Levels of one side, best first, now or as of an update id; `undefined` when that id is not known (any more). */
  levels(side: Side, limit: number, asOf = this.updateId): [number, number][] | undefined {
    const undo = this.changes.undoTo(asOf);
    if (!undo) return undefined;
    const changed = side === 'bid' ? undo.bids : undo.asks;
    const book = this.engine.side(side);
    if (changed.size === 0) return book.top(limit).map((level) => [level.price, level.quantity]);
    const levels = new Map(book.top(book.levelCount).map((level) => [level.price, level.quantity]));
    for (const [price, quantity] of changed) {
      if (quantity === 0) levels.delete(price);
      else levels.set(price, quantity);
    }
    const sign = side === 'bid' ? -1 : 1;
    return [...levels].sort((a, b) => (a[0] - b[0]) * sign).slice(0, limit);
  }

  /** What happens now comes after all that has been told, and before all that the crowd will do. */
  #outside(taker: OrderOwner | undefined, act: () => void): void {
    this.#now = this.actingTime;
    this.candles.advanceTo(this.#now);
    this.#idBefore = this.updateId;
    this.#taker = taker;
    act();
    this.#taker = undefined;
    this.#settle();
  }

  /** Tells what came of one command. */
  #settle(): void {
    this.#print();
    const top = this.#top();
    if (top !== this.#topKey) {
      this.#topKey = top;
      this.#listener.topChanged(this, this.#now);
    }
    if (this.#owned.length === 0) return;
    const owned = this.#owned;
    this.#owned = [];
    for (const { owner, fill, isMaker } of owned) owner.filled(fill, isMaker);
  }

  #wait(): number {
    const rate = this.#flow.ratePerMs(Math.floor(this.#now));
    return rate > 0 ? this.#random.exponential() / rate : Number.POSITIVE_INFINITY;
  }

  #top(): string {
    const { bids, asks } = this.engine;
    return `${bids.best?.price} ${bids.best?.quantity} ${asks.best?.price} ${asks.best?.quantity}`;
  }

  #filled(price: number, quantity: number, takerSide: Side, maker: Order): void {
    const last = this.#pending.at(-1);
    if (last && last.price !== price) this.#print();
    const id = this.tape.takeFillId();
    const fill: Fill = { id, price, quantity, time: this.#now, buyerIsMaker: takerSide === 'ask' };
    this.#pending.push(fill);
    if (this.#taker !== undefined) this.#owned.push({ owner: this.#taker, fill, isMaker: false });
    if (maker.owner !== undefined) this.#owned.push({ owner: maker.owner, fill, isMaker: true });
  }

  #changed(side: Side, price: number, before: number): void {
    // A taker order's prints are complete at each price before the book reports the level.
    this.#print();
    // Ids jump, as the real venue's do: a client must not expect the next one.
    this.updateId += 1 + this.#idRandom.below(12);
    this.updatedAt = this.#now;
    this.changes.add(this.updateId, this.#now, side, price, before);
    for (const chain of this.#chains) chain.changed(side, price, this.updateId, this.#now);
  }

  /** Turns the pending fills, all at one price, into one print. */
  #print(): void {
    const fills = this.#pending;
    const [first] = fills;
    if (!first) return;
    this.#pending = [];
    let quantity = 0;
    for (const fill of fills) {
      quantity += fill.quantity;
      this.tape.addFill(fill);
      this.#listener.filled(this, fill);
    }
    const print: Print = {
      id: this.tape.takePrintId(),
      firstFill: first.id,
      lastFill: (fills.at(-1) as Fill).id,
      price: first.price,
      quantity,
      time: this.#now,
      buyerIsMaker: first.buyerIsMaker,
      atUpdate: this.#idBefore,
    };
    this.candles.add(print);
    this.tape.addPrint(print);
    this.#listener.printed(this, print);
  }
}

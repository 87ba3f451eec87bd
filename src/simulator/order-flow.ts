import type { BookSide, Level, Order, Side } from './book-side.ts';
import type { Coin } from './coins.ts';
import type { MatchingEngine } from './matching.ts';
import type { PricePath } from './price-path.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
/** Share of taker orders that were provoked by earlier ones: what makes bursts. */
const BRANCHING = 0.5;
/** How fast a provocation fades, per ms. */
const FADING = 1 / 1200;
/** Makers act this many times for every taker. */
const MAKERS_PER_TAKER = 7;
const MAX_MAKERS_PER_SECOND = 8;

/**
 * The crowd around one book: makers who add and withdraw, takers who come in bursts, and both together following
 * the fair price when it leaves the book behind. Every decision comes from the seeded chance it is given.
 */
export class OrderFlow {
  readonly #coin: Coin;
  readonly #path: PricePath;
  readonly #engine: MatchingEngine;
  readonly #random: Random;
  readonly #takerQuantity: number;
  readonly #makersPerMs: number;
  /** Ticks the price is used to move by. */
  readonly #usualMove: number;
  readonly #reach: number;
  /** Here and now: what a step is in ticks, what the smallest order is in steps. */
  #grain = 1;
  #least = 1;
  /** Ticks the fair price may stand away from the middle before the crowd follows. */
  #tolerance = 1;
  /** Order events happen this many times as often as usual. */
  activity = 1;
  #excitement = 0;
  #excitedAt = 0;

  constructor(coin: Coin, path: PricePath, engine: MatchingEngine, random: Random) {
    this.#coin = coin;
    this.#path = path;
    this.#engine = engine;
    this.#random = random;
    this.#takerQuantity = coin.takerNotional / coin.anchorPrice / coin.step;
    this.#makersPerMs = Math.min(MAX_MAKERS_PER_SECOND, 2 + coin.takersPerSecond * 10) / 1000;
    const priceTicks = coin.anchorPrice / coin.tick;
    this.#usualMove = priceTicks * path.deviationPerSecond * 0.6;
    this.#reach = priceTicks * coin.reach;
  }

  /** Fills an empty book around the fair price. */
  seed(time: number): void {
    const fair = this.#path.ticksAt(time);
    this.#lookAround(fair);
    this.#excitedAt = time;
    const grain = this.#grain;
    const gap = this.#coin.spreadTicks * grain;
    const bid = Math.floor((fair - (gap - grain) / 2) / grain) * grain;
    for (let rank = 0; rank < this.#coin.levels; rank++) {
      const distance = this.#distance(rank, rank === 0 ? 0 : this.#random.next());
      this.#quote('bid', Math.max(1, bid - distance), this.#makerQuantity(rank));
      this.#quote('ask', bid + gap + distance, this.#makerQuantity(rank));
    }
  }

  /** Order events per ms at `time`. */
  ratePerMs(time: number): number {
    const takers = this.#takerRate(time);
    const calm = this.#calmTakerRate();
    const makers = this.#makersPerMs + MAKERS_PER_TAKER * (calm + takers / 2);
    return (takers + makers * this.#busy(time)) * this.activity;
  }

  /** One decision of the crowd at `time`. */
  act(time: number): void {
    const { bids, asks } = this.#engine;
    const fair = this.#path.ticksAt(time);
    this.#lookAround(fair);
    const bid = bids.best?.price;
    const ask = asks.best?.price;
    if (bid === undefined || ask === undefined) {
      this.#refill(fair, bid, ask);
      return;
    }
    const drift = fair - (bid + ask) / 2;
    if (Math.abs(drift) > this.#tolerance) this.#follow(time, fair, drift > 0 ? 'bid' : 'ask');
    else if (this.#random.chance((this.#takerRate(time) * this.activity) / this.ratePerMs(time)))
      this.#take(time, drift);
    else if (ask - bid > this.#coin.spreadTicks * this.#grain && this.#random.chance(0.75))
      this.#narrow(bid, ask, drift);
    else this.#addOrCancel(this.#random.chance(0.5) ? 'bid' : 'ask');
  }

  /** Takes in what depends on where the price stands. */
  #lookAround(fair: number): void {
    const { grainAt, leastAt, spreadTicks } = this.#coin;
    this.#grain = grainAt?.(fair) ?? 1;
    this.#least = leastAt?.(fair) ?? 1;
    this.#tolerance = Math.max((0.5 + spreadTicks / 2) * this.#grain, this.#usualMove);
  }

  /** A limit order, moved away from the other side onto the steps prices move in there. */
  #quote(side: Side, price: number, quantity: number): void {
    const grain = this.#coin.grainAt?.(price) ?? 1;
    const steps = side === 'bid' ? Math.floor(price / grain) : Math.ceil(price / grain);
    if (steps > 0) this.#engine.limit(side, steps * grain, quantity);
  }

  #calmTakerRate(): number {
    return (this.#coin.takersPerSecond / 1000) * (1 - BRANCHING);
  }

  #busy(time: number): number {
    return Math.max(0.35, Math.min(3, this.#path.activityOfMinute(Math.floor(time / MINUTE))));
  }

  #takerRate(time: number): number {
    // Fades as fast as events happen, so that a burst holds as many of them in a market made busier.
    this.#excitement *= Math.exp(-FADING * this.activity * (time - this.#excitedAt));
    this.#excitedAt = time;
    return this.#calmTakerRate() * this.#busy(time) + this.#excitement;
  }

  #provoke(time: number): void {
    this.#takerRate(time);
    this.#excitement += BRANCHING * FADING;
  }

  #take(time: number, drift: number): void {
    const buys = this.#random.chance(0.5 + (0.4 * drift) / this.#tolerance);
    const other = buys ? this.#engine.asks.best : this.#engine.bids.best;
    if (!other) return;
    const quantity = this.#takerOrder(other.quantity);
    const slippage = Math.ceil(this.#tolerance);
    this.#engine.take(buys ? 'bid' : 'ask', quantity, other.price + (buys ? slippage : -slippage));
    this.#provoke(time);
  }

  /** How much a taker takes who sees `offered` at the best price. */
  #takerOrder(offered: number): number {
    const { crumbs } = this.#coin;
    if (crumbs && this.#random.chance(crumbs.share)) {
      const left = 1 + this.#random.below(crumbs.below - 1);
      if (offered > left + this.#least) return offered - left;
    }
    return Math.max(this.#least, Math.round(this.#takerQuantity * this.#random.heavy()));
  }

  /** The fair price has left the book behind: makers in its way withdraw, takers eat the rest, and quotes move up behind them. */
  #follow(time: number, fair: number, side: Side): void {
    const against: Side = side === 'bid' ? 'ask' : 'bid';
    const other = this.#engine.side(against);
    const sign = side === 'bid' ? 1 : -1;
    const until = Math.round(fair - sign * this.#tolerance * 0.3);
    for (let turn = 0; turn < 40 && other.levelCount > 1; turn++) {
      const best = other.best;
      if (!best || !other.reaches(best.price, until)) break;
      // Most of a withdrawal goes order by order; what stays is taken, often in part.
      if (this.#random.chance(0.5)) {
        for (let one = crowdOrder(best, 'oldest'); one; one = crowdOrder(best, 'oldest')) {
          this.#engine.cancel(against, one);
        }
        // What is left belongs to somebody who does not withdraw: it is in the way and gets taken.
        if (other.best === best) this.#engine.take(side, best.quantity, best.price);
      } else {
        const quantity = Math.round(this.#takerQuantity * this.#random.heavy());
        this.#engine.take(side, Math.max(this.#least, Math.min(best.quantity, quantity)), best.price);
        if (turn === 0) this.#provoke(time);
        if (this.#random.chance(0.2)) break;
      }
    }
    const best = other.best;
    if (!best) return;
    const nearest = best.price - sign * this.#grain;
    const quote = side === 'bid' ? Math.min(nearest, until) : Math.max(nearest, until);
    if (quote > 0) this.#quote(side, quote, this.#makerQuantity(0));
  }

  /** Someone quotes inside a spread that is wider than usual. */
  #narrow(bid: number, ask: number, drift: number): void {
    const grain = this.#grain;
    const room = Math.ceil((ask - bid) / grain) - this.#coin.spreadTicks;
    const step = (this.#random.chance(0.7) ? room : 1 + this.#random.below(room)) * grain;
    const quantity = this.#makerQuantity(this.#random.chance(0.6) ? 0 : 20);
    if (drift > 0 || (drift === 0 && this.#random.chance(0.5)))
      this.#quote('bid', Math.min(bid + step, ask - grain), quantity);
    else this.#quote('ask', Math.max(ask - step, bid + grain), quantity);
  }

  #addOrCancel(side: Side): void {
    const own = this.#engine.side(side);
    const excess = own.levelCount / this.#coin.levels - 1;
    if (this.#random.chance(Math.max(0.1, Math.min(0.9, 0.5 + excess * 4)))) this.#cancel(side, own);
    else this.#add(side, own);
  }

  #add(side: Side, own: BookSide): void {
    const best = own.best;
    if (!best) return;
    // Near the best most of the time; deep when the book has grown thin.
    const deep = own.levelCount < this.#coin.levels * 0.98 && this.#random.chance(0.4);
    const rank = deep ? this.#random.below(this.#coin.levels) : this.#rankNearBest();
    const distance = this.#distance(rank, this.#random.next());
    const price = side === 'bid' ? best.price - distance : best.price + distance;
    if (price > 0) this.#quote(side, price, this.#makerQuantity(rank));
  }

  #cancel(side: Side, own: BookSide): void {
    const worst = worstOfCrowd(own);
    const best = own.best;
    if (!worst || !best) return;
    const stray = Math.abs(best.price - worst.price) > this.#reachTicks() * 1.1;
    const level = stray && this.#random.chance(0.5) ? worst : own.level(this.#rankNearBest());
    // The last order of the best level holds the spread together: it is left alone more often than not.
    if (!level || (level === best && level.oldest === level.newest && this.#random.chance(0.7))) return;
    const order = crowdOrder(level, this.#random.chance(0.5) ? 'oldest' : 'newest');
    if (order) this.#engine.cancel(side, order);
  }

  /** A side was eaten up: quotes come back around the fair price. */
  #refill(fair: number, bid: number | undefined, ask: number | undefined): void {
    if (bid === undefined) {
      const price = Math.min(Math.floor(fair), (ask ?? Number.POSITIVE_INFINITY) - this.#grain);
      this.#quote('bid', Math.max(1, price), this.#makerQuantity(0));
    }
    if (ask === undefined) {
      const price = Math.max(Math.ceil(fair), (this.#engine.bids.best?.price ?? 0) + this.#grain);
      this.#quote('ask', price, this.#makerQuantity(0));
    }
  }

  #rankNearBest(): number {
    if (this.#random.chance(0.2)) return 0;
    const u = this.#random.next();
    return Math.floor(this.#coin.levels * u * u * u);
  }

  /** Ticks between the best level and where level `rank` usually stands: dense near the best, sparser further out. */
  #distance(rank: number, jitter: number): number {
    const { levels } = this.#coin;
    const place = rank + jitter;
    const steps = Math.floor(place + (this.#reachTicks() / this.#grain - levels) * (place / levels) ** 2);
    return steps * this.#grain;
  }

  #reachTicks(): number {
    return Math.max(this.#coin.levels * 1.2 * this.#grain, this.#reach);
  }

  /** The best level carries the most; far levels carry more than near ones. */
  #makerQuantity(rank: number): number {
    const share = rank === 0 ? 10 : 0.25 + (2.5 * rank) / this.#coin.levels;
    return Math.max(this.#least, Math.round(this.#takerQuantity * share * this.#random.heavy()));
  }
}

/** The first order of the crowd in a level's queue, from one end. */
function crowdOrder(level: Level, end: 'oldest' | 'newest'): Order | undefined {
  let order = level[end];
  while (order?.owner !== undefined) order = end === 'oldest' ? order.next : order.previous;
  return order;
}

/** The worst level the crowd has a part in. */
function worstOfCrowd(side: BookSide): Level | undefined {
  for (let rank = side.levelCount - 1; rank >= 0; rank--) {
    const level = side.level(rank);
    if (level && crowdOrder(level, 'oldest')) return level;
  }
  return undefined;
}

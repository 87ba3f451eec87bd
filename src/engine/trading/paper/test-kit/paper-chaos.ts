import Big from 'big.js';
import type { Instrument } from '#shared/domain/instrument.ts';
import { type FillReport, isTerminal, type Order } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { chanceOf } from '#shared/test-kit/seeds.ts';
import { freshState } from '../paper-state.ts';
import { type Flat, paperStage } from './paper-stage.ts';

const LEVELS = 6;
/** Little enough to run out of. */
const MONEY = '800';

/** What was wrong with a run; nothing is the law. */
export interface PaperRun {
  readonly broken: readonly string[];
  readonly fills: readonly FillReport[];
  readonly liquidations: number;
  /** What came of what was asked for, by verdict. */
  readonly verdicts: ReadonlyMap<string, number>;
}

/**
 * A market and a person that do whatever chance says: books, trades, marks, holes, orders of every kind, amendments, cancels.
 * After each step everything that must hold is looked at, from the outside: by the fills that were told, the books that were shown
 * and the trades that were printed.
 */
export async function paperRun(seed: number, instrument: Instrument, steps: number): Promise<PaperRun> {
  const next = chanceOf(seed);
  const below = (bound: number) => Math.floor(next() * bound);
  const pick = <One>(all: readonly One[]): One => all[below(all.length)] as One;
  const start = { currency: instrument.quote, quantity: MONEY };
  const stage = paperStage([instrument], { from: freshState(start, 0) });
  const { account } = stage;
  const isSpot = instrument.kind === 'spot';
  const verdicts = new Map<string, number>();
  const broken: string[] = [];
  let step = 0;
  const check = (isSo: boolean, law: string) => {
    if (!isSo && broken.length < 5) broken.push(`step ${step}: ${law}`);
  };

  let middle = 100;
  let book: { bids: Flat; asks: Flat } = { bids: [], asks: [] };
  /** What was taken of what is shown, by side and price, since it was shown so. */
  const taken = new Map<string, Big>();
  let doing: { kind: 'book' | 'person' | 'mark' } | { kind: 'print'; quantity: number; price: number } = {
    kind: 'person',
  };
  let made = new Big(0);
  const sum = { position: new Big(0), flow: new Big(0), quoteFees: new Big(0), baseFees: new Big(0) };
  const limits = new Map<string, string | undefined>();

  function showBook(): void {
    doing = { kind: 'book' };
    made = new Big(0);
    middle = Math.max(20, middle + below(7) - 3);
    const side = (sign: number): Flat =>
      Array.from({ length: LEVELS }, (_, at) => [middle + sign * (at + 1), 1 + below(9)] as const).filter(
        () => next() < 0.8,
      );
    const asked = { bids: side(-1), asks: side(1) };
    // Now and then much of it stays as it was.
    const before = book;
    book = next() < 0.4 ? { bids: before.bids, asks: asked.asks } : asked;
    if ((book.bids[0]?.[0] ?? 0) >= (book.asks[0]?.[0] ?? Number.POSITIVE_INFINITY)) book = asked;
    for (const name of [...taken.keys()]) {
      const [which, price] = name.split(' ');
      const level = (all: Flat) => all.find(([at]) => String(at) === price)?.[1];
      const [was, is] =
        which === 'buy' ? [level(before.asks), level(book.asks)] : [level(before.bids), level(book.bids)];
      if (was !== is) taken.delete(name);
    }
    stage.show(book.bids, book.asks);
  }

  function heard(fill: FillReport): void {
    const quantity = new Big(fill.quantity);
    const signed = fill.side === 'buy' ? quantity : quantity.neg();
    const order = stage.orderOf(fill.venueOrderId) as Order;
    const isLiquidation = order.venueStatus.includes('liquidat');
    const limit = limits.get(fill.venueOrderId) ?? order.price;
    if (limit !== undefined) {
      const isWithin = fill.side === 'buy' ? new Big(fill.price).lte(limit) : new Big(fill.price).gte(limit);
      check(isWithin, `filled at ${fill.price}, limit ${limit}`);
    }
    if (order.reduceOnly) {
      const after = sum.position.plus(signed);
      check(
        after.abs().lt(sum.position.abs()) && (after.eq(0) || after.s === sum.position.s),
        'reduce-only turned or grew it',
      );
    }
    if (fill.isMaker) {
      check(
        limit !== undefined && new Big(fill.price).eq(limit),
        'a maker filled at another price than its own',
      );
      made = made.plus(quantity);
      check(doing.kind === 'book' || doing.kind === 'print', `a maker filled by ${doing.kind}`);
      if (doing.kind === 'print')
        check(made.lte(doing.quantity), `${made} made of a print of ${doing.quantity}`);
    } else if (!isLiquidation) {
      const name = `${fill.side} ${fill.price}`;
      const all = (taken.get(name) ?? new Big(0)).plus(quantity);
      taken.set(name, all);
      const shown = (fill.side === 'buy' ? book.asks : book.bids).find(
        ([price]) => String(price) === fill.price,
      )?.[1];
      check(shown !== undefined && all.lte(shown), `took ${all} of ${shown ?? 'nothing'} at ${fill.price}`);
    }
    sum.position = sum.position.plus(signed);
    sum.flow = sum.flow.minus(signed.times(fill.price));
    const fee = new Big(fill.fee ?? 0);
    if (fill.feeCurrency === instrument.quote) sum.quoteFees = sum.quoteFees.plus(fee);
    else sum.baseFees = sum.baseFees.plus(fee);
  }

  account.onHoldings((now, before) => {
    for (const [name, fill] of now.fills) if (!before.fills.has(name)) heard(fill);
    for (const { order } of now.orders.values()) limits.set(order.venueOrderId, order.price);
  });

  function checkMoney(): void {
    const { balances, positions, covered } = account.kept().ledger;
    const quote = new Big(balances[instrument.quote] ?? 0);
    const cost = new Big(positions[instrument.id]?.cost ?? 0);
    const expected = new Big(MONEY)
      .plus(sum.flow)
      .minus(sum.quoteFees)
      .plus(covered[instrument.quote] ?? 0)
      .plus(isSpot ? 0 : cost);
    check(quote.eq(expected), `${quote} ${instrument.quote}, by its fills ${expected}`);
    if (isSpot) {
      const base = new Big(balances[instrument.base] ?? 0);
      check(base.eq(sum.position.minus(sum.baseFees)), `${base} ${instrument.base}`);
      check(base.gte(0) && quote.gte(0), 'spent what was not there');
    } else
      check(
        sum.position.eq(positions[instrument.id]?.quantity ?? 0),
        'the position is not that of its fills',
      );
    for (const { row } of account.holdings.balances.values()) {
      if (!row) continue;
      check(
        new Big(row.free).plus(row.used).eq(row.total) && new Big(row.free).gte(0),
        `${row.currency} does not add up`,
      );
    }
    for (const { order } of account.holdings.orders.values()) {
      check(new Big(order.filledQuantity).lte(order.quantity ?? 0), 'filled more than was ordered');
      const isAll = new Big(order.filledQuantity).eq(order.quantity ?? 0);
      if (order.timeInForce === 'FOK' && isTerminal(order.status) && order.type === 'limit') {
        check(isAll || order.filledQuantity === '0', 'a fill-or-kill order was filled in part');
      }
    }
  }

  function wish(): Partial<OrderRequest> {
    const type =
      isSpot || next() < 0.75
        ? 'limit'
        : pick(['stop', 'stop-market', 'take-profit', 'take-profit-market'] as const);
    const isPriced = type === 'limit' || type === 'stop' || type === 'take-profit';
    const reduceOnly = !isSpot && next() < 0.3;
    return {
      type,
      side: pick(['buy', 'sell']),
      timeInForce: type === 'limit' ? pick(['GTC', 'GTC', 'GTC', 'IOC', 'FOK', 'GTX']) : 'GTC',
      // Rarely so much that it ends in a liquidation.
      quantity: String(next() < 0.02 ? 3000 + below(7000) : 1 + below(20)),
      ...(isPriced && { price: String(middle + below(17) - 8) }),
      ...(type !== 'limit' && {
        triggerPrice: String(middle + below(17) - 8),
        triggerBy: pick(['mark', 'last']),
      }),
      reduceOnly,
      closePosition: reduceOnly && next() < 0.2,
    };
  }

  async function person(): Promise<void> {
    doing = { kind: 'person' };
    made = new Big(0);
    const open = await account.openOrders();
    const order = open.length > 0 && next() < 0.45 ? pick(open) : undefined;
    let verdict: string;
    if (order === undefined) verdict = (await stage.place(wish())).split(' ')[0] ?? '';
    else if (next() < 0.5) {
      const ref = {
        account: account.id,
        instrument: instrument.id,
        venueOrderId: order.venueOrderId,
        isConditional: false,
      };
      verdict = `cancel ${(await account.cancel(ref, () => undefined)).verdict}`;
    } else {
      const change =
        next() < 0.5 ? { price: String(middle + below(17) - 8) } : { quantity: String(1 + below(25)) };
      // Whichever it was placed with, from here on it is this.
      limits.delete(order.venueOrderId);
      verdict = `amend ${(await account.amend(order, change, '', () => undefined)).verdict}`;
    }
    const word = /^(?:rejected|unsent|exists|cancel|amend)/.test(verdict) ? verdict : 'placed';
    verdicts.set(word, (verdicts.get(word) ?? 0) + 1);
  }

  showBook();
  for (; step < steps; step += 1) {
    const chance = next();
    if (chance < 0.3) showBook();
    else if (chance < 0.55) {
      const [price, quantity] = [middle + below(9) - 4, 1 + below(15)];
      doing = { kind: 'print', price, quantity };
      made = new Big(0);
      stage.print(price, quantity, pick(['buy', 'sell']));
    } else if (chance < 0.62) {
      doing = { kind: 'mark' };
      stage.mark(next() < 0.05 ? middle * (0.5 + next()) : middle + next() * 4 - 2);
    } else if (chance < 0.64) stage.script.lose(instrument.id, 3, 1);
    else if (chance < 0.66) stage.clock.advance(below(3000));
    else await person();
    account.second();
    checkMoney();
  }
  const liquidations = stage.log.entries.filter(({ code }) => code === 'paper.liquidated').length;
  return { broken, fills: stage.fills, liquidations, verdicts };
}

import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import type { DepthDiff } from '../depth-chain.ts';
import { AccountStage } from '../test-kit/account-stage.ts';
import { coinsNamed, START, tracedMarket } from '../test-kit/trace.ts';
import { UPBIT_COINS } from '../upbit/coins.ts';
import type { Refused, SimDraft, SimOrder } from './account-desk.ts';
import { Desk } from './desk.ts';
import { watchMarkets } from './desk-watch.ts';
import { simKeys } from './sim-keys.ts';
import { BINANCE_DESK, UPBIT_DESK } from './venue-rules.ts';

const BTC = 'BTCUSDT';

function stageOf(balances?: Record<string, string>) {
  return new AccountStage({
    rules: BINANCE_DESK,
    coins: coinsNamed(BTC, 'ETHUSDT'),
    ...(balances ? { balances } : {}),
  });
}

function spotStage(balances?: Record<string, string>) {
  const coins = UPBIT_COINS.filter((coin) => coin.symbol === 'KRW-BTC');
  return new AccountStage({ rules: UPBIT_DESK, coins, ...(balances ? { balances } : {}) });
}

function outcome(result: SimOrder | Refused): string {
  return 'refused' in result ? result.refused : `${result.status} ${result.ended ?? ''}`.trim();
}

describe('an order of an account', () => {
  it('takes the visible book level by level, and the tape shows exactly its fills', () => {
    const stage = stageOf();
    const instrument = stage.instrument(BTC);
    const wanted = instrument.levels('ask', 3) ?? [];
    const steps = wanted.reduce((sum, [, quantity]) => sum + quantity, 0) + 1;
    const before = instrument.tape.last.id;
    const order = stage.placed(stage.account(), {
      symbol: BTC,
      side: 'buy',
      type: 'market',
      quantity: stage.quantity(BTC, steps),
    });
    const prints = instrument.tape.fromId(before + 1, 100);
    expect(prints.slice(0, 3).map(({ price, quantity }) => [price, quantity])).toEqual(wanted);
    const fills = stage.account().fills();
    const taped = instrument.tape.latestFills(fills.length);
    expect(
      fills.map((fill) => [fill.tradeId, fill.price.toFixed(), fill.quantity.toFixed(), fill.time]),
    ).toEqual(
      taped.map((fill) => [
        fill.id,
        new Big(fill.price).times('0.1').toFixed(),
        new Big(fill.quantity).times('0.001').toFixed(),
        fill.time,
      ]),
    );
    expect([order.status, order.filled.toFixed(), instrument.levels('ask', 1)?.[0]?.[0]]).toEqual([
      'filled',
      stage.quantity(BTC, steps).toFixed(),
      prints[3]?.price,
    ]);
  });

  it('rests where everybody sees it, waits its turn behind older ones, and is hit by the crowd', () => {
    const stage = stageOf();
    const account = stage.account();
    const instrument = stage.instrument(BTC);
    const best = instrument.levels('bid', 1)?.[0] as [number, number];
    const price = stage.price(BTC, 'sell', 0);
    const order = stage.placed(account, { symbol: BTC, side: 'buy', price, quantity: new Big('0.500') });
    expect([order.status, instrument.levels('bid', 1)?.[0]]).toEqual(['new', [best[0], best[1] + 500]]);
    // Whoever was there before is served first: what the level has traded before the first fill of ours is no less.
    let traded = 0;
    let seen = instrument.tape.last.id;
    for (let turn = 0; turn < 2000 && account.fills().length === 0; turn++) {
      stage.advance(50);
      const prints = instrument.tape.fromId(seen + 1, 10_000);
      seen = instrument.tape.last.id;
      for (const print of prints) if (print.price === best[0] && print.buyerIsMaker) traded += print.quantity;
    }
    const [fill] = account.fills();
    expect(fill).toMatchObject({ isMaker: true, side: 'buy', feeCurrency: 'USDT' });
    expect([fill?.price.toFixed(), (fill?.quantity.lte('0.5') ?? false) && traded > 0]).toEqual([
      price.toFixed(),
      true,
    ]);
    expect(fill?.fee.toFixed()).toBe(
      price
        .times(fill?.quantity ?? 0)
        .times('0.0002')
        .round(8, Big.roundDown)
        .toFixed(),
    );
  });

  it('leaves a book whose diffs still chain into the true book, and candles that are the fold of the prints', () => {
    const stage = stageOf();
    const instrument = stage.instrument(BTC);
    const account = stage.account();
    const chain = instrument.openChain();
    const bids = new Map(instrument.levels('bid', 5000));
    const apply = (diff: DepthDiff | undefined) => {
      for (const [price, quantity] of diff?.bids ?? []) {
        if (quantity === 0) bids.delete(price);
        else bids.set(price, quantity);
      }
    };
    for (let turn = 0; turn < 100; turn++) {
      const side = turn % 2 === 0 ? 'buy' : 'sell';
      stage.place(account, {
        symbol: BTC,
        side,
        price: stage.price(BTC, side, (turn % 7) - 3),
        quantity: new Big('0.3'),
      });
      if (turn % 5 === 0) for (const order of account.openOrders()) stage.desk.cancel(account, order);
      stage.advance(130);
      apply(chain.cut());
      expect([...bids].sort((a, b) => b[0] - a[0])).toEqual(instrument.levels('bid', 5000));
    }
    const minute = Math.floor(stage.market.now / 60_000);
    const prints = instrument.tape.between(minute * 60_000, minute * 60_000 + 59_999);
    expect(instrument.candles.minute(minute).volume).toBe(
      prints.reduce((sum, print) => sum + print.quantity, 0),
    );
  });

  it('is cancelled by its account alone: the crowd that withdraws leaves it where it is', () => {
    const stage = stageOf();
    const account = stage.account();
    for (const grains of [-1, -2, -3, -5, -400, -9000]) {
      const price = stage.price(BTC, 'buy', grains);
      stage.placed(account, { symbol: BTC, side: 'buy', price, quantity: new Big('0.01') });
    }
    stage.advance(120_000);
    const rest = account.openOrders().map(({ quantity, filled }) => Number(quantity?.minus(filled)));
    const known = account.fills().reduce((sum, { quantity }) => sum + Number(quantity), 0);
    expect(account.closedOrders().filter(({ status }) => status !== 'filled')).toEqual([]);
    expect(rest.reduce((sum, one) => sum + one, known)).toBeCloseTo(0.06, 9);
    // And the market around it stays as deep as it was.
    const { bids, asks } = stage.instrument(BTC).engine;
    expect(Math.min(bids.levelCount, asks.levelCount)).toBeGreaterThan(500);
  });

  it('ends as its time in force says', () => {
    const stage = stageOf();
    const account = stage.account();
    const at = { symbol: BTC, side: 'buy' } as const;
    const [[, offered] = [0, 0]] = stage.instrument(BTC).levels('ask', 1) ?? [];
    const price = stage.price(BTC, 'buy', 0);
    const more = stage.quantity(BTC, offered + 1);
    const outcomes = [
      stage.place(account, { ...at, timeInForce: 'GTX', price, quantity: more }),
      stage.place(account, { ...at, timeInForce: 'FOK', price, quantity: more }),
      stage.place(account, { ...at, timeInForce: 'IOC', price: stage.price(BTC, 'buy', -1), quantity: more }),
      stage.place(account, { ...at, timeInForce: 'IOC', price, quantity: more }),
      stage.place(account, { ...at, timeInForce: 'GTX', price: stage.price(BTC, 'buy', -3), quantity: more }),
    ].map(outcome);
    expect(outcomes).toEqual(['expired post-only', 'expired fok', 'expired ioc', 'expired ioc', 'new']);
    expect(
      account
        .fills()
        .map(({ quantity }) => quantity.toFixed())
        .join(),
    ).not.toBe('');
  });

  it.each<[string, Partial<SimDraft>]>([
    ['unknown-symbol', { symbol: 'NOPEUSDT' }],
    ['price-step', { price: new Big('80000.05') }],
    ['quantity-step', { quantity: new Big('0.0015') }],
    ['quantity-min', { quantity: new Big('0.0001') }],
    ['quantity-max', { quantity: new Big('100000') }],
    ['notional-min', { price: new Big('40000'), quantity: new Big('0.001') }],
    ['insufficient', { quantity: new Big('99'), price: new Big('83000') }],
    ['duplicate-id', { clientOrderId: 'used' }],
    ['reduce-only', { reduceOnly: true }],
    ['invalid', { quantity: new Big('-1') }],
    ['invalid', { type: 'market', timeInForce: 'GTX' }],
    ['would-trigger', { trigger: { price: new Big('100'), kind: 'stop' } }],
    ['new', {}],
    ['untriggered', { trigger: { price: new Big('200000'), kind: 'stop' } }],
  ])('answers %s to %j', (expected, change) => {
    const stage = stageOf({ USDT: '30000' });
    const account = stage.account();
    const good = { symbol: BTC, side: 'buy', price: new Big('60000'), quantity: new Big('0.01') } as const;
    stage.placed(account, { ...good, clientOrderId: 'used' });
    expect(outcome(stage.place(account, { ...good, ...change }))).toBe(expected);
    const { clientOrderId } = change;
    expect([account.hasUsed(clientOrderId ?? 'used'), account.hasUsed('never')]).toEqual([true, false]);
  });

  it('is refused where nothing is traded, and beyond the number a venue allows', () => {
    const stage = stageOf();
    const account = stage.account();
    const good = { symbol: BTC, side: 'buy', price: new Big('60000'), quantity: new Big('0.001') } as const;
    for (let count = 0; count < 200; count++) stage.placed(account, good);
    expect(outcome(stage.place(account, good))).toBe('too-many');
    stage.market.instruments.setListing('ETHUSDT', 'suspended');
    stage.instrument('ETHUSDT');
    expect(outcome(stage.place(account, { ...good, symbol: 'ETHUSDT' }))).toBe('suspended');
  });

  it('keeps its place when it gets smaller, loses it when it moves, and takes what it then can reach', () => {
    const stage = stageOf();
    const account = stage.account();
    const price = stage.price(BTC, 'sell', 0);
    const order = stage.placed(account, { symbol: BTC, side: 'buy', price, quantity: new Big('0.5') });
    const rested = account.ownOrder(order.number)?.resting;
    const smaller = stage.desk.amend(account, order, { quantity: new Big('0.2') }) as SimOrder;
    expect([account.ownOrder(order.number)?.resting, rested?.quantity, smaller.quantity?.toFixed()]).toEqual([
      rested,
      200,
      '0.2',
    ]);
    const larger = stage.desk.amend(account, smaller, { quantity: new Big('0.3') }) as SimOrder;
    expect(account.ownOrder(order.number)?.resting === rested).toBe(false);
    const taken = stage.desk.amend(account, larger, { price: stage.price(BTC, 'buy', 30) });
    expect([outcome(taken), outcome(stage.desk.cancel(account, larger))]).toEqual([
      'filled',
      'already-ended',
    ]);
  });

  it('waits for its trigger, however short the price was there, and then is one like any other', () => {
    const stage = stageOf();
    const account = stage.account();
    const quantity = new Big('0.01');
    const last = (grains: number) => ({ price: stage.price(BTC, 'buy', grains), kind: 'stop' as const });
    const draft = { symbol: BTC, side: 'buy', type: 'market', quantity } as const;
    const stop = stage.placed(account, { ...draft, trigger: last(60) });
    const profit = stage.placed(account, {
      ...draft,
      side: 'sell',
      trigger: { price: stage.price(BTC, 'buy', 60), kind: 'take-profit', by: 'mark' },
    });
    const from = stage.instrument(BTC).tape.last.id;
    for (let turn = 0; turn < 4000 && account.openOrders().length > 0; turn++) stage.advance(50);
    const stopped = account.orderByNumber(stop.number);
    const prints = stage.instrument(BTC).tape.fromId(from + 1, 1e6);
    const reached = prints.find((print) => new Big(print.price).times('0.1').gte(stop.trigger?.price ?? 0));
    expect([outcome(stopped as SimOrder), account.orderByNumber(profit.number)?.status]).toEqual([
      'filled',
      'filled',
    ]);
    expect((stopped?.updatedAt ?? 0) - (reached?.time ?? 0)).toBeGreaterThanOrEqual(0);
    expect((stopped?.updatedAt ?? 0) - (reached?.time ?? 0)).toBeLessThanOrEqual(51);
  });

  it('that closes a position closes as much as there is when its trigger comes', () => {
    const stage = stageOf();
    const account = stage.account();
    const buy = { symbol: BTC, side: 'buy', type: 'market', quantity: new Big('0.01') } as const;
    stage.placed(account, buy);
    const closing = stage.placed(account, {
      symbol: BTC,
      side: 'sell',
      type: 'market',
      quantity: new Big('0.01'),
      reduceOnly: true,
      closesPosition: true,
      trigger: { price: stage.price(BTC, 'buy', 60), kind: 'take-profit' },
    });
    stage.placed(account, buy);
    for (let turn = 0; turn < 4000 && account.openOrders().length > 0; turn++) stage.advance(50);
    const ended = account.orderByNumber(closing.number);
    expect([ended?.status, ended?.filled.toFixed(), account.positions()]).toEqual(['filled', '0.02', []]);
  });

  it('that only reduces never turns a position around, however many of them wait', () => {
    const stage = stageOf();
    const account = stage.account();
    stage.placed(account, { symbol: BTC, side: 'buy', type: 'market', quantity: new Big('0.01') });
    const sell = { symbol: BTC, side: 'sell', reduceOnly: true, quantity: new Big('0.008') } as const;
    const near = stage.placed(account, { ...sell, price: stage.price(BTC, 'sell', -20) });
    const far = stage.placed(account, { ...sell, price: stage.price(BTC, 'sell', -40) });
    expect([near, far].map(({ number }) => account.orderByNumber(number)?.quantity?.toFixed())).toEqual([
      '0.008',
      '0.002',
    ]);
    const closed = stage.placed(account, { ...sell, type: 'market', quantity: new Big('5') });
    expect([closed.filled.toFixed(), account.positions(), account.openOrders()]).toEqual(['0.01', [], []]);
    expect(account.orderByNumber(near.number)).toMatchObject({ status: 'expired', ended: 'reduce-only' });
  });

  it('never meets another one of its account where the venue keeps them apart', () => {
    const stage = stageOf();
    const account = stage.account();
    const price = stage.price(BTC, 'sell', 0);
    const own = stage.placed(account, { symbol: BTC, side: 'buy', price, quantity: new Big('0.01') });
    stage.placed(account, { symbol: BTC, side: 'sell', type: 'market', quantity: new Big('0.01') });
    expect(outcome(account.orderByNumber(own.number) as SimOrder)).toBe('expired self-trade');
  });

  it('of the same account end only where they would meet: not those behind all that is taken', () => {
    const stage = stageOf();
    const account = stage.account('trade');
    const price = stage.price(BTC, 'buy', 4000);
    const far = stage.placed(account, { symbol: BTC, side: 'sell', price, quantity: new Big('0.01') });
    stage.placed(account, { symbol: BTC, side: 'buy', type: 'market', quantity: new Big('0.001') });
    expect(account.orderByNumber(far.number)?.status).toBe('new');
  });

  it('of one account may be filled by another, and both are told of the same trade', () => {
    const stage = stageOf();
    const [maker, taker] = [stage.account('trade'), stage.account('revocable')];
    const price = stage.price(BTC, 'sell', 0);
    stage.placed(maker, { symbol: BTC, side: 'buy', price, quantity: new Big('5') });
    stage.placed(taker, { symbol: BTC, side: 'sell', type: 'market', quantity: new Big('10') });
    const [made] = maker.fills();
    const took = taker.fills().find(({ tradeId }) => tradeId === made?.tradeId);
    expect([took?.quantity.toFixed(), took?.isMaker, made?.isMaker]).toEqual([
      made?.quantity.toFixed(),
      false,
      true,
    ]);
    expect(maker.positions()[0]?.quantity.gt(0)).toBe(true);
  });

  it('is filled before another one at its price that came later', () => {
    const stage = stageOf();
    const price = stage.price(BTC, 'sell', 0);
    const buy = { symbol: BTC, side: 'buy', price, quantity: new Big('0.4') } as const;
    const [first, second] = [stage.account('trade'), stage.account('revocable')];
    stage.placed(first, buy);
    stage.placed(second, buy);
    const { engine } = stage.instrument(BTC);
    const ahead = engine.bids.best?.quantity ?? 0;
    // All that stands before them, the whole first order, and half of the second.
    const quantity = stage.quantity(BTC, ahead - 200);
    stage.placed(stage.account('withdraw'), { symbol: BTC, side: 'sell', type: 'market', quantity });
    const filled = [first, second].map((account) => account.fills().map((fill) => fill.quantity.toFixed()));
    expect(filled).toEqual([['0.4'], ['0.2']]);
    expect(first.fills()[0]?.tradeId).toBe((second.fills()[0]?.tradeId ?? 0) - 1);
  });

  it('is told of in order: taken in, filled with what it then was, money, position', () => {
    const stage = stageOf();
    const account = stage.account();
    stage.placed(account, { symbol: BTC, side: 'buy', type: 'market', quantity: new Big('0.001') });
    expect(
      stage.events.map((event) =>
        event.kind === 'order'
          ? event.order.status
          : event.kind === 'fill'
            ? `fill ${event.fill.order.status}`
            : event.kind,
      ),
    ).toEqual(['new', 'fill filled', 'balances', 'position']);
  });
});

describe('a purchase for a total', () => {
  it('spends it to less than one step, the fee on top', () => {
    const stage = spotStage();
    const account = stage.account();
    const order = stage.placed(account, {
      symbol: 'KRW-BTC',
      side: 'buy',
      type: 'market',
      quoteQuantity: new Big('55555'),
    });
    const left = new Big('55555').minus(order.filledNotional);
    const { coin } = stage.instrument('KRW-BTC');
    expect([
      outcome(order),
      left.gte(0) && left.lt(order.filledNotional.div(order.filled).times(coin.stepSize).times('1.01')),
    ]).toEqual(['filled remainder', true]);
    expect(account.totalOf('KRW').toFixed()).toBe(
      new Big('1000000').minus(order.filledNotional).minus(order.fee).toFixed(),
    );
  });

  it('locks nothing it does not need and everything it might: price, quantity and fee', () => {
    const stage = spotStage({ KRW: '100050' });
    const account = stage.account();
    const price = new Big('50000000');
    const order = stage.placed(account, {
      symbol: 'KRW-BTC',
      side: 'buy',
      price,
      quantity: new Big('0.002'),
    });
    expect(account.balanceOf('KRW').used.toFixed()).toBe('100050');
    expect(
      outcome(stage.place(account, { symbol: 'KRW-BTC', side: 'buy', price, quantity: new Big('0.001') })),
    ).toBe('insufficient');
    stage.desk.cancel(account, order);
    expect(account.balanceOf('KRW').used.toFixed()).toBe('0');
  });
});

describe('a market with accounts', () => {
  it('goes its way as if they were not there, until one of them acts', () => {
    const alone = tracedMarket(5, coinsNamed(BTC));
    const watched = tracedMarket(5, coinsNamed(BTC));
    const desk = new Desk({
      venue: 'stage',
      markets: new Map([['', watched.market]]),
      rules: BINANCE_DESK,
      keys: simKeys('stage', BINANCE_DESK, START),
      now: () => watched.market.now,
      furnish: (_, account) => account.move('USDT', new Big(1)),
    });
    watchMarkets(desk);
    for (const key of desk.keys) desk.accountOf(key);
    for (const { market } of [alone, watched]) market.advanceTo(START + 60_000);
    expect([watched.hash(), watched.count() > 500]).toEqual([alone.hash(), true]);
  });
});

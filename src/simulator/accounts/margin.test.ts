import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fundingRateAt } from '../mark.ts';
import { AccountStage } from '../test-kit/account-stage.ts';
import { coinsNamed } from '../test-kit/trace.ts';
import { settleFunding } from './funding.ts';
import { entryPriceOf, FLAT, traded } from './holding.ts';
import { isBankrupt } from './liquidation.ts';
import { BINANCE_DESK } from './venue-rules.ts';

const BTC = 'BTCUSDT';
/** A quarter of a minute before funding is settled, 2026-11-21 16:00 UTC. */
const BEFORE_FUNDING = 1_795_276_785_000;

function stageOf(usdt: string, startTime?: number) {
  return new AccountStage({
    rules: BINANCE_DESK,
    coins: coinsNamed(BTC, 'ETHUSDT'),
    balances: { USDT: usdt },
    ...(startTime === undefined ? {} : { startTime }),
  });
}

describe('a position', () => {
  const trade = fc.record({
    quantity: fc.integer({ min: -50, max: 50 }).filter((quantity) => quantity !== 0),
    price: fc.integer({ min: 1, max: 100_000 }),
  });

  it('is the sum of its trades, and its profit what was sold for more than it was bought', () => {
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 40 }), (trades) => {
        let holding = FLAT;
        let [sum, paid, profit] = [new Big(0), new Big(0), new Big(0)];
        for (const { quantity, price } of trades) {
          const step = traded(holding, new Big(quantity).div(1000), new Big(price).div(10), 1);
          holding = step.holding;
          profit = profit.plus(step.realised);
          sum = sum.plus(new Big(quantity).div(1000));
          paid = paid.plus(new Big(quantity).div(1000).times(new Big(price).div(10)));
        }
        expect([holding.quantity.eq(sum), profit.toFixed()]).toEqual([
          true,
          holding.cost.minus(paid).toFixed(),
        ]);
        if (sum.eq(0)) expect(holding.cost.toFixed()).toBe('0');
        else expect(entryPriceOf(holding).gt(0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('holds margin by its leverage, which cannot be lowered below what is there', () => {
    const stage = stageOf('1000');
    const account = stage.account();
    const at = { category: '', symbol: BTC };
    stage.desk.setLeverage(account, at, 50);
    stage.placed(account, { symbol: BTC, side: 'buy', type: 'market', quantity: new Big('0.1') });
    const [position] = account.positions();
    const notional = position?.quantity.times(position.markPrice);
    expect(position).toMatchObject({ leverage: 50, marginMode: 'cross' });
    expect(position?.margin.toFixed()).toBe(notional?.div(50).round(8).toFixed());
    expect(
      [1, 126, 1.5, 60].map((leverage) => stage.desk.setLeverage(account, at, leverage)?.refused),
    ).toEqual(['insufficient', 'invalid', 'invalid', undefined]);
    expect(account.leverageOf(at)).toBe(60);
  });

  it('is closed by the market at its liquidation price and not before, and never owes the venue', () => {
    const stage = stageOf('1000');
    const account = stage.account();
    stage.desk.setLeverage(account, { category: '', symbol: BTC }, 125);
    stage.placed(account, { symbol: BTC, side: 'buy', type: 'market', quantity: new Big('0.5') });
    stage.placed(account, {
      symbol: BTC,
      side: 'buy',
      price: stage.price(BTC, 'buy', -9000),
      quantity: new Big('0.01'),
    });
    const [position] = account.positions();
    const price = position?.liquidationPrice as Big;
    const equityAt = (mark: Big) =>
      account
        .totalOf('USDT')
        .plus(new Big('0.5').times(mark.minus(position?.entryPrice ?? 0)))
        .minus(new Big('0.5').times(mark).times('0.004'));
    expect(Math.abs(Number(equityAt(price)))).toBeLessThan(0.001);
    expect(isBankrupt(stage.desk, account)).toBe(false);
    // The money goes instead of the price: what is left is just enough, then no longer.
    const spare = equityAt((position as { markPrice: Big }).markPrice);
    account.move('USDT', spare.minus('0.01').times(-1).round(8));
    expect(isBankrupt(stage.desk, account)).toBe(false);
    account.move('USDT', new Big('-2'));
    stage.advance(1000);
    expect([account.positions(), account.openOrders(), account.totalOf('USDT').gte(0)]).toEqual([
      [],
      [],
      true,
    ]);
    expect(
      account.closedOrders().map(({ isLiquidation, ended, status }) => [isLiquidation, ended, status]),
    ).toEqual([
      [false, undefined, 'filled'],
      [false, 'liquidation', 'canceled'],
      [true, undefined, 'filled'],
    ]);
    expect(stage.events.some((event) => event.kind === 'balances' && event.why === 'liquidation')).toBe(true);
  });

  it('that is lost beyond what there was is paid for by the venue, to the last digit', () => {
    const stage = stageOf('1000');
    const account = stage.account();
    stage.desk.setLeverage(account, { category: '', symbol: BTC }, 125);
    stage.placed(account, { symbol: BTC, side: 'sell', type: 'market', quantity: new Big('0.5') });
    account.move('USDT', account.totalOf('USDT').times(-1));
    stage.advance(1000);
    expect([account.positions(), account.totalOf('USDT').toFixed()]).toEqual([[], '0']);
    const [gone] = account.fills().slice(-1);
    expect(stage.desk.insurancePaid.gte(gone?.fee ?? 0)).toBe(true);
  });
});

describe('funding', () => {
  it('is settled when it is due, at the rate told before: what longs pay, shorts of the same quantity receive', () => {
    const stage = stageOf('100000', BEFORE_FUNDING);
    const [long, short] = [stage.account('trade'), stage.account('revocable')];
    const draft = { symbol: BTC, type: 'market', quantity: new Big('0.25') } as const;
    stage.placed(long, { ...draft, side: 'buy' });
    stage.placed(short, { ...draft, side: 'sell' });
    const before = [long, short].map((account) => account.totalOf('USDT'));
    stage.advance(20_000);
    const due = BEFORE_FUNDING + 15_000;
    const rate = new Big(fundingRateAt(5, BTC, due)).div(1e8);
    const moved = [long, short].map((account, index) => account.totalOf('USDT').minus(before[index] ?? 0));
    expect(moved[0]?.plus(moved[1] ?? 0).toFixed()).toBe('0');
    const [funding] = long.fundings();
    expect([funding?.time, funding?.rate.toFixed(), funding?.payment.toFixed()]).toEqual([
      due,
      rate.toFixed(),
      funding?.markPrice.times('-0.25').times(rate).round(8).toFixed(),
    ]);
    expect(moved[0]?.toFixed()).toBe(funding?.payment.toFixed());
    expect(stage.events.filter((event) => event.kind === 'funding').length).toBe(2);
  });

  it('can be settled at once, and only where there is a position', () => {
    const stage = stageOf('100000');
    const account = stage.account();
    settleFunding(stage.desk, '', BEFORE_FUNDING + 15_000, stage.market.now);
    expect(account.fundings()).toEqual([]);
    stage.placed(account, { symbol: 'ETHUSDT', side: 'sell', type: 'market', quantity: new Big('1') });
    settleFunding(stage.desk, '', BEFORE_FUNDING + 15_000, stage.market.now);
    expect(account.fundings().map(({ symbol, quantity }) => [symbol, quantity.toFixed()])).toEqual([
      ['ETHUSDT', '-1'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { BINANCE_COINS } from '../binance/coins.ts';
import { BYBIT_COINS } from '../bybit/coins.ts';
import type { Coin } from '../coins.ts';
import { createMarket } from '../market.ts';
import { START } from '../test-kit/trace.ts';
import { UPBIT_COINS } from '../upbit/coins.ts';
import { actOnAccounts, actOnOrders, answerAccounts, type Desks } from './account-control.ts';
import type { DeskEvent } from './account-desk.ts';
import type { Desk } from './desk.ts';
import type { DeskRules } from './desk-rules.ts';
import { openDesk } from './open-desk.ts';
import { BINANCE_DESK, BITHUMB_DESK, BYBIT_DESK, UPBIT_DESK } from './venue-rules.ts';

const now = () => START + 2000;

function deskOf(venue: string, rules: DeskRules, coins: Readonly<Record<string, readonly Coin[]>>): Desk {
  const markets = new Map(
    Object.entries(coins).map(([category, ofCategory]) => {
      const market = createMarket({ seed: 5, startTime: START, coins: ofCategory });
      market.advanceTo(now());
      return [category, market] as const;
    }),
  );
  return openDesk({ venue, markets, rules, startTime: START, now });
}

const binance = () => deskOf('binance', BINANCE_DESK, { '': BINANCE_COINS });
const bybit = () => deskOf('bybit', BYBIT_DESK, BYBIT_COINS);
const upbit = () => deskOf('upbit', UPBIT_DESK, { '': UPBIT_COINS });

/** The ledger as the endpoint tells it. */
function ledger(desks: Desks, venue: string, key: string) {
  const answer = answerAccounts(desks, 'GET /_sim/ledger', new URLSearchParams({ venue, key }));
  return JSON.parse(String(answer?.body)) as Record<string, Record<string, string>[]>;
}

function named(...desks: Desk[]): Desks {
  return new Map(desks.map((desk) => [desk.venue, desk]));
}

describe('the keys there are to try', () => {
  it('are the same on every start, of the venue’s own lengths, and say what they may do', () => {
    const answers = [1, 2].map(() =>
      String(answerAccounts(named(binance(), bybit()), 'GET /_sim/keys', new URLSearchParams())?.body),
    );
    expect(answers[1]).toBe(answers[0]);
    const { keys } = JSON.parse(answers[0] as string) as { keys: Record<string, string>[] };
    expect(new Set(keys.flatMap(({ apiKey, secret }) => [apiKey, secret])).size).toBe(keys.length * 2);
    expect(
      keys.filter(({ venue }) => venue === 'bybit').map((key) => [key['name'], key['apiKey']?.length]),
    ).toEqual(
      [
        'trade',
        'read-only',
        'withdraw',
        'transfer',
        'no-read',
        'expired',
        'mainnet',
        'busy',
        'revocable',
      ].map((name) => [name, 18]),
    );
    const lengths = [BINANCE_DESK, BYBIT_DESK, UPBIT_DESK, BITHUMB_DESK].map(({ keyLength }) => keyLength);
    expect(lengths).toEqual([64, 18, 40, 42]);
  });

  it('cost nothing before they are used', () => {
    const desk = binance();
    expect([
      [...desk.accounts].length,
      [...(desk.options.markets.get('')?.instruments.made ?? [])].length,
    ]).toEqual([0, 0]);
  });

  it('die when revoked and live again when restored, and whoever serves them is told', () => {
    const desk = binance();
    const told: DeskEvent[] = [];
    desk.on((event) => told.push(event));
    const key = desk.keys.find(({ name }) => name === 'revocable');
    const strike = (action: string) =>
      actOnAccounts(named(desk), { venue: 'binance', key: 'revocable', action });
    const alive = ['revoke', 'expireListenKeys', 'disconnect', 'restore'].map((action) => {
      strike(action);
      return desk.keyOf(key?.apiKey ?? '') !== undefined;
    });
    expect(alive).toEqual([false, false, false, true]);
    expect(told.map((event) => (event.kind === 'key' ? event.change : event.kind))).toEqual([
      'revoked',
      'listen-keys-expired',
      'disconnected',
      'restored',
    ]);
  });
});

describe('the account one is shown first', () => {
  it.each([
    ['binance', binance, { positions: 4, openOrders: 5, closedOrders: 8, fills: 7, balances: 3 }],
    ['bybit', bybit, { positions: 4, openOrders: 9, closedOrders: 16, fills: 14, balances: 7 }],
    ['upbit', upbit, { positions: 0, openOrders: 4, closedOrders: 8, fills: 7, balances: 5 }],
  ])('at %s has something of everything, and the same for both of its keys', (venue, open, counts) => {
    const desks = named(open());
    const shown = ledger(desks, venue, 'trade');
    expect(Object.fromEntries(Object.keys(counts).map((name) => [name, shown[name]?.length]))).toEqual(
      counts,
    );
    expect(ledger(desks, venue, 'read-only')).toEqual(shown);
    expect(ledger(named(open()), venue, 'trade')).toEqual(shown);
    const times = shown['fills']?.map(({ time }) => Number(time)) ?? [];
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(times.every((time) => time < now())).toBe(true);
  });
});

describe('the busy account', () => {
  it.each([
    ['binance', binance, { instruments: 50, positions: 50, currencies: 1 }],
    ['bybit', bybit, { instruments: 50, positions: 50, currencies: 1 }],
    ['upbit', upbit, { instruments: 50, positions: 0, currencies: 51 }],
  ])('at %s has 200 orders in the book, far from the price', (venue, open, counts) => {
    const desk = open();
    const shown = ledger(named(desk), venue, 'busy');
    const orders = shown['openOrders'] ?? [];
    const account = desk.accountOf(desk.keys.find(({ name }) => name === 'busy') as never);
    const resting = [...account.open.values()].filter(
      ({ resting: rest, instrument, bookSide }) =>
        rest !== undefined && instrument.engine.side(bookSide).quantityAt(rest.level.price) >= rest.quantity,
    );
    expect([orders.length, resting.length]).toEqual([200, 200]);
    expect({
      instruments: new Set(orders.map(({ symbol }) => symbol)).size,
      positions: shown['positions']?.length,
      currencies: shown['balances']?.length,
    }).toEqual(counts);
    for (const market of desk.options.markets.values()) market.advanceTo(now() + 5000);
    expect(account.openOrders().length).toBe(200);
  });
});

describe('the control endpoint', () => {
  it('places, amends and cancels on behalf of a key, in plain decimals', () => {
    const desks = named(binance());
    const act = (wish: Record<string, unknown>) =>
      actOnOrders(desks, { venue: 'binance', key: 'withdraw', symbol: 'BTCUSDT', ...wish }) as {
        order: Record<string, string>;
      };
    const placed = act({
      action: 'place',
      side: 'buy',
      type: 'limit',
      price: '60000',
      quantity: 0.01,
      clientOrderId: 'a',
    });
    expect(placed.order).toMatchObject({ status: 'new', price: '60000', quantity: '0.01', filled: '0' });
    expect(act({ action: 'amend', clientOrderId: 'a', price: '61000.5' }).order).toMatchObject({
      price: '61000.5',
    });
    expect(act({ action: 'cancel', number: placed.order['number'] }).order).toMatchObject({
      status: 'canceled',
      ended: 'user',
    });
    expect(act({ action: 'cancel', clientOrderId: 'a' })).toMatchObject({ refused: 'already-ended' });
    expect(act({ action: 'leverage', leverage: 400 })).toMatchObject({ refused: 'invalid' });
    const market = { action: 'place', side: 'sell', type: 'market', quantity: '0.002' };
    expect(act(market).order).toMatchObject({ status: 'filled', filled: '0.002' });
    expect(ledger(desks, 'binance', 'withdraw')['positions']?.map(({ quantity }) => quantity)).toEqual([
      '-0.002',
    ]);
  });

  it('pays in and out, and settles funding at once', () => {
    const desks = named(binance());
    const act = (wish: Record<string, unknown>) =>
      actOnAccounts(desks, { venue: 'binance', key: 'trade', ...wish });
    expect(act({ action: 'deposit', currency: 'USDC', quantity: '-250.5' })).toMatchObject({ total: '1000' });
    expect(() => act({ action: 'deposit', currency: 'USDC', quantity: '-1000.1' })).toThrow('not there');
    act({ action: 'settleFunding' });
    const { fundings = [], positions = [] } = ledger(desks, 'binance', 'trade');
    expect([fundings.length, fundings.map(({ symbol }) => symbol)]).toEqual([
      4,
      positions.map(({ symbol }) => symbol),
    ]);
  });

  it('lists private requests in the order they came, from where one left off', () => {
    const desk = binance();
    for (const path of ['/a', '/b', '/c'])
      desk.note({ method: 'GET', path, params: {}, status: 200, time: now() });
    const asked = (since: string) =>
      JSON.parse(
        String(answerAccounts(named(desk), 'GET /_sim/requests', new URLSearchParams({ since }))?.body),
      ) as { requests: { path: string; index: number }[] };
    expect(asked('0').requests.map(({ path }) => path)).toEqual(['/a', '/b', '/c']);
    expect(asked('2').requests.map(({ index }) => index)).toEqual([2]);
  });

  it.each([
    [{ action: 'place', side: 'up', type: 'limit' }, '"side"'],
    [{ action: 'place', side: 'buy', type: 'limit', price: 'much' }, '"price"'],
    [{ action: 'place', side: 'buy', type: 'limit', trigger: { price: '1' } }, 'trigger'],
    [{ action: 'cancel', number: 99 }, 'no order 99'],
    [{ action: 'dance' }, '"action"'],
    [{ key: 'nobody' }, 'No such key'],
    [{ venue: 'nowhere' }, 'No accounts there'],
    ['text', 'no object'],
  ])('says what is wrong with %j', (wish, words) => {
    const desks = named(binance());
    const whole =
      typeof wish === 'string' ? wish : { venue: 'binance', key: 'trade', symbol: 'BTCUSDT', ...wish };
    expect(() => actOnOrders(desks, whole)).toThrow(words);
  });
});

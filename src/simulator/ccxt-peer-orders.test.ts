import Big from 'big.js';
import ccxt, { type Exchange } from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BITCOIN,
  type OrderTalk,
  openBitcoin,
  talkTo,
  VENUE_IDS,
  type VenueId,
} from './test-kit/order-talk.ts';
import { pause, type Wire } from './test-kit/wire.ts';

/** Until what Korean venues do a moment later is done: registering an order, taking it out. */
const SETTLED_MS = 90;
const AMOUNT = { binance: 0.01, bybit: 0.01, upbit: 0.001, bithumb: 0.001 } as const;
const SYMBOLS = { binance: 'BTC/USDT:USDT', bybit: 'BTC/USDT:USDT', upbit: 'BTC/KRW', bithumb: 'BTC/KRW' };
/** What ccxt wants to be told before it looks an order up. */
const LOOKUP = { binance: {}, bybit: { acknowledged: true }, upbit: {}, bithumb: {} };
/** The most one order of the other side sells: Korean venues take no more than a billion won at once. */
const MOST_AT_ONCE = new Big(5);

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
type Any = any;

async function connect(wire: Wire, venue: VenueId, name: string): Promise<Exchange> {
  const { body } = await wire.control('GET', `/keys?venue=${venue}`);
  const { apiKey, secret } = body.keys.find((one: Any) => one.name === name);
  const { rest } = wire.simulation.address.venues[venue] as { readonly rest: string };
  const options = { apiKey, secret, options: { fetchCurrencies: false } };
  const client: Exchange =
    venue === 'binance'
      ? new ccxt.binanceusdm(options)
      : venue === 'bybit'
        ? new ccxt.bybit(options)
        : venue === 'upbit'
          ? new ccxt.upbit(options)
          : new ccxt.bithumb(options);
  client.has['fetchCurrencies'] = false;
  const { api } = client.urls as unknown as { readonly api: Record<string, unknown> };
  api['public'] = rest;
  api['private'] = rest;
  for (const version of ['', 'V2', 'V3']) {
    const url = `${rest}/fapi/v${version === '' ? '1' : version.slice(1)}`;
    api[`fapiPublic${version}`] = url;
    api[`fapiPrivate${version}`] = url;
  }
  await client.loadMarkets();
  return client;
}

/** What the client was shown of its wallet, by currency, in the venue's own figures. */
function shownWallet(venue: VenueId, balance: Any): Record<string, string> {
  const rows: Any[] =
    venue === 'binance'
      ? balance.info.assets.map((row: Any) => [row.asset, row.walletBalance])
      : venue === 'bybit'
        ? balance.info.result.list[0].coin.map((row: Any) => [row.coin, row.walletBalance])
        : balance.info.map((row: Any) => [row.currency, new Big(row.balance).plus(row.locked)]);
  return Object.fromEntries(rows.map(([currency, total]) => [currency, new Big(total).round(8).toFixed()]));
}

/** Somebody else's client and our own hand trade at the same time, each with a key of its own. */
describe.each(VENUE_IDS)('ccxt’s own %s client trading beside a plain one', (venue) => {
  const { symbol, category, cash } = BITCOIN[venue];
  const amount = AMOUNT[venue];
  let wire: Wire;
  let peer: Exchange;
  let hand: OrderTalk;
  let count = 0;

  beforeAll(async () => {
    wire = await openBitcoin(venue);
    await wire.control('POST', '/pause');
    peer = await connect(wire, venue, 'trade');
    hand = await talkTo(wire, venue, 'revocable');
    const give = (currency: string, quantity: string) =>
      wire.control('POST', '/accounts', { venue, key: 'revocable', action: 'deposit', currency, quantity });
    await give(cash, cash === 'KRW' ? '100000000000' : '50000000');
    await give('BTC', '1000');
  });
  afterAll(async () => {
    await peer?.close();
    await wire?.close();
  });

  const ledger = async (key: string): Promise<Any> =>
    (await wire.control('GET', `/ledger?venue=${venue}&key=${key}`)).body;
  const book = async (): Promise<{ bids: [string, string][]; asks: [string, string][] }> => {
    const named = category === '' ? '' : `&category=${category}`;
    return (await wire.control('GET', `/truth/book?venue=${venue}&symbol=${symbol}${named}`)).body;
  };
  const orderOf = async (key: string, id: string): Promise<Any> => {
    const { openOrders, closedOrders } = await ledger(key);
    return [...openOrders, ...closedOrders].find(({ clientOrderId }: Any) => clientOrderId === id);
  };

  /** Through ccxt’s one method for all venues. Bithumb’s takes no id of a client’s own, so one is made up for it. */
  async function byPeer(side: 'buy' | 'sell', price: number): Promise<{ id: string; orderId: string }> {
    const id = `peer${++count}`;
    const name = venue === 'bithumb' ? 'client_order_id' : 'clientOrderId';
    const made = await peer.createOrder(SYMBOLS[venue], 'limit', side, amount, price, { [name]: id });
    await pause(SETTLED_MS);
    return { id, orderId: String(made.id) };
  }

  /** Sells from by hand until nothing is bid at that price or above. */
  async function sellDownTo(price: number): Promise<string[]> {
    const { bids } = await book();
    let left = bids
      .filter(([at]) => Number(at) >= price)
      .reduce((sum, [, quantity]) => sum.plus(quantity), new Big(0));
    const ids: string[] = [];
    while (left.gt(0)) {
      const quantity = left.gt(MOST_AT_ONCE) ? MOST_AT_ONCE : left;
      const id = `hand${++count}`;
      const { status, body } = await hand.place({
        id,
        side: 'sell',
        price: String(price),
        quantity: quantity.toFixed(),
      });
      expect([status < 300, body.retCode ?? 0]).toEqual([true, 0]);
      ids.push(id);
      left = left.minus(quantity);
    }
    await pause(SETTLED_MS);
    return ids;
  }

  /** Bithumb shows its book’s quantities with four places. */
  const asShown = (quantity: string) => Number(venue === 'bithumb' ? new Big(quantity).round(4) : quantity);

  /** ccxt keeps four digits of a Bithumb price: what has no more comes through anywhere. */
  const fourDigits = (price: number) => Number(new Big(price).prec(4, Big.roundDown).toFixed());

  it('puts its order into the one book both see, and trades with the other at one price under one id', async () => {
    const { bids } = await book();
    const price = fourDigits(Number(bids[0]?.[0]));
    const resting = bids.find(([at]) => Number(at) === price)?.[1] ?? '0';
    const { id, orderId } = await byPeer('buy', price);

    const after = (await book()).bids;
    const shown = await peer.fetchOrderBook(SYMBOLS[venue]);
    const top = after.slice(0, 5).map(([at, quantity]) => [Number(at), asShown(quantity)]);
    expect(shown.bids.slice(0, 5).map((level) => level.slice(0, 2))).toEqual(top);
    const level = after.find(([at]) => Number(at) === price);
    expect(Number(level?.[1])).toBe(Number(new Big(resting).plus(amount)));

    const sold = await sellDownTo(price);
    const read = await peer.fetchOrder(orderId, SYMBOLS[venue], LOOKUP[venue]);
    const mine = await orderOf('trade', id);
    // ccxt does not read how much of a Bithumb order is filled; the venue says it.
    const filled = venue === 'bithumb' ? Number((read.info as Any).executed_volume) : read.filled;
    expect([read.status, filled, mine.status, Number(mine.filled), Number(mine.price)]).toEqual([
      'closed',
      amount,
      'filled',
      amount,
      price,
    ]);

    const told = async (key: string, ids: readonly string[]) =>
      (await ledger(key)).fills.filter(({ clientOrderId }: Any) => ids.includes(clientOrderId));
    const [bought, given] = [await told('trade', [id]), await told('revocable', sold)];
    for (const fill of bought) {
      const other = given.find(({ tradeId }: Any) => tradeId === fill.tradeId);
      expect([other?.price, other?.quantity, other?.side, other?.isMaker, fill.isMaker]).toEqual([
        fill.price,
        fill.quantity,
        'sell',
        false,
        true,
      ]);
    }
    expect(bought.length).toBeGreaterThan(0);
    const last = await hand.lookUp(sold.at(-1) as string);
    expect(JSON.stringify(last.body)).toMatch(/FILLED|Filled|done/);
  });

  it('sees the balances and positions the ledger has, to the last digit, after both have traded', async () => {
    const { balances, positions } = await ledger('trade');
    const shown = shownWallet(venue, await peer.fetchBalance());
    const known = Object.fromEntries(
      balances
        .filter(({ currency, total }: Any) => currency in shown || Number(total) !== 0)
        .map(({ currency, total }: Any) => [currency, new Big(total).round(8).toFixed()]),
    );
    expect(shown).toEqual(known);
    if (venue !== 'binance' && venue !== 'bybit') return;
    const held = await peer.fetchPositions([SYMBOLS[venue]]);
    const truth = positions.find((one: Any) => one.symbol === symbol && one.category === category);
    expect(held.map(({ contracts, side }) => (contracts as number) * (side === 'short' ? -1 : 1))).toEqual([
      Number(truth.quantity),
    ]);
  });

  it('cancels its own order and no other, and finds it cancelled', async () => {
    const price = fourDigits(Number((await book()).bids[0]?.[0]) * 0.97);
    const mine = await byPeer('buy', price);
    const other = `hand${++count}`;
    await hand.place({ id: other, side: 'buy', price: String(price) });
    await pause(SETTLED_MS);
    await peer.cancelOrder(mine.orderId, SYMBOLS[venue]);
    await pause(SETTLED_MS);
    const read = await peer.fetchOrder(mine.orderId, SYMBOLS[venue], LOOKUP[venue]);
    expect([
      read.status,
      (await orderOf('trade', mine.id)).status,
      (await orderOf('revocable', other)).status,
    ]).toEqual(['canceled', 'canceled', 'new']);
    await hand.cancel(other);
  });

  it('sent each of its orders once, and the record says which order came of it', async () => {
    const { body } = await wire.control('GET', `/requests?venue=${venue}`);
    const placed = body.requests.filter(({ key, orders }: Any) => key === 'trade' && orders?.length > 0);
    const numbers = await Promise.all(
      placed.map(async ({ clientOrderId }: Any) => (await orderOf('trade', clientOrderId)).number),
    );
    expect(placed.map(({ orders, accepted }: Any) => [orders, accepted])).toEqual(
      numbers.map((number) => [[number], true]),
    );
    const ids = placed.map(({ clientOrderId }: Any) => clientOrderId);
    expect([ids.length >= 2, new Set(ids).size]).toEqual([true, ids.length]);
  });

  it('lets a person buy and sell a small order at once with the key that is there to try', async () => {
    const demo = await talkTo(wire, venue, 'trade');
    const { asks } = await book();
    const statuses: unknown[] = [];
    for (const side of ['buy', 'sell'] as const) {
      const best = Number((side === 'buy' ? asks : (await book()).bids)[0]?.[0]);
      // A little through the market, on a tick any of them has.
      const grain = cash === 'KRW' ? 1000 : 10;
      const price = Math.round((best * (side === 'buy' ? 1.002 : 0.998)) / grain) * grain;
      const id = `demo${++count}`;
      await demo.place({ id, side, price: String(price) });
      statuses.push((await orderOf('trade', id))?.status);
    }
    const { balances } = await ledger('trade');
    const free = balances.find(({ currency }: Any) => currency === cash).free;
    expect(statuses).toEqual(['filled', 'filled']);
    // Enough for many small ones: some ten thousand dollars.
    expect(Number(free)).toBeGreaterThan(cash === 'KRW' ? 10_000_000 : 10_000);
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { type CcxtStage, startStage, until } from './test-kit/ccxt-stage.ts';
import { krakenTrade } from './test-kit/kraken-script.ts';
import { okxArg, okxCandle, okxTicker, okxTrade } from './test-kit/okx-script.ts';

const BTC = instrumentId('ccxt:okx:BTC-USDT');
const PERP = instrumentId('ccxt:okx:BTC-USDT-PERP');
const XBT = instrumentId('ccxt:kraken:BTC-USD');
const MINUTE = 60_000;

let stage: CcxtStage | undefined;
afterEach(async () => {
  await stage?.stop();
  stage = undefined;
});

async function start(id: 'okx' | 'kraken', ...streams: StreamKey[]): Promise<CcxtStage> {
  const started = await startStage(id);
  stage = started;
  for (const stream of streams) started.market.hold(stream);
  return started;
}

const live = (on: CcxtStage) => until(() => on.connection.state.kind === 'live');
const ofKind = <Kind extends MarketEvent['kind']>(on: CcxtStage, kind: Kind) =>
  on.events.filter((event) => event.kind === kind) as Extract<MarketEvent, { kind: Kind }>[];
const logged = (on: CcxtStage, code: string) => on.log.entries.filter((entry) => entry.code === code);

describe('OKX through ccxt’s own class', () => {
  test('lists spot, perpetuals and futures with their steps in base, two of a name kept apart', async () => {
    const { market } = await start('okx');
    const rows = (await market.instruments()).map((one) => [
      one.id.slice('ccxt:okx:'.length),
      one.kind,
      one.status,
      one.tickSize,
      one.quantityStep,
    ]);
    expect(rows).toEqual([
      ['BTC-USDT', 'spot', 'trading', '0.1', '0.00000001'],
      ['ETH-USDT', 'spot', 'trading', '0.01', '0.00000001'],
      ['OLD-USDT', 'spot', 'halted', '0.1', '0.00000001'],
      ['BTC-USDT-270326', 'future', 'trading', '0.1', '0.01'],
      ['BTC-USDT-PERP', 'perpetual', 'trading', '0.1', '0.01'],
      ['BTC-USD-PERP', 'perpetual', 'trading', '0.1', '0.01'],
      ['BTC-USD-PERP@BTC', 'perpetual', 'trading', '0.1', '0.00000001'],
    ]);
  });

  test('says openly what it is worth', async () => {
    const { market } = await start('okx');
    expect(market.venue).toMatchObject({
      id: 'ccxt:okx',
      name: 'OKX',
      sheet: {
        means: {
          instruments: 'native',
          ticker: 'native',
          top: 'native',
          trade: 'native',
          book: 'native',
          candle: 'native',
          mark: 'native',
        },
        bookProof: 'none',
        orderSafety: 'none',
      },
    });
  });

  test('gives ticker, best prices, book and trades as events of ours, contracts in base', async () => {
    const on = await start(
      'okx',
      { kind: 'ticker', instrument: BTC },
      { kind: 'top', instrument: BTC },
      { kind: 'book', instrument: BTC },
      { kind: 'trade', instrument: PERP },
    );
    await until(() => ofKind(on, 'book-snapshot').length > 0 && ofKind(on, 'top').length > 0);
    await until(() => on.venue.heard.some((text) => text.includes('"trades"')));
    const at = on.clock.now();
    on.venue.say({
      arg: okxArg('trades', 'BTC-USDT-SWAP'),
      data: [okxTrade('7', '30000.1', at, 'BTC-USDT-SWAP')],
    });
    await until(() => ofKind(on, 'trade').length > 0 && ofKind(on, 'ticker').length > 0);
    const [trade] = ofKind(on, 'trade');
    expect({ ...trade, receivedAt: 0 }).toEqual({
      kind: 'trade',
      instrument: PERP,
      venueTime: at,
      receivedAt: 0,
      id: '7',
      price: 30000.1,
      quantity: 0.005,
      side: 'sell',
    });
    expect(on.market.row(BTC)).toMatchObject({
      last: 30000,
      open24h: 29000,
      high24h: 31000,
      low24h: 28000,
      quoteVolume24h: 600000,
      bid: 30000,
      ask: 30001,
    });
    const book = on.market.book(BTC)?.book;
    expect([book?.state, book?.priceScale, book?.quantityScale, book?.read(5)]).toEqual([
      'live',
      1,
      8,
      {
        bids: Float64Array.of(300000, 250000000, 299995, 1),
        asks: Float64Array.of(300010, 150000000, 300020, 200000000),
      },
    ]);
  });

  test('loses none of many trades that come at once, and counts what is told twice once', async () => {
    const on = await start('okx', { kind: 'trade', instrument: BTC });
    await until(() => on.venue.heard.some((text) => text.includes('"trades"')));
    const at = on.clock.now();
    const say = (id: number) =>
      on.venue.say({ arg: okxArg('trades'), data: [okxTrade(String(id), '30000', at + id)] });
    for (let id = 100; id < 150; id += 1) say(id);
    say(149);
    await until(() => ofKind(on, 'trade').some(({ id }) => id === '149'));
    say(150);
    await until(() => ofKind(on, 'trade').some(({ id }) => id === '150'));
    expect(ofKind(on, 'trade').map(({ id }) => Number(id))).toEqual(
      Array.from({ length: 51 }, (_, index) => 100 + index),
    );
  });

  test('joins candles of the stream to those it asks for, the open one left open', async () => {
    const on = await start('okx', { kind: 'candle', instrument: BTC, interval: '1m' });
    const feed = () => on.market.candles(BTC, '1m');
    await until(() => (feed()?.series.newest?.close ?? 0) > 0);
    await until(() => on.venue.heard.some((text) => text.includes('candle1m')));
    const openTime = Math.floor(on.clock.now() / MINUTE) * MINUTE;
    on.venue.say({ arg: okxArg('candle1m'), data: [okxCandle(openTime, '30055')] });
    await until(() => feed()?.series.newest?.close === 30055);
    expect([feed()?.series.newest, feed()?.holes()]).toEqual([
      {
        openTime,
        open: 29990,
        high: 30100,
        low: 29900,
        close: 30055,
        volume: 3,
        closed: false,
        provenance: 'live',
      },
      [],
    ]);
  });

  test('takes the book for lost with its sockets, and has a new one after the reconnect', async () => {
    const on = await start('okx', { kind: 'book', instrument: BTC }, { kind: 'ticker', instrument: BTC });
    await live(on);
    await until(() => on.market.book(BTC)?.book.state === 'live');
    const seen: string[] = [];
    on.market.onChange(({ kind }) => kind === 'book' && seen.push(on.market.book(BTC)?.book.state ?? ''));
    on.venue.cutSockets();
    await until(() => seen.includes('invalid'));
    await until(() => on.connection.reconnects === 1 && on.market.book(BTC)?.book.state === 'live');
    await live(on);
    expect([on.states.filter((state) => state !== 'degraded'), on.connection.epoch]).toEqual([
      ['connecting', 'subscribing', 'live', 'waiting', 'connecting', 'subscribing', 'live'],
      2,
    ]);
  });

  test('notices what ccxt notices: a change of the book that does not follow', async () => {
    const on = await start('okx', { kind: 'book', instrument: BTC });
    await until(() => on.market.book(BTC)?.book.state === 'live');
    const update = (seqId: number, prevSeqId: number) => ({
      arg: okxArg('books'),
      action: 'update',
      data: [{ asks: [], bids: [['30000', '9', '0', '1']], ts: String(on.clock.now()), seqId, prevSeqId }],
    });
    on.venue.say(update(101, 100));
    await until(() => on.market.book(BTC)?.book.best().bid?.quantity === 900_000_000);
    on.venue.say(update(105, 103));
    await until(() => logged(on, 'book.gap').length === 1);
    await until(() => on.market.book(BTC)?.book.best().bid?.quantity === 250_000_000);
    expect(on.connection.streams[0]).toMatchObject({ gaps: 1, resyncs: 1, state: 'live' });
    expect(on.connection.reconnects).toBe(0);
  });

  test('says which instrument it does not list', async () => {
    const { market } = await start('okx');
    await expect(market.check(instrumentId('ccxt:okx:NO-SUCH'))).rejects.toMatchObject({
      code: 'instrument.unknown',
    });
  });

  test('has no mark price of a spot market, and waits for none', async () => {
    const on = await start('okx', { kind: 'mark', instrument: BTC }, { kind: 'ticker', instrument: BTC });
    await live(on);
    expect(on.connection.streams.map(({ stream }) => stream)).toEqual(['ticker ccxt:okx:BTC-USDT']);
  });

  test('goes quiet for as long as it is told when it asks too often, and counts it', async () => {
    const on = await start('okx');
    await on.market.instruments();
    on.venue.refuse('candles', {
      status: 429,
      headers: { 'retry-after': '1' },
      body: { code: '50011', msg: 'Too Many Requests', data: [] },
    });
    const load = () => on.market.loadCandles({ instrument: BTC, interval: '1m', limit: 10 });
    await expect(load()).rejects.toMatchObject({ code: 'rest.rate-limit' });
    const asked = () => on.venue.asked.filter((path) => path.includes('candles')).length;
    const before = asked();
    expect(on.market.budgets()[0]).toMatchObject({ venue: 'ccxt:okx', scope: 'rest', state: 'silent' });
    on.venue.refuse('candles', undefined);
    expect([(await load()).length, on.market.restErrors.get('rate-limit'), asked() - before]).toEqual([
      10, 1, 1,
    ]);
  });

  test('calls a border a border, and knocks again only when it is asked to', async () => {
    const on = await start('okx');
    await on.market.instruments();
    on.venue.refuseSockets(451);
    on.market.hold({ kind: 'ticker', instrument: BTC });
    await until(() => on.connection.state.kind === 'failed');
    expect(on.connection.state).toMatchObject({ kind: 'failed', cause: { code: 'geo' } });
    on.venue.refuseSockets(undefined);
    on.market.reconnectNow();
    await live(on);
  });

  test.each([
    [
      'maintenance',
      { status: 200, body: { code: '50001', msg: 'Service temporarily unavailable', data: [] } },
    ],
    ['geo', { status: 403, body: '<html>Forbidden</html>' }],
    ['timeout', { status: 504, body: '' }],
    ['answer', { status: 200, body: 'half an answ' }],
  ])('tells %s from what it is answered', async (code, answer) => {
    const on = await start('okx');
    on.venue.refuse('instruments', answer);
    const refused = await on.market.instruments().catch((fault: unknown) => fault);
    expect(refused).toMatchObject({ code: code === 'answer' ? 'venue.answer' : `rest.${code}` });
    // Tried again, the same list is there: ccxt itself would have kept the refusal.
    on.venue.refuse('instruments', undefined);
    expect(await on.market.instruments()).toHaveLength(7);
  });

  test('closes its sockets while it is paused, and goes on where it was', async () => {
    const on = await start('okx', { kind: 'ticker', instrument: BTC });
    await live(on);
    on.market.pause();
    await until(() => on.venue.sockets.size === 0);
    expect([on.connection.state.kind, on.market.isPaused]).toEqual(['paused', true]);
    on.market.resume();
    await live(on);
    on.venue.say({ arg: okxArg('tickers'), data: [okxTicker('BTC-USDT', '30500', on.clock.now() + 1000)] });
    await until(() => on.market.row(BTC)?.last === 30500);
  });
});

describe('Kraken through ccxt’s own class', () => {
  test('makes the best prices of the book, and polls a second interval that its class would mix up', async () => {
    const on = await start(
      'kraken',
      { kind: 'top', instrument: XBT },
      { kind: 'candle', instrument: XBT, interval: '1m' },
      { kind: 'candle', instrument: XBT, interval: '5m' },
    );
    expect(on.market.venue.sheet.means).toMatchObject({
      top: 'synthesised',
      candle: 'native',
      mark: 'missing',
    });
    await until(() => ofKind(on, 'candle').some(({ interval }) => interval === '5m'), 15_000);
    await until(() => Number.isFinite(on.market.row(XBT)?.bid));
    const told = on.venue.heard
      .filter((text) => text.includes('ohlc'))
      .map((text) => JSON.parse(text).params.interval);
    expect([told, on.market.row(XBT)?.bid, on.market.row(XBT)?.ask]).toEqual([[1], 30_000, 30_000.1]);
    const apart = ofKind(on, 'candle').every(
      ({ interval, candle }) => candle.openTime % (interval === '5m' ? 5 * MINUTE : MINUTE) === 0,
    );
    expect(apart).toBe(true);
  });

  test('keeps trades of the stream apart from a past that has no names', async () => {
    const on = await start('kraken', { kind: 'trade', instrument: XBT });
    on.market.tape(XBT);
    await until(() => on.venue.heard.some((text) => text.includes('"trade"')));
    const at = on.clock.now();
    on.venue.say(krakenTrade(501, 30_001, at));
    on.venue.say(krakenTrade(502, 30_002, at + 1));
    await until(
      () => on.venue.asked.some((path) => path.includes('Trades')) && ofKind(on, 'trade').length === 2,
      15_000,
    );
    expect(on.market.tape(XBT).recent.map(({ id, price, quantity }) => [id, price, quantity])).toEqual([
      ['501', 30_001, 0.25],
      ['502', 30_002, 0.25],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { LogEntry } from '#shared/contract/api.ts';
import type { BookView, TickerColumns } from '#shared/contract/columns.ts';
import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import { createBook } from './book.ts';
import { joinLog } from './log.ts';
import { createSettings } from './settings.ts';
import { createFakeClient } from './test-kit/fake-client.ts';
import { plainSettings } from './test-kit/plain-settings.ts';
import { createTickers } from './tickers.ts';

const btc = instrumentId('binance:BTC-USDT-PERP');
const eth = instrumentId('binance:ETH-USDT-PERP');

function tickers(prices: Readonly<Record<string, number>>): TickerColumns {
  const instruments = Object.keys(prices) as InstrumentId[];
  const column = (value: number) => new Float64Array(instruments.length).fill(value);
  return {
    instruments,
    last: Float64Array.from(Object.values(prices)),
    open24h: column(100),
    high24h: column(120),
    low24h: column(90),
    quoteVolume24h: column(1e6),
    bid: column(99),
    ask: column(101),
    mark: column(100.5),
    index: column(100.4),
    fundingRate: column(0.0001),
    nextFundingTime: column(Number.NaN),
    lastReceivedAt: column(5),
    dayReceivedAt: column(5),
    topReceivedAt: column(5),
    markReceivedAt: column(5),
  };
}

describe('tickers', () => {
  /** What is held within one task is asked for at its end. */
  const settled = () => Promise.resolve();
  const asked = (client: ReturnType<typeof createFakeClient>) =>
    client.opened.map(({ input }) => (input as { instruments: readonly InstrumentId[] }).instruments);

  it('change only the rows an update names, and say which', async () => {
    const client = createFakeClient();
    const { store, hold } = createTickers(client);
    hold([btc, eth]);
    await settled();
    client.tell('tickers', tickers({ [btc]: 1, [eth]: 2 }));
    client.tell('tickers', tickers({ [eth]: 3 }));
    const { rows, changed } = store.getState();
    expect([rows.get(btc)?.last, rows.get(eth)?.last, changed]).toEqual([1, 3, [eth]]);
  });

  it('forget what nobody holds, so that it cannot come back with an old price', async () => {
    const client = createFakeClient();
    const { store, hold } = createTickers(client);
    const letGo = hold([btc, eth]);
    hold([eth]);
    await settled();
    client.tell('tickers', tickers({ [btc]: 1, [eth]: 2 }));
    letGo();
    letGo();
    // On its way when the row was let go.
    client.tell('tickers', tickers({ [btc]: 1 }));
    await settled();
    expect([[...store.getState().rows.keys()], asked(client)]).toEqual([[eth], [[eth]]]);
  });

  it('keep one watch when what is held stays the same', async () => {
    const client = createFakeClient();
    const { hold } = createTickers(client);
    const letGo = hold([btc, eth]);
    await settled();
    const [first] = client.opened;
    hold([eth, btc, eth]);
    letGo();
    await settled();
    expect(client.opened).toEqual([first]);
  });

  it('ask for a thousand rows in parts, and again only for the part that changed', async () => {
    const client = createFakeClient();
    const { hold } = createTickers(client);
    const many = Array.from({ length: 1000 }, (_, at) => instrumentId(`binance:C${at}-USDT-PERP`));
    hold(many);
    await settled();
    const before = [...client.opened];
    hold([btc]);
    await settled();
    expect([
      before.length,
      asked(client).flat().length,
      client.opened.filter((one) => before.includes(one)).length,
    ]).toEqual([5, 1001, 5]);
  });
});

describe('the book', () => {
  it('never shows the book of the instrument before', () => {
    const client = createFakeClient();
    const { store, follow } = createBook(client);
    const view = { instrument: btc, state: 'live' } as BookView;
    follow(btc);
    client.tell('book', view);
    const before = store.getState().view;
    follow(eth);
    expect([before, store.getState().view, client.opened.length]).toEqual([view, undefined, 1]);
  });

  it('shows why there is none instead of the last one', () => {
    const client = createFakeClient();
    const { store, follow } = createBook(client);
    const error = new HeartlineError('instrument.unknown', 'delisted');
    follow(btc);
    client.tell('book', { instrument: btc, state: 'live' } as BookView);
    client.opened[0]?.onRefusal?.(error);
    expect(store.getState()).toEqual({ instrument: btc, view: undefined, error });
  });
});

describe('the log', () => {
  const entry = (at: number, code: string): LogEntry => ({
    at,
    level: 'info',
    code,
    details: {},
    message: code,
  });

  it('is not doubled when the engine sends its recent past again', () => {
    const held = joinLog([], [entry(1, 'a'), entry(2, 'b')]);
    const joined = joinLog(held, [entry(1, 'a'), entry(2, 'b'), entry(3, 'c')]);
    expect(joined.map(({ code }) => code)).toEqual(['a', 'b', 'c']);
  });

  it('keeps the newest when it is full', () => {
    const many = Array.from({ length: 700 }, (_, at) => entry(at, String(at)));
    const joined = joinLog([], many);
    expect([joined.length, joined.at(0)?.at, joined.at(-1)?.at]).toEqual([500, 200, 699]);
  });
});

describe('settings', () => {
  it('hold on the screen at once, and say when they could not be kept', async () => {
    const client = createFakeClient();
    const heard: string[] = [];
    const keeper = createSettings(client, plainSettings(), (error) => heard.push(error.code));
    keeper.change({ theme: 'light' });
    await client.refuse('settings.write', new HeartlineError('settings.unwritable', 'read-only'));
    expect([keeper.store.getState().theme, heard]).toEqual(['light', ['settings.unwritable']]);
  });
});

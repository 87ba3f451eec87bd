import { describe, expect, test } from 'vitest';
import type { Settings } from '#shared/contract/settings.ts';
import type { ConnectionHealth, StreamState } from '#shared/domain/connection.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { TickerEvent, TradeEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Venue } from '#venues/venue.ts';
import { createEventLog } from '../health/event-log.ts';
import { PLAIN_BTC, plainVenue } from '../test-kit/plain-venue.ts';
import { createDataSources } from './data-sources.ts';
import { createRestGuard } from './rest-guard.ts';

const settle = async () => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};
const TRADE: StreamKey = { kind: 'trade', instrument: PLAIN_BTC };
const TICKER: StreamKey = { kind: 'ticker', instrument: PLAIN_BTC };

function start(setting: Partial<Settings['sources']> = {}) {
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const settings = {
    ticker: 'auto',
    book: 'auto',
    trade: 'auto',
    candle: 'auto',
    ...setting,
  } as Settings['sources'];
  const onSocket = new Set<string>();
  const applied: { readonly instrument: string; readonly last: number }[] = [];
  const state = {
    stream: 'live' as StreamState,
    connection: 'live' as 'live' | 'connecting',
    restFails: false,
    asked: 0,
    isPaused: false,
    trades: [] as readonly TradeEvent[],
    hold: Promise.resolve(),
  };
  const trades: string[] = [];
  const ticker = (instrument: StreamKey['instrument']): TickerEvent => ({
    kind: 'ticker',
    instrument,
    venueTime: clock.now(),
    receivedAt: clock.now(),
    last: state.asked,
    open: 1,
    high: 1,
    low: 1,
    volume: 1,
    quoteVolume: 1,
  });
  const venue: Venue = {
    ...plainVenue,
    rest: {
      ...plainVenue.rest,
      trades: () => ({ path: '/trades', scope: 'all', weight: 1, parse: () => state.trades }),
      ticker: (instrument) => ({ path: '/ticker', scope: 'all', weight: 1, parse: () => ticker(instrument) }),
    },
  };
  const health = (): ConnectionHealth[] => [
    {
      id: 'plain/all',
      venue: venue.id,
      state: state.connection === 'live' ? { kind: 'live' } : { kind: 'connecting', attempt: 1 },
      since: 0,
      epoch: 1,
      reconnects: 0,
      failedFrames: 0,
      streams: [...onSocket].map((stream) => ({
        stream,
        state: state.stream,
        since: 0,
        perSecond: 0,
        gaps: 0,
        resyncs: 0,
      })),
    },
  ];
  const sources = createDataSources({
    venue,
    clock,
    log,
    rest: {
      async call(call) {
        state.asked += 1;
        if (state.restFails) throw new Error('unreachable');
        await state.hold;
        return call.parse(undefined, clock.now(), { get: () => null });
      },
    },
    guard: createRestGuard({ clock, log, venue: 'Plain' }),
    settings: () => settings,
    pool: {
      want: (stream) => void onSocket.add(streamKeyText(stream)),
      drop: (stream) => void onSocket.delete(streamKeyText(stream)),
      health,
    },
    isPaused: () => state.isPaused,
    apply(event) {
      sources.note(event);
      if (event.kind === 'trade') trades.push(event.id);
      if (event.kind === 'ticker') applied.push({ instrument: event.instrument, last: event.last });
    },
    interrupted: (stream) => trades.push(`break of ${stream.kind}`),
    candles: () => undefined,
    onTrades: () => undefined,
    onFault: () => undefined,
  });
  function see(stream: StreamKey): void {
    sources.want(stream);
    sources.look(stream);
  }
  async function pass(seconds: number) {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1000);
      sources.second();
      await settle();
    }
  }
  const polled = () =>
    sources
      .health(health())
      .find(({ id }) => id === 'plain/rest')
      ?.streams.map((row) => [row.stream, row.state, row.source]);
  const trade = (id: number, venueTime: number, more: Partial<TradeEvent> = {}): TradeEvent => ({
    kind: 'trade',
    instrument: PLAIN_BTC,
    id: String(id),
    venueTime,
    receivedAt: clock.now(),
    price: 1,
    quantity: 1,
    side: 'buy',
    ...more,
  });
  return {
    trades,
    trade,
    see,
    clock,
    log,
    settings,
    state,
    sources,
    onSocket,
    applied,
    pass,
    polled,
    ticker,
  };
}

describe('sources of market data', () => {
  test('a silent stream is replaced by questions every three seconds, shown as such, until it speaks again', async () => {
    const { see, state, pass, polled, log } = start();
    see(TICKER);
    await pass(5);
    const before = state.asked;
    state.stream = 'stale';
    await pass(15);
    const [asked, shown] = [state.asked - before, polled()];
    state.stream = 'live';
    await pass(12);
    expect({ before, asked, shown, after: state.asked - before - asked, polled: polled() }).toEqual({
      before: 1, // the price that was not known when the watch began
      asked: 4,
      shown: [[streamKeyText(TICKER), 'late', 'rest']],
      after: 0,
      polled: undefined,
    });
    expect(log.entries.map(({ code }) => code)).toEqual(['source.rest', 'source.websocket']);
  });

  test('however many streams are silent, no more than four questions leave a second', async () => {
    const { see, state, pass } = start();
    for (let index = 0; index < 40; index += 1) {
      see({ kind: 'ticker', instrument: instrumentId(`plain:A${index}-USDT-PERP`) });
    }
    await pass(20);
    state.stream = 'stale';
    const before = state.asked;
    await pass(23);
    expect(state.asked - before).toBe(80);
  });

  test('REST that fails five times is left alone, and asked ever less often while it goes on failing', async () => {
    const { see, state, pass, log } = start();
    see(TICKER);
    await pass(1);
    state.stream = 'stale';
    state.restFails = true;
    await pass(18);
    const failed = state.asked;
    await pass(27);
    // After 3, 6 and 12 seconds of quiet; the next would come after 24.
    const probes = state.asked - failed;
    await pass(12);
    expect({ probes, later: state.asked - failed - probes }).toEqual({ probes: 3, later: 0 });
    expect(log.entries.map(({ code }) => code)).toContain('rest.circuit-open');
  });

  test('a person’s choice of REST keeps the stream off the socket, and a change of mind puts it back', async () => {
    const { see, settings, sources, onSocket, pass, polled } = start({ ticker: 'rest' });
    see(TICKER);
    await pass(4);
    const [socketBefore, shown] = [[...onSocket], polled()];
    (settings as { ticker: string }).ticker = 'auto';
    await pass(1);
    expect({ socketBefore, shown, socketAfter: [...onSocket], polled: polled() }).toEqual({
      socketBefore: [],
      shown: [[streamKeyText(TICKER), 'late', 'rest']],
      socketAfter: [streamKeyText(TICKER)],
      polled: undefined,
    });
    sources.drop(TICKER);
    expect([...onSocket]).toEqual([]);
  });

  test('a watchlist is asked for once, and what the stream told meanwhile is not overwritten', async () => {
    const { see, sources, applied, ticker, state } = start();
    const eth = instrumentId('plain:ETH-USDT-PERP');
    sources.note({ ...ticker(eth), last: 7 });
    sources.warm([PLAIN_BTC, eth]);
    see(TICKER);
    await settle();
    see({ kind: 'ticker', instrument: eth });
    await settle();
    expect({ asked: state.asked, applied }).toEqual({
      asked: 1,
      applied: [
        { instrument: PLAIN_BTC, last: 1 },
        { instrument: eth, last: 7 },
      ],
    });
  });

  test('trades asked for are told once each, those of the newest millisecond as well', async () => {
    const { see, sources, state, trades, trade, pass } = start();
    see(TRADE);
    sources.note(trade(1, 100));
    sources.note(trade(2, 101));
    state.stream = 'stale';
    state.trades = [trade(1, 100), trade(2, 101), trade(3, 101), trade(4, 102)];
    await pass(5);
    state.trades = [trade(3, 101), trade(4, 102), trade(5, 102), trade(6, 102)];
    await pass(3);
    expect(trades).toEqual(['3', '4', '5', '6']);
  });

  test('an answer that does not reach back to the last one is a break: between the two something was traded', async () => {
    const { see, sources, state, trades, trade, pass } = start();
    see(TRADE);
    sources.note(trade(1, 100));
    state.stream = 'stale';
    state.trades = [trade(1, 100), trade(2, 101)];
    await pass(5);
    state.trades = [trade(8, 201), trade(9, 202)];
    await pass(3);
    expect(trades).toEqual(['2', 'break of trade', '8', '9']);
  });

  test('a market in which nothing is traded is not asked every three seconds whether something was', async () => {
    const { see, state, pass, polled } = start();
    see(TRADE);
    state.stream = 'pending';
    await pass(60);
    const quiet = [state.asked, polled()];
    state.connection = 'connecting';
    await pass(12);
    expect([quiet, state.asked, polled()?.length]).toEqual([[0, undefined], 1, 1]);
  });

  test('what is answered after nobody wants it any more is not told', async () => {
    const { see, sources, state, trades, trade, pass } = start({ trade: 'rest' });
    see(TRADE);
    let answer: () => void = () => undefined;
    state.hold = new Promise((resolve) => (answer = resolve));
    state.trades = [trade(1, 100)];
    await pass(1);
    sources.drop(TRADE);
    answer();
    await settle();
    expect(trades).toEqual([]);
  });

  test('the past of a tape is without what was not traded in the book', async () => {
    const { sources, state, trade } = start();
    state.trades = [trade(1, 100), trade(2, 101, { offBook: true }), trade(3, 102)];
    expect((await sources.loadTrades(PLAIN_BTC)).map(({ id }) => id)).toEqual(['1', '3']);
  });

  test('nothing is asked of a venue that is paused', async () => {
    const { see, sources, state, pass } = start({ ticker: 'rest' });
    state.isPaused = true;
    sources.warm([PLAIN_BTC]);
    see(TICKER);
    await pass(10);
    expect(state.asked).toBe(0);
  });
});

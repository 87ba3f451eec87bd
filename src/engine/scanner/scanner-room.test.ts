import { describe, expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import {
  type Instrument,
  instrumentId,
  instrumentName,
  venueId,
  venueOf,
} from '#shared/domain/instrument.ts';
import type { MarkEvent, TickerEvent } from '#shared/domain/market-data.ts';
import type { ScannerView } from '#shared/domain/scanner.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { AllTickers } from '../market/all-tickers.ts';
import type { Market } from '../market/market.ts';
import { createMarketList } from '../market/market-list.ts';
import { createScannerRoom } from './scanner-room.ts';

const MINUTE = 60_000;

function instrumentOf(text: string): Instrument {
  const id = instrumentId(text);
  const [base = '', quote = '', end] = instrumentName(id).split('-');
  return {
    id,
    venue: venueOf(id),
    kind: end === undefined ? 'spot' : 'perpetual',
    base,
    quote,
    status: 'trading',
    tickSize: '0.1',
    priceScale: 1,
    quantityStep: '1',
    quantityScale: 0,
    minQuantity: '1',
  };
}

/** An answer passes through a few promises. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Venues that answer as the test says. */
function openRoom() {
  const clock = createVirtualClock();
  const markets = createMarketList();
  const asked: Record<string, number> = {};
  const paused = new Set<string>();
  const answers: Record<string, () => AllTickers> = {};
  const add = (venue: string, canTell = true) => {
    asked[venue] = 0;
    markets.add({
      venue: { id: venueId(venue), name: venue },
      get isPaused() {
        return paused.has(venue);
      },
      row: () => undefined,
      dispose: () => undefined,
      ...(canTell
        ? {
            allTickers: async () => {
              asked[venue] = (asked[venue] ?? 0) + 1;
              const answer = answers[venue];
              if (!answer) throw new HeartlineError('rest.unreachable', 'no answer', { details: { venue } });
              return answer();
            },
          }
        : {}),
    } as unknown as Market);
  };
  const told = (
    prices: Record<string, number>,
    more: Partial<AllTickers> = {},
    funding?: number,
  ): AllTickers => ({
    instruments: Object.keys(prices).map(instrumentOf),
    unread: 0,
    events: Object.entries(prices).flatMap(([text, last]): (TickerEvent | MarkEvent)[] => {
      const at = { instrument: instrumentId(text), venueTime: clock.now(), receivedAt: clock.now() };
      const day = { open: 100, high: 1, low: 1, volume: 1, quoteVolume: 1_000 };
      return [
        { kind: 'ticker', ...at, last, ...day },
        ...(funding === undefined
          ? []
          : [{ kind: 'mark', ...at, markPrice: 1, indexPrice: 1, fundingRate: funding } as const]),
      ];
    }),
    ...more,
  });
  const room = createScannerRoom({
    clock,
    markets,
    fx: { rate: () => ({ krwPerUsd: 1_000, asOf: 0, source: 'typed' }), isStale: () => false },
  });
  let view: ScannerView | undefined;
  const rows = new Map<string, Record<string, number>>();
  const source = () => {
    const opened = room.watches.scanner({}, () => undefined);
    const take = () => {
      const update = opened.take();
      if (!update) return;
      view = update;
      for (const id of rows.keys()) if (update.renewed.includes(venueOf(instrumentId(id)))) rows.delete(id);
      for (const [at, id] of update.rows.instruments.entries()) {
        const { instruments: _, ...columns } = update.rows;
        rows.set(
          id,
          Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[at] ?? 0])),
        );
      }
    };
    return { take, dispose: opened.dispose };
  };
  const pass = async (ms: number, take: () => void = () => undefined) => {
    await settled();
    for (let at = 0; at < ms; at += 1_000) {
      clock.advance(1_000);
      room.second();
      await settled();
      take();
    }
  };
  return {
    clock,
    markets,
    room,
    add,
    answers,
    asked,
    paused,
    told,
    pass,
    source,
    rows,
    venue: (id: string) => view?.venues.find(({ venue }) => venue === id),
  };
}

describe('the scanner', () => {
  it('asks nobody while nobody looks, every venue every ten seconds while somebody does, once for all who look', async () => {
    const { add, answers, asked, told, pass, source } = openRoom();
    add('upbit');
    answers['upbit'] = () => told({ 'upbit:BTC-KRW': 110 });
    await pass(30_000);
    const before = asked['upbit'];
    const [one, other] = [source(), source()];
    await pass(60_000, one.take);
    const during = asked['upbit'];
    one.dispose();
    other.dispose();
    await pass(60_000);
    expect([before, during, asked['upbit']]).toEqual([0, 7, 7]);
  });

  it('tells day, funding, premium, comparable volume; and short moves only once it has sampled so long', async () => {
    const { add, answers, told, pass, source, rows, clock, venue } = openRoom();
    const startedAt = clock.now();
    const price = () => 110 + Math.floor((clock.now() - startedAt) / MINUTE);
    add('binance');
    add('upbit');
    answers['binance'] = () => told({ 'binance:BTC-USDT-PERP': price() }, {}, 0.0001);
    answers['upbit'] = () => told({ 'upbit:BTC-KRW': price() * 1_010 });
    const { take } = source();
    await pass(2_000, take);
    const first = rows.get('binance:BTC-USDT-PERP');
    expect(first).toMatchObject({
      last: 110,
      change: 110 / 100 - 1,
      quoteVolume: 1_000,
      usdVolume: 1_000,
      fundingRate: 0.0001,
      move5: Number.NaN,
      move15: Number.NaN,
      move60: Number.NaN,
    });
    expect(rows.get('upbit:BTC-KRW')).toMatchObject({ usdVolume: 1, fundingRate: Number.NaN });
    expect(rows.get('upbit:BTC-KRW')?.['premium']).toBeCloseTo(0.01, 9);
    await pass(6 * MINUTE, take);
    const later = rows.get('binance:BTC-USDT-PERP');
    expect(later?.['move5']).toBeCloseTo((later?.['last'] ?? 0) / 111 - 1, 2);
    expect([
      later?.['move15'],
      venue('binance')?.state,
      (venue('binance')?.sampledSince ?? 0) - startedAt,
    ]).toEqual([Number.NaN, 'read', 0]);
  });

  it('keeps a venue that fails, with why and its age; asks it less and less; and is well again when it is', async () => {
    const { add, answers, asked, told, pass, source, rows, clock, venue } = openRoom();
    add('upbit');
    add('bybit');
    answers['upbit'] = () => told({ 'upbit:BTC-KRW': 110 });
    const { take } = source();
    await pass(2_000, take);
    const readAt = venue('upbit')?.readAt;
    delete answers['upbit'];
    await pass(10 * MINUTE, take);
    expect(venue('upbit')).toMatchObject({
      state: 'failed',
      readAt,
      fault: { code: 'rest.unreachable', details: { venue: 'upbit' } },
    });
    expect(venue('upbit')?.triesAgainAt).toBeGreaterThan(clock.now());
    expect(rows.get('upbit:BTC-KRW')).toMatchObject({ last: 110, receivedAt: readAt });
    expect(venue('bybit')).toMatchObject({ state: 'failed', readAt: Number.NaN });
    expect(asked['upbit']).toBeLessThan(12);
    answers['upbit'] = () => told({ 'upbit:BTC-KRW': 111 });
    await pass(8 * MINUTE, take);
    expect([venue('upbit')?.state, venue('upbit')?.fault, rows.get('upbit:BTC-KRW')?.['last']]).toEqual([
      'read',
      undefined,
      111,
    ]);
  });

  it('says what is only a part, what could not be read, what cannot tell, what is paused; and asks the last two nothing', async () => {
    const { add, answers, asked, told, pass, source, paused, venue } = openRoom();
    add('bybit');
    add('upbit');
    add('ccxt:kraken', false);
    paused.add('upbit');
    const fault = new HeartlineError('rest.timeout', 'spot did not answer');
    answers['bybit'] = () => told({ 'bybit:BTC-USDT': 1 }, { fault, unread: 3 });
    const { take } = source();
    await pass(5_000, take);
    expect(['bybit', 'upbit', 'ccxt:kraken'].map((id) => [venue(id)?.state, venue(id)?.unread])).toEqual([
      ['part', 3],
      ['paused', 0],
      ['unsupported', 0],
    ]);
    expect(asked['upbit']).toBe(0);
    paused.clear();
    answers['upbit'] = () => told({ 'upbit:BTC-KRW': 1 });
    await pass(3_000, take);
    expect(venue('upbit')?.state).toBe('read');
  });

  it('drops a delisted instrument, keeps what a reading left out with its age, and forgets a venue that was removed', async () => {
    const { add, answers, told, pass, source, rows, markets, clock } = openRoom();
    add('upbit');
    answers['upbit'] = () => told({ 'upbit:BTC-KRW': 1, 'upbit:ETH-KRW': 2, 'upbit:OLD-KRW': 3 });
    const { take } = source();
    await pass(2_000, take);
    const at = clock.now();
    answers['upbit'] = () => {
      const whole = told({ 'upbit:BTC-KRW': 5 });
      return { ...whole, instruments: ['upbit:BTC-KRW', 'upbit:ETH-KRW'].map(instrumentOf) };
    };
    await pass(20_000, take);
    expect([...rows].map(([id, row]) => [id, row['last'], (row['receivedAt'] ?? 0) > at])).toEqual([
      ['upbit:BTC-KRW', 5, true],
      ['upbit:ETH-KRW', 2, false],
    ]);
    markets.remove('upbit');
    await pass(1_000, take);
    expect(rows.size).toBe(0);
  });
});

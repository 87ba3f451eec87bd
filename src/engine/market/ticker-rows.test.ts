import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createTickerRows } from './ticker-rows.ts';

const instrument = instrumentId('binance:BTC-USDT-PERP');

describe('ticker rows', () => {
  test('take the last price from whatever the venue said last, and never from a print outside the book', () => {
    const rows = createTickerRows();
    const told: number[] = [];
    const trade = (price: number, venueTime: number, offBook = false) => {
      rows.apply({
        kind: 'trade',
        instrument,
        id: '1',
        price,
        quantity: 1,
        side: 'buy',
        venueTime,
        receivedAt: venueTime,
        ...(offBook ? { offBook: true as const } : {}),
      });
      told.push(rows.row(instrument)?.last ?? Number.NaN);
    };
    trade(100, 1000);
    trade(28_722.5, 1001, true);
    rows.apply({
      kind: 'ticker',
      instrument,
      last: 99,
      open: 90,
      high: 110,
      low: 80,
      volume: 1,
      quoteVolume: 1,
      venueTime: 900,
      receivedAt: 1002,
    });
    told.push(rows.row(instrument)?.last ?? Number.NaN);
    trade(101, 1003);
    expect(told).toEqual([100, 100, 100, 101]);
  });

  test('ignore a best bid and ask older than the one held', () => {
    const rows = createTickerRows();
    const top = (updateId: number, bidPrice: number) =>
      rows.apply({
        kind: 'top',
        instrument,
        updateId,
        bidPrice,
        bidQuantity: 1,
        askPrice: bidPrice + 1,
        askQuantity: 1,
        venueTime: 0,
        receivedAt: 0,
      });
    expect([top(2, 50), top(1, 40), rows.row(instrument)?.bid]).toEqual([true, false, 50]);
  });
});

test('a price never borrows the age of its neighbour', () => {
  const rows = createTickerRows();
  rows.apply({
    kind: 'trade',
    instrument,
    id: '1',
    price: 100,
    quantity: 1,
    side: 'buy',
    venueTime: 1000,
    receivedAt: 1000,
  });
  rows.apply({
    kind: 'top',
    instrument,
    updateId: 1,
    bidPrice: 99,
    bidQuantity: 1,
    askPrice: 101,
    askQuantity: 1,
    venueTime: 60_000,
    receivedAt: 60_000,
  });
  const row = rows.row(instrument);
  expect([row?.lastReceivedAt, row?.topReceivedAt, row?.markReceivedAt]).toEqual([1000, 60_000, Number.NaN]);
});

test('takes prices again from a venue that started anew and counts from the beginning, once the stream had broken', () => {
  const rows = createTickerRows();
  const top = (updateId: number, bidPrice: number) =>
    rows.apply({
      kind: 'top',
      instrument,
      updateId,
      bidPrice,
      bidQuantity: 1,
      askPrice: 300,
      askQuantity: 1,
      venueTime: 0,
      receivedAt: 0,
    });
  top(9000, 99);
  const late = top(1, 50);
  rows.interrupted({ kind: 'top', instrument });
  const anew = top(1, 100);
  expect([late, anew, rows.row(instrument)?.bid]).toEqual([false, true, 100]);
});

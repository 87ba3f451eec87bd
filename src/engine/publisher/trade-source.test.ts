import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';
import { createTradeSource } from './trade-source.ts';

const trade = (id: number): TradeEvent => ({
  kind: 'trade',
  instrument: instrumentId('binance:BTC-USDT-PERP'),
  id: String(id),
  price: id,
  quantity: 1,
  side: id % 2 === 0 ? 'buy' : 'sell',
  venueTime: id,
  receivedAt: id,
});

function start(backlog: number) {
  const tape = Array.from({ length: backlog }, (_, index) => trade(index + 1));
  const source = createTradeSource({ recent: () => tape, onDispose: () => undefined });
  const push = (id: number) => {
    tape.push(trade(id));
    source.push(trade(id));
  };
  return { source, push };
}

describe('trade source', () => {
  test('gives the past once, then every trade exactly once, in order', () => {
    const { source, push } = start(2);
    push(3);
    const first = source.take();
    push(4);
    push(5);
    const second = source.take();
    expect([first?.restart, first?.ids, second?.restart, second?.ids, source.take()]).toEqual([
      true,
      ['1', '2', '3'],
      false,
      ['4', '5'],
      undefined,
    ]);
  });

  test('keeps the newest when the window is too slow and counts exactly what it left out', () => {
    const { source, push } = start(1);
    source.take();
    for (let id = 2; id < 5002; id += 1) push(id);
    const update = source.take();
    push(9999);
    expect([update?.ids.length, update?.ids[0], update?.dropped, source.take()?.dropped]).toEqual([
      2000,
      '3002',
      3000,
      0,
    ]);
  });

  test('sends the whole tape again after the past was repaired', () => {
    const { source, push } = start(1);
    source.take();
    push(2);
    source.restart();
    expect(source.take()).toMatchObject({ restart: true, ids: ['1', '2'] });
  });
});

import { describe, expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { Drawing } from '#shared/domain/drawing.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createFakeClient } from '../../../stores/test-kit/fake-client.ts';
import { fibonacciPrice, type PanePlaces, partUnder, shapesOf } from './drawing-shapes.ts';
import { holdDrawings } from './drawings.ts';
import { measure, stepTime } from './measure.ts';
import { snapPoint } from './snap-point.ts';

const btc = instrumentId('binance:BTC-USDT-PERP');
const MINUTE = 60_000;

function line(id: string, price: number): Drawing {
  const points = [{ time: 0, price }];
  return { id, kind: 'horizontal', name: '', ink: 'blue', locked: false, hidden: false, points };
}

// Ten pixels to a minute, one to a unit of price, 200 at the top.
const places: PanePlaces = {
  width: 400,
  height: 200,
  x: (time) => (time / MINUTE) * 10,
  y: (price) => 200 - price,
};

describe('drawings of one instrument', () => {
  it('are one for all its charts, and the watch ends with the last of them', () => {
    const client = createFakeClient();
    const one = holdDrawings(client, btc);
    const other = holdDrawings(client, btc);
    one.drawings.put(line('a', 1));
    const both = [one, other].map(({ drawings }) => drawings.store.getState().drawings.map(({ id }) => id));
    const watches = [client.opened.length];
    one.undo();
    one.undo();
    watches.push(client.opened.length);
    other.undo();
    watches.push(client.opened.length);
    expect({ both, watches }).toEqual({ both: [['a'], ['a']], watches: [1, 1, 0] });
  });

  it('show a change at once, and what the engine has where it was refused', async () => {
    const client = createFakeClient();
    const { drawings } = holdDrawings(client, btc);
    client.opened[0]?.onUpdate({ instrument: btc, drawings: [line('a', 1)] } as never);
    drawings.put(line('b', 2));
    const shown = drawings.store.getState().drawings.length;
    const full = new HeartlineError('drawings.full', 'full');
    client.asked[0]?.reject(full);
    await Promise.resolve();
    await Promise.resolve();
    const { drawings: after, fault } = drawings.store.getState();
    expect({ shown, after, fault }).toEqual({ shown: 2, after: [line('a', 1)], fault: full });
  });
});

describe('what is drawn', () => {
  it('of a Fibonacci retracement runs from the end of the move to its beginning and beyond', () => {
    const from = { time: 0, price: 100 };
    const to = { time: 10 * MINUTE, price: 150 };
    expect([0, 0.382, 0.5, 1, 1.618].map((level) => fibonacciPrice(from, to, level))).toEqual([
      150, 130.9, 125, 100, 69.1,
    ]);
    const down = shapesOf(
      {
        kind: 'fibonacci',
        points: [
          { time: 0, price: 10 },
          { time: MINUTE, price: 150 },
        ],
      },
      places,
    );
    expect(down.flatMap((shape) => (shape.kind === 'price' ? [shape.level] : []))).toEqual([
      // 1.272 and 1.618 would lie below nothing.
      0, 0.236, 0.382, 0.5, 0.618, 0.786, 1,
    ]);
  });

  it('is taken by its points before its lines, and not from afar', () => {
    const trend = {
      kind: 'trend',
      points: [
        { time: 0, price: 100 },
        { time: 10 * MINUTE, price: 200 },
      ],
    } as const;
    const under = (x: number, y: number) => partUnder(trend, places, { x, y });
    expect([under(2, 98), under(99, 1), under(50, 52), under(50, 60), under(200, 0)]).toEqual([
      { kind: 'point', index: 0 },
      { kind: 'point', index: 1 },
      { kind: 'whole' },
      undefined,
      undefined,
    ]);
  });

  it('has no place where the chart has none for its points', () => {
    const nowhere = { ...places, y: () => undefined };
    expect(
      shapesOf(
        {
          kind: 'trend',
          points: [
            { time: 0, price: 1 },
            { time: 1, price: 2 },
          ],
        },
        nowhere,
      ),
    ).toEqual([]);
  });
});

describe('a point', () => {
  const candle = { open: 100, high: 130, low: 90, close: 120 };
  const heightOf = (price: number) => 200 - price;
  const onStep = (price: number) => Math.round(price);
  it('goes to the price of the candle that is near, else to the nearest step', () => {
    const at = (price: number, own: typeof candle | undefined) =>
      snapPoint({ time: 5, price }, own, heightOf, onStep).price;
    expect([at(104.4, candle), at(127.2, candle), at(60.4, candle), at(104.4, undefined)]).toEqual([
      100, 130, 60, 104,
    ]);
  });
});

describe('a measure', () => {
  it('tells candles, time, price and percent, towards the past as well', () => {
    const from = { time: 0, price: 200 };
    const to = { time: 90 * MINUTE, price: 150 };
    expect([measure(from, to, '15m'), measure(to, from, '1m')]).toEqual([
      { candles: 6, ms: 90 * MINUTE, price: -50, percent: -25 },
      { candles: -90, ms: -90 * MINUTE, price: 50, percent: (50 / 150) * 100 },
    ]);
    expect(measure({ time: 0, price: 0 }, to, '1m').percent).toBeNaN();
  });

  it('steps by candles and never before the beginning of time', () => {
    expect([stepTime('15m', 90 * MINUTE, -2), stepTime('1m', 0, -5)]).toEqual([60 * MINUTE, 0]);
  });
});

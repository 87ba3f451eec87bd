import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coinsNamed } from '../test-kit/trace.ts';
import { type Frame, Wire, type WireClient } from '../test-kit/wire.ts';

let wire: Wire;
afterEach(() => wire.close());

type Value = Frame['value'];

function told(client: WireClient, topic: string): Value[] {
  return client.frames.map(({ value }) => value).filter((value) => value?.topic === topic);
}

const truthOf = (category: string, symbol: string) => `venue=bybit&category=${category}&symbol=${symbol}`;

/** Applies a book topic's frames as the venue's page says. */
function replay(frames: readonly Value[]): {
  bids: Map<string, string>;
  asks: Map<string, string>;
  seq: number;
} {
  const held = { bids: new Map<string, string>(), asks: new Map<string, string>(), seq: 0 };
  for (const { type, data } of frames) {
    for (const [side, levels] of [
      [held.bids, data.b],
      [held.asks, data.a],
    ] as const) {
      if (type === 'snapshot') side.clear();
      for (const [price, quantity] of levels) {
        if (quantity === '0') side.delete(price);
        else side.set(price, quantity);
      }
    }
    held.seq = data.seq;
  }
  return held;
}

function best(side: Map<string, string>, sign: 1 | -1): [number, number][] {
  return [...side]
    .map(([price, quantity]) => [Number(price), Number(quantity)] as [number, number])
    .sort((a, b) => (a[0] - b[0]) * sign);
}

describe('books on the wire', () => {
  beforeEach(async () => {
    wire = await Wire.open({ venue: 'bybit', coins: coinsNamed('BTCUSDT', 'ETHUSDT') });
    await wire.control('POST', '/activity', { multiplier: 10 });
  });

  it.each([
    ['linear', 50],
    ['linear', 200],
    ['linear', 1000],
    ['spot', 50],
    ['spot', 200],
  ])(
    'tells a %s book %i deep whose snapshot and deltas make the true book, numbered without a hole',
    async (family, depth) => {
      const client = await wire.connect(`/v5/public/${family}`).open();
      const topic = `orderbook.${depth}.BTCUSDT`;
      client.ws.send(JSON.stringify({ op: 'subscribe', args: [topic] }));
      await client.until('deltas', () => told(client, topic).length > 12);
      const frames = told(client, topic);
      expect(frames.map(({ type }) => type)).toEqual(['snapshot', ...frames.slice(1).map(() => 'delta')]);
      const [first] = frames;
      expect(frames.map(({ data }) => data.u - first.data.u)).toEqual(frames.map((_, index) => index));
      const held = replay(frames);
      const { body } = await wire.control(
        'GET',
        `/truth/book?${truthOf(family, 'BTCUSDT')}&updateId=${held.seq}&limit=${depth}`,
      );
      const numbers = (levels: [string, string][]) => levels.map(([p, q]) => [Number(p), Number(q)]);
      expect({ bids: best(held.bids, -1), asks: best(held.asks, 1) }).toEqual({
        bids: numbers(body.bids),
        asks: numbers(body.asks),
      });
      // Who comes later begins with a snapshot of the same count.
      const late = await wire.connect(`/v5/public/${family}`).open();
      late.ws.send(JSON.stringify({ op: 'subscribe', args: [topic] }));
      await late.until('a delta', () => told(late, topic).length > 1);
      const [start, next] = told(late, topic);
      expect([start.type, next.type, next.data.u - start.data.u]).toEqual(['snapshot', 'delta', 1]);
      const same = await client.until('the same frame', () =>
        told(client, topic).find(({ data }) => data.u === next.data.u),
      );
      expect(same).toEqual(next);
    },
  );

  it('repeats an unchanged best level after three seconds, with the same count', async () => {
    await wire.control('POST', '/activity', { multiplier: 0 });
    const client = await wire.connect('/v5/public/linear').open();
    client.ws.send(JSON.stringify({ op: 'subscribe', args: ['orderbook.1.ETHUSDT'] }));
    await client.until('a repeat', () => told(client, 'orderbook.1.ETHUSDT').length >= 2);
    const [first, second] = told(client, 'orderbook.1.ETHUSDT');
    expect([first.type, second.type, second.data.u - first.data.u]).toEqual(['snapshot', 'snapshot', 0]);
    expect(second.ts - first.ts).toBeGreaterThanOrEqual(3000);
  });
});

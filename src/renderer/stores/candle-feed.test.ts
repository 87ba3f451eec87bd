import { describe, expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createCandleFeed } from './candle-feed.ts';
import { candleColumns, candleUpdate, MINUTE, minutes } from './test-kit/candle-columns.ts';
import { createFakeClient } from './test-kit/fake-client.ts';

const btc = instrumentId('binance:BTC-USDT-PERP');
const eth = instrumentId('binance:ETH-USDT-PERP');

function begin() {
  const client = createFakeClient();
  const clock = createVirtualClock();
  const feed = createCandleFeed(client, clock);
  const changes: string[] = [];
  feed.changes.on(({ change, live }) => changes.push(`${live ? 'live' : 'page'} ${change.kind}`));
  const held = () =>
    feed.store.getState().series.candles.map((candle) => [candle.openTime / MINUTE, candle.close]);
  return { client, feed, changes, held, clock };
}

describe('the candles of a chart', () => {
  it('join the page and what the stream said while the page was on its way', async () => {
    const { client, feed, changes, held } = begin();
    feed.follow(btc, '1m');
    client.tell('candles', candleUpdate({ minute: 12, close: 99, closed: false }));
    client.tell('candles', candleUpdate({ minute: 13, close: 13.5, closed: false }));
    expect(changes).toEqual([]);
    await client.answer('candles.load', { candles: candleColumns(minutes(10, 13)), hasOlder: true });
    client.tell('candles', candleUpdate({ minute: 13, close: 14, closed: false }));
    expect({ held: held(), changes }).toEqual({
      held: [
        [10, 10],
        [11, 11],
        [12, 99],
        [13, 14],
      ],
      changes: ['page all', 'live from'],
    });
  });

  it('ignore a page that comes after the person has gone on to another instrument', async () => {
    const { client, feed, held } = begin();
    feed.follow(btc, '1m');
    feed.follow(eth, '1m');
    await client.answer('candles.load', { candles: candleColumns(minutes(0, 5)), hasOlder: true });
    expect(held()).toEqual([]);
    await client.answer('candles.load', { candles: candleColumns(minutes(7, 8)), hasOlder: true });
    expect({ held: held(), watched: client.opened.map(({ input }) => input) }).toEqual({
      held: [[7, 7]],
      watched: [{ instrument: eth, interval: '1m' }],
    });
  });

  it('fetch older pages one at a time until the venue has none', async () => {
    const { client, feed, held } = begin();
    feed.follow(btc, '1m');
    await client.answer('candles.load', { candles: candleColumns(minutes(10, 12)), hasOlder: true });
    feed.loadOlder();
    feed.loadOlder();
    expect(client.asked.map(({ input }) => input)).toEqual([
      { instrument: btc, interval: '1m', limit: 1_000, before: 10 * MINUTE },
    ]);
    await client.answer('candles.load', { candles: candleColumns(minutes(8, 10)), hasOlder: false });
    feed.loadOlder();
    expect({ held: held(), older: feed.store.getState().older, asked: client.asked }).toEqual({
      held: minutes(8, 12).map(({ minute, close }) => [minute, close]),
      older: { kind: 'exhausted' },
      asked: [],
    });
  });

  it('stop asking when a page brings nothing new, whatever it promises', async () => {
    const { client, feed } = begin();
    feed.follow(btc, '1m');
    await client.answer('candles.load', { candles: candleColumns(minutes(10, 12)), hasOlder: true });
    feed.loadOlder();
    await client.answer('candles.load', { candles: candleColumns([]), hasOlder: true });
    expect(feed.store.getState().older).toEqual({ kind: 'exhausted' });
  });

  it('say why there is no history, and try again by themselves', async () => {
    const { client, feed, held, clock } = begin();
    const error = new HeartlineError('rest.unreachable', 'no route');
    feed.follow(btc, '1m');
    await client.refuse('candles.load', error);
    expect(feed.store.getState().history).toEqual({ kind: 'failed', error });
    clock.advance(5_000);
    await client.answer('candles.load', { candles: candleColumns(minutes(1, 2)), hasOlder: true });
    expect({ history: feed.store.getState().history, held: held() }).toEqual({
      history: { kind: 'ready' },
      held: [[1, 1]],
    });
  });

  it('close the hole of a lost link with the latest page, without undoing what came live since', async () => {
    const { client, feed, held } = begin();
    feed.follow(btc, '1m');
    await client.answer('candles.load', { candles: candleColumns(minutes(1, 4)), hasOlder: true });
    client.become('waiting');
    client.become('open');
    client.tell('candles', candleUpdate({ minute: 6, close: 66, closed: false }));
    await client.answer('candles.load', {
      candles: candleColumns(minutes(2, 7).map((row) => ({ ...row, close: row.close * 10 }))),
      hasOlder: true,
    });
    expect(held()).toEqual([
      [1, 1],
      [2, 20],
      [3, 30],
      [4, 40],
      [5, 50],
      [6, 66],
    ]);
  });
});

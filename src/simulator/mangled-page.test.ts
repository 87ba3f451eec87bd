import { afterEach, describe, expect, it } from 'vitest';
import { coinsNamed, MINUTE } from './test-kit/trace.ts';
import { type Frame, Wire } from './test-kit/wire.ts';

let wire: Wire;
afterEach(() => wire.close());

type Value = Frame['value'];

describe.each([
  ['binance', '/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=12', (body: Value) => body],
  [
    'bybit',
    '/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&limit=12',
    (body: Value) => body.result.list,
  ],
])('a mangled page of %s candles', (venue, path, rowsOf) => {
  it('is short, doubled or out of order, each row itself as it truly is', async () => {
    wire = await Wire.open({ venue, coins: coinsNamed('BTCUSDT') });
    await wire.control('POST', '/pause');
    // What a row's place in the good page is, counted from the oldest.
    const good = rowsOf((await wire.rest(path)).body) as Value[];
    const times = good.map((row) => Number(row[0]));
    const oldest = Math.min(...times);
    const places: Record<string, number[]> = {};
    for (const style of ['short', 'double', 'unordered']) {
      await wire.fault({ kind: 'page', style, path: 'kline', count: 1 });
      const rows = rowsOf((await wire.rest(path)).body) as Value[];
      expect(rows.every((row) => good.some((one) => JSON.stringify(one) === JSON.stringify(row)))).toBe(true);
      const found = rows.map((row) => (Number(row[0]) - oldest) / MINUTE);
      places[style] = venue === 'bybit' ? found.reverse() : found;
    }
    const double =
      venue === 'bybit'
        ? [0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 11, 11]
        : [0, 0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9, 10, 11];
    expect(places).toEqual({
      short: [6, 7, 8, 9, 10, 11],
      double,
      unordered: [1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10],
    });
    expect(rowsOf((await wire.rest(path)).body)).toEqual(good);
  });
});

describe('frames with fields nobody knows', () => {
  it('hold everything else unchanged', async () => {
    wire = await Wire.open({ venue: 'bybit', coins: coinsNamed('BTCUSDT') });
    await wire.control('POST', '/activity', { multiplier: 10 });
    const [plain, extended] = await Promise.all(
      [1, 2].map(async () => {
        const client = await wire.connect('/v5/public/linear').open();
        client.ws.send('{"op":"subscribe","args":["publicTrade.BTCUSDT"]}');
        return client;
      }),
    );
    if (!plain || !extended) throw new Error('no client');
    await wire.fault({ kind: 'extraFields', connectionId: 2 });
    const frame = await extended.next(
      'a trade',
      ({ topic, sim_new }) => topic !== undefined && sim_new === null,
    );
    const { sim_new: _, sim_more, ...rest } = frame;
    const same = await plain.until(
      'the same',
      () => plain.frames.find(({ value }) => value.ts === rest.ts)?.value,
    );
    expect([rest, sim_more]).toEqual([same, { of: ['it', 1] }]);
  });
});

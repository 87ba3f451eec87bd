import { afterEach, describe, expect, it } from 'vitest';
import { coinsNamed, MINUTE } from '../test-kit/trace.ts';
import { type Frame, Wire, type WireClient } from '../test-kit/wire.ts';

let wire: Wire;
afterEach(() => wire.close());

type Value = Frame['value'];

function told(client: WireClient, topic: string): Value[] {
  return client.frames.map(({ value }) => value).filter((value) => value?.topic === topic);
}

describe('candles on the wire', () => {
  it.each(['linear', 'spot'])(
    'close once on %s, agree with REST and the truth, and go on',
    async (family) => {
      wire = await Wire.open({ venue: 'bybit', coins: coinsNamed('BTCUSDT'), speed: 60 });
      const truth = `venue=bybit&category=${family}&symbol=BTCUSDT`;
      const client = await wire.connect(`/v5/public/${family}`).open();
      const topic = 'kline.1.BTCUSDT';
      client.ws.send(JSON.stringify({ op: 'subscribe', args: [topic, 'kline.3.BTCUSDT'] }));
      const rows = (name: string) => told(client, name).flatMap(({ data }) => data);
      const closed = (name: string) => rows(name).filter(({ confirm }) => confirm);
      await client.until(
        'closed candles',
        () => closed(topic).length >= 3 && closed('kline.3.BTCUSDT').length >= 1,
      );
      const ended = closed(topic);
      expect(ended.map(({ start }) => start)).toEqual(
        ended.map((_, index) => ended[0].start + index * MINUTE),
      );
      const { body } = await wire.control('GET', `/truth/candles?${truth}&limit=10`);
      for (const { start, end, open, high, low, close, volume, turnover } of ended) {
        const query = `category=${family}&symbol=BTCUSDT&interval=1&start=${start}&end=${end}`;
        const rest = (await wire.rest(`/v5/market/kline?${query}`)).body.result.list;
        expect(rest).toEqual([[String(start), open, high, low, close, volume, turnover]]);
        const truth = body.candles.find(({ openTime }: Value) => openTime === start);
        expect([truth.open, truth.high, truth.low, truth.close, truth.volume].map(Number)).toEqual(
          [open, high, low, close, volume].map(Number),
        );
      }
      // Linear tells the end and the beginning in one frame, spot in two.
      const ends = told(client, topic).filter(({ data }) => data.some(({ confirm }: Value) => confirm));
      expect(new Set(ends.map(({ data }) => data.length))).toEqual(new Set([family === 'linear' ? 2 : 1]));
      const all = rows(topic);
      const late = all.filter((row, index) =>
        all.slice(0, index).some((other) => other.confirm && other.start >= row.start),
      );
      expect(late).toEqual([]);
    },
  );
});

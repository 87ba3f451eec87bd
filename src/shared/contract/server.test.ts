import { describe, expect, test } from 'vitest';
import { HeartlineError } from '../base/errors.ts';
import { createChannelPair } from '../test-kit/channel-pair.ts';
import type { ScriptedApi } from '../test-kit/scripted-api.ts';
import { createScriptedApi } from '../test-kit/scripted-api.ts';
import { createVirtualClock } from '../test-kit/virtual-clock.ts';
import type { ClientMessage, ServerMessage } from './protocol.ts';
import type { ServeClientOptions } from './server.ts';
import { serveClient } from './server.ts';

function serve(api: ScriptedApi = createScriptedApi(), options: ServeClientOptions = {}) {
  const clock = createVirtualClock();
  const { client, server } = createChannelPair();
  const heard: ServerMessage[] = [];
  const faults: unknown[] = [];
  let closed = false;
  client.onMessage((message) => heard.push(message));
  client.onClose(() => {
    closed = true;
  });
  const undo = serveClient(server, api, clock, { onFault: (fault) => faults.push(fault), ...options });
  return {
    api,
    clock,
    undo,
    faults,
    client,
    say: (message: unknown) => client.send(message as ClientMessage),
    /** What was heard since the last time, once promises have settled. */
    async hear() {
      await new Promise<void>((resolve) => setImmediate(resolve));
      return heard.splice(0);
    },
    get closed() {
      return closed;
    },
  };
}

const candles = { instrument: 'binance:BTC-USDT-PERP', interval: '1m' };

test.each(['the client', 'the host', 'a message that is none'])('the end is told once, ended by %s', (by) => {
  const ends: string[] = [];
  const s = serve(createScriptedApi(), { onEnd: () => ends.push(by) });
  if (by === 'the client') s.client.close();
  else if (by === 'the host') s.undo();
  else s.say({ t: 'nonsense' });
  s.undo();
  expect(ends).toEqual([by]);
});

describe('requests', () => {
  test('an answer carries what the api gave for the checked input', async () => {
    const s = serve(createScriptedApi(() => ({ hello: 'there' })));
    s.say({ t: 'request', id: 1, name: 'candles.load', input: { ...candles, limit: 10 } });
    expect(await s.hear()).toEqual([{ t: 'answer', id: 1, output: { hello: 'there' } }]);
    expect(s.api.asked).toEqual([['candles.load', { ...candles, limit: 10 }]]);
  });

  test.each([
    ['candles.load', { ...candles, interval: '7m', limit: 10 }, 'input.invalid', /^interval: /],
    ['candles.load', { ...candles, limit: 10, extra: 1 }, 'input.invalid', /extra/],
    [
      'candles.load',
      { ...candles, instrument: 'BTCUSDT', limit: 1 },
      'input.invalid',
      /not an instrument id: BTCUSDT/,
    ],
    ['candles.load', null, 'input.invalid', /object/],
    ['candles.drop', {}, 'request.unknown', /candles\.drop/],
    ['constructor', {}, 'request.unknown', /constructor/],
  ])('%s with %j is refused as %s and never reaches the api', async (name, input, code, message) => {
    const s = serve();
    s.say({ t: 'request', id: 1, name, input });
    expect(await s.hear()).toEqual([
      {
        t: 'refusal',
        id: 1,
        error: expect.objectContaining({ code, message: expect.stringMatching(message) }),
      },
    ]);
    expect(s.api.asked).toEqual([]);
  });

  test('an error of ours keeps its code and details; any other is internal, without its stack, and reported', async () => {
    const bug = new TypeError('x is not a function');
    const s = serve(
      createScriptedApi((name) => {
        throw name === 'settings.read'
          ? bug
          : new HeartlineError('venue.error', 'no answer', { details: { venue: 'binance' } });
      }),
    );
    s.say({ t: 'request', id: 1, name: 'instruments.list', input: {} });
    s.say({ t: 'request', id: 2, name: 'settings.read', input: {} });
    expect(await s.hear()).toEqual([
      {
        t: 'refusal',
        id: 1,
        error: { code: 'venue.error', message: 'no answer', details: { venue: 'binance' } },
      },
      { t: 'refusal', id: 2, error: { code: 'internal', message: 'x is not a function', details: {} } },
    ]);
    expect(s.faults).toEqual([bug]);
  });

  test('an id in use is refused, and so is one request too many', async () => {
    const s = serve(
      createScriptedApi(() => new Promise(() => undefined)),
      { maxRequests: 2 },
    );
    for (const id of [1, 1, 2, 3]) s.say({ t: 'request', id, name: 'settings.read', input: {} });
    expect(await s.hear()).toEqual([
      { t: 'refusal', id: 1, error: expect.objectContaining({ code: 'id.duplicate' }) },
      { t: 'refusal', id: 3, error: expect.objectContaining({ code: 'request.too-many' }) },
    ]);
  });

  test('a flood is refused and passes again at its rate', async () => {
    const s = serve(undefined, { rate: { burst: 2, perSecond: 10 } });
    const ask = (id: number) => s.say({ t: 'request', id, name: 'settings.read', input: {} });
    for (const id of [1, 2, 3]) ask(id);
    s.clock.advance(100);
    for (const id of [4, 5]) ask(id);
    const told = (await s.hear()).map((m) => [m.t, 'id' in m && m.id, 'error' in m && m.error.code]);
    expect(told.toSorted()).toEqual([
      ['answer', 1, false],
      ['answer', 2, false],
      ['answer', 4, false],
      ['refusal', 3, 'rate-limit'],
      ['refusal', 5, 'rate-limit'],
    ]);
  });

  test('a message that is not of the protocol closes the channel', async () => {
    for (const raw of [
      null,
      'hello',
      {},
      { t: 'request', id: 0, name: 'x' },
      { t: 'ack' },
      { t: 'watch', id: 1.5 },
    ]) {
      const s = serve();
      s.say({ t: 'watch', id: 1, name: 'health', input: {} });
      s.say(raw);
      expect([s.closed, s.api.sources[0]?.disposed]).toEqual([true, true]);
    }
  });
});

describe('watches', () => {
  const watching = (options?: ServeClientOptions) => {
    const s = serve(undefined, options);
    s.say({ t: 'watch', id: 1, name: 'health', input: {} });
    s.say({ t: 'watch', id: 2, name: 'candles', input: candles });
    const [health, chart] = s.api.sources;
    if (!health || !chart) throw new Error('the watches did not open');
    s.clock.advance(4);
    return { ...s, health, chart };
  };

  test('everything that changes within 4 ms leaves in one batch', async () => {
    const { clock, health, chart, hear } = watching();
    health.offer('a');
    clock.advance(2);
    health.offer('b');
    chart.offer('c');
    expect(await hear()).toEqual([]);
    clock.advance(2);
    expect(await hear()).toEqual([
      {
        t: 'batch',
        seq: 1,
        updates: [
          [1, 'b'],
          [2, 'c'],
        ],
      },
    ]);
  });

  test('what a source holds when opened is its first update, without a change', async () => {
    const s = serve();
    s.say({ t: 'watch', id: 1, name: 'health', input: {} });
    s.clock.advance(4);
    expect(s.api.sources[0]?.takes).toBe(1);
  });

  test('no second batch leaves before the first is acknowledged; nothing is taken meanwhile', async () => {
    const { clock, health, hear, say } = watching();
    health.offer('first');
    clock.advance(4);
    const takes = health.takes;
    for (let index = 0; index < 1_000; index += 1) {
      health.offer(index);
      clock.advance(1);
    }
    expect([(await hear()).length, health.takes - takes]).toEqual([1, 0]);

    say({ t: 'ack', seq: 99 });
    expect(await hear()).toEqual([]);
    say({ t: 'ack', seq: 1 });
    expect(await hear()).toEqual([{ t: 'batch', seq: 2, updates: [[1, 999]] }]);
  });

  test('a source that throws is refused and disposed; the others go on', async () => {
    const { clock, health, chart, hear, say } = watching();
    health.fail(new HeartlineError('stream.gone', 'delisted'));
    chart.offer('still here');
    clock.advance(4);
    expect(await hear()).toEqual([
      { t: 'watch-refusal', id: 1, error: { code: 'stream.gone', message: 'delisted', details: {} } },
      { t: 'batch', seq: 1, updates: [[2, 'still here']] },
    ]);
    expect([health.disposed, chart.disposed]).toEqual([true, false]);

    say({ t: 'ack', seq: 1 });
    health.offer('too late');
    clock.advance(4);
    expect(await hear()).toEqual([]);
  });

  test('an unwatch disposes its source and only that', async () => {
    const { clock, health, chart, hear, say } = watching();
    health.offer('never sent');
    say({ t: 'unwatch', id: 1 });
    say({ t: 'unwatch', id: 77 });
    chart.offer('sent');
    clock.advance(4);
    expect([health.disposed, await hear()]).toEqual([true, [{ t: 'batch', seq: 1, updates: [[2, 'sent']] }]]);
  });

  test('unknown names, bad inputs, unknown instruments, used ids and one too many are refused', async () => {
    const { hear, say, api } = watching({ maxWatches: 2 });
    say({ t: 'watch', id: 3, name: 'health', input: {} });
    say({ t: 'unwatch', id: 2 });
    say({ t: 'watch', id: 1, name: 'health', input: {} });
    say({ t: 'watch', id: 4, name: 'toString', input: {} });
    say({ t: 'watch', id: 5, name: 'book', input: { instrument: 'binance:A-B', depth: 0 } });
    say({ t: 'watch', id: 6, name: 'trades', input: { instrument: 'nowhere:A-B' } });
    const told = (await hear()).map((m) => m.t === 'watch-refusal' && [m.id, m.error.code]);
    expect(told).toEqual([
      [3, 'watch.too-many'],
      [1, 'id.duplicate'],
      [4, 'watch.unknown'],
      [5, 'input.invalid'],
      [6, 'instrument.unknown'],
    ]);
    expect(api.sources.length).toBe(2);
    say({ t: 'watch', id: 7, name: 'log', input: {} });
    expect([await hear(), api.sources.length]).toEqual([[], 3]);
  });

  test.each(['the client closes', 'the server ends it'])(
    'when %s, every source is disposed and no timer stays',
    (how) => {
      const { api, clock, client, health, undo } = watching();
      health.offer('x');
      if (how === 'the client closes') client.close();
      else undo();
      expect([api.sources.map((source) => source.disposed), clock.pendingTimers]).toEqual([[true, true], 0]);
    },
  );

  test('what cannot be sent ends this client and is reported, and nothing is thrown', () => {
    const clock = createVirtualClock();
    const { client, server } = createChannelPair();
    const api = createScriptedApi();
    const faults: unknown[] = [];
    const unsendable = new Error('could not be cloned');
    serveClient(
      {
        ...server,
        send() {
          throw unsendable;
        },
      },
      api,
      clock,
      { onFault: (fault) => faults.push(fault) },
    );
    client.send({ t: 'watch', id: 1, name: 'health', input: {} });
    api.sources[0]?.offer('x');
    clock.advance(4);
    expect([faults, api.sources[0]?.disposed]).toEqual([[unsendable], true]);
  });
});

import { expect, test } from 'vitest';
import type { HeartlineError } from '../base/errors.ts';
import { HeartlineError as Refused } from '../base/errors.ts';
import type { ChannelPair } from '../test-kit/channel-pair.ts';
import { createChannelPair } from '../test-kit/channel-pair.ts';
import { createVirtualClock } from '../test-kit/virtual-clock.ts';
import { createClient } from './client.ts';
import type { ClientChannel, ClientMessage } from './protocol.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function start(outcomes: ('open' | 'fail' | 'refuse' | 'hang')[] = []) {
  const clock = createVirtualClock();
  const pairs: ChannelPair[] = [];
  const attempts: { at: number; settle: (channel: ClientChannel) => void }[] = [];
  const said: ClientMessage[] = [];
  const statuses: string[] = [];
  const faults: unknown[] = [];
  const client = createClient({
    clock,
    onFault: (fault) => faults.push(fault),
    connect: () =>
      new Promise((resolve, reject) => {
        attempts.push({ at: clock.monotonic(), settle: resolve });
        const outcome = outcomes.shift() ?? 'open';
        if (outcome === 'fail') reject(new Error('ECONNREFUSED'));
        if (outcome === 'refuse') reject(new Refused('contract.refused', 'no session'));
        if (outcome !== 'open') return;
        const pair = createChannelPair();
        pairs.push(pair);
        pair.server.onMessage((message) => said.push(message));
        resolve(pair.client);
      }),
  });
  client.onStatus((status) => statuses.push(status));
  return {
    client,
    clock,
    attempts,
    statuses,
    faults,
    said: () => said.splice(0),
    get server() {
      const pair = pairs.at(-1);
      if (!pair) throw new Error('never connected');
      return pair.server;
    },
  };
}

test('an answer resolves its request and a refusal rejects it with the code, message and details', async () => {
  const s = start();
  await settle();
  const answered = s.client.request('settings.read', {});
  const refused = s.client.request('connections.reconnect', { venue: 'kraken' });
  expect(s.said()).toEqual([
    { t: 'request', id: 1, name: 'settings.read', input: {} },
    { t: 'request', id: 2, name: 'connections.reconnect', input: { venue: 'kraken' } },
  ]);
  s.server.send({
    t: 'refusal',
    id: 2,
    error: { code: 'venue.unknown', message: 'no such venue', details: { venue: 'kraken' } },
  });
  s.server.send({ t: 'answer', id: 1, output: 'settings' });
  expect(await answered).toBe('settings');
  await expect(refused).rejects.toMatchObject({ code: 'venue.unknown', details: { venue: 'kraken' } });
});

test('a request without a connection is rejected at once and never sent later', async () => {
  const s = start(['fail']);
  await expect(s.client.request('settings.read', {})).rejects.toMatchObject({ code: 'contract.closed' });
  await settle();
  s.clock.advance(250);
  await settle();
  expect([s.client.status, s.said()]).toEqual(['open', []]);
});

test('what was unanswered when the connection ends is rejected, and a late answer finds nobody', async () => {
  const s = start();
  await settle();
  const lost = s.client.request('settings.read', {});
  const old = s.server;
  old.close();
  await expect(lost).rejects.toMatchObject({ code: 'contract.closed' });
  s.clock.advance(250);
  await settle();
  const asked = s.client.request('settings.read', {});
  s.server.send({ t: 'answer', id: 1, output: 'of the old life' });
  s.server.send({ t: 'answer', id: 2, output: 'of the new one' });
  expect(await asked).toBe('of the new one');
});

test('watches made before, during and after a loss are all there after the reconnect; undone ones are not', async () => {
  const s = start();
  s.client.watch('health', {}, () => undefined);
  await settle();
  const undo = s.client.watch('log', {}, () => undefined);
  expect(s.said().map((m) => 'name' in m && m.name)).toEqual(['health', 'log']);
  s.server.close();
  undo();
  s.client.watch('trades', { instrument: 'binance:BTC-USDT-PERP' }, () => undefined);
  s.clock.advance(250);
  await settle();
  expect(s.said().map((m) => [m.t, 'name' in m && m.name])).toEqual([
    ['watch', 'health'],
    ['watch', 'trades'],
  ]);
});

test('a batch is delivered to its watches, then acknowledged; a listener that throws keeps nobody from hearing', async () => {
  const s = start();
  await settle();
  const order: unknown[] = [];
  s.client.watch('health', {}, () => {
    throw new Error('a bug in a panel');
  });
  s.client.watch('log', {}, (entries) => order.push(entries, s.said().length));
  s.said();
  s.server.send({
    t: 'batch',
    seq: 7,
    updates: [
      [1, 'health'],
      [2, ['entry']],
      [3, 'nobody'],
    ],
  });
  expect([order, s.said(), s.faults]).toEqual([
    [['entry'], 0],
    [{ t: 'ack', seq: 7 }],
    [new Error('a bug in a panel')],
  ]);
});

test('a refused watch tells its listener once and is not asked for again', async () => {
  const s = start();
  await settle();
  const heard: HeartlineError[] = [];
  s.client.watch(
    'health',
    {},
    () => undefined,
    (error) => heard.push(error),
  );
  s.client.watch('log', {}, () => undefined);
  for (const id of [1, 1, 2]) {
    s.server.send({ t: 'watch-refusal', id, error: { code: 'watch.too-many', message: 'no', details: {} } });
  }
  s.said();
  s.server.close();
  s.clock.advance(250);
  await settle();
  expect([heard.map((e) => e.code), s.faults, s.said()]).toEqual([
    ['watch.too-many'],
    [expect.objectContaining({ code: 'watch.too-many' })],
    [],
  ]);
});

test('retries wait 0.25, 0.5, 1, 2, 4, 5, 5 s and start over after a success', async () => {
  const s = start(['fail', 'fail', 'fail', 'fail', 'fail', 'fail', 'fail', 'open', 'open']);
  for (let step = 0; step < 80; step += 1) {
    await settle();
    s.clock.advance(250);
  }
  s.server.close();
  s.clock.advance(250);
  await settle();
  const waits = s.attempts.map(({ at }, index) => at - (s.attempts[index - 1]?.at ?? 0));
  expect(waits.slice(0, 8)).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  expect(s.statuses.slice(-4)).toEqual(['open', 'waiting', 'connecting', 'open']);
  expect(s.attempts.length).toBe(9);
});

test('a host that does not know the window shows as refused, quietly tried again, and opens when it does', async () => {
  const s = start(['refuse', 'refuse', 'open']);
  for (let step = 0; step < 4; step += 1) {
    await settle();
    s.clock.advance(250);
  }
  await settle();
  expect(s.statuses).toEqual(['refused', 'open']);
});

test('an attempt that hangs 10 s counts as failed, and what it brings later is closed', async () => {
  const s = start(['hang', 'open']);
  await settle();
  s.clock.advance(10_000);
  s.clock.advance(250);
  await settle();
  const late = createChannelPair();
  let closed = false;
  late.server.onClose(() => {
    closed = true;
  });
  s.attempts[0]?.settle(late.client);
  await settle();
  expect([s.statuses, closed]).toEqual([['waiting', 'connecting', 'open'], true]);
});

test('closing ends everything: the channel, what was unanswered, every timer', async () => {
  const s = start();
  await settle();
  const lost = s.client.request('settings.read', {});
  s.client.close();
  await expect(lost).rejects.toMatchObject({ code: 'contract.closed' });
  await expect(s.client.request('settings.read', {})).rejects.toMatchObject({ code: 'contract.closed' });
  expect([s.client.status, s.clock.pendingTimers, s.attempts.length]).toEqual(['closed', 0, 1]);
});

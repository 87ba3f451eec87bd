import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { coinsNamed } from './test-kit/trace.ts';
import { pause, Wire } from './test-kit/wire.ts';

let wire: Wire;
afterEach(() => wire.close());

/** What a whole outage looks like from outside, on every venue that has its sockets from the shared server. */
describe.each([
  ['binance', '/public/ws/btcusdt@bookTicker', '/fapi/v1/ping', 1001],
  ['bybit', '/v5/public/linear', '/v5/market/time', 1006],
])('%s', (venue, socket, path, lifeEnd) => {
  beforeEach(async () => {
    wire = await Wire.open({ venue, coins: coinsNamed('BTCUSDT') });
  });

  it('in maintenance closes its sockets, takes no new ones, answers REST with 503, and comes back', async () => {
    const client = await wire.connect(socket).open();
    const id = await wire.fault({ kind: 'maintenance', venue });
    const { code, reason } = await client.until('the close', () => client.closed);
    expect([code, reason.toLowerCase()]).toEqual([1012, 'service restart']);
    const refused = wire.connect(socket);
    expect(await refused.until('a refusal', () => refused.failed)).toContain('503');
    expect((await wire.rest(path)).status).toBe(503);
    await wire.control('DELETE', `/faults/${id}`);
    await wire.connect(socket).open();
    expect((await wire.rest(path)).status).toBe(200);
  });

  it('in maintenance elsewhere goes on', async () => {
    const client = await wire.connect(socket).open();
    await wire.fault({ kind: 'maintenance', venue: 'upbit' });
    await pause(300);
    expect([client.closed, (await wire.rest(path)).status]).toEqual([undefined, 200]);
  });

  it('ends connections of a given age, and only those', async () => {
    const old = await wire.connect(socket).open();
    await pause(600);
    const young = await wire.connect(socket).open();
    await wire.fault({ kind: 'connectionLife', ms: 700 });
    expect((await old.until('the end', () => old.closed)).code).toBe(lifeEnd);
    expect(young.closed).toBeUndefined();
    expect((await young.until('its end', () => young.closed)).code).toBe(lifeEnd);
  });

  it('flaps: cut off and let be in turns', async () => {
    const client = await wire.connect(socket).open();
    await wire.fault({ kind: 'flap', ms: 700 });
    expect((await client.until('the cut', () => client.closed)).code).toBe(1006);
    const early = wire.connect(socket);
    await early.until('a refusal', () => early.failed);
    await pause(750);
    const between = await wire.connect(socket).open();
    const openedAt = systemClock.monotonic();
    await between.until('the next cut', () => between.closed);
    expect(systemClock.monotonic() - openedAt).toBeLessThan(1500);
    await wire.control('DELETE', '/faults');
    const after = await wire.connect(socket).open();
    await pause(900);
    expect(after.closed).toBeUndefined();
  });

  it.each([403, 418, 429, 451, 500, 502, 503])('answers HTTP %i when told to, once', async (status) => {
    await wire.fault({ kind: 'rest', status, retryAfterS: 5, count: 1 });
    expect((await wire.rest(path)).status).toBe(status);
    expect((await wire.rest(path)).status).toBe(200);
  });
});

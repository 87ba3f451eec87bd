import { describe, expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { type Instrument, instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createInstruments } from './instruments.ts';
import { createFakeClient } from './test-kit/fake-client.ts';

const unreachable = new HeartlineError('rest.unreachable', 'no route');

function listed(priceScale: number): Instrument {
  const id = instrumentId('binance:BTC-USDT-PERP');
  return { id, priceScale } as Instrument;
}

function begin() {
  const client = createFakeClient();
  const clock = createVirtualClock();
  const { store } = createInstruments(client, clock);
  const held = () => {
    const { known, error } = store.getState();
    return [[...known.values()].map(({ priceScale }) => priceScale), error?.code, client.asked.length];
  };
  return { client, clock, held };
}

describe('the list of instruments', () => {
  it('is asked for until it comes, and says meanwhile why it is not here', async () => {
    const { client, clock, held } = begin();
    const seen = [held()];
    await client.refuse('instruments.list', unreachable);
    seen.push(held());
    clock.advance(5_000);
    seen.push(held());
    await client.answer('instruments.list', [listed(1)]);
    seen.push(held());
    expect(seen).toEqual([
      [[], undefined, 1],
      [[], 'rest.unreachable', 0],
      [[], 'rest.unreachable', 1],
      [[1], undefined, 0],
    ]);
  });

  it('is renewed each hour and after a reconnect, and the one held stays when that fails', async () => {
    const { client, clock, held } = begin();
    await client.answer('instruments.list', [listed(1)]);
    clock.advance(60 * 60_000);
    await client.answer('instruments.list', [listed(2)]);
    const renewed = held();
    client.become('waiting');
    client.become('open');
    await client.refuse('instruments.list', unreachable);
    expect([renewed, held()]).toEqual([
      [[2], undefined, 0],
      [[2], 'rest.unreachable', 0],
    ]);
  });

  it('never takes the answer to an older question for the newer one', async () => {
    const { client, held } = begin();
    client.become('open');
    await client.answer('instruments.list', [listed(1)]);
    const late = held();
    await client.answer('instruments.list', [listed(2)]);
    expect([late, held()]).toEqual([
      [[], undefined, 1],
      [[2], undefined, 0],
    ]);
  });
});

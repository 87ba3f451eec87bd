import { describe, expect, test } from 'vitest';
import type { StreamHealth } from '#shared/domain/connection.ts';
import { type Instrument, instrumentId, type VenueId, venueOf } from '#shared/domain/instrument.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Market } from '../market/market.ts';
import { createMarketList } from '../market/market-list.ts';
import type { Fx } from './fx.ts';
import { createPremiumRoom } from './premium-room.ts';

const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A market of a few instruments, each with a price that arrived at `receivedAt`. */
function marketOf(
  clock: { now(): number },
  names: readonly string[],
  prices: Readonly<Record<string, number>>,
) {
  const ids = names.map((name) => instrumentId(name));
  const held: string[] = [];
  const silent = new Set<string>();
  const frozenAt = new Map<string, number>();
  const at = (id: string) => frozenAt.get(id) ?? clock.now();
  const market = {
    venue: { id: venueOf(ids[0] as never), takerFee: 0 },
    instruments: async () =>
      ids.map((id) => {
        const [base = '', quote = ''] = id.slice(id.indexOf(':') + 1).split('-');
        const kind = id.endsWith('-PERP') ? 'perpetual' : 'spot';
        return { id, venue: venueOf(id), kind, base, quote, status: 'trading' } as Instrument;
      }),
    hold(stream: StreamKey) {
      held.push(streamKeyText(stream));
      return () => held.splice(held.indexOf(streamKeyText(stream)), 1);
    },
    row: (id: string) => ({ last: prices[id] ?? Number.NaN, lastReceivedAt: at(id) }),
    book: () => ({
      book: {
        state: 'live',
        priceScale: 0,
        quantityScale: 0,
        read: () => ({ bids: Float64Array.of(1, 1), asks: Float64Array.of(1, 1) }),
      },
    }),
    health: () => [
      {
        streams: held.map((stream) => ({
          stream,
          state: silent.has(stream) ? 'stale' : 'live',
        })) as unknown as StreamHealth[],
      },
    ],
    onTransition: () => () => undefined,
    dispose: () => undefined,
  } as unknown as Market;
  return {
    market,
    held,
    /** Its ticker stream died. */
    kill(id: string) {
      frozenAt.set(id, clock.now());
      silent.add(`ticker ${id}`);
    },
  };
}

async function start() {
  const clock = createVirtualClock();
  const markets = createMarketList();
  const here = () =>
    marketOf(clock, ['upbit:BTC-KRW', 'upbit:USDT-KRW'], { 'upbit:BTC-KRW': 1400, 'upbit:USDT-KRW': 1410 });
  const upbit = here();
  const binance = marketOf(clock, ['binance:BTC-USDT-PERP'], { 'binance:BTC-USDT-PERP': 1 });
  markets.add(upbit.market);
  markets.add(binance.market);
  const fx = {
    rate: () => ({ krwPerUsd: 1400, asOf: clock.now(), source: 'feed' }),
    isStale: () => false,
    dispose: () => undefined,
  } as unknown as Fx;
  const room = createPremiumRoom({ clock, markets, fx });
  const source = room.watches.premium({ coins: ['BTC'], notionalKrw: 1000 }, () => undefined);
  await settle();
  async function pass(seconds: number) {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1000);
      room.second();
      await settle();
    }
  }
  const rows = () => {
    room.second();
    return source
      .take()
      ?.rows.map(({ krw, usdt, tether, staleLeg }) => [krw, usdt, Number(tether.toFixed(4)), staleLeg]);
  };
  const pair = ['upbit:BTC-KRW', 'binance:BTC-USDT-PERP'];
  return { markets, upbit, binance, here, pass, rows, pair, source };
}

describe('the premium room', () => {
  test('greys a row whose price of the tether died, for one of its figures is made of it', async () => {
    const { upbit, rows, pair, pass } = await start();
    await pass(1);
    const before = rows();
    upbit.kill('upbit:USDT-KRW');
    await pass(1);
    expect([before, rows()]).toEqual([
      [[...pair, -0.0071, undefined]],
      [[...pair, -0.0071, 'upbit:USDT-KRW']],
    ]);
  });

  test('goes on without a venue that is taken away, and takes it up again when it comes back', async () => {
    const { markets, upbit, here, rows, pair, pass } = await start();
    await pass(1);
    markets.remove('upbit' as VenueId);
    const without = rows();
    const back = here();
    markets.add(back.market);
    await pass(3);
    expect([upbit.held, without, rows(), back.held.length]).toEqual([
      [],
      [],
      [[...pair, -0.0071, undefined]],
      6,
    ]);
  });
});

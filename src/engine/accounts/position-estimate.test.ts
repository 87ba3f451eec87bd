import { expect, test } from 'vitest';
import { accountId, type Position } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Market, MarketChange } from '../market/market.ts';
import { createMarketList } from '../market/market-list.ts';
import { createPositionEstimates } from './position-estimate.ts';

const btc = instrumentId('plain:BTC-USDT-PERP');

function stage() {
  const clock = createVirtualClock();
  const markets = createMarketList();
  const row = { mark: Number.NaN, markReceivedAt: Number.NaN };
  const holds = { now: 0 };
  let tell: (change: MarketChange) => void = () => undefined;
  markets.add({
    venue: { id: 'plain' },
    row: () => row,
    hold() {
      holds.now += 1;
      return () => {
        holds.now -= 1;
      };
    },
    onChange(listener: (change: MarketChange) => void) {
      tell = listener;
      return () => undefined;
    },
    dispose: () => undefined,
  } as unknown as Market);
  let changes = 0;
  const estimates = createPositionEstimates({
    clock,
    markets,
    onChange: () => {
      changes += 1;
    },
  });
  const position: Position = {
    account: accountId('plain#abc123'),
    instrument: btc,
    leg: 'both',
    quantity: '-2',
    entryPrice: '100',
    markPrice: '100',
    unrealisedPnl: '0',
    leverage: '10',
    liquidationPrice: '120',
    isEstimated: false,
    source: 'rest',
    receivedAt: clock.now(),
  };
  return {
    clock,
    estimates,
    position,
    holds,
    changes: () => changes,
    price(mark: number) {
      row.mark = mark;
      row.markReceivedAt = clock.now();
      tell({ kind: 'ticker', instrument: btc });
    },
  };
}

test('a newer mark price moves profit, return, notional and the distance to liquidation, and says it is an estimate', () => {
  const run = stage();
  run.estimates.hold(new Set([btc]));
  run.clock.advance(1000);
  run.price(96);
  run.clock.advance(250);
  expect(run.estimates.read(run.position, undefined)).toEqual({
    ...run.position,
    markPrice: '96',
    notional: '192',
    unrealisedPnl: '8',
    returnPercent: '40',
    liquidationDistancePercent: '25',
    isEstimated: true,
    source: 'estimate',
    receivedAt: run.clock.now() - 250,
  });
});

test('an estimate is made four times a second at most, however often prices come', () => {
  const run = stage();
  run.estimates.hold(new Set([btc]));
  run.clock.advance(250);
  const before = run.changes();
  const seen = new Set<unknown>();
  for (let tick = 0; tick < 100; tick += 1) {
    run.price(90 + tick / 10);
    run.clock.advance(10);
    seen.add(run.estimates.read(run.position, undefined));
  }
  expect([run.changes() - before <= 4, seen.size <= 5]).toEqual([true, true]);
});

test('without a fresh price the venue’s own figure stands with its age', () => {
  const run = stage();
  run.estimates.hold(new Set([btc]));
  run.clock.advance(1000);
  run.price(96);
  run.clock.advance(250);
  run.clock.advance(10_000);
  const old = run.estimates.read(run.position, undefined);
  const newer = { ...run.position, receivedAt: run.clock.now() };
  run.estimates.hold(new Set());
  expect([old, run.estimates.read(newer, undefined), run.holds.now]).toEqual([run.position, newer, 0]);
});

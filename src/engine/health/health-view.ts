import type { HealthView } from '#shared/contract/api.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { MarketList } from '../market/market-list.ts';

/** Everything's health at one moment, as a window is told it. */
export function healthView({
  at,
  markets,
  accounts,
  memoryMb,
  eventLoopDelayMs,
}: {
  /** Engine wall time, ms epoch. */
  readonly at: number;
  readonly markets: MarketList;
  readonly accounts: { health(): readonly ConnectionHealth[] };
  readonly memoryMb: number;
  readonly eventLoopDelayMs: number;
}): HealthView {
  const offsets = markets.all.flatMap((market) =>
    market.clockOffsetMs === undefined ? [] : [[market.venue.id, market.clockOffsetMs] as const],
  );
  return {
    asOf: at,
    engine: { memoryMb, eventLoopDelayMs },
    connections: [...markets.all.flatMap((market) => market.health()), ...accounts.health()],
    clockOffsetMs: Object.fromEntries(offsets),
  };
}

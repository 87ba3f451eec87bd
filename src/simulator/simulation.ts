import type { Clock } from '#shared/base/clock.ts';
import { openBinanceFacade } from './binance/facade.ts';
import { Feed } from './binance/feed.ts';
import { Hub } from './binance/hub.ts';
import { COINS, type Coin } from './coins.ts';
import { createControl } from './control.ts';
import { Faults } from './faults.ts';
import { listen } from './http.ts';
import { createMarket } from './market.ts';
import { MarketRunner } from './market-runner.ts';
import type { SimulatorAddress } from './worker-protocol.ts';

export interface SimulationOptions {
  readonly port: number;
  readonly seed: number;
  readonly speed: number;
  readonly clock: Clock;
  /** Default: all. */
  readonly coins?: readonly Coin[];
  /** Called when the control endpoint was asked to end the simulator. */
  stopAsked(): void;
}

export interface Simulation {
  readonly address: SimulatorAddress;
  close(): Promise<void>;
}

/** The whole simulator in this thread: a market, its façades, its control endpoint. Throws `port.taken`. */
export async function openSimulation(options: SimulationOptions): Promise<Simulation> {
  const { clock, seed, speed } = options;
  const faults = new Faults(clock);
  const hub = new Hub();
  const feed = new Feed(hub, () => faults.skewMs('binance'));
  // The control port may be taken: find out before the work of making a market.
  let respond: ReturnType<typeof createControl> | undefined;
  const control = await listen(options.port, (request, response) => respond?.(request, response));

  const startedAt = clock.monotonic();
  const market = createMarket({
    seed,
    startTime: Math.floor(clock.now()),
    coins: options.coins ?? COINS,
    // Three minutes of wall time, whatever the speed.
    keepChangesMs: 180_000 * Math.max(1, speed),
    listener: feed,
  });
  const runner = new MarketRunner(clock, market, speed, startedAt);
  const binance = await openBinanceFacade(feed, hub, {
    faults,
    clock,
    market: () => market,
    now: () => runner.now(),
    ready: () => address,
  });
  const address: SimulatorAddress = {
    control: `http://127.0.0.1:${control.port}`,
    venues: { binance: { rest: binance.rest, ws: binance.ws } },
  };
  respond = createControl({
    market,
    runner,
    faults,
    strikeNow: (spec) => binance.strikeNow(spec),
    ready: () => address,
    stop: options.stopAsked,
    stats: () => ({
      now: runner.now(),
      lagMs: runner.lagMs,
      paused: runner.paused,
      speed,
      seed,
      venues: { binance: binance.stats() },
    }),
  });
  runner.start((step) => binance.step(step));

  return {
    address,
    async close() {
      runner.stop();
      await binance.close();
      await control.close();
    },
  };
}

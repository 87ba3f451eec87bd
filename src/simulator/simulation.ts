import type { Clock } from '#shared/base/clock.ts';
import type { Desk } from './accounts/desk.ts';
import { openDesk } from './accounts/open-desk.ts';
import { openBinanceFacade } from './binance/facade.ts';
import { openBithumbFacade } from './bithumb/facade.ts';
import { openBybitFacade } from './bybit/facade.ts';
import { createControl } from './control.ts';
import type { Facade, FacadeSite, OpenFacade } from './facade.ts';
import { Faults } from './faults.ts';
import { HistoryWarmer } from './history-warmer.ts';
import { listen } from './http.ts';
import { createMarket, type Market } from './market.ts';
import { MarketRunner } from './market-runner.ts';
import { openUpbitFacade } from './upbit/facade.ts';
import type { SimulatorAddress } from './worker-protocol.ts';

/** One line per venue. The first is meant where none is named. */
const VENUES: Readonly<Record<string, OpenFacade>> = {
  binance: openBinanceFacade,
  bybit: openBybitFacade,
  upbit: openUpbitFacade,
  bithumb: openBithumbFacade,
};

export interface SimulationOptions {
  readonly port: number;
  readonly seed: number;
  readonly speed: number;
  readonly clock: Clock;
  /** Ids. Default: all. */
  readonly venues?: readonly string[];
  /** Only these coins, by name, on every venue. Default: all. */
  readonly coins?: readonly string[];
  /** Called when the control endpoint was asked to end the simulator. */
  stopAsked(): void;
}

export interface Simulation {
  readonly address: SimulatorAddress;
  close(): Promise<void>;
}

/** The whole simulator in this thread: markets, their façades, a control endpoint. Throws `port.taken`. */
export async function openSimulation(options: SimulationOptions): Promise<Simulation> {
  const { clock, seed, speed } = options;
  const faults = new Faults(clock);
  const warmer = new HistoryWarmer(clock);
  // The control port may be taken: find out before the rest of the work.
  let respond: ReturnType<typeof createControl> | undefined;
  const control = await listen(options.port, (request, response) => respond?.(request, response));

  const startedAt = clock.monotonic();
  const startTime = Math.floor(clock.now());
  const markets: Market[] = [];
  const runner = new MarketRunner({ clock, markets, startTime, startedAt, speed });
  const desks = new Map<string, Desk>();
  const site: FacadeSite = {
    faults,
    clock,
    warmer,
    createMarket(ofVenue) {
      const market = createMarket({
        ...ofVenue,
        coins: ofVenue.coins.filter((coin) => options.coins?.includes(coin.path) ?? true),
        seed,
        startTime,
        // Three minutes of wall time, whatever the speed.
        keepChangesMs: 180_000 * Math.max(1, speed),
      });
      markets.push(market);
      return market;
    },
    openDesk(venue, ofVenue, rules) {
      const desk = openDesk({ venue, markets: ofVenue, rules, startTime, now: () => runner.now() });
      desks.set(venue, desk);
      return desk;
    },
    now: () => runner.now(),
    ready: () => address,
  };
  const wanted = Object.entries(VENUES).filter(([id]) => options.venues?.includes(id) ?? true);
  const facades = new Map<string, Facade>();
  for (const [id, open] of wanted) facades.set(id, await open(site));
  const address: SimulatorAddress = {
    control: `http://127.0.0.1:${control.port}`,
    venues: Object.fromEntries([...facades].map(([id, { rest, ws }]) => [id, { rest, ws }])),
  };
  respond = createControl({
    facades,
    desks,
    runner,
    faults,
    ready: () => address,
    stop: options.stopAsked,
    stats: () => ({
      now: runner.now(),
      lagMs: runner.lagMs,
      paused: runner.paused,
      speed,
      seed,
      venues: Object.fromEntries([...facades].map(([id, facade]) => [id, facade.stats()])),
    }),
  });
  // Each façade holds its sockets back around the whole step.
  const around = [...facades.values()].reduce(
    (inner, facade) => (step: () => void) => inner(() => facade.step(step)),
    (step: () => void) => step(),
  );
  runner.start(around);

  return {
    address,
    async close() {
      runner.stop();
      warmer.stop();
      await Promise.all([...facades.values()].map((facade) => facade.close()));
      await control.close();
    },
  };
}

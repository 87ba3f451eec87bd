import { systemClock } from '#shared/base/system-clock.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { createEventLog } from '../../health/event-log.ts';
import type { Market } from '../../market/market.ts';
import { createCcxtMarket } from '../ccxt-market.ts';
import { createExchange, loadCcxt } from '../load-ccxt.ts';
import { krakenScript } from './kraken-script.ts';
import { okxScript } from './okx-script.ts';
import { type ScriptedVenue, startScriptedVenue } from './scripted-venue.ts';

/** One of ccxt's own classes with a market around it, on a scripted wire. Real time: ccxt keeps its own. */
export interface CcxtStage {
  readonly clock: typeof systemClock;
  readonly venue: ScriptedVenue;
  readonly market: Market;
  readonly events: MarketEvent[];
  readonly log: ReturnType<typeof createEventLog>;
  /** The connection's states so far, each once in a row. */
  readonly states: string[];
  readonly connection: ConnectionHealth;
  stop(): Promise<void>;
}

export function urlsOn(id: string, venue: Pick<ScriptedVenue, 'http' | 'ws'>): object {
  return id === 'okx'
    ? { api: { rest: venue.http, ws: `${venue.ws}/ws/v5` } }
    : { api: { public: venue.http, ws: { publicV2: `${venue.ws}/v2` } } };
}

export async function startStage(id: 'okx' | 'kraken'): Promise<CcxtStage> {
  const script = id === 'okx' ? okxScript : krakenScript;
  const venue = await startScriptedVenue(script(systemClock.now));
  const ccxt = await loadCcxt();
  const exchange = await createExchange(ccxt, id, () => urlsOn(id, venue));
  // Nobody is spared on loopback.
  Object.assign(exchange, { enableRateLimit: false, rateLimit: 10 });
  const log = createEventLog(systemClock);
  const market = createCcxtMarket({ venue: venueId(`ccxt:${id}`), ccxt, exchange, clock: systemClock, log });
  const events: MarketEvent[] = [];
  const states: string[] = [];
  market.onEvent((event) => events.push(event));
  market.onTransition(({ state }) => states.push(state.kind));
  const stopSeconds = systemClock.every(1000, () => market.second());
  return {
    clock: systemClock,
    venue,
    market,
    events,
    log,
    states,
    get connection() {
      const [connection] = market.health();
      if (!connection) throw new Error('a market of ccxt is one connection');
      return connection;
    },
    async stop() {
      stopSeconds();
      market.dispose();
      await venue.stop();
    },
  };
}

/** Waits for something to become true. Throws when it does not in time. */
export async function until(isSo: () => boolean | undefined, withinMs = 10_000): Promise<void> {
  const limit = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > limit) throw new Error(`never became true: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

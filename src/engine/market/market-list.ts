import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { Market } from './market.ts';

/** The markets at work. Venues added by the person come and go while the engine runs. */
export interface MarketList {
  readonly all: readonly Market[];
  /** Throws `venue.unknown`. */
  of(venue: string): Market;
  add(market: Market): void;
  /** Disposes it. Throws `venue.unknown`. */
  remove(venue: string): void;
  /** Called for every market there is, now and later; the undo it returns runs when the market goes. */
  watchEach(visit: (market: Market) => Undo): Undo;
  dispose(): void;
}

export function createMarketList(): MarketList {
  const markets: Market[] = [];
  const added = createEmitter<Market>();
  const removed = createEmitter<Market>();

  function of(venue: string): Market {
    const market = markets.find((candidate) => candidate.venue.id === venue);
    if (market) return market;
    throw new HeartlineError('venue.unknown', `no such venue: ${venue}`, { details: { venue } });
  }

  return {
    all: markets,
    of,
    add(market) {
      markets.push(market);
      added.emit(market);
    },
    remove(venue) {
      const market = of(venue);
      markets.splice(markets.indexOf(market), 1);
      removed.emit(market);
      market.dispose();
    },
    watchEach(visit) {
      const undo = new Map<Market, Undo>();
      const meet = (market: Market) => undo.set(market, visit(market));
      for (const market of markets) meet(market);
      const stopAdded = added.on(meet);
      const stopRemoved = removed.on((market) => {
        undo.get(market)?.();
        undo.delete(market);
      });
      return () => {
        stopAdded();
        stopRemoved();
        for (const leave of undo.values()) leave();
        undo.clear();
      };
    },
    dispose() {
      for (const market of markets.splice(0)) market.dispose();
    },
  };
}

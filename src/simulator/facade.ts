import type { Clock } from '#shared/base/clock.ts';
import type { AccountDesk } from './accounts/account-desk.ts';
import type { DeskRules } from './accounts/desk-rules.ts';
import type { FaultSpec, Faults } from './faults.ts';
import type { HistoryWarmer } from './history-warmer.ts';
import type { Market, MarketOptions } from './market.ts';

/** One venue's REST and WebSocket protocol on one loopback port. */
export interface Facade {
  readonly rest: string;
  readonly ws: string;
  /** The venue's markets by category; the first is meant where none is named. */
  readonly markets: ReadonlyMap<string, Market>;
  /** Connections, requests: for `/_sim/stats`. */
  stats(): unknown;
  /** Acts on what is connected now, for faults that strike at once. */
  strikeNow(spec: FaultSpec): void;
  /** Runs one step of the markets with all sockets held back, so that each gets its frames in one write. */
  step(run: () => void): void;
  close(): Promise<void>;
}

/** What the simulation offers a façade. */
export interface FacadeSite {
  readonly faults: Faults;
  readonly clock: Clock;
  /** Makes the past ready in small turns, for all venues together. */
  readonly warmer: HistoryWarmer;
  /** Makes one of the venue's markets; the simulation drives it. */
  createMarket(options: Pick<MarketOptions, 'coins' | 'basisOf' | 'listener'>): Market;
  /**
   * Opens the accounts of a venue, once its markets are made. They trade in these very markets, named as `Listing` names
   * them: category as in the map, symbol as the instrument has it. Rules of the four: accounts/venue-rules.ts.
   */
  openDesk(venue: string, markets: ReadonlyMap<string, Market>, rules: DeskRules): AccountDesk;
  /** Market time, ms. */
  now(): number;
  /** The ready line, for `/_sim/ready`. */
  ready(): unknown;
}

/** Opens one venue's façade. */
export type OpenFacade = (site: FacadeSite) => Promise<Facade>;

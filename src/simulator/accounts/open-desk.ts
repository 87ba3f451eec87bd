import type { Market } from '../market.ts';
import { Desk } from './desk.ts';
import type { DeskRules } from './desk-rules.ts';
import { watchMarkets } from './desk-watch.ts';
import { furnish } from './furnish.ts';
import { simKeys } from './sim-keys.ts';

export interface OpenDeskOptions {
  readonly venue: string;
  readonly markets: ReadonlyMap<string, Market>;
  readonly rules: DeskRules;
  /** Market time at the start, ms epoch. */
  readonly startTime: number;
  now(): number;
}

/** Opens the accounts of one venue. Nothing of them exists, and nothing is paid, before a key is used. */
export function openDesk(options: OpenDeskOptions): Desk {
  const { venue, rules, startTime } = options;
  const desk = new Desk({ ...options, keys: simKeys(venue, rules, startTime), furnish });
  watchMarkets(desk);
  return desk;
}

import type { VenueId } from './instrument.ts';

export const ALARM_RULES = ['score', 'errors', 'inactive', 'memory', 'reconnects'] as const;
export type AlarmRule = (typeof ALARM_RULES)[number];

/** What is at stake where the alarm is: decides how loud it gets. */
export type Exposure = 'none' | 'order' | 'position';

export interface Alarm {
  /** Rule and subject: the same trouble raised again is the same alarm. */
  readonly id: string;
  readonly rule: AlarmRule;
  /** A connection's id, or `engine`. */
  readonly subject: string;
  readonly venue?: VenueId;
  readonly exposure: Exposure;
  readonly state: 'active' | 'acknowledged' | 'snoozed' | 'ended';
  /** Wall times, ms epoch. */
  readonly raisedAt: number;
  readonly lastAt: number;
  readonly snoozedUntil?: number;
  /** How often it was raised since it last ended. */
  readonly count: number;
  /** The figure that broke the bound, and the bound. */
  readonly value: number;
  readonly bound: number;
}

/** Which ways an alarm of an exposure goes, beside the list in the panel. */
export type AlarmWay = 'toast' | 'sound' | 'notification' | 'webhook';

/** One alarm leaving by some ways: sent once when it is raised, never again while it lasts or is snoozed. */
export interface AlarmCall {
  readonly alarm: Alarm;
  readonly ways: readonly AlarmWay[];
  readonly isTest: boolean;
  readonly at: number;
}

export interface AlarmsView {
  /** Newest first; ended ones for a day. */
  readonly alarms: readonly Alarm[];
  /** Calls since the last batch, for the window to toast and sound. */
  readonly calls: readonly AlarmCall[];
  /** What the webhook last answered; absent before the first. */
  readonly webhook?: { readonly at: number; readonly ok: boolean; readonly detail: string };
}

import type { AccountId } from './account.ts';
import type { AlarmWay } from './alarm.ts';
import type { InstrumentId, VenueId } from './instrument.ts';

export const ALERT_KINDS = [
  'price',
  'move',
  'spread',
  'premium',
  'funding',
  'pnl',
  'liquidation',
  'connection',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** `cross`: from whichever side it is on now to the other; reaching the level is enough. */
export type AlertWhen = 'above' | 'below' | 'cross';

/**
 * What the person wants to hear of. `level` is decimal text.
 * price: in quote. move: percent within `withinMin` minutes. spread: best ask less best bid, in basis points of their middle
 * or in ticks. premium: percent, by last prices. funding: percent per funding period. pnl: unrealised, of the positions of
 * an account (in one instrument where named), in `currency` or percent of their margin. liquidation: percent of the mark
 * price that is left, of the nearest of these positions. connection: seconds that a venue is in any state but live.
 */
export type AlertRule =
  | {
      readonly kind: 'price';
      readonly instrument: InstrumentId;
      readonly of: 'last' | 'mark';
      readonly when: AlertWhen;
      readonly level: string;
    }
  | {
      readonly kind: 'move';
      readonly instrument: InstrumentId;
      readonly when: 'up' | 'down' | 'either';
      readonly level: string;
      readonly withinMin: number;
    }
  | {
      readonly kind: 'spread';
      readonly instrument: InstrumentId;
      readonly unit: 'bps' | 'ticks';
      readonly when: 'above' | 'below';
      readonly level: string;
    }
  | {
      readonly kind: 'premium';
      readonly krw: InstrumentId;
      readonly usdt: InstrumentId;
      /** Against the official dollar, or the KRW venue's own USDT price. */
      readonly basis: 'official' | 'tether';
      readonly when: AlertWhen;
      readonly level: string;
    }
  | {
      readonly kind: 'funding';
      readonly instrument: InstrumentId;
      readonly when: 'above' | 'below';
      readonly level: string;
    }
  | {
      readonly kind: 'pnl';
      readonly account: AccountId;
      readonly instrument?: InstrumentId | undefined;
      readonly unit: 'currency' | 'percent';
      /** Quote currency of the positions that count. */
      readonly currency: string;
      readonly when: 'above' | 'below';
      readonly level: string;
    }
  | {
      readonly kind: 'liquidation';
      readonly account: AccountId;
      readonly instrument?: InstrumentId | undefined;
      readonly level: string;
    }
  | { readonly kind: 'connection'; readonly venue: VenueId; readonly seconds: number };

export const ALERT_WAYS = [
  'toast',
  'sound',
  'notification',
  'webhook',
] as const satisfies readonly AlarmWay[];

/** Why nothing can be said of an alert's figure now. */
export const BLIND_REASONS = [
  /** Nothing has come yet. */
  'waiting',
  /** What is known is too old to be believed. */
  'stale',
  /** The person closed the venue's connections. */
  'paused',
  /** The venue is not on this desk any more. */
  'venue-gone',
  /** The dollar's price in won is unknown or old. */
  'rate',
  /** The account does not tell its figures now. */
  'account',
  'account-gone',
  /** Heartline was not running. */
  'off',
] as const;
export type BlindReason = (typeof BLIND_REASONS)[number];

/** Why there is nothing to compare, although everything is known. */
export const IDLE_REASONS = ['no-position', 'no-liquidation', 'asked'] as const;
export type IdleReason = (typeof IDLE_REASONS)[number];

/** As the person made it. Times wall ms. */
export interface AlertOrder {
  readonly rule: AlertRule;
  /** One line of the person's own; may be empty. */
  readonly note: string;
  readonly ways: readonly AlarmWay[];
  /** Absent: once. Else armed again when the figure has come back and this long has passed since it triggered. */
  readonly repeatAfterMs?: number | undefined;
  readonly expiresAt?: number | undefined;
  readonly isPaused: boolean;
}

export interface Alert extends AlertOrder {
  readonly id: string;
  readonly createdAt: number;
}

/** armed: waits for its level · resting: has triggered and waits to be armed again · done · expired. */
export const ALERT_PHASES = ['armed', 'resting', 'done', 'expired'] as const;
export type AlertPhase = (typeof ALERT_PHASES)[number];

/** A time nobody could watch. */
export interface Blindness {
  /** Wall ms of the last figure that could be believed, or of when watching began. */
  readonly since: number;
  readonly reason: BlindReason;
  /** The person was told. */
  readonly isTold: boolean;
}

/** Where an alert stands; kept over a restart. Times wall ms. */
export interface AlertStanding {
  readonly phase: AlertPhase;
  readonly armedAt: number;
  /** On which side of its level a crossing figure was seen last. */
  readonly side?: 'above' | 'below' | undefined;
  /** When the newest believed figure arrived. */
  readonly knownAt?: number | undefined;
  readonly blind?: Blindness | undefined;
  readonly triggeredAt?: number | undefined;
  readonly triggeredValue?: number | undefined;
}

export interface AlertRow {
  readonly alert: Alert;
  readonly standing: AlertStanding;
  readonly idle?: IdleReason | undefined;
}

/** The figure of one alert now, in the unit of its level. */
export interface AlertFigure {
  readonly id: string;
  /** The newest that could be believed. */
  readonly value: number;
  /** When it arrived, wall ms. */
  readonly receivedAt: number;
  /** Its stream is behind, and not given up yet. */
  readonly isLate: boolean;
  /** To its level, in the unit of the level; of a price in percent of the price. Negative: has to fall. */
  readonly distance: number;
}

/** Something that happened to an alert, kept until it is pushed out by newer ones. Times wall ms. */
export type AlertHappening = {
  readonly id: string;
  /** What was called out together. */
  readonly call: string;
  readonly at: number;
  readonly alert: Pick<Alert, 'id' | 'rule' | 'note' | 'ways'>;
  readonly isSeen: boolean;
} & (
  | {
      readonly kind: 'triggered';
      readonly value: number;
      /** Nobody could watch from here until `at`: it may have happened at any time between. */
      readonly maybeSince?: number | undefined;
      /** Its stream was behind. */
      readonly isLate: boolean;
    }
  | {
      readonly kind: 'blind';
      readonly since: number;
      readonly reason: BlindReason;
      /** Absent: it still is. */
      readonly until?: number | undefined;
    }
);

/** For whoever shows, sounds or notifies: sent once. */
export interface AlertCall {
  readonly id: string;
  readonly at: number;
  readonly ways: readonly AlarmWay[];
  /** Empty: a test. */
  readonly happenings: readonly AlertHappening[];
}

/** What came of a test. `sent`: the windows were told; each says what came of it there. */
export interface AlertTest {
  readonly outcome: 'sent' | 'nobody' | 'answered' | 'refused' | 'no-address';
  /** What the webhook answered. */
  readonly detail?: string;
}

/** Parts that changed since the last batch; the first batch has them all. */
export interface AlertsUpdate {
  /** Engine wall time, ms epoch. */
  readonly asOf: number;
  /** In the order they were made. */
  readonly rows?: readonly AlertRow[];
  /** Newest first. */
  readonly happenings?: readonly AlertHappening[];
  /** All of them, about once a second. */
  readonly figures?: readonly AlertFigure[];
  readonly calls: readonly AlertCall[];
  /** What the webhook last answered. */
  readonly webhook?: { readonly at: number; readonly ok: boolean; readonly detail: string };
}

export const MOST_ALERTS = 500;
/** An alert nobody could watch for so long is called out. */
export const BLIND_BOUND_MS = 30_000;

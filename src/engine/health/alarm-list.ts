import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { Alarm, Exposure } from '#shared/domain/alarm.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { Judgement } from './alarm-judge.ts';

/** The alarms there are: raised once, however long the trouble lasts, ended when it is over for a while. */
export interface AlarmList {
  /** Newest first. */
  readonly alarms: readonly Alarm[];
  /** One second's judgements. Returns the alarms that were raised aloud by them. */
  apply(judgements: readonly Judgement[]): readonly Alarm[];
  /** Throws `alarm.unknown`. */
  acknowledge(id: string): void;
  /** For 0 ms: takes the snooze back. Throws `alarm.unknown`. */
  snooze(id: string, forMs: number): void;
}

/** Fine for so long ends an alarm: a figure that swings around its bound is one alarm. */
const CALM_MS = 10_000;
/** A subject that is not there any more, or not there again yet, is given so long. */
const GONE_MS = 60_000;
const KEPT_MS = 86_400_000;
/** A score dips for moments whenever a connection is renewed: it has to be low for so many seconds. */
const SCORE_PATIENCE = 5;
/** Figures move every second: kept and sent again is what moved by more than this share. */
const NEWS_SHARE = 0.05;

interface Entry {
  alarm: Alarm;
  /** Monotonic ms since when it has been fine; `undefined` while it is not. */
  fineSince: number | undefined;
  /** Monotonic ms of its last judgement. */
  seenAt: number;
  /** The last judgement that said something said "over". */
  isOver: boolean;
}

export function createAlarmList(options: {
  readonly clock: Clock;
  readonly exposureOf: (venue: VenueId) => Exposure;
  /** What an earlier run left. */
  readonly kept: readonly Alarm[];
  readonly onChange: (alarm: Alarm) => void;
  readonly onDrop: (id: string) => void;
}): AlarmList {
  const { clock } = options;
  const entries = new Map<string, Entry>();
  /** Seconds over the bound of what is not raised yet. */
  const patience = new Map<string, number>();
  for (const alarm of options.kept) {
    entries.set(alarm.id, {
      alarm,
      fineSince: undefined,
      seenAt: clock.monotonic(),
      isOver: alarm.state !== 'ended',
    });
  }

  function change(entry: Entry, next: Partial<Alarm>): void {
    entry.alarm = { ...entry.alarm, ...next };
    options.onChange(entry.alarm);
  }

  function exposure(venue: VenueId | undefined): Exposure {
    return venue === undefined ? 'none' : options.exposureOf(venue);
  }

  function isSnoozed({ snoozedUntil }: Alarm): boolean {
    return snoozedUntil !== undefined && snoozedUntil > clock.now();
  }

  /** The alarm, when it has to be heard. */
  function over(judgement: Judgement): Alarm | undefined {
    const { rule, subject, venue, value, bound } = judgement;
    const id = `${rule}:${subject}`;
    const now = clock.now();
    const entry = entries.get(id);
    if (!entry || entry.alarm.state === 'ended') {
      const seconds = (patience.get(id) ?? 0) + 1;
      patience.set(id, seconds);
      if (rule === 'score' && seconds < SCORE_PATIENCE) return undefined;
      patience.delete(id);
    }
    if (!entry || (entry.alarm.state === 'ended' && !isSnoozed(entry.alarm))) {
      const alarm: Alarm = {
        id,
        rule,
        subject,
        ...(venue === undefined ? {} : { venue }),
        exposure: exposure(venue),
        state: 'active',
        raisedAt: now,
        lastAt: now,
        count: 1,
        value,
        bound,
      };
      // Placed anew: the newest comes last in the map, first in the list.
      entries.delete(id);
      entries.set(id, { alarm, fineSince: undefined, seenAt: clock.monotonic(), isOver: true });
      options.onChange(alarm);
      return alarm;
    }
    const wasOver = entry.isOver;
    entry.isOver = true;
    entry.fineSince = undefined;
    const figures = { lastAt: now, value, bound, exposure: exposure(venue) };
    if (entry.alarm.state === 'ended') {
      change(entry, { ...figures, state: 'snoozed', raisedAt: now, count: 1 });
      return undefined;
    }
    if (entry.alarm.state === 'snoozed' && !isSnoozed(entry.alarm)) {
      awake(entry);
      change(entry, { ...figures, state: 'active', count: entry.alarm.count + 1 });
      return entry.alarm;
    }
    const moved = Math.abs(value - entry.alarm.value);
    if (!wasOver) change(entry, { ...figures, count: entry.alarm.count + 1 });
    else if (moved > Math.abs(entry.alarm.value) * NEWS_SHARE) change(entry, figures);
    else entry.alarm = { ...entry.alarm, lastAt: now };
    return undefined;
  }

  function awake(entry: Entry): void {
    const { snoozedUntil: _over, ...alarm } = entry.alarm;
    entry.alarm = alarm;
  }

  function fine(entry: Entry): void {
    entry.isOver = false;
    entry.fineSince ??= clock.monotonic();
    if (entry.alarm.state === 'ended' || clock.monotonic() - entry.fineSince < CALM_MS) return;
    change(entry, { state: 'ended', lastAt: clock.now() });
  }

  function known(id: string): Entry {
    const entry = entries.get(id);
    if (entry) return entry;
    throw new HeartlineError('alarm.unknown', `no such alarm: ${id}`, { details: { alarm: id } });
  }

  return {
    get alarms() {
      return [...entries.values()].map(({ alarm }) => alarm).toSorted((a, b) => b.raisedAt - a.raisedAt);
    },
    apply(judgements) {
      const now = clock.monotonic();
      const raised: Alarm[] = [];
      for (const judgement of judgements) {
        const entry = entries.get(`${judgement.rule}:${judgement.subject}`);
        if (entry) entry.seenAt = now;
        if (judgement.verdict === 'over') {
          const alarm = over(judgement);
          if (alarm) raised.push(alarm);
        } else if (judgement.verdict === 'fine') {
          patience.delete(`${judgement.rule}:${judgement.subject}`);
          if (entry) fine(entry);
        } else if (entry) entry.fineSince = undefined;
      }
      for (const [id, entry] of entries) {
        if (now - entry.seenAt >= GONE_MS) fine(entry);
        const isOld = entry.alarm.state === 'ended' && clock.now() - entry.alarm.lastAt >= KEPT_MS;
        if (!isOld) continue;
        entries.delete(id);
        options.onDrop(id);
      }
      return raised;
    },
    acknowledge(id) {
      const entry = known(id);
      if (entry.alarm.state === 'ended') return;
      awake(entry);
      change(entry, { state: 'acknowledged' });
    },
    snooze(id, forMs) {
      const entry = known(id);
      if (forMs > 0) {
        const state = entry.alarm.state === 'ended' ? 'ended' : 'snoozed';
        change(entry, { state, snoozedUntil: clock.now() + forMs });
        return;
      }
      awake(entry);
      change(entry, entry.alarm.state === 'snoozed' ? { state: 'active' } : {});
    },
  };
}

import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import {
  type AlertCall,
  type AlertFigure,
  type AlertHappening,
  type AlertOrder,
  type AlertRow,
  BLIND_BOUND_MS,
  MOST_ALERTS,
} from '#shared/domain/alert.ts';
import {
  type AlertEntry,
  createEntry,
  figureOf,
  isWatched,
  movedReading,
  restartMove,
  rowOf,
} from './alert-entry.ts';
import type { KeptAlerts } from './alert-schema.ts';
import { createHappenings } from './happenings.ts';
import { type AlertReading, type AlertTriggering, armed, comparisonOf, judgeAlert } from './judge-alert.ts';

/** The alerts there are, each with where it stands. */
export interface AlertKeeper {
  readonly rows: readonly AlertRow[];
  readonly happenings: readonly AlertHappening[];
  readonly figures: readonly AlertFigure[];
  readonly entries: ReadonlyMap<string, AlertEntry>;
  /** Returns its id. Throws `alert.full`. */
  add(order: AlertOrder): string;
  /** A changed rule, a pause that is over, or `rearm` arms it anew. Throws `alert.unknown`. */
  change(id: string, change: Partial<AlertOrder>, rearm: boolean): void;
  /** Throws `alert.unknown`. */
  remove(id: string): void;
  acknowledge(ids: readonly string[] | undefined): void;
  /** One look. */
  look(id: string, reading: AlertReading): void;
  /** While nobody watched, its price was as low and as high as this. */
  lookedBack(id: string, past: { readonly since: number; readonly low: number; readonly high: number }): void;
  /** Once a second, after the looks: what is blind for too long, what has expired. */
  second(): void;
  /** As they are to be kept. */
  kept(): KeptAlerts;
  /** Says what is not said yet. */
  flush(): void;
  dispose(): void;
}

export interface AlertKeeperOptions {
  readonly clock: Clock;
  readonly kept: KeptAlerts;
  /** Something that is kept changed. */
  readonly onChange: () => void;
  /** To be called out, at once and together. What it says is kept first: `onChange` came before. */
  readonly onCall: (call: AlertCall) => void;
  /** An alert that was blind since then sees again, and nothing has triggered it. */
  readonly onSeenAgain: (entry: AlertEntry, since: number) => void;
}

export function createAlertKeeper(options: AlertKeeperOptions): AlertKeeper {
  const { clock, kept, onChange } = options;
  const entries = new Map<string, AlertEntry>();
  const happenings = createHappenings({ clock, kept: kept.happenings });
  let cancelCall: Undo | undefined;

  for (const one of kept.alerts) {
    const entry = createEntry(one);
    entries.set(one.alert.id, entry);
    if (!isWatched(entry)) continue;
    entry.blindFrom = clock.now();
    const blind = one.standing.blind ?? { since: kept.aliveAt, reason: 'off', isTold: false };
    entry.standing = { ...one.standing, blind };
  }

  function known(id: string): AlertEntry {
    const entry = entries.get(id);
    if (entry) return entry;
    throw new HeartlineError('alert.unknown', `no such alert: ${id}`);
  }

  function newId(): string {
    for (;;) {
      const id = `a${Math.floor(clock.random() * 36 ** 7).toString(36)}${entries.size.toString(36)}`;
      if (!entries.has(id) && !happenings.all.some(({ alert }) => alert.id === id)) return id;
    }
  }

  function callSoon(): void {
    cancelCall ??= clock.after(0, flush);
  }

  function flush(): void {
    cancelCall?.();
    cancelCall = undefined;
    const news = happenings.take();
    const [first] = news;
    if (!first) return;
    onChange();
    const ways = new Set(news.flatMap(({ alert }) => alert.ways));
    options.onCall({ id: first.call, at: clock.now(), ways: [...ways], happenings: news });
  }

  function trigger({ alert }: AlertEntry, { value, maybeSince, isLate }: AlertTriggering): void {
    happenings.add(alert, {
      kind: 'triggered',
      value,
      isLate,
      ...(maybeSince !== undefined && { maybeSince }),
    });
    callSoon();
  }

  function arm(entry: AlertEntry): void {
    entry.standing = armed(clock.now());
    entry.blindFrom = undefined;
    entry.figure = undefined;
    entry.idle = undefined;
    restartMove(entry);
  }

  /** It sees again, or is not watched any more. */
  function endBlindness(entry: AlertEntry): number | undefined {
    const { blind } = entry.standing;
    entry.blindFrom = undefined;
    if (!blind) return undefined;
    if (blind.isTold) happenings.endBlind(entry.alert.id);
    else if (blind.reason === 'off' && clock.now() - blind.since >= BLIND_BOUND_MS) {
      const { since, reason } = blind;
      happenings.note(entry.alert, { kind: 'blind', since, reason, until: clock.now() });
    }
    return blind.since;
  }

  function look(id: string, told: AlertReading): void {
    const entry = entries.get(id);
    if (!entry || !isWatched(entry)) return;
    const now = clock.now();
    const { alert, standing: before } = entry;
    if (alert.expiresAt !== undefined && alert.expiresAt <= now) return;
    const reading = movedReading(entry, told, now);
    entry.idle = reading.kind === 'idle' ? reading.reason : undefined;
    if (reading.kind === 'known') {
      const figure = figureOf(entry, reading);
      if (!isSameFigure(entry.figure, figure)) entry.figure = figure;
    }
    const { standing, triggering } = judgeAlert(alert, before, reading, now);
    const since = before.blind && !standing.blind ? endBlindness(entry) : undefined;
    if (standing.blind) entry.blindFrom ??= now;
    entry.standing = standing;
    if (triggering) {
      trigger(entry, triggering);
      restartMove(entry);
    } else if (since !== undefined) options.onSeenAgain(entry, since);
    if (triggering || isNews(before, standing)) onChange();
  }

  return {
    get rows() {
      return [...entries.values()].map(rowOf);
    },
    get happenings() {
      return happenings.all;
    },
    get figures() {
      return [...entries.values()].flatMap((entry) => (isWatched(entry) ? (entry.figure ?? []) : []));
    },
    entries,
    add(order) {
      if (entries.size >= MOST_ALERTS) {
        throw new HeartlineError('alert.full', `there are ${MOST_ALERTS} alerts already`, {
          details: { most: MOST_ALERTS },
        });
      }
      const id = newId();
      const alert = { ...order, id, createdAt: clock.now() };
      entries.set(id, createEntry({ alert, standing: armed(clock.now()) }));
      onChange();
      return id;
    },
    change(id, change, rearm) {
      const entry = known(id);
      const { alert: before } = entry;
      entry.alert = { ...before, ...change };
      const isOther = JSON.stringify(entry.alert.rule) !== JSON.stringify(before.rule);
      const goesOn = before.isPaused && !entry.alert.isPaused;
      const isBack = entry.standing.phase === 'expired' && (entry.alert.expiresAt ?? Infinity) > clock.now();
      if (isOther || goesOn || isBack || rearm) {
        endBlindness(entry);
        // What had triggered for good stays so when only its pause is taken back.
        if (isOther || isBack || rearm || entry.standing.phase !== 'done') arm(entry);
      } else if (!isWatched(entry)) {
        endBlindness(entry);
        const { blind: _over, ...standing } = entry.standing;
        entry.standing = standing;
      }
      onChange();
    },
    remove(id) {
      endBlindness(known(id));
      entries.delete(id);
      onChange();
    },
    acknowledge(ids) {
      if (happenings.acknowledge(ids)) onChange();
    },
    look,
    lookedBack(id, { since, low, high }) {
      const entry = entries.get(id);
      if (!entry || !isWatched(entry) || entry.standing.phase !== 'armed') return;
      const { when, level } = comparisonOf(entry.alert.rule);
      const side = when === 'cross' ? entry.standing.side : when === 'above' ? 'below' : 'above';
      const value = side === 'below' ? high : low;
      if (side === undefined || !(side === 'below' ? value >= level : value <= level)) return;
      const { alert, standing } = entry;
      const phase = alert.repeatAfterMs === undefined ? 'done' : 'resting';
      entry.standing = { ...standing, phase, triggeredAt: clock.now(), triggeredValue: value };
      trigger(entry, { value, maybeSince: since, isLate: false });
      onChange();
    },
    second() {
      const now = clock.now();
      for (const entry of entries.values()) {
        if (!isWatched(entry)) continue;
        const { alert, standing, blindFrom = now } = entry;
        if (alert.expiresAt !== undefined && alert.expiresAt <= now) {
          entry.standing = { ...standing, phase: 'expired' };
          onChange();
        } else if (standing.blind && !standing.blind.isTold && now - blindFrom >= BLIND_BOUND_MS) {
          const { since, reason } = standing.blind;
          entry.standing = { ...standing, blind: { since, reason, isTold: true } };
          happenings.add(alert, { kind: 'blind', since, reason });
          callSoon();
          onChange();
        }
      }
    },
    kept: () => ({
      aliveAt: clock.now(),
      alerts: [...entries.values()].map(({ alert, standing }) => ({ alert, standing })),
      happenings: happenings.all,
    }),
    flush,
    dispose: () => cancelCall?.(),
  };
}

/** What is newly known of a figure is kept only when it changes where the alert stands. */
function isNews(before: AlertEntry['standing'], after: AlertEntry['standing']): boolean {
  return before.phase !== after.phase || before.side !== after.side || before.blind !== after.blind;
}

function isSameFigure(held: AlertFigure | undefined, told: AlertFigure): boolean {
  const { value, receivedAt, isLate, distance } = told;
  return (
    held?.value === value &&
    held.receivedAt === receivedAt &&
    held.isLate === isLate &&
    held.distance === distance
  );
}

import { assertNever } from '#shared/base/assert-never.ts';
import { messageOf } from '#shared/base/errors.ts';
import { MOST_ALERTS } from '#shared/domain/alert.ts';
import type { EventLog } from '../health/event-log.ts';
import { openJsonFile } from '../json-file.ts';
import {
  alertFileSchema,
  happeningSchema,
  type KeptAlerts,
  keptAlertSchema,
  newerFileSchema,
} from './alert-schema.ts';

type AlertFileContent = ReturnType<typeof alertFileSchema.parse>;

export interface AlertFile {
  /** As an earlier run left them. */
  readonly kept: KeptAlerts;
  /** Durably; false: it could not be, which the log says once. */
  write(alerts: KeptAlerts): boolean;
}

/**
 * A file that is broken is set aside, an entry that makes no sense is left out with the whole kept beside: both are said.
 * One of a newer Heartline, or that cannot be read, is said and never written over.
 */
export function openAlertFile(path: string, log: EventLog, now: number): AlertFile {
  const none: KeptAlerts = { aliveAt: now, alerts: [], happenings: [] };
  const file = openJsonFile(path, {
    // One of a newer Heartline is no broken one.
    parse: (value) => (newerFileSchema.safeParse(value).success ? undefined : alertFileSchema.parse(value)),
  });
  /** Says where the whole is kept, at once or when that could be done at last. */
  let tellPartly: (kept: string) => void = () => undefined;
  let isClosed = false;
  let isFailing = false;

  function load(): KeptAlerts {
    const read = file.read();
    switch (read.kind) {
      case 'absent':
        return none;
      case 'unreadable':
        return leave(read.reason);
      case 'broken':
        if (read.aside.stuck !== undefined) return leave(read.aside.stuck);
        log.add('error', 'alerts.broken', `the file of alerts makes no sense: ${read.reason.slice(0, 200)}`, {
          file: read.aside.file,
        });
        return none;
      case 'read':
        return read.value === undefined ? leave('a newer Heartline wrote it') : sift(read.value);
      default:
        return assertNever(read);
    }
  }

  /** Entries one by one: a mistake in one must not take the others with it. */
  function sift(given: AlertFileContent): KeptAlerts {
    const alerts = given.alerts.map((entry) => keptAlertSchema.safeParse(entry).data);
    const happenings = given.happenings.map((entry) => happeningSchema.safeParse(entry).data);
    const lost = [...alerts, ...happenings].filter((entry) => entry === undefined).length;
    if (lost > 0) keepWhole(lost);
    const ids = new Set<string>();
    return {
      // A clock that was set back since must not make time run backwards for what was watched.
      aliveAt: Math.min(given.aliveAt, now),
      alerts: alerts
        .flatMap((entry) => entry ?? [])
        .filter(({ alert }) => !ids.has(alert.id) && ids.add(alert.id))
        .slice(0, MOST_ALERTS),
      happenings: happenings.flatMap((entry) => entry ?? []),
    };
  }

  function leave(reason: string): KeptAlerts {
    isClosed = true;
    log.add('error', 'alerts.unreadable', `${path} cannot be read: ${reason}`, { file: path, reason });
    return none;
  }

  function keepWhole(count: number): void {
    const aside = file.keepBeside();
    if (aside.stuck !== undefined) log.add('error', 'alerts.unwritable', aside.stuck, { file: aside.file });
    tellPartly = (kept) =>
      log.add('error', 'alerts.partly', `${count} entries of ${path} make no sense`, { count, file: kept });
    tellPartly(aside.file);
  }

  return {
    kept: load(),
    write(alerts) {
      if (isClosed) return false;
      try {
        const aside = file.write(`${JSON.stringify({ version: 1, ...alerts })}\n`);
        if (aside !== undefined) tellPartly(aside);
        isFailing = false;
        return true;
      } catch (fault) {
        if (!isFailing) log.add('error', 'alerts.unwritable', messageOf(fault), { file: path });
        isFailing = true;
        return false;
      }
    },
  };
}

/** Nothing is kept, and nothing was. */
export function noFile(now: number): AlertFile {
  return { kept: { aliveAt: now, alerts: [], happenings: [] }, write: () => true };
}

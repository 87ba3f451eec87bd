import { readFileSync, renameSync } from 'node:fs';
import { messageOf } from '#shared/base/errors.ts';
import { MOST_ALERTS } from '#shared/domain/alert.ts';
import type { EventLog } from '../health/event-log.ts';
import { writeDurably } from '../keys/write-durably.ts';
import {
  alertFileSchema,
  happeningSchema,
  type KeptAlerts,
  keptAlertSchema,
  newerFileSchema,
} from './alert-schema.ts';

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
  let isClosed = false;
  let isFailing = false;

  function load(): KeptAlerts {
    let text: string;
    try {
      text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return none;
      return leave(messageOf(fault));
    }
    let file: ReturnType<typeof alertFileSchema.parse>;
    try {
      const value: unknown = JSON.parse(text);
      if (newerFileSchema.safeParse(value).success) return leave('a newer Heartline wrote it');
      file = alertFileSchema.parse(value);
    } catch (fault) {
      setAside(text, messageOf(fault));
      return none;
    }
    const alerts = file.alerts.map((entry) => keptAlertSchema.safeParse(entry).data);
    const happenings = file.happenings.map((entry) => happeningSchema.safeParse(entry).data);
    const lost = [...alerts, ...happenings].filter((entry) => entry === undefined).length;
    if (lost > 0) keepWhole(text, lost);
    const ids = new Set<string>();
    return {
      // A clock that was set back since must not make time run backwards for what was watched.
      aliveAt: Math.min(file.aliveAt, now),
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

  function setAside(text: string, reason: string): void {
    const file = `${path}.broken`;
    try {
      renameSync(path, file);
      log.add('error', 'alerts.broken', `the file of alerts makes no sense: ${reason.slice(0, 200)}`, {
        file,
      });
    } catch (fault) {
      leave(`${messageOf(fault)} (${text.length} characters)`);
    }
  }

  function keepWhole(text: string, count: number): void {
    const file = `${path}.broken`;
    try {
      writeDurably(file, text);
    } catch (fault) {
      log.add('error', 'alerts.unwritable', messageOf(fault), { file });
    }
    log.add('error', 'alerts.partly', `${count} entries of ${path} make no sense`, { count, file });
  }

  return {
    kept: load(),
    write(alerts) {
      if (isClosed) return false;
      try {
        writeDurably(path, `${JSON.stringify({ version: 1, ...alerts })}\n`);
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

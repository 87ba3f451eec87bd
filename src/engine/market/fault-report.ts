import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { EventLog } from '../health/event-log.ts';

/** Tells the log what went wrong with a question to the venue. */
export type FaultReport = (fault: unknown, details: Readonly<Record<string, string>>) => void;

const AGAIN_MS = 60_000;

/**
 * The same kind of fault once a minute, with how many were like it: everything that is missing is asked for again every
 * few seconds, and a log full of that has no room for what matters. `venue`: its name.
 */
export function createFaultReport(options: {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: EventLog;
  readonly venue: string;
}): FaultReport {
  const { clock, log, venue } = options;
  const told = new Map<string, { readonly at: number; others: number }>();
  return (fault, details) => {
    const code = fault instanceof HeartlineError ? fault.code : 'internal';
    // Our own closing is nobody's fault, and a circuit has said so itself, once.
    if (code === 'rest.stopped' || code === 'rest.circuit') return;
    const now = clock.monotonic();
    const last = told.get(code);
    if (last && now - last.at < AGAIN_MS) {
      last.others += 1;
      return;
    }
    told.set(code, { at: now, others: 0 });
    const own = fault instanceof HeartlineError ? fault.details : {};
    const others = last && last.others > 0 ? { others: last.others } : {};
    log.add('warn', code, messageOf(fault), { venue, ...own, ...details, ...others });
  };
}

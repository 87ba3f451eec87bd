import { hash as digest } from 'node:crypto';
import { HeartlineError } from '#shared/base/errors.ts';
import type { ExportedFile, Flight } from '#shared/contract/order-views.ts';
import type { JournalLine } from '#shared/domain/journal.ts';
import { createReportTimes, fileStamp } from '../health/evidence-times.ts';
import type { Journal } from './journal-port.ts';
import { foldOwnOrder, type HeldOwnOrder } from './own-order-state.ts';

/**
 * All that happened to one order, from the click on. `lines`: those of that order, oldest first. Throws `order.unknown` for one that was
 * never about to leave (denied, blocked, declined): its lines are all there is of it.
 */
export function flightOf(lines: readonly JournalLine[]): Flight {
  let held: HeldOwnOrder | undefined;
  for (const line of lines) held = foldOwnOrder(held, line);
  if (held === undefined) {
    throw new HeartlineError(
      'order.unknown',
      'this order never left: there is only what was decided about it',
    );
  }
  const clickedAt = lines[0]?.at ?? 0;
  return {
    order: held.order,
    lines: lines.map((line) => ({ ...line, afterMs: afterClick(line, clickedAt) })),
  };
}

/** One order's flight for people and programs alike: JSON, every time in KST and UTC as well. Throws as `flightOf`. */
export function exportFlight(lines: readonly JournalLine[], exportedAt: number): ExportedFile {
  const { order, lines: all } = flightOf(lines);
  const { inZones } = createReportTimes('UTC');
  const timed = (at: number) => {
    const { kst, utc } = inZones(at);
    return { kst, utc };
  };
  const content = {
    kind: 'heartline-flight',
    exportedAt: timed(exportedAt),
    order,
    // The chain covers the whole journal: `npm run -s audit -- verify` checks it.
    lines: all.map(({ seq, at, afterMs, state, event, hash }) => ({
      seq,
      ...timed(at),
      at,
      afterMs,
      ...(state !== undefined && { state }),
      event,
      hash,
    })),
  };
  const name = `heartline-order-${order.request.clientOrderId}-${fileStamp(exportedAt)}.json`;
  return exported(name, `${JSON.stringify(content, undefined, 2)}\n`);
}

/** The whole journal as NDJSON. */
export function exportAudit(journal: Pick<Journal, 'exported'>, exportedAt: number): ExportedFile {
  return exported(`heartline-audit-${fileStamp(exportedAt)}.ndjson`, journal.exported());
}

function exported(fileName: string, text: string): ExportedFile {
  return { fileName, text, sha256: digest('sha256', text, 'hex') };
}

/**
 * What was timed by the steady clock keeps that time; the rest is the difference of wall times, which a clock that was set back must not turn
 * negative.
 */
function afterClick({ at, event }: JournalLine, clickedAt: number): number {
  if (event.kind === 'sent' || event.kind === 'answer') return event.afterMs;
  return Math.max(0, at - clickedAt);
}

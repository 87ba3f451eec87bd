import type { Flight } from '#shared/contract/order-views.ts';
import type { JournalEvent } from '#shared/domain/journal.ts';
import { formatDecimal } from '../../ui/format-number.ts';

/** The stations of an order, in the order they are passed. */
export const STATIONS = [
  'intent',
  'guard',
  'confirm',
  'journal',
  'sent',
  'answer',
  'report',
  'fill',
  'later',
] as const;
export type Station = (typeof STATIONS)[number];

type FlightLine = Flight['lines'][number];

export interface FlightRow {
  readonly line: FlightLine;
  readonly station: Station;
  /** Since the line before, ms; absent in the first. */
  readonly sinceMs?: number;
}

/** Which station a line of the journal belongs to. */
function stationOf({ kind }: JournalEvent): Station {
  switch (kind) {
    case 'intent':
      return 'intent';
    case 'denied':
    case 'blocked':
    case 'override':
    case 'guarded':
      return 'guard';
    case 'confirm':
      return 'confirm';
    case 'sending':
      return 'journal';
    case 'sent':
      return 'sent';
    case 'answer':
      return 'answer';
    case 'report':
      return 'report';
    case 'fill':
      return 'fill';
    default:
      return 'later';
  }
}

/** Lines with their stations and the time from one to the next. */
export function flightRows({ lines }: Pick<Flight, 'lines'>): readonly FlightRow[] {
  return lines.map((line, index) => {
    const before = lines[index - 1];
    const since = before === undefined ? {} : { sinceMs: line.afterMs - before.afterMs };
    return { line, station: stationOf(line.event), ...since };
  });
}

/** `+0.0 ms`, `+1,204 ms`: tenths while they say something. */
export function plusMs(ms: number): string {
  const digits = Math.abs(ms) < 10 ? 1 : 0;
  return `${ms < 0 ? '' : '+'}${formatDecimal(ms, digits)} ms`;
}

/** A length of time of its own: `5.7 ms`. */
export function shownMs(ms: number): string {
  return plusMs(ms).replace('+', '');
}

/** Enough of a hash to compare it by eye. */
export function shortHash(hash: string): string {
  return hash.length <= 12 ? hash : `${hash.slice(0, 12)}…`;
}

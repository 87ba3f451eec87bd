import type { Print } from '../print.ts';

/**
 * A trade's id on the wire: its time followed by the last digits of its number. Both venues' ids are integers beyond
 * 2^53, so a client that reads them as numbers finds neighbours to be the same.
 */
export function sequentialId(print: Print, digits: number): string {
  return `${print.time}${String(print.id % 10 ** digits).padStart(digits, '0')}`;
}

/** The time (ms epoch) inside an id, or `undefined` when it is none. */
export function timeOfSequentialId(id: string, digits: number): number | undefined {
  return /^\d+$/.test(id) && id.length === 13 + digits ? Number(id.slice(0, 13)) : undefined;
}

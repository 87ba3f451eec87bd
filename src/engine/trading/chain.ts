import { hash as digest } from 'node:crypto';
import type { JournalEvent, JournalLine } from '#shared/domain/journal.ts';
import type { OwnOrderState } from '#shared/domain/own-order.ts';

/** What the first line is chained to. */
export const GENESIS = '0'.repeat(64);

/** A line as it lies in the file. `body`: the event as JSON, exactly as it was hashed. */
export interface StoredLine {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly order: string | null;
  readonly state: string | null;
  readonly body: string;
  readonly hash: string;
}

/** The line that was last when this was written, kept in a place of its own: without it a missing tail would not show. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

/** SHA-256 of the previous line's hash and this line's own text, lower-case hex. */
export function lineHash(before: string, line: Pick<StoredLine, 'seq' | 'at' | 'state' | 'body'>): string {
  return digest('sha256', `${before}\n${line.seq}\n${line.at}\n${line.state ?? ''}\n${line.body}`, 'hex');
}

/**
 * Walks the whole chain. `rows`: every line there is, by rising `seq`; reading may throw where the file is damaged.
 * `brokenAt`: the first line that is not what it was, or is missing, or was slipped in. Lines after `end` are no fault: Heartline may have ended
 * between writing one and noting that it had. Whoever can write files and recomputes every hash and the noted end as
 * well is not found out by this: that takes a copy of the end kept elsewhere.
 */
export function checkChain(
  rows: Iterable<unknown>,
  end: ChainEnd | undefined,
): { readonly lines: number; readonly brokenAt?: number } {
  let [lines, due, before] = [0, 1, GENESIS];
  let brokenAt: number | undefined;
  try {
    for (const row of rows) {
      lines += 1;
      if (brokenAt !== undefined) continue;
      const line = row as StoredLine;
      if (!follows(line, due, before) || (end?.seq === due && end.hash !== line.hash)) brokenAt = due;
      due += 1;
      before = line.hash;
    }
  } catch {
    // The file gives no more: the line that was due is the first that cannot be had.
    brokenAt ??= due;
  }
  // Without a noted end nobody can say that the last line is the last there was.
  if (brokenAt === undefined && (end === undefined || end.seq >= due)) brokenAt = due;
  return { lines, ...(brokenAt !== undefined && { brokenAt }) };
}

function follows(line: StoredLine, due: number, before: string): boolean {
  const { seq, at, kind, order, state, body, hash } = line;
  if (seq !== due || typeof body !== 'string' || typeof at !== 'number') return false;
  if (lineHash(before, { seq, at, state, body }) !== hash) return false;
  // The columns that lines are looked up by are not hashed themselves: they only repeat the body.
  const event = JSON.parse(body) as JournalEvent;
  return event.kind === kind && orderOf(event) === order;
}

/** Our id of the order an event is about. */
export function orderOf(event: JournalEvent): string | null {
  return 'order' in event ? event.order : null;
}

/** Throws what `JSON.parse` throws. */
export function readLine({ seq, at, state, body, hash }: StoredLine): JournalLine {
  return {
    seq,
    at,
    event: JSON.parse(body) as JournalEvent,
    ...(state !== null && { state: state as OwnOrderState }),
    hash,
  };
}

/** NDJSON with each event's text as it was hashed, so that anyone can check the chain: see `lineHash`. */
export function exportLine({ seq, at, state, body, hash }: StoredLine): string {
  const standing = state === null ? '' : `"state":${JSON.stringify(state)},`;
  return `{"seq":${seq},"at":${at},${standing}"event":${body},"hash":"${hash}"}\n`;
}

export function exportLines(lines: Iterable<StoredLine>): string {
  let text = '';
  for (const line of lines) text += exportLine(line);
  return text;
}

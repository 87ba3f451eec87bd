import { join } from 'node:path';
import type { Clock } from '#shared/base/clock.ts';
import { createEmitter } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { JournalEvent, JournalLine } from '#shared/domain/journal.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { OwnOrder, OwnOrderState } from '#shared/domain/own-order.ts';
import type { EventLog } from '../health/event-log.ts';
import { checkChain, exportLines, lineHash, orderOf, readLine, type StoredLine } from './chain.ts';
import { ANCHOR_FILE, readAnchor } from './journal-anchor.ts';
import type { Journal } from './journal-port.ts';
import { JOURNAL_FILE } from './journal-schema.ts';
import { type OpenJournal, openJournal } from './open-journal.ts';
import { createOwnOrderShelf } from './own-order-shelf.ts';
import type { HeldOwnOrder } from './own-order-state.ts';
import { createSpendings } from './spendings.ts';

export interface JournalOptions {
  readonly clock: Clock;
  readonly dataDir: string;
  readonly log: EventLog;
}

/** What is known of an order whose answer was awaited when Heartline ended. */
export const ENDED_EARLY = 'Heartline ended before the answer came';
/** Lines after which the write-ahead file is folded in, in a quiet moment. */
const FOLD_AFTER = 300;
const DAY_MS = 86_400_000;

/**
 * Opens the journal in the data folder. Never throws: a journal that cannot be opened has a `fault`, no order leaves, and
 * `probe` tries again. A damaged one is set aside and said to be. Orders that were on their way when Heartline ended are `unknown`.
 */
export function createJournal(options: JournalOptions): Journal {
  const { clock, dataDir, log } = options;
  const changed = createEmitter<OwnOrder>();
  let open: OpenJournal | undefined;
  let fault: string | undefined;
  let isLoaded = false;
  let isDisposed = false;
  /** Lines about the start itself that could not be written yet. */
  let owed: JournalEvent[] = [];
  let [sinceFold, wasQuiet] = [0, true];
  const unreadable = new Set<string>();

  const shelf = createOwnOrderShelf(
    () => opened().file,
    (order, reason) => {
      if (unreadable.has(order)) return;
      unreadable.add(order);
      log.add('error', 'journal.unreadable', messageOf(reason), { order });
    },
  );
  const spendings = createSpendings((since) =>
    open?.file.sentSince(since).flatMap(({ at, state, body }) => {
      const request = requestIn(body);
      return request ? [{ request, at, state: (state ?? 'submitting') as OwnOrderState }] : [];
    }),
  );

  function opened(): OpenJournal {
    if (isDisposed) throw new HeartlineError('journal.closed', 'the journal is closed');
    if (open && !(open.file.isInPlace && open.anchor.isInPlace)) {
      throw new HeartlineError('journal.gone', `${JOURNAL_FILE} was moved, replaced or deleted`);
    }
    open ??= openJournal(options);
    return open;
  }

  function closeAll(): void {
    const before = open;
    open = undefined;
    try {
      before?.anchor.dispose();
    } finally {
      before?.file.close();
    }
  }

  /** All of them, or none. */
  function write(journal: OpenJournal, events: readonly JournalEvent[]): readonly JournalLine[] {
    const at = Math.trunc(clock.now());
    /** What the lines before make of an order, none of which is taken before all are on the disk. */
    const judged = new Map<string, HeldOwnOrder>();
    let { end } = journal;
    const drafted = events.map((event) => {
      const order = orderOf(event);
      const held = shelf.judge(event, at, judged.get(order ?? ''));
      if (order !== null && held) judged.set(order, held);
      const body = JSON.stringify(event);
      const line = { seq: end.seq + 1, at, kind: event.kind, order, state: held?.order.state ?? null, body };
      const stored: StoredLine = { ...line, hash: lineHash(end.hash, line) };
      end = { seq: stored.seq, hash: stored.hash };
      return { event, held, stored };
    });
    journal.file.add(drafted.map(({ stored }) => stored));
    journal.end = end;
    sinceFold += drafted.length;
    wasQuiet = false;
    const news: OwnOrder[] = [];
    for (const { event, held } of drafted) {
      if (event.kind === 'sending') spendings.sent({ request: event.request, at, state: 'submitting' });
      if (!held || !shelf.take(held)) continue;
      spendings.changed(held.order.request.clientOrderId, held.order.state);
      news.push(held.order);
    }
    try {
      journal.anchor.note(end);
    } finally {
      for (const order of news) changed.emit(order);
    }
    // What a reader would find, and nothing that the caller may still change.
    return drafted.map(({ stored }) => readLine(stored));
  }

  /** Once, when the file is first there to be read. */
  function load(): void {
    shelf.load();
    isLoaded = true;
    const at = clock.now();
    // A click must not wait for it.
    spendings.know(at - DAY_MS);
    const lost = [...shelf.orders.values()].filter(({ state }) => state === 'submitting');
    owed = lost.map(({ request }) => ({
      kind: 'evidence',
      order: request.clientOrderId,
      evidence: { at, kind: 'answer', detail: ENDED_EARLY },
    }));
    // Whether the disk takes the lines or not, that is what they are.
    for (const event of owed) shelf.take(shelf.judge(event, at));
    const unknown = [...shelf.orders.values()].filter(({ state }) => state === 'unknown').length;
    owed.push({ kind: 'started', unknown });
    for (const order of shelf.orders.values()) changed.emit(order);
  }

  /** Open, read, and its start written down. */
  function ready(): OpenJournal {
    const journal = opened();
    if (!isLoaded) load();
    for (let first = owed.shift(); first !== undefined; first = owed.shift()) {
      try {
        write(journal, [first]);
      } catch (reason) {
        owed.unshift(first);
        throw reason;
      }
    }
    return journal;
  }

  /** Runs what writes. Throws `journal.unwritable`. */
  function writing<Result>(run: () => Result): Result {
    try {
      const result = run();
      if (fault !== undefined) log.add('info', 'journal.writable', 'the journal can be written again');
      fault = undefined;
      return result;
    } catch (reason) {
      const text = messageOf(reason);
      if (fault === undefined && !isDisposed) {
        log.add('error', 'journal.unwritable', text, { file: JOURNAL_FILE });
      }
      fault = text;
      if (!isPassing(reason)) abandon();
      throw new HeartlineError('journal.unwritable', `the journal cannot be written: ${text}`, {
        cause: reason,
        details: { reason: text },
      });
    }
  }

  /** Opened anew at the next try: whatever is wrong, it may be another file by then. */
  function abandon(): void {
    try {
      closeAll();
    } catch (reason) {
      // It is given up in any case, and the fault that led here is told.
      fault = `${fault}; ${messageOf(reason)}`;
    }
  }

  function attempt(run: () => unknown): void {
    try {
      writing(run);
    } catch (reason) {
      // `fault` and the log have it; the next second tries again.
      if (!(reason instanceof HeartlineError)) throw reason;
    }
  }

  attempt(ready);

  return {
    append: (event) => writing(() => write(ready(), [event]))[0] as JournalLine,
    appendAll: (events) => (events.length === 0 ? [] : writing(() => write(ready(), events))),
    get fault() {
      return fault;
    },
    probe() {
      if (isDisposed) return;
      if (fault !== undefined || owed.length > 0) {
        attempt(() => ready().file.probe(Math.trunc(clock.now())));
      } else if (wasQuiet && sinceFold >= FOLD_AFTER) {
        sinceFold = 0;
        attempt(() => opened().file.fold());
      }
      wasQuiet = true;
    },
    orders: shelf.orders,
    linesOf(order) {
      const lines = open?.file.linesOf(order).flatMap(readIfWhole) ?? [];
      if (lines.length > 0) return lines;
      throw new HeartlineError('order.unknown', `the journal has no order ${order}`, { details: { order } });
    },
    spent: (account, quote, since) => spendings.spent(account, quote, since),
    left: (account, since) => spendings.left(account, since),
    verify() {
      const noted = readAnchor(join(dataDir, ANCHOR_FILE));
      return checkChain(open?.file.all() ?? [], typeof noted === 'string' ? undefined : noted);
    },
    exported: () => exportLines(open?.file.all() ?? []),
    onOrder: (listener) => changed.on(listener),
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      closeAll();
    },
  };
}

function readIfWhole(stored: StoredLine): readonly JournalLine[] {
  try {
    return [readLine(stored)];
  } catch {
    // `verify` names it; the others are no worse for it.
    return [];
  }
}

function requestIn(body: string): OrderRequest | undefined {
  try {
    const event = JSON.parse(body) as JournalEvent;
    return event.kind === 'sending' ? event.request : undefined;
  } catch {
    return undefined;
  }
}

/** It is the disk, or somebody else's hold on it: what is open can stay so. */
function isPassing(reason: unknown): boolean {
  return (
    reason instanceof Error && 'code' in reason && /^SQLITE_(?:FULL|BUSY|LOCKED)/u.test(String(reason.code))
  );
}

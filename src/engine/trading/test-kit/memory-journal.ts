import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import { createEmitter } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { JournalEvent, JournalLine } from '#shared/domain/journal.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import type { Journal } from '../journal-port.ts';
import { foldOwnOrder, type HeldOwnOrder } from '../own-order-state.ts';

/** A journal without a disk, chain or sums: the lines, and the orders they come to by the one law. */
export interface MemoryJournal extends Journal {
  readonly lines: readonly JournalLine[];
  /** While set, nothing can be written or read. */
  isBroken: boolean;
  kindsOf(order: string): readonly string[];
}

/** `before`: what an earlier run has written. Whatever waited for its answer then is unknown now. */
export function createMemoryJournal(clock: Clock, before: readonly JournalLine[] = []): MemoryJournal {
  const lines: JournalLine[] = [];
  const byOrder = new Map<string, JournalLine[]>();
  const held = new Map<string, HeldOwnOrder>();
  const orders = new Map<string, OwnOrder>();
  const changed = createEmitter<OwnOrder>();

  function take(line: JournalLine): void {
    lines.push(line);
    const { event } = line;
    if (!('order' in event)) return;
    const id = event.order;
    const own = byOrder.get(id);
    if (own) own.push(line);
    else byOrder.set(id, [line]);
    const next = foldOwnOrder(held.get(id), line);
    if (next === undefined || next.order === orders.get(id)) return;
    held.set(id, next);
    orders.set(id, next.order);
    changed.emit(next.order);
  }

  /** What left, or may have. */
  function sentSince(account: AccountId, since: number): readonly OrderRequest[] {
    return lines.flatMap(({ at, event }) => {
      if (event.kind !== 'sending' || at < since || event.request.account !== account) return [];
      return orders.get(event.order)?.state === 'unsent' ? [] : [event.request];
    });
  }

  const journal: MemoryJournal = {
    lines,
    isBroken: false,
    append(event: JournalEvent) {
      if (journal.isBroken) throw new HeartlineError('journal.unwritable', 'the disk is full');
      const line = { seq: lines.length + 1, at: clock.now(), event, hash: '' };
      take(line);
      return line;
    },
    appendAll: (events) => events.map((event) => journal.append(event)),
    get fault() {
      return journal.isBroken ? 'the disk is full' : undefined;
    },
    probe: () => undefined,
    orders,
    linesOf(id) {
      if (journal.isBroken) throw new HeartlineError('order.unknown', 'it cannot be read');
      return byOrder.get(id) ?? [];
    },
    kindsOf: (id) => (byOrder.get(id) ?? []).map(({ event }) => event.kind),
    spent: (account, quote, since) =>
      sentSince(account, since)
        .filter(({ instrument }) => instrumentName(instrument).split('-')[1] === quote)
        .reduce((sum, { notional }) => sum.plus(notional), new Big(0))
        .toFixed(),
    left: (account, since) => sentSince(account, since).length,
    verify: () => ({ lines: lines.length }),
    exported: () => lines.map((line) => JSON.stringify(line)).join('\n'),
    onOrder: (listener) => changed.on(listener),
    dispose: () => undefined,
  };
  for (const line of before) take(line);
  for (const [order, { state }] of orders) {
    if (state !== 'submitting') continue;
    journal.append({
      kind: 'evidence',
      order,
      evidence: { at: clock.now(), kind: 'answer', detail: 'ended before the answer came' },
    });
  }
  return journal;
}

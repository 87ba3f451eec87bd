import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { JournalLine } from '#shared/domain/journal.ts';
import { type FillReport, isTerminal, type OrderReport } from '#shared/domain/order.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import type { Journal } from './journal-port.ts';
import { heirRef, ownRef } from './known-order.ts';
import type { LateLines } from './late-lines.ts';

/** A fill is of an order that does not wait any more. */
type Seen = Pick<OrderReport | FillReport, 'instrument' | 'venueOrderId'> & {
  readonly isConditional?: boolean;
};

/** More than are ever open: beyond it those of orders that are forgotten go. */
const MOST_BOUND = 4000;

/** Of one order. What is beyond it and comes again is written again, which does no harm. */
const MOST_SAID = 5000;

interface Written {
  /** Marks of reports, and ids of fills. */
  readonly said: Set<string>;
  /** The newest by the venue's clock. */
  last: { readonly mark: string; readonly venueTime: number } | undefined;
}

export type SightingSource = 'stream' | 'rest';

/** What is seen of orders of ours, written down once, by whichever way and however often it came. Orders of others are ignored. */
export interface OwnSightings {
  /** True: it is one of ours. */
  report(
    account: AccountId,
    report: OrderReport,
    source: SightingSource,
    fills?: readonly FillReport[],
  ): boolean;
  fill(account: AccountId, fill: FillReport, source: SightingSource): boolean;
  dispose(): void;
}

export function createOwnSightings(
  journal: Pick<Journal, 'orders' | 'onOrder' | 'linesOf'>,
  lines: Pick<LateLines, 'add'>,
): OwnSightings {
  /** By client order id: what was written already. */
  const written = new Map<string, Written>();
  /** Some frames name the venue's id alone, and what a conditional order became may bear an id of the venue's making. */
  const byVenueId = new Map<string, string>();

  /** Where those that wait for a trigger are kept apart, their numbers may come again among the others. */
  const venueName = (account: AccountId, { instrument, venueOrderId, isConditional = false }: Seen) =>
    `${account} ${instrument} ${isConditional ? 'c' : ''}${venueOrderId}`;

  function bind(account: AccountId, seen: Seen, order: string): void {
    byVenueId.set(venueName(account, seen), order);
    if (byVenueId.size <= MOST_BOUND) return;
    // The journal forgets what ended long ago, and so do we.
    for (const [name, id] of byVenueId) if (!journal.orders.has(id)) byVenueId.delete(name);
  }

  const keep = (order: OwnOrder) => {
    const { account, instrument, venueOrderId, isConditional } = ownRef(order);
    if (venueOrderId === undefined) return;
    bind(account, { instrument, venueOrderId, isConditional }, order.request.clientOrderId);
  };
  for (const order of journal.orders.values()) keep(order);
  const stop = journal.onOrder(keep);

  function ours(account: AccountId, seen: OrderReport | FillReport): string | undefined {
    const named = seen.clientOrderId;
    if (named !== undefined && journal.orders.get(named)?.account === account) return named;
    const id = byVenueId.get(venueName(account, seen));
    return id !== undefined && journal.orders.has(id) ? id : undefined;
  }

  function known(order: string): Written {
    const before = written.get(order);
    if (before) return before;
    const read: Written = { said: new Set(), last: undefined };
    for (const { event } of linesOf(order)) {
      if (event.kind === 'report') noteReport(read, event.report);
      else if (event.kind === 'fill') read.said.add(event.fill.id);
    }
    written.set(order, read);
    // The journal forgets what ended long ago, and so do we.
    for (const [id] of written) if (!journal.orders.has(id)) written.delete(id);
    return read;
  }

  function linesOf(order: string): readonly JournalLine[] {
    try {
      return journal.linesOf(order);
    } catch (fault) {
      // While the journal cannot be read it is rather written once more than not at all, and nobody who saw something is stopped by it.
      if (fault instanceof HeartlineError) return [];
      throw fault;
    }
  }

  function fill(account: AccountId, seen: FillReport, source: SightingSource): boolean {
    const order = ours(account, seen);
    if (order === undefined) return false;
    const { said } = known(order);
    if (!said.has(seen.id)) {
      remember(said, seen.id);
      lines.add({ kind: 'fill', order, fill: plainFill(seen), source });
    }
    return true;
  }

  return {
    report(account, seen, source, fills = []) {
      const order = ours(account, seen);
      if (order === undefined) return false;
      const heir = heirRef(seen);
      if (heir) bind(account, heir, order);
      const before = known(order);
      // Said again of one that was being cancelled, it says something: it was left alone.
      const isLeft =
        source === 'rest' && !isTerminal(seen.status) && journal.orders.get(order)?.state === 'cancelling';
      if (isLeft || isNews(before, seen, source)) {
        noteReport(before, seen);
        lines.add({ kind: 'report', order, report: plainReport(seen), source });
      }
      for (const one of fills) fill(account, one, source);
      return true;
    },
    fill,
    dispose() {
      stop();
    },
  };
}

/** Neither said before, nor an order changed back to what it was. REST may date anew what it read from a copy that lags behind. */
function isNews({ said, last }: Written, seen: OrderReport, source: SightingSource): boolean {
  const own = mark(seen);
  if (!said.has(own)) return true;
  return source === 'stream' && last !== undefined && own !== last.mark && seen.venueTime > last.venueTime;
}

function noteReport(written: Written, report: OrderReport): void {
  const own = mark(report);
  remember(written.said, own);
  if (written.last === undefined || report.venueTime >= written.last.venueTime) {
    written.last = { mark: own, venueTime: report.venueTime };
  }
}

function remember(said: Set<string>, one: string): void {
  said.add(one);
  if (said.size <= MOST_SAID) return;
  for (const oldest of said) {
    said.delete(oldest);
    return;
  }
}

/** Two reports with the same mark say the same, whenever it was so: some venues date every answer anew. */
function mark(report: OrderReport): string {
  const { venueOrderId, status, venueStatus, filledQuantity, averagePrice, price, quantity, triggerPrice } =
    report;
  return JSON.stringify([
    venueOrderId,
    status,
    venueStatus,
    filledQuantity,
    averagePrice,
    price,
    quantity,
    triggerPrice,
  ]);
}

/** Without what only the desk adds to it. */
function plainReport(report: OrderReport): OrderReport {
  const { account: _account, source: _source, receivedAt: _at, ...plain } = report as OrderReport & Held;
  return plain;
}

function plainFill(fill: FillReport): FillReport {
  const { account: _account, source: _source, receivedAt: _at, ...plain } = fill as FillReport & Held;
  return plain;
}

interface Held {
  readonly account?: AccountId;
  readonly source?: string;
  readonly receivedAt?: number;
}

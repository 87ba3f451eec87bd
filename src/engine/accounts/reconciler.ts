import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Priority } from '../net/limiter.ts';
import { instrumentsIn } from './account-history.ts';
import type { AccountEvent, AccountHoldings, AccountPart, SnapshotEvent } from './account-holdings.ts';
import { orderName } from './account-holdings.ts';
import type { AccountReads, OrderAnswer } from './account-reads.ts';
import { missingOrders } from './apply-snapshot.ts';
import { TOLD_WITHIN_MS } from './stream-probe.ts';
import { untold } from './untold.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Reconciler {
  /**
   * Reads everything that is so now, joins it in, and says what differed. A stream that is believed (`isLive`) gets a
   * while to tell by itself what differs.
   */
  reconcile(isLive: boolean): Promise<readonly string[]>;
  /** Fills of a range (wall ms), where the venue tells them by time. */
  fills(range: Range): Promise<void>;
  /** Reads some parts again, joins them in, and says what differed. */
  reread(parts: readonly AccountPart[]): Promise<readonly string[]>;
  /**
   * Orders that ended within a range (wall ms), its fills (unless they were read already), and what of the orders' fills
   * is not known.
   */
  past(range: Range, isWithFills?: boolean): Promise<void>;
  /** Reads balances and open orders without believing them yet. */
  look(): Promise<SnapshotEvent>;
}

/** Orders whose fills are asked for in one go; the next time the next. */
const FILLS_AT_ONCE = 400;
const AHEAD_MS = 60_000;
const LACKING_MS = 86_400_000;
/** A venue that does not find an order is asked again: what looks orders up may be behind what streams them. */
const NOT_FOUND_AGAIN_MS = 2000;

export function createReconciler(options: {
  readonly clock: Clock;
  readonly reads: AccountReads;
  /** Venue clock minus ours, ms. */
  readonly offsetMs: () => number;
  readonly holdings: () => AccountHoldings;
  /** Serial from which on the socket that stands told; infinite while none does. */
  readonly streamedSince: () => number;
  readonly apply: (event: AccountEvent) => void;
}): Reconciler {
  const { clock, reads, holdings, apply } = options;
  /** Orders whose fills were asked for, and how far they were filled then: some venues never tell all of them. */
  const asked = new Map<string, string>();
  const venueTime = (wall: number) => Math.round(wall + options.offsetMs());

  async function snapshot(parts: readonly AccountPart[]): Promise<SnapshotEvent> {
    const since = holdings().serial;
    const lag = { askedAt: clock.now(), streamedSince: options.streamedSince() };
    const has = (part: AccountPart) => parts.includes(part);
    const [balances, positions, settings, orders] = await Promise.all([
      has('balances') ? reads.balances() : undefined,
      has('positions') ? reads.positions() : undefined,
      has('positions') ? reads.settings() : undefined,
      has('orders') ? reads.openOrders() : undefined,
    ]);
    return {
      kind: 'snapshot',
      since,
      lag,
      receivedAt: clock.now(),
      ...(balances && { balances }),
      ...(positions && { positions }),
      ...(settings && { settings }),
      ...(orders && { orders }),
    };
  }

  function take({ order, fills = [] }: OrderAnswer): void {
    apply({ kind: 'past', orders: [order], fills, receivedAt: clock.now() });
  }

  /** Orders that are open here and nowhere else are asked for one by one: they ended, or never were. */
  async function settle(missing: readonly Order[]): Promise<void> {
    const unknown = await without(missing);
    if (unknown.length === 0) return;
    const told = new Map(
      unknown.map((order) => [orderName(order), holdings().orders.get(orderName(order))?.told]),
    );
    await new Promise<void>((resolve) => void clock.after(NOT_FOUND_AGAIN_MS, resolve));
    const silent = unknown.filter((order) => {
      const held = holdings().orders.get(orderName(order));
      return held?.told === told.get(orderName(order));
    });
    const at = clock.now();
    for (const order of await without(silent)) {
      apply({
        kind: 'vanished',
        order: orderName(order),
        venueTime: venueTime(at),
        receivedAt: clock.now(),
      });
    }
  }

  /** Those of them the venue does not know; the others are taken as it says. */
  async function without(orders: readonly Order[]): Promise<readonly Order[]> {
    const answers = await Promise.all(orders.map((order) => reads.order(order)));
    for (const answer of answers) if (answer) take(answer);
    return orders.filter((_, index) => answers[index] === undefined);
  }

  async function join(read: SnapshotEvent): Promise<readonly string[]> {
    const differences = untold(holdings(), read);
    const missing = missingOrders(holdings(), read);
    apply(read);
    await settle(missing);
    return differences;
  }

  /** Up to a little after: the two clocks agree only so far. */
  const atVenue = ({ from, to }: Range) => ({ from: venueTime(from), to: venueTime(to + AHEAD_MS) });

  async function fills(range: Range): Promise<boolean> {
    const told = await reads.fills(atVenue(range), instrumentsIn(holdings()), 'urgent');
    apply({ kind: 'past', orders: [], fills: told ?? [], receivedAt: clock.now() });
    return told !== undefined;
  }

  /** Where fills are told order by order: of the orders that lack some. */
  async function fillsOfOrders(priority: Priority): Promise<void> {
    const lacking = ordersLackingFills(holdings(), venueTime(clock.now()) - LACKING_MS)
      .filter((order) => asked.get(orderName(order)) !== order.filledQuantity)
      .slice(0, FILLS_AT_ONCE);
    const answers = await Promise.all(lacking.map((order) => reads.order(order, priority)));
    for (const name of asked.keys()) if (!holdings().orders.has(name)) asked.delete(name);
    for (const order of lacking) asked.set(orderName(order), order.filledQuantity);
    for (const answer of answers) if (answer) take(answer);
  }

  return {
    async reconcile(isLive) {
      const read = await snapshot(['balances', 'positions', 'orders']);
      if (isLive && untold(holdings(), read).length > 0) {
        await new Promise<void>((resolve) => void clock.after(TOLD_WITHIN_MS, resolve));
      }
      return join(read);
    },
    async fills(range) {
      await fills(range);
    },
    async reread(parts) {
      return join(await snapshot(parts));
    },
    async past(range, isWithFills = true) {
      // What a gap hid is reconciliation; a day's history can wait its turn.
      const priority = isWithFills ? 'urgent' : 'read';
      const orders = await reads.closedOrders(atVenue(range), instrumentsIn(holdings()), priority);
      apply({ kind: 'past', orders, fills: [], receivedAt: clock.now() });
      const areTold = isWithFills ? await fills(range) : reads.areFillsTold;
      if (!areTold) await fillsOfOrders(priority);
    },
    look: () => snapshot(['balances', 'orders']),
  };
}

/** Filled further than their known fills say, newest first. */
function ordersLackingFills({ orders, fills }: AccountHoldings, from: number): readonly Order[] {
  const known = new Map<string, Big>();
  for (const { instrument, venueOrderId, quantity } of fills.values()) {
    const name = `${instrument} ${venueOrderId}`;
    known.set(name, (known.get(name) ?? new Big(0)).plus(quantity));
  }
  return [...orders.values()]
    .map(({ order }) => order)
    .filter(
      ({ instrument, venueOrderId, filledQuantity, venueTime }) =>
        venueTime >= from && new Big(filledQuantity).gt(known.get(`${instrument} ${venueOrderId}`) ?? 0),
    )
    .toSorted((a, b) => b.venueTime - a.venueTime);
}

import Big from 'big.js';
import { isTerminal, type Order } from '#shared/domain/order.ts';
import type { BalanceReport } from '#venues/account.ts';
import {
  type AccountHoldings,
  type AccountPart,
  orderName,
  positionName,
  type SnapshotEvent,
} from './account-holdings.ts';
import { doubting, withOrders } from './apply-order.ts';
import { type HeldBalance, mergeBalance } from './balance-merge.ts';
import { NO_WORD } from './newest-wins.ts';
import { type HeldPosition, mergePosition, withSetting } from './position-merge.ts';

/** What venues stream, their REST knows by then. */
const REST_LAG_MS = 3000;

/**
 * Joins what REST answered with what was streamed while it was read: a row that the stream told of after the first call
 * left (or shortly before, where the answer says otherwise) stays, since the stream goes on from there and the answer may be
 * older; all others are as REST says, and those it
 * leaves out are gone. Orders merge by their own law; missing ones are left to `missingOrders`.
 */
export function applySnapshot(state: AccountHoldings, snapshot: SnapshotEvent): AccountHoldings {
  const { since, receivedAt } = snapshot;
  let next = state;
  if (snapshot.settings) {
    const settings = new Map(next.settings);
    let { positions } = next;
    for (const setting of snapshot.settings) {
      const known = settings.get(setting.instrument);
      // Only leverage is streamed, and was since: the answer may be older.
      const isOlder = known !== undefined && known.told > since;
      const joined = isOlder ? { ...setting, ...known.setting, marginMode: setting.marginMode } : setting;
      const { last = NO_WORD, told = 0 } = known ?? {};
      settings.set(setting.instrument, { last, told, setting: joined });
      positions = withSetting(positions, joined);
    }
    next = { ...next, settings, positions };
  }
  const kept = newerThan(next, snapshot);
  if (snapshot.balances) next = { ...next, balances: balancesOf(next, snapshot, kept.balances) };
  if (snapshot.positions) next = { ...next, positions: positionsOf(next, snapshot, kept.positions) };
  next = withOrders(next, snapshot.orders ?? [], { source: 'rest', receivedAt });
  const read = (['balances', 'positions', 'orders'] as const).filter((part) => snapshot[part] !== undefined);
  next = { ...next, doubts: without(next.doubts, read, since) };
  if (kept.balances.size > 0) next = doubting(next, 'balances');
  return kept.positions.size > 0 ? doubting(next, 'positions') : next;
}

/** Rows the stream told of shortly before the answer was asked for, of which the answer says otherwise: to be read again. */
function newerThan(state: AccountHoldings, { balances, positions, lag }: SnapshotEvent) {
  const isRecent = ({ row, told }: HeldBalance | HeldPosition) =>
    lag !== undefined &&
    row?.source === 'stream' &&
    told > lag.streamedSince &&
    Math.abs(lag.askedAt - row.receivedAt) < REST_LAG_MS;
  const namesOf = <Held extends HeldBalance | HeldPosition>(
    rows: ReadonlyMap<string, Held>,
    figure: (held: Held) => string | undefined,
    answered: ReadonlyMap<string, string | undefined>,
  ): ReadonlySet<string> =>
    new Set(
      [...rows].flatMap(([name, held]) =>
        isRecent(held) && !new Big(figure(held) ?? 0).eq(answered.get(name) ?? 0) ? [name] : [],
      ),
    );
  return {
    balances: namesOf(
      balances ? state.balances : new Map(),
      ({ row }) => row?.total,
      new Map(balances?.map((report) => [report.currency, totalOf(report)])),
    ),
    positions: namesOf(
      positions ? state.positions : new Map(),
      ({ row }) => row?.quantity,
      new Map(positions?.map((report) => [positionName(report), report.quantity])),
    ),
  };
}

function totalOf({ total, free, used }: BalanceReport): string {
  return total ?? new Big(free ?? 0).plus(used ?? 0).toFixed();
}

function balancesOf(
  state: AccountHoldings,
  snapshot: SnapshotEvent,
  kept: ReadonlySet<string>,
): ReadonlyMap<string, HeldBalance> {
  const { since, receivedAt } = snapshot;
  const rows = new Map<string, HeldBalance>();
  for (const [currency, held] of state.balances) {
    if (held.told > since || kept.has(currency)) rows.set(currency, held);
    else if (held.last !== NO_WORD) rows.set(currency, { last: held.last, told: held.told });
  }
  for (const report of snapshot.balances ?? []) {
    const held = state.balances.get(report.currency);
    if (held !== undefined && (held.told > since || kept.has(report.currency))) continue;
    const telling = { account: state.account, source: 'rest', receivedAt, told: held?.told ?? 0 } as const;
    rows.set(report.currency, mergeBalance(held, report, { ...telling, last: held?.last ?? NO_WORD }).held);
  }
  return rows;
}

function positionsOf(
  state: AccountHoldings,
  snapshot: SnapshotEvent,
  kept: ReadonlySet<string>,
): ReadonlyMap<string, HeldPosition> {
  const { since, receivedAt } = snapshot;
  const rows = new Map<string, HeldPosition>();
  for (const [name, held] of state.positions) {
    if (held.told > since || kept.has(name)) rows.set(name, held);
    // Closed, but what was streamed of it last is remembered: nothing older may bring it back.
    else if (held.last !== NO_WORD) rows.set(name, { last: held.last, told: held.told });
  }
  for (const report of snapshot.positions ?? []) {
    const name = positionName(report);
    const held = state.positions.get(name);
    if (held !== undefined && (held.told > since || kept.has(name))) continue;
    const telling = { account: state.account, source: 'rest', receivedAt, told: held?.told ?? 0 } as const;
    const known = state.settings.get(report.instrument);
    const setting = known?.setting;
    const isOlder = known !== undefined && known.told > since && setting?.leverage !== undefined;
    const said = isOlder ? { ...report, leverage: setting.leverage } : report;
    rows.set(name, mergePosition(held, said, setting, { ...telling, last: held?.last ?? NO_WORD }).held);
  }
  return rows;
}

/** Orders held as open that were not among the snapshot's, and of which nothing was streamed since it was asked for. */
export function missingOrders(
  state: AccountHoldings,
  snapshot: Pick<SnapshotEvent, 'orders' | 'since'>,
): readonly Order[] {
  if (snapshot.orders === undefined) return [];
  const listed = new Set(snapshot.orders.map(orderName));
  return [...state.orders].flatMap(([name, { order, told }]) =>
    isTerminal(order.status) || listed.has(name) || told > snapshot.since ? [] : [order],
  );
}

function without(
  doubts: AccountHoldings['doubts'],
  read: readonly AccountPart[],
  since: number,
): AccountHoldings['doubts'] {
  return new Map([...doubts].filter(([part, at]) => at > since || !read.includes(part)));
}

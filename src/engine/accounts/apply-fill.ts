import type { Fill, FillReport } from '#shared/domain/order.ts';
import { type AccountHoldings, fillName, type Told } from './account-holdings.ts';
import { streamed } from './apply-order.ts';

const KEPT_FILLS = 1000;

/** The holdings with more fills, each counted once. The same object when they say nothing new. */
export function withFills(
  state: AccountHoldings,
  reports: readonly FillReport[],
  told: Told,
): AccountHoldings {
  const { source, receivedAt } = told;
  const fills = new Map(state.fills);
  let next = state;
  for (const report of reports) {
    const name = fillName(report);
    if (fills.has(name)) continue;
    next = streamed(next, source);
    fills.set(name, { ...report, account: state.account, source, receivedAt });
  }
  if (fills.size === state.fills.size) return state;
  if (fills.size > KEPT_FILLS) {
    const oldest = [...fills].sort(([a, one], [b, other]) => compareAges(one, a, other, b));
    for (const [name] of oldest.slice(0, fills.size - KEPT_FILLS)) fills.delete(name);
    if (fills.size === state.fills.size && [...fills.keys()].every((name) => state.fills.has(name)))
      return state;
  }
  return { ...next, fills };
}

function compareAges(one: Fill, name: string, other: Fill, otherName: string): number {
  return one.venueTime - other.venueTime || (name < otherName ? -1 : 1);
}

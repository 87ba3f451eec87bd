import type { BudgetNote } from '../venue.ts';
import { BUDGET, ORDERS_BUDGET, RIGHTS_BUDGET } from './account-answer.ts';

/** What the venue allows an account (the fact sheet, section 7). */
const ALLOWED = { '10s': 300, '1m': 1_200 } as const;

/** Ours: as many as fit into ten seconds six times over without breaking the minute's limit, so that one budget keeps both. */
export const ORDERS_IN_10S = 200;

/**
 * What the headers say of both budgets. The venue counts the address's weight whichever call asks, and the account's orders
 * wherever they come from: what another program placed is seen here.
 */
export function budgetNotes(
  { scope }: { readonly scope: string },
  headers: { get(name: string): string | null },
): readonly BudgetNote[] {
  // Another host, with another count.
  if (scope === RIGHTS_BUDGET) return [];
  const count = (name: string) => {
    const text = headers.get(`x-mbx-${name}`);
    return text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
  };
  const weight = count('used-weight-1m');
  const left = (['10s', '1m'] as const).flatMap((window) => {
    const used = count(`order-count-${window}`);
    return used === undefined ? [] : [Math.max(0, ALLOWED[window] - used)];
  });
  return [
    ...(weight === undefined ? [] : [{ scope: BUDGET, used: weight }]),
    ...(left.length === 0 ? [] : [{ scope: ORDERS_BUDGET, remaining: Math.min(...left) }]),
  ];
}

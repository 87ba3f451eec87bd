import type { Budget } from '../venue.ts';
import type { Family } from './symbols.ts';

/** Orders placed and changed, which the venue counts by account and family. */
export const ORDERS: Readonly<Record<Family, string>> = {
  linear: 'uid-orders-linear',
  spot: 'uid-orders-spot',
};
/** What is taken back is counted apart: it never waits for what is placed. */
export const CANCELS: Readonly<Record<Family, string>> = {
  linear: 'uid-cancels-linear',
  spot: 'uid-cancels-spot',
};

/** The fact sheet, section 6: of an account without a tier, within a second. */
const PER_SECOND: Readonly<Record<Family, number>> = { linear: 10, spot: 20 };

export const ORDER_BUDGETS: readonly Budget[] = [ORDERS, CANCELS].flatMap((scopes) =>
  (['linear', 'spot'] as const).map((family) => ({
    scope: scopes[family],
    capacity: PER_SECOND[family],
    windowMs: 1_000,
  })),
);

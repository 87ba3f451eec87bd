import type { SortKey } from './sort-rows.ts';

/** From left to right; the last hour is drawn, not sorted by. */
export const COLUMNS: readonly (SortKey | 'history')[] = [
  'coin',
  'krw',
  'usdt',
  'krwPrice',
  'usdtPrice',
  'official',
  'tether',
  'executableIn',
  'executableOut',
  'filledShare',
  'oldestAt',
  'history',
];

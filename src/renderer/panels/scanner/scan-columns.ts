import { MOVE_MINUTES, type MoveMinutes } from '#shared/domain/scanner.ts';
import type { PanelParams } from '../../workspace/panel-params.ts';

/** What can stand beside the name. */
export const SCAN_COLUMNS = [
  'last',
  'change',
  'move5',
  'move15',
  'move60',
  'usdVolume',
  'quoteVolume',
  'fundingRate',
  'premium',
  'age',
] as const;
export type ScanColumn = (typeof SCAN_COLUMNS)[number];

export type ScanKey = 'name' | ScanColumn;

export interface ScanSort {
  readonly by: ScanKey;
  readonly descending: boolean;
}

/** Least widths, CSS px. */
export const SCAN_WIDTHS: Readonly<Record<ScanColumn, number>> = {
  last: 84,
  change: 50,
  move5: 60,
  move15: 60,
  move60: 60,
  usdVolume: 40,
  quoteVolume: 62,
  fundingRate: 68,
  premium: 62,
  age: 54,
};

/** What is most traded stands first until somebody wants it otherwise. */
const FIRST_SORT: ScanSort = { by: 'usdVolume', descending: true };
const WIDE: readonly ScanColumn[] = [
  'last',
  'change',
  'move5',
  'move15',
  'move60',
  'usdVolume',
  'fundingRate',
  'premium',
];
const FIRST_OUT: readonly ScanColumn[] = ['move15', 'move60', 'premium', 'move5', 'fundingRate', 'last'];
const NAME_AND_GAPS = 120;

/** Of a panel whose columns nobody chose: as many as fit. */
export function scanColumnsForWidth(width: number): readonly ScanColumn[] {
  let columns = WIDE;
  for (const out of FIRST_OUT) {
    const needed = columns.reduce((sum, column) => sum + SCAN_WIDTHS[column] + 6, NAME_AND_GAPS);
    if (needed <= width) break;
    columns = columns.filter((column) => column !== out);
  }
  return columns;
}

/** The minutes of a short move; `undefined` for every other column. */
export function scanMoveMinutes(column: ScanColumn): MoveMinutes | undefined {
  return MOVE_MINUTES.find((minutes) => column === `move${minutes}`);
}

export function scanColumnsIn(params: PanelParams): readonly ScanColumn[] | undefined {
  const kept = params['columns'];
  return Array.isArray(kept) ? SCAN_COLUMNS.filter((column) => kept.includes(column)) : undefined;
}

export function toggledScan(columns: readonly ScanColumn[], column: ScanColumn): readonly ScanColumn[] {
  return SCAN_COLUMNS.filter((one) => columns.includes(one) !== (one === column));
}

export function scanSortIn(params: PanelParams): ScanSort {
  const { sort, descending } = params;
  const by = sort === 'name' ? sort : SCAN_COLUMNS.find((column) => column === sort);
  return by === undefined ? FIRST_SORT : { by, descending: descending === true };
}

/** Figures begin with the largest, names with A; again: the other way round. */
export function nextScanSort(now: ScanSort, by: ScanKey): ScanSort {
  return now.by === by ? { by, descending: !now.descending } : { by, descending: by !== 'name' };
}

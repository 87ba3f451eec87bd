import type { MoveMinutes, ScannedVenue } from '#shared/domain/scanner.ts';
import type { Language } from '../../i18n/language.ts';
import type { Desk } from '../../stores/desk.ts';
import type { ScanFigures } from '../../stores/scanner.ts';
import { formatCompact, formatRate } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatAge } from '../../ui/format-time.ts';
import { type ScanColumn, scanMoveMinutes } from './scan-columns.ts';

export interface ScanText {
  readonly text: string;
  readonly move?: 'up' | 'down' | 'flat';
}

/** One cell as text. */
export function scanText(
  row: ScanFigures,
  column: ScanColumn,
  { instruments, now, language }: { instruments: Desk['instruments']; now: number; language: Language },
): ScanText {
  switch (column) {
    case 'last':
      return { text: formatPrice(instruments.get(row.instrument), row.last) };
    case 'usdVolume':
    case 'quoteVolume':
      return { text: formatCompact(row[column], language) };
    case 'age':
      return { text: formatAge(now - row.receivedAt, language) };
    case 'fundingRate':
      return signed(row.fundingRate, 4);
    case 'change':
    case 'move5':
    case 'move15':
    case 'move60':
    case 'premium':
      return signed(row[column], 2);
  }
}

function signed(share: number, decimals: number): ScanText {
  return { text: formatRate(share, decimals), move: share > 0 ? 'up' : share < 0 ? 'down' : 'flat' };
}

/** Why a short move is not known: its minutes, and how long prices have been sampled. `undefined`: it is no short move. */
export function missingMove(
  column: ScanColumn,
  status: ScannedVenue | undefined,
  now: number,
): { readonly minutes: MoveMinutes; readonly sampledMs: number } | undefined {
  const minutes = scanMoveMinutes(column);
  if (minutes === undefined) return undefined;
  const since = status?.sampledSince ?? Number.NaN;
  return { minutes, sampledMs: Number.isNaN(since) ? 0 : Math.max(0, now - since) };
}

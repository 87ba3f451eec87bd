import { z } from 'zod';
import type { RowFigures, ScannerView } from '../domain/scanner.ts';
import { instrument } from './fields.ts';

/** The part of the contract about many instruments at once; `api.ts` takes it in. */

export const scannerWatchInputs = {
  /** Every instrument of every venue. Venues are read only while this is watched. */
  scanner: z.strictObject({}),
  /** Premium of all, a day's line of some: what is on the screen. */
  rowFigures: z.strictObject({
    instruments: z.array(instrument).max(1000),
    sparks: z.array(instrument).max(200),
  }),
} as const;

export interface ScannerWatchUpdates {
  scanner: ScannerView;
  rowFigures: RowFigures;
}

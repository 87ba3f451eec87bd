import { z } from 'zod';
import {
  DRAWING_KINDS,
  type Drawing,
  MOST_DRAWING_NAME,
  MOST_DRAWINGS,
  POINTS_OF,
} from '../domain/drawing.ts';
import type { InstrumentId } from '../domain/instrument.ts';
import { instrument, wallTime } from './fields.ts';

/** The part of the contract that concerns what is drawn on charts; `api.ts` takes it in. */

const id = z.string().regex(/^[\w-]{1,40}$/);

export const drawingSchema = z
  .strictObject({
    id,
    kind: z.enum(DRAWING_KINDS),
    name: z
      .string()
      .trim()
      .max(MOST_DRAWING_NAME)
      .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u, 'one plain line'),
    ink: z.string().regex(/^[a-z]{1,20}$/),
    locked: z.boolean(),
    hidden: z.boolean(),
    points: z.array(z.strictObject({ time: wallTime, price: z.number().min(0).max(1e15) })).max(2),
  })
  .refine(({ kind, points }) => points.length === POINTS_OF[kind], 'as many points as its kind stands on');

export const drawingRequestInputs = {
  /**
   * Puts drawings (one of a known id is replaced) and removes others. Throws `drawings.full` {limit} beyond 500 of an
   * instrument or 2 MB in all, `drawings.unwritable` {file, reason}; then nothing has changed.
   */
  'drawings.write': z.strictObject({
    instrument,
    put: z.array(drawingSchema).max(MOST_DRAWINGS),
    remove: z.array(id).max(MOST_DRAWINGS),
  }),
} as const;

export const drawingWatchInputs = {
  /** What is drawn on the instrument's charts, all of it, and again whenever any window changes it. */
  drawings: z.strictObject({ instrument }),
} as const;

export interface DrawingsView {
  readonly instrument: InstrumentId;
  /** As they were made, oldest first. */
  readonly drawings: readonly Drawing[];
}

export interface DrawingRequestOutputs {
  'drawings.write': Record<string, never>;
}

export interface DrawingWatchUpdates {
  drawings: DrawingsView;
}

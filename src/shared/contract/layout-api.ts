import { z } from 'zod';
import { LINK_COLOURS } from '../domain/link-colour.ts';
import { instrument } from './fields.ts';

/** The part of the contract that concerns how the desk is arranged; `api.ts` takes it in. */

/** More than a desk of fifty panels needs. */
const MOST_CHARS = 120_000;
export const MOST_LAYOUTS = 50;

/** One arrangement. `dock` is the docking library's own description: only the window can read it. */
export const arrangementSchema = z
  .strictObject({
    dock: z.record(z.string().max(60), z.json()),
    /** What each colour shows; the main one follows the settings. */
    links: z.partialRecord(z.enum(LINK_COLOURS), instrument),
  })
  .refine((arrangement) => JSON.stringify(arrangement).length <= MOST_CHARS, 'too long');
const layoutName = z.string().trim().min(1).max(60);

/** Everything about the desk's arrangement, kept in `layouts.json` of the data folder. */
export const layoutDocumentSchema = z.strictObject({
  version: z.literal(1),
  /** Name of the layout or preset the desk was last given. */
  current: z.string().max(60),
  /** As the desk stands; `null`: nobody has arranged anything yet. */
  working: arrangementSchema.nullable(),
  saved: z
    .array(z.strictObject({ name: layoutName, arrangement: arrangementSchema }))
    .max(MOST_LAYOUTS)
    .refine((saved) => new Set(saved.map(({ name }) => name)).size === saved.length, 'a name twice'),
});

export type Arrangement = z.output<typeof arrangementSchema>;
export type LayoutDocument = z.output<typeof layoutDocumentSchema>;

export const layoutRequestInputs = {
  'layouts.read': z.strictObject({}),
  /** How the desk stands now. */
  'layouts.keep': z.strictObject({ current: z.string().max(60), arrangement: arrangementSchema.nullable() }),
  /** Under a name; one of the same name is replaced. Throws `layouts.full` {limit}. */
  'layouts.save': z.strictObject({ name: layoutName, arrangement: arrangementSchema }),
  /** Throws `layouts.unknown` {name}, `layouts.taken` {name}. */
  'layouts.rename': z.strictObject({ from: layoutName, to: layoutName }),
  'layouts.remove': z.strictObject({ name: layoutName }),
} as const;

export interface LayoutsKept {
  readonly document: LayoutDocument;
  /** The file made no sense: it was set aside under this name, and `document` is a first start's. */
  readonly brokenFile?: string;
}

/** All that write may also throw `layouts.unwritable` {file, reason}; what was there before is then still there. */
export interface LayoutRequestOutputs {
  'layouts.read': LayoutsKept;
  'layouts.keep': Record<string, never>;
  'layouts.save': LayoutDocument;
  'layouts.rename': LayoutDocument;
  'layouts.remove': LayoutDocument;
}

import { createEmitter } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { SyncedCrosshair, TimeRange } from './chart-view-port.ts';

interface Told {
  /** The chart that is pointed at or moved. */
  readonly source: string;
}

/** Where the pointer is on any chart of the window; `undefined` when it left. */
export const crosshairs = createEmitter<
  Told & { readonly crosshair: SyncedCrosshair | undefined; readonly instrument: InstrumentId | undefined }
>();

/** A view that was moved, for those of the same group. */
export const ranges = createEmitter<Told & { readonly group: string; readonly range: TimeRange }>();

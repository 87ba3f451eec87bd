import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { AlertLine } from '../../stores/alert-lines.ts';
import type { Desk } from '../../stores/desk.ts';

/** What a chart needs of the alerts. */
export interface ChartAlerts {
  linesOf(instrument: InstrumentId): readonly AlertLine[];
  subscribe(listener: () => void): Undo;
  /** `price`: decimal text on the venue's step. */
  addPrice(instrument: InstrumentId, price: string): void;
  movePrice(id: string, price: string): void;
  remove(id: string): void;
}

/** `undefined` on a desk without alerts. */
export function chartAlertsOf(desk: Desk): ChartAlerts | undefined {
  return (desk as { readonly alerts?: ChartAlerts }).alerts;
}

import type { AlertRow } from '#shared/domain/alert.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';

/** A price at which the person wants to hear of it, as a line of a chart. */
export interface AlertLine {
  readonly id: string;
  readonly price: number;
  /** The person's note; may be empty. */
  readonly title: string;
  /** It could trigger now. */
  readonly isArmed: boolean;
}

/** What has triggered for good, or has expired, is not drawn. */
export function alertLines(rows: readonly AlertRow[], instrument: InstrumentId): readonly AlertLine[] {
  return rows.flatMap(({ alert: { id, rule, note, isPaused }, standing }) =>
    rule.kind === 'price' &&
    rule.instrument === instrument &&
    (standing.phase === 'armed' || standing.phase === 'resting')
      ? [
          {
            id,
            price: Number(rule.level),
            title: note,
            isArmed: !isPaused && standing.phase === 'armed' && standing.blind === undefined,
          },
        ]
      : [],
  );
}

import type { Clock } from '#shared/base/clock.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { EventLog } from '../health/event-log.ts';
import { checkConsistency, type Figure, type Finding } from './consistency.ts';

/** Looks at every figure before it is used, from stream and REST alike. */
export interface FigureWatch {
  /** False: it is not to be used. What is found is logged, once per kind of finding and figure and minute. */
  admits(figure: Figure): boolean;
  /** The stream broke or ended: a venue that starts anew may count from the beginning. */
  forget(kind: string, instrument: InstrumentId): void;
}

const LOG_EVERY_MS = 60_000;

export function createFigureWatch(options: {
  readonly clock: Clock;
  readonly log: EventLog;
  /** The venue's name. */
  readonly venue: string;
}): FigureWatch {
  const { clock, log, venue } = options;
  const last: Readonly<Record<Figure['kind'], Map<InstrumentId, Figure>>> = {
    ticker: new Map(),
    top: new Map(),
    trade: new Map(),
    mark: new Map(),
  };
  const loggedAt = new Map<string, number>();

  function tell(figure: Figure, { kind, was, is, isRefused }: Finding): void {
    const now = clock.monotonic();
    const text = `${kind} ${figure.kind}`;
    if (now - (loggedAt.get(text) ?? Number.NEGATIVE_INFINITY) < LOG_EVERY_MS) return;
    loggedAt.set(text, now);
    log.add(
      'warn',
      `data.${kind}`,
      `${figure.kind} of ${figure.instrument}: ${kind}, ${was} then ${is}${isRefused ? ', not used' : ''}`,
      // Text, for JSON knows no NaN.
      { venue, instrument: figure.instrument, figure: figure.kind, was: String(was), is: String(is) },
    );
  }

  return {
    admits(figure) {
      const known = last[figure.kind];
      const finding = checkConsistency(known.get(figure.instrument), figure);
      if (finding) tell(figure, finding);
      if (finding?.isRefused) return false;
      known.set(figure.instrument, figure);
      return true;
    },
    forget(kind, instrument) {
      if (kind in last) last[kind as Figure['kind']].delete(instrument);
    },
  };
}

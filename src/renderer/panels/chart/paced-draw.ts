import type { Undo } from '#shared/base/emitter.ts';
import type { SeriesChange } from '../../stores/candle-series.ts';
import { createPainter } from '../../ui/painter.ts';

export interface PacedDraw {
  /** What became of the series is drawn: now, or together with what follows. */
  take(change: SeriesChange): void;
  /** Everything is drawn anew by others, or is of another series. */
  forget(): void;
  readonly dispose: Undo;
}

/**
 * Draws a chart not more often than every `everyMs()`, with all that has come meanwhile; 0: with every news. Only what the
 * market says now can wait, not a page of history.
 */
export function createPacedDraw(
  draw: (change: SeriesChange) => void,
  onFault: (fault: unknown) => void,
  holder: HTMLElement,
  everyMs: () => number,
): PacedDraw {
  let held: SeriesChange = { kind: 'none' };
  const drawHeld = () => {
    const change = held;
    held = { kind: 'none' };
    draw(change);
  };
  const painter = createPainter(drawHeld, onFault, holder, everyMs);
  return {
    take(change) {
      held = bothChanges(held, change);
      // The chart library paints in the frame after the one it is told in: without a pace it is told at once.
      if (held.kind !== 'all' && everyMs() > 0) painter.request();
      else drawHeld();
    },
    forget() {
      held = { kind: 'none' };
    },
    dispose: painter.dispose,
  };
}

/** What two changes of a series, one after the other, come to. */
export function bothChanges(first: SeriesChange, second: SeriesChange): SeriesChange {
  if (first.kind === 'none' || second.kind === 'all') return second;
  if (second.kind === 'none' || first.kind === 'all') return first;
  return { kind: 'from', index: Math.min(first.index, second.index) };
}

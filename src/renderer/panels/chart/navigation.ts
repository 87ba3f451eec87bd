import type { IChartApiBase, Time, UTCTimestamp } from 'lightweight-charts';
import type { Undo } from '#shared/base/emitter.ts';
import type { CandleSeries } from '../../stores/candle-series.ts';
import { FIRST_VIEW, ROOM_RIGHT } from './chart-options.ts';
import type { ChartView, TimeRange } from './chart-view-port.ts';
import { indexAt } from './hole-places.ts';

type Moves = Pick<ChartView, 'scrollBy' | 'zoomBy' | 'toEnd' | 'goTo' | 'showRange' | 'range'>;

export interface Navigation {
  readonly moves: Moves;
  /** The view has moved: told on if it was the person. */
  tell(): void;
  readonly dispose: Undo;
}

/** Moves of the view along the time axis, and whether the person made them. */
export function createNavigation(
  chart: IChartApiBase<Time>,
  container: HTMLElement,
  series: () => CandleSeries | undefined,
  onRange: (range: TimeRange) => void,
): Navigation {
  const scale = chart.timeScale();
  const range = (): TimeRange | undefined => {
    const visible = scale.getVisibleRange();
    return visible === null
      ? undefined
      : { from: Number(visible.from) * 1_000, to: Number(visible.to) * 1_000 };
  };
  // Only a chart that is worked on leads the others: new candles move every view, and nobody means that.
  let isLed = false;
  const lead = () => {
    isLed = true;
  };
  const leave = () => {
    isLed = false;
  };
  const listeners = [
    ['pointerdown', lead],
    ['wheel', lead],
    ['keydown', lead],
    ['pointerleave', leave],
    ['blur', leave],
  ] as const;
  for (const [name, listener] of listeners) {
    container.addEventListener(name, listener, { capture: true, passive: true });
  }
  return {
    tell() {
      const now = isLed ? range() : undefined;
      if (now !== undefined) onRange(now);
    },
    moves: {
      range,
      scrollBy(candles) {
        scale.scrollToPosition(scale.scrollPosition() + candles, false);
      },
      zoomBy(factor) {
        const visible = scale.getVisibleLogicalRange();
        if (!visible) return;
        scale.setVisibleLogicalRange({
          from: visible.to - (visible.to - visible.from) * factor,
          to: visible.to,
        });
      },
      toEnd(end) {
        if (end === 'newest') {
          scale.scrollToPosition(ROOM_RIGHT, false);
          return;
        }
        const visible = scale.getVisibleLogicalRange();
        if (visible) scale.setVisibleLogicalRange({ from: 0, to: visible.to - visible.from });
      },
      goTo(time) {
        const candles = series()?.candles ?? [];
        const candle = candles[Math.min(candles.length - 1, indexAt(candles, time))];
        const at =
          candle === undefined ? null : scale.timeToIndex((candle.openTime / 1_000) as UTCTimestamp, true);
        if (at === null) return;
        const visible = scale.getVisibleLogicalRange();
        const half = (visible ? visible.to - visible.from : FIRST_VIEW) / 2;
        scale.setVisibleLogicalRange({ from: at - half, to: at + half });
      },
      showRange({ from, to }) {
        const candles = series()?.candles ?? [];
        const first = candles[0]?.openTime;
        // What is not held cannot be shown: the library would show its nearest, and so lead astray.
        if (first === undefined || to < first) return;
        isLed = false;
        scale.setVisibleRange({
          from: (Math.max(from, first) / 1_000) as UTCTimestamp,
          to: (to / 1_000) as UTCTimestamp,
        });
      },
    },
    dispose() {
      for (const [name, listener] of listeners) container.removeEventListener(name, listener, true);
    },
  };
}

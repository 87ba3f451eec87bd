import type { KeyboardEvent } from 'react';
import type { Interval } from '#shared/domain/interval.ts';
import type { ChartSession } from './chart-session.ts';
import { stepTime } from './drawings/measure.ts';

/**
 * Keys of the chart that has the focus: arrows, + and −, Home, End; Del, Esc and the arrows of a drawing that is selected.
 * True where the key was meant for it.
 */
export function pressChartKey(
  event: KeyboardEvent,
  session: ChartSession,
  interval: Interval,
  step: (price: number, steps: number) => number,
): boolean {
  const { view, store, kept } = session;
  const { selected, tool, drawings } = store.getState();
  const drawing = drawings.find(({ id }) => id === selected);
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'Escape':
      if (tool === undefined && selected === undefined) return view?.cancelDrawing() ?? false;
      view?.cancelDrawing();
      store.setState({ tool: undefined, selected: undefined });
      return true;
    case 'Delete':
    case 'Backspace':
      if (drawing === undefined || drawing.locked) return false;
      kept?.remove(drawing.id);
      store.setState({ selected: undefined });
      return true;
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'ArrowUp':
    case 'ArrowDown': {
      const sign = event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -1 : 1;
      const isAcross = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
      if (drawing !== undefined && !drawing.locked) {
        const count = sign * (event.shiftKey ? 10 : 1);
        const points = drawing.points.map(({ time, price }) =>
          isAcross ? { time: stepTime(interval, time, count), price } : { time, price: step(price, count) },
        );
        kept?.put({ ...drawing, points });
        return true;
      }
      if (!isAcross) return false;
      view?.scrollBy(sign * (event.shiftKey ? 50 : 5));
      return true;
    }
    case '+':
    case '=':
      view?.zoomBy(0.8);
      return true;
    case '-':
      view?.zoomBy(1.25);
      return true;
    case 'Home':
      view?.toEnd('oldest');
      return true;
    case 'End':
      view?.toEnd('newest');
      return true;
    default:
      return false;
  }
}

import type { Undo } from '#shared/base/emitter.ts';
import { type Drawing, type DrawingKind, type DrawingPoint, POINTS_OF } from '#shared/domain/drawing.ts';
import type { ChartPlaces } from './chart-places.ts';
import type { DrawingLayer } from './drawing-layer.ts';

/** What the next press on the chart does. */
export type ChartTool = DrawingKind | 'alert';

export interface DrawingEvents {
  /** A new one, whole. */
  onDraw(kind: DrawingKind, points: readonly DrawingPoint[]): void;
  /** One was dragged to other points. */
  onMove(drawing: Drawing): void;
  onSelect(id: string | undefined): void;
  onAlert(price: number): void;
  /** The tool has done its work, or was put away. */
  onToolDone(): void;
}

interface PointerOptions extends DrawingEvents {
  readonly container: HTMLElement;
  readonly layer: DrawingLayer;
  readonly places: ChartPlaces;
  readonly tool: () => ChartTool | undefined;
  /** The point that is meant by one on the chart: on a candle's price, or the venue's step. */
  readonly snap: (point: DrawingPoint) => DrawingPoint;
  /** A new drawing as it would be, for its preview. */
  readonly sketch: (kind: DrawingKind, points: readonly DrawingPoint[]) => Drawing;
  /** Something else lies there that is taken hold of first: an order's line. */
  readonly isTaken: (x: number, y: number) => boolean;
}

type Held =
  | { readonly kind: 'place'; readonly first: DrawingPoint; readonly startX: number; readonly startY: number }
  | {
      readonly kind: 'drag';
      readonly drawing: Drawing;
      readonly index: number | undefined;
      readonly start: DrawingPoint;
      moved: Drawing | undefined;
    };

/** A press that goes further than this draws by dragging; else the second point comes with a second press. px. */
const SLACK = 6;

/** Drawings under the pointer: placed by presses, selected, dragged by their points or as a whole. */
export function watchDrawingPointer(options: PointerOptions): Undo & { cancel(): boolean } {
  const { container, layer, places } = options;
  let held: Held | undefined;
  /** Between the press and its release: the chart must not move with it. */
  let isPressed = false;

  const at = (event: PointerEvent) => {
    const { left, top } = container.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const pointAt = (x: number, y: number, isSnapped: boolean): DrawingPoint | undefined => {
    const time = places.timeAt(x);
    const price = places.priceAt(y);
    if (time === undefined || price === undefined || !(price > 0)) return undefined;
    return isSnapped ? options.snap({ time, price }) : { time, price };
  };
  const end = () => {
    held = undefined;
    layer.preview(undefined);
    delete container.dataset['drawing'];
  };
  const finish = (kind: DrawingKind, points: readonly DrawingPoint[]) => {
    end();
    options.onDraw(kind, points);
    options.onToolDone();
  };

  const begin = (event: PointerEvent) => {
    const { x, y } = at(event);
    if (event.button !== 0 || !places.holds(x, y)) return;
    const tool = options.tool();
    if (tool === undefined) {
      take(event, x, y);
      return;
    }
    const point = pointAt(x, y, tool !== 'alert');
    if (point === undefined) return;
    isPressed = true;
    if (tool === 'alert') {
      options.onAlert(point.price);
      options.onToolDone();
    } else if (POINTS_OF[tool] === 1) {
      finish(tool, [point]);
    } else if (held?.kind === 'place') {
      finish(tool, [held.first, point]);
    } else {
      held = { kind: 'place', first: point, startX: x, startY: y };
      container.dataset['drawing'] = tool;
      layer.preview(options.sketch(tool, [point, point]));
    }
  };
  const take = (event: PointerEvent, x: number, y: number) => {
    const found = options.isTaken(x, y) ? undefined : layer.under(x, y);
    options.onSelect(found?.drawing.id);
    if (found === undefined) return;
    isPressed = true;
    const start = pointAt(x, y, false);
    if (found.drawing.locked || start === undefined) return;
    const index = found.part.kind === 'point' ? found.part.index : undefined;
    held = { kind: 'drag', drawing: found.drawing, index, start, moved: undefined };
    container.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const { x, y } = at(event);
    const tool = options.tool();
    if (held?.kind === 'place' && tool !== undefined && tool !== 'alert') {
      const point = pointAt(x, y, true);
      if (point !== undefined) layer.preview(options.sketch(tool, [held.first, point]));
    } else if (held?.kind === 'drag') {
      const moved = dragged(held, x, y);
      if (moved === undefined) return;
      held.moved = moved;
      container.dataset['drawing'] = moved.kind;
      layer.preview(moved);
    }
  };
  const dragged = ({ drawing, index, start }: Held & { kind: 'drag' }, x: number, y: number) => {
    if (index !== undefined) {
      const point = pointAt(x, y, true);
      return point && { ...drawing, points: drawing.points.with(index, point) };
    }
    const point = pointAt(x, y, false);
    if (point === undefined) return undefined;
    const isFlat = drawing.kind === 'horizontal';
    const points = drawing.points.map(({ time, price }) => ({
      time: isFlat ? time : Math.max(0, time + point.time - start.time),
      price: Math.max(0, price + point.price - start.price),
    }));
    return {
      ...drawing,
      points: isFlat
        ? points.map(options.snap).map((one, at) => ({ ...one, time: points[at]?.time ?? one.time }))
        : points,
    };
  };
  const drop = (event: PointerEvent) => {
    isPressed = false;
    const { x, y } = at(event);
    const tool = options.tool();
    if (held?.kind === 'drag') {
      const { moved } = held;
      end();
      if (moved !== undefined) options.onMove(moved);
    } else if (held?.kind === 'place' && tool !== undefined && tool !== 'alert') {
      const point = pointAt(x, y, true);
      const wasDragged = Math.hypot(x - held.startX, y - held.startY) > SLACK;
      if (wasDragged && point !== undefined) finish(tool, [held.first, point]);
    }
  };
  const lose = () => {
    isPressed = false;
    if (held?.kind === 'drag') end();
  };
  // The chart pans by these, and takes a press for a chosen price.
  const keep = (event: Event) => {
    if (!isPressed) return;
    event.preventDefault();
    event.stopPropagation();
    // What was prevented would have given the chart the focus, which its keys need.
    container.focus({ preventScroll: true });
  };
  const listeners = [
    ['pointerdown', begin],
    ['pointermove', move],
    ['pointerup', drop],
    ['pointercancel', lose],
    ['mousedown', keep],
    ['touchstart', keep],
  ] as const;
  for (const [name, listener] of listeners) {
    container.addEventListener(name, listener as EventListener, { capture: true, passive: false });
  }
  const undo = () => {
    end();
    for (const [name, listener] of listeners) {
      container.removeEventListener(name, listener as EventListener, true);
    }
  };
  return Object.assign(undo, {
    /** Leaves what is under way; whether there was anything. */
    cancel() {
      const wasBusy = held !== undefined;
      end();
      return wasBusy;
    },
  });
}

import type { Undo } from '#shared/base/emitter.ts';
import type { AlertLine } from '../../stores/alert-lines.ts';

/** How near to a line a pointer takes hold of it, px. */
const REACH = 5;
const SLACK = 3;

interface AlertDragOptions {
  readonly container: HTMLElement;
  readonly lines: () => readonly AlertLine[];
  readonly heightOf: (price: number) => number | null;
  readonly priceAt: (y: number) => number | null;
  /** Whether a spot of the container lies on the price pane, with nothing that is taken hold of first. */
  readonly isFree: (x: number, y: number) => boolean;
  /** Where the dragged line would go; `undefined`: nowhere. */
  readonly show: (id: string, price: number | undefined) => void;
  readonly onMove: (id: string, price: number) => void;
  /** A double click on a line takes it away. */
  readonly onRemove: (id: string) => void;
}

/** Lines of alerts under the pointer: dragged to another price, removed by a double click. */
export function watchAlertLines(options: AlertDragOptions): Undo {
  const { container } = options;
  let held: { readonly id: string; readonly startY: number; price: number | undefined } | undefined;
  const at = (event: MouseEvent) => {
    const { left, top } = container.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const under = (x: number, y: number) =>
    options.isFree(x, y)
      ? options.lines().find(({ price }) => Math.abs((options.heightOf(price) ?? -Infinity) - y) <= REACH)
      : undefined;
  const begin = (event: PointerEvent) => {
    const { x, y } = at(event);
    const line = event.button === 0 ? under(x, y) : undefined;
    if (line === undefined) return;
    held = { id: line.id, startY: y, price: undefined };
    container.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const { x, y } = at(event);
    if (held === undefined) {
      container.classList.toggle('chart-over-alert', event.buttons === 0 && under(x, y) !== undefined);
      return;
    }
    if (held.price === undefined && Math.abs(y - held.startY) < SLACK) return;
    const price = options.priceAt(y);
    if (price === null || !(price > 0)) return;
    held.price = price;
    options.show(held.id, price);
  };
  const end = () => {
    if (held !== undefined) options.show(held.id, undefined);
    held = undefined;
  };
  const drop = () => {
    const dropped = held;
    end();
    if (dropped?.price !== undefined) options.onMove(dropped.id, dropped.price);
  };
  const double = (event: MouseEvent) => {
    const { x, y } = at(event);
    const line = under(x, y);
    if (line === undefined) return;
    event.stopPropagation();
    options.onRemove(line.id);
  };
  const keep = (event: Event) => {
    if (held === undefined) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && held !== undefined) {
      event.stopPropagation();
      end();
    }
  };
  const listeners = [
    ['pointerdown', begin],
    ['pointermove', move],
    ['pointerup', drop],
    ['pointercancel', end],
    ['mousedown', keep],
    ['touchstart', keep],
    ['dblclick', double],
    ['keydown', press],
  ] as const;
  for (const [name, listener] of listeners) {
    container.addEventListener(name, listener as EventListener, { capture: true, passive: false });
  }
  return () => {
    for (const [name, listener] of listeners) {
      container.removeEventListener(name, listener as EventListener, true);
    }
  };
}

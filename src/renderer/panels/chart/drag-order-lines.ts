import type { Undo } from '#shared/base/emitter.ts';
import type { Order } from '#shared/domain/order.ts';
import { formatExact } from '../../ui/format-exact.ts';
import type { PlacedLine } from './order-boxes.ts';
import type { OrderHandles } from './order-handles.ts';

/** Before the pointer has gone this far nothing is moved, px. */
const SLACK = 3;

export interface OrderLineEvents {
  /** A line was dropped at a price: decimal text on the instrument's step. `isTrigger`: the line of its trigger. */
  onOrderMove(order: Order, price: string, isTrigger: boolean): void;
  /** The cross on its line was pressed. */
  onOrderCancel(order: Order): void;
  /** The nearest price the venue takes; `undefined` while that is not known. */
  snap(price: number): string | undefined;
}

interface DragOptions extends OrderLineEvents {
  readonly container: HTMLElement;
  readonly handles: OrderHandles;
  /** Pixels from the top → price. */
  readonly priceAt: (y: number) => number | null;
  /** Price → pixels from the top. */
  readonly heightOf: (price: number) => number | null;
  /** The next press is for something else: a drawing is being placed. */
  readonly isBusy: () => boolean;
}

type Held = {
  readonly pointer: number;
  readonly kind: 'cross' | 'line';
  readonly line: PlacedLine['line'];
  readonly startY: number;
  price: string | undefined;
};

/** The lines of orders under the pointer: dragged to another price, or cancelled by their cross. Esc leaves them. */
export function dragOrderLines(options: DragOptions): Undo {
  const { container, handles } = options;
  let held: Held | undefined;

  const at = (event: PointerEvent) => {
    const { left, top } = container.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const end = () => {
    held = undefined;
    handles.showGhost(undefined);
    delete container.dataset['dragging'];
  };
  const begin = (event: PointerEvent) => {
    const { x, y } = at(event);
    const isFree = event.button === 0 && !options.isBusy();
    const found = isFree ? handles.under(x, y) : undefined;
    if (found === undefined) return;
    held = { pointer: event.pointerId, ...found, startY: y, price: undefined };
    container.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (held?.pointer !== event.pointerId || held.kind === 'cross') return;
    const { y } = at(event);
    if (held.price === undefined && Math.abs(y - held.startY) < SLACK) return;
    const point = options.priceAt(y);
    const price = point === null ? undefined : options.snap(point);
    const height = price === undefined ? null : options.heightOf(Number(price));
    if (price === undefined || height === null) return;
    held.price = price;
    container.dataset['dragging'] = price;
    const { order, side } = held.line;
    handles.showGhost({ y: height, side, text: `${formatExact(order.quantity)} → ${formatExact(price)}` });
  };
  const drop = (event: PointerEvent) => {
    if (held?.pointer !== event.pointerId) return;
    const { kind, line, price } = held;
    end();
    const { x, y } = at(event);
    if (kind === 'cross') {
      const found = handles.under(x, y);
      if (found?.kind === 'cross' && found.line.id === line.id) options.onOrderCancel(line.order);
    } else if (price !== undefined && Number(price) !== line.price) {
      options.onOrderMove(line.order, price, line.kind === 'trigger');
    }
  };
  // The chart pans by these: what takes hold of an order must not move the view as well.
  const keep = (event: Event) => {
    if (held === undefined) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || held === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    end();
  };
  const listeners = [
    ['pointerdown', begin],
    ['pointermove', move],
    ['pointerup', drop],
    ['pointercancel', end],
    ['mousedown', keep],
    ['touchstart', keep],
  ] as const;
  for (const [name, listener] of listeners) {
    container.addEventListener(name, listener as EventListener, { capture: true, passive: false });
  }
  window.addEventListener('keydown', press, true);
  return () => {
    end();
    for (const [name, listener] of listeners) {
      container.removeEventListener(name, listener as EventListener, true);
    }
    window.removeEventListener('keydown', press, true);
  };
}

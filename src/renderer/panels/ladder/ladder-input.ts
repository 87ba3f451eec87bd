import type { Undo } from '#shared/base/emitter.ts';
import type { OrderSide } from '#shared/domain/order.ts';
import { mark } from '../../ui/painter.ts';
import type { LadderActs } from './ladder-acts.ts';
import { dragOrders } from './ladder-drag.ts';
import type { LadderElements, LadderPainter } from './ladder-painter.ts';
import type { LadderRow } from './ladder-row.ts';

const WHEEL_ROWS = 3;
const PAGE_ROWS = 10;

const SIDES: Readonly<Record<string, OrderSide>> = { bid: 'buy', ask: 'sell' };

/** Pointer and keys over the rows. One tab stop: arrows move the focus from row to row. */
export function listenToLadder(elements: LadderElements, painter: LadderPainter, acts: LadderActs): Undo {
  const { root, rows: parent } = elements;
  const held = { over: false, focus: false, drag: false };
  // What stood under the pointer when it was pressed: a row that means another price by then is not what was meant.
  let pressed: string | undefined;

  const hold = (change: Partial<typeof held>) => {
    Object.assign(held, change);
    painter.hold(held.over || held.focus || held.drag);
  };
  const rowOf = (target: EventTarget | null): LadderRow | undefined => {
    const element = target instanceof Element ? target.closest('.ladder-row') : null;
    return painter.rows.find((row) => row.element === element);
  };
  const cellOf = (target: EventTarget | null): string =>
    (target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null)?.dataset['cell'] ?? '';

  const focusRow = (row: LadderRow | undefined) => {
    if (row === undefined) return;
    for (const one of painter.rows) one.element.tabIndex = one === row ? 0 : -1;
    row.element.focus({ preventScroll: true });
  };
  /** What is asked stands in the other half, so that it never covers what was pointed at. */
  const turnFrom = (row: LadderRow) => {
    mark(root, 'strip', painter.rows.indexOf(row) < painter.rows.length / 2 ? 'bottom' : 'top');
  };
  const place = (row: LadderRow, side: OrderSide | undefined, isStop: boolean) => {
    if (row.price === undefined || side === undefined) return;
    turnFrom(row);
    acts.place(side, row.priceText, isStop);
  };
  const cancel = (row: LadderRow) => {
    turnFrom(row);
    acts.cancel(painter.ordersAt(row));
  };
  const press = (event: PointerEvent) => {
    pressed = rowOf(event.target)?.priceText;
  };
  const click = (event: MouseEvent) => {
    const row = rowOf(event.target);
    // The second click of a double click is the first one again.
    if (row?.price === undefined || event.detail > 1 || row.priceText !== pressed) return;
    const cell = cellOf(event.target);
    if (cell === 'cancel') cancel(row);
    else place(row, SIDES[cell], false);
  };
  const menu = (event: MouseEvent) => {
    event.preventDefault();
    const row = rowOf(event.target);
    if (row !== undefined) place(row, SIDES[cellOf(event.target)], true);
  };
  const wheel = (event: WheelEvent) => {
    if (event.ctrlKey) return;
    event.preventDefault();
    painter.shift(event.deltaY < 0 ? WHEEL_ROWS : -WHEEL_ROWS);
  };
  const walk = (from: LadderRow, step: number) => {
    const index = painter.rows.indexOf(from) + step;
    const last = painter.rows.length - 1;
    if (index < 0) painter.shift(-index);
    else if (index > last) painter.shift(last - index);
    focusRow(painter.rows[Math.max(0, Math.min(last, index))]);
  };
  const key = (event: KeyboardEvent) => {
    const row = rowOf(event.target);
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    // Walking may be held down; whatever orders is one press.
    const step = STEPS[event.key];
    if (step !== undefined) walk(row, step);
    else {
      const act = actOf(event, row);
      if (act === undefined) return;
      if (!event.repeat) act();
    }
    event.preventDefault();
    // A letter elsewhere opens the search.
    event.stopPropagation();
  };
  /** By physical key, so that a Hangul input method neither fires nor hides it. */
  const actOf = ({ code, shiftKey }: KeyboardEvent, row: LadderRow): (() => void) | undefined => {
    switch (code) {
      case 'KeyB':
        return () => place(row, 'buy', shiftKey);
      case 'KeyS':
        return () => place(row, 'sell', shiftKey);
      case 'KeyX':
      case 'Delete':
        return () => cancel(row);
      case 'KeyC':
      case 'Space':
        return painter.centre;
      default:
        return undefined;
    }
  };
  const over = () => hold({ over: true });
  const away = () => hold({ over: false });
  const focusIn = (event: FocusEvent) => {
    hold({ focus: true });
    const row = rowOf(event.target);
    if (row !== undefined) painter.name(row);
  };
  const focusOut = (event: FocusEvent) => {
    if (!(event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) hold({ focus: false });
  };
  const undoDrag = dragOrders({
    parent,
    rows: () => painter.rows,
    ordersAt: painter.ordersAt,
    onDrop(own, to) {
      if (to.price === undefined) return;
      turnFrom(to);
      acts.move(own, to.priceText);
    },
    onChange: (drag) => hold({ drag }),
  });
  const listeners = [
    [parent, 'pointerdown', press],
    [parent, 'click', click],
    [parent, 'contextmenu', menu],
    [parent, 'keydown', key],
    [root, 'pointerenter', over],
    [root, 'pointerleave', away],
    [root, 'focusin', focusIn],
    [root, 'focusout', focusOut],
  ] as const;
  for (const [element, name, listener] of listeners)
    element.addEventListener(name, listener as EventListener);
  parent.addEventListener('wheel', wheel, { passive: false });
  return () => {
    undoDrag();
    for (const [element, name, listener] of listeners) {
      element.removeEventListener(name, listener as EventListener);
    }
    parent.removeEventListener('wheel', wheel);
  };
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -PAGE_ROWS,
  PageDown: PAGE_ROWS,
};

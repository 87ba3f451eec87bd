import type { Undo } from '#shared/base/emitter.ts';
import { mark } from '../../ui/painter.ts';
import type { RowOrders } from './ladder-orders.ts';
import { type LadderRow, ROW_HEIGHT } from './ladder-row.ts';
import { rowAt } from './ladder-scale.ts';

/** Before the pointer has gone this far it is a click, px. */
const SLACK = 4;

interface Drag {
  readonly pointer: number;
  readonly startY: number;
  readonly from: LadderRow;
  readonly own: RowOrders;
  isMoving: boolean;
  over: LadderRow | undefined;
}

export interface LadderDragOptions {
  readonly parent: HTMLElement;
  readonly rows: () => readonly LadderRow[];
  readonly ordersAt: (row: LadderRow) => RowOrders | undefined;
  readonly onDrop: (own: RowOrders, to: LadderRow) => void;
  readonly onChange: (isDragging: boolean) => void;
}

/** Own orders taken by the pointer to another row: a ghost stands where they would go. Esc leaves them where they are. */
export function dragOrders({ parent, rows, ordersAt, onDrop, onChange }: LadderDragOptions): Undo {
  let drag: Drag | undefined;

  const end = () => {
    if (drag === undefined) return;
    mark(drag.from.element, 'dragged', undefined);
    ghost(drag.over, undefined);
    drag = undefined;
    onChange(false);
  };
  const ghost = (row: LadderRow | undefined, text: string | undefined) => {
    const cell = row?.element.querySelector<HTMLElement>('[data-cell=own]');
    if (cell) mark(cell, 'ghost', text);
  };
  const begin = (event: PointerEvent) => {
    const cell = event.target instanceof Element ? event.target.closest('[data-cell=own]') : null;
    const from = rows().find(({ element }) => element === cell?.parentElement);
    const own = from && ordersAt(from);
    if (event.button !== 0 || from === undefined || own === undefined) return;
    drag = { pointer: event.pointerId, startY: event.clientY, from, own, isMoving: false, over: undefined };
    parent.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (drag?.pointer !== event.pointerId) return;
    if (!drag.isMoving) {
      if (Math.abs(event.clientY - drag.startY) < SLACK) return;
      drag.isMoving = true;
      mark(drag.from.element, 'dragged', '');
      onChange(true);
    }
    const all = rows();
    const index = rowAt(event.clientY, parent.getBoundingClientRect().top, ROW_HEIGHT, all.length);
    const over = index === undefined ? undefined : all[index];
    if (over === drag.over) return;
    ghost(drag.over, undefined);
    drag.over = over;
    if (over !== drag.from) ghost(over, [drag.own.buy, drag.own.sell].filter(Boolean).join(' '));
  };
  const drop = (event: PointerEvent) => {
    if (drag?.pointer !== event.pointerId) return;
    const { own, over, from, isMoving } = drag;
    end();
    if (isMoving && over !== undefined && over !== from) onDrop(own, over);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || drag === undefined) return;
    event.stopPropagation();
    event.preventDefault();
    end();
  };
  parent.addEventListener('pointerdown', begin);
  parent.addEventListener('pointermove', move);
  parent.addEventListener('pointerup', drop);
  parent.addEventListener('pointercancel', end);
  window.addEventListener('keydown', press, true);
  return () => {
    end();
    parent.removeEventListener('pointerdown', begin);
    parent.removeEventListener('pointermove', move);
    parent.removeEventListener('pointerup', drop);
    parent.removeEventListener('pointercancel', end);
    window.removeEventListener('keydown', press, true);
  };
}

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { mark } from '../../ui/painter.ts';

/** An instrument on its way. `group`: the list it is taken from; absent: from elsewhere, where it stays. */
export interface DraggedRow {
  readonly instrument: InstrumentId;
  readonly group?: string;
}

const KEY = Symbol('watch-row');
type Source = { readonly data: Readonly<Record<string | symbol, unknown>> };

function rowIn({ data }: Source): DraggedRow | undefined {
  return data[KEY] as DraggedRow | undefined;
}

/** Lets the element be taken. */
export function dragRow(element: HTMLElement, row: DraggedRow): Undo {
  return draggable({ element, getInitialData: () => ({ [KEY]: row }) });
}

/** A list's row: what is dropped on it goes before or after it. */
export function dropOnRow(
  element: HTMLElement,
  options: {
    readonly takes: (row: DraggedRow) => boolean;
    readonly onDrop: (row: DraggedRow, isAfter: boolean) => void;
  },
): Undo {
  const isAfter = (clientY: number) => {
    const { top, height } = element.getBoundingClientRect();
    return clientY > top + height / 2;
  };
  const clear = () => mark(element, 'drop', undefined);
  return dropTargetForElements({
    element,
    canDrop: ({ source }) => {
      const row = rowIn(source);
      return row !== undefined && options.takes(row);
    },
    onDrag: ({ location }) =>
      mark(element, 'drop', isAfter(location.current.input.clientY) ? 'after' : 'before'),
    onDragLeave: clear,
    onDrop({ source, location }) {
      clear();
      const row = rowIn(source);
      // What lies below another target that took it is not meant as well.
      if (row && location.current.dropTargets[0]?.element === element)
        options.onDrop(row, isAfter(location.current.input.clientY));
    },
  });
}

/** A whole list, or its tab. With Ctrl, Alt or Cmd the row stays in the list it came from as well. */
export function dropOnList(
  element: HTMLElement,
  options: {
    readonly takes: (row: DraggedRow) => boolean;
    readonly onDrop: (row: DraggedRow, isCopy: boolean) => void;
  },
): Undo {
  const clear = () => mark(element, 'drop', undefined);
  return combine(
    dropTargetForElements({
      element,
      canDrop: ({ source }) => {
        const row = rowIn(source);
        return row !== undefined && options.takes(row);
      },
      onDragEnter: () => mark(element, 'drop', 'into'),
      onDragLeave: clear,
      onDrop({ source, location }) {
        clear();
        const row = rowIn(source);
        if (!row || location.current.dropTargets[0]?.element !== element) return;
        const { ctrlKey, altKey, metaKey } = location.current.input;
        options.onDrop(row, ctrlKey || altKey || metaKey);
      },
    }),
    clear,
  );
}

import { ContextMenu as Parts } from '@base-ui/react/context-menu';
import { type ReactElement, useState } from 'react';
import { floatingHost } from './floating-host.ts';
import type { MenuEntry } from './menu-entry.ts';
import { MenuLines } from './menu-lines.tsx';

interface ContextMenuProps {
  /** Names the menu. */
  readonly label: string;
  /** An item's is `<testId>-<id>`, the menu's `<testId>-menu`. */
  readonly testId: string;
  /** Given as a function, it is asked with the element that was pressed: one menu serves a whole list. None: no menu. */
  readonly items: readonly MenuEntry[] | ((pressed: Element) => readonly MenuEntry[]);
  /** The one element the menu belongs to; it takes a ref and events. */
  readonly children: ReactElement;
}

const NONE: readonly MenuEntry[] = [];

/** A menu under the right mouse button, a long press, or Shift+F10 and the menu key on what has the focus. */
export function ContextMenu({ label, testId, items, children }: ContextMenuProps) {
  const [pressed, setPressed] = useState<Element | null>(null);
  const shown = typeof items === 'function' ? (pressed === null ? NONE : items(pressed)) : items;
  const host = floatingHost(pressed);
  return (
    <Parts.Root>
      <Parts.Trigger render={children} onContextMenuCapture={({ target }) => setPressed(target as Element)} />
      {shown.length > 0 && (
        <Parts.Portal container={host}>
          <Parts.Positioner className="floating" positionMethod="fixed" collisionPadding={6}>
            <Parts.Popup className="menu" aria-label={label} data-testid={`${testId}-menu`}>
              <MenuLines items={shown} testId={testId} host={host} />
            </Parts.Popup>
          </Parts.Positioner>
        </Parts.Portal>
      )}
    </Parts.Root>
  );
}

import { Menu as Parts } from '@base-ui/react/menu';
import { type ReactNode, useState } from 'react';
import { floatingHost } from './floating-host.ts';
import type { MenuEntry } from './menu-entry.ts';
import { MenuLines } from './menu-lines.tsx';

interface MenuProps {
  /** What the button shows. */
  readonly button: ReactNode;
  readonly buttonClass?: string;
  /** Names the button where what it shows is no text, and is its hover then. */
  readonly label: string;
  /** Of the button; the menu's is `<testId>-menu`, an item's `<testId>-<id>`. */
  readonly testId: string;
  readonly disabled?: boolean;
  /** A function is asked only when the menu is open: with many of them on the screen, most never are. */
  readonly items: readonly MenuEntry[] | (() => readonly MenuEntry[]);
}

/**
 * A button and the menu it opens: arrows, Home, End and the first letters choose, Esc closes and gives the focus back. The
 * desk behind it goes on and can be pressed.
 */
export function Menu({ button, buttonClass = 'button', label, testId, disabled = false, items }: MenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isOpen, setOpen] = useState(false);
  const isNamed = typeof button === 'string' && /\p{L}/u.test(button);
  const host = floatingHost(anchor);
  return (
    <Parts.Root open={isOpen} onOpenChange={setOpen} modal={false}>
      <Parts.Trigger
        ref={setAnchor}
        className={buttonClass}
        disabled={disabled}
        aria-label={isNamed ? undefined : label}
        title={isNamed ? undefined : label}
        data-testid={testId}
      >
        {button}
      </Parts.Trigger>
      <Parts.Portal container={host}>
        <Parts.Positioner
          className="floating"
          align="start"
          sideOffset={4}
          positionMethod="fixed"
          collisionPadding={6}
        >
          <Parts.Popup className="menu" data-testid={`${testId}-menu`}>
            <MenuLines items={items} testId={testId} host={host} />
          </Parts.Popup>
        </Parts.Positioner>
      </Parts.Portal>
    </Parts.Root>
  );
}

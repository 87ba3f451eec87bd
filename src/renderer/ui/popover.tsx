import { type ReactNode, useId, useRef, useState } from 'react';

interface PopoverProps {
  /** What the button shows. */
  readonly button: ReactNode;
  readonly buttonClass: string;
  readonly buttonLabel?: string;
  /** Names the opened part. */
  readonly label: string;
  readonly testId?: string;
  readonly children: (close: () => void) => ReactNode;
}

const GAP = 6;

/** A button and what it opens: on top of everything, closed by Esc or a click elsewhere (the browser's own popover). */
export function Popover({ button, buttonClass, buttonLabel, label, testId, children }: PopoverProps) {
  const id = useId();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const panelRef = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  const place = () => {
    const anchor = buttonRef.current?.getBoundingClientRect();
    const panel = panelRef.current;
    if (!anchor || !panel) return;
    // Towards the middle of the window from wherever the button is.
    const { innerHeight, innerWidth } = panel.ownerDocument.defaultView ?? window;
    const above = anchor.top > innerHeight / 2;
    const fromRight = anchor.left > innerWidth / 2;
    panel.style.inset = 'auto';
    if (above) panel.style.bottom = `${innerHeight - anchor.top + GAP}px`;
    else panel.style.top = `${anchor.bottom + GAP}px`;
    if (fromRight) panel.style.right = `${Math.max(GAP, innerWidth - anchor.right)}px`;
    else panel.style.left = `${Math.max(GAP, anchor.left)}px`;
  };

  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        className={buttonClass}
        popoverTarget={id}
        aria-label={buttonLabel}
        aria-haspopup="dialog"
        data-testid={testId}
      >
        {button}
      </button>
      <div
        ref={panelRef}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className="popover"
        onBeforeToggle={(event) => {
          if (event.newState === 'open') place();
        }}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open && children(() => panelRef.current?.hidePopover())}
      </div>
    </>
  );
}

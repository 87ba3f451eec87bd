import { type RefObject, useEffect } from 'react';

/**
 * What stands over the desk goes to the other side of the window while it would hide what has the focus (WCAG 2.4.11):
 * nobody asked for it to come, and the keyboard must be seen to go on. The stylesheet says where `data-aside` is.
 */
export function useStepAside(over: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = over.current;
    if (!element) return undefined;
    const page = element.ownerDocument;
    const look = () => {
      const focused = page.activeElement;
      if (element.contains(focused)) return;
      delete element.dataset['aside'];
      // Nothing is measured as long as nothing is over the desk.
      if (element.childElementCount === 0 || focused === null || focused === page.body) return;
      if (isOver(element.getBoundingClientRect(), focused.getBoundingClientRect()))
        element.dataset['aside'] = '';
    };
    const coming = new MutationObserver(look);
    coming.observe(element, { childList: true });
    page.addEventListener('focusin', look);
    return () => {
      coming.disconnect();
      page.removeEventListener('focusin', look);
    };
  }, [over]);
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Whether one area lies over another, in part or whole. What fills most of a window counts as never hidden. */
export function isOver(over: Area, under: Area): boolean {
  if (under.right - under.left > 2 * (over.right - over.left)) return false;
  return (
    over.left < under.right && over.right > under.left && over.top < under.bottom && over.bottom > under.top
  );
}

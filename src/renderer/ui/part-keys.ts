import type { Undo } from '#shared/base/emitter.ts';

/** What F6 goes through: the bars, the groups of the workspace, and the panels of a view that has none. */
const PARTS = '.top-bar, .banners, .dv-groupview, .panel, .trading-over, .status-bar';
const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea, [tabindex]';

function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

/** Where Tab would stop first in it. */
function firstStop(part: Element): HTMLElement | undefined {
  return [...part.querySelectorAll<HTMLElement>(FOCUSABLE)].find(
    (element) => element.tabIndex >= 0 && isShown(element),
  );
}

/** Parts on screen that can take the focus, in the order of the document; a panel inside a group is the group's. */
function partsOf(page: Document): readonly Element[] {
  const shown = [...page.querySelectorAll(PARTS)].filter(isShown);
  return shown.filter(
    (part) => !shown.some((other) => other !== part && other.contains(part)) && firstStop(part) !== undefined,
  );
}

/** The place after `at` of `count` in a ring; from nowhere (-1) it is the first, or the last backwards. */
export function nextPlace(at: number, count: number, step: 1 | -1): number {
  if (at < 0) return step > 0 ? 0 : count - 1;
  return (at + step + count) % count;
}

/**
 * F6 and Shift+F6 take the focus from part to part of a window, back to where it was in each. A dialog keeps it. One call for
 * each window.
 */
export function keepPartKeys(page: Document): Undo {
  const left = new WeakMap<Element, HTMLElement>();
  const partOf = (element: Element | null) => partsOf(page).find((part) => part.contains(element));
  const remember = ({ target }: FocusEvent) => {
    const part = (target as Element).closest(PARTS);
    const outer = part?.parentElement?.closest(PARTS) ?? part;
    if (outer) left.set(outer, target as HTMLElement);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
    if (page.querySelector('dialog:modal') !== null) return;
    const parts = partsOf(page);
    const here = partOf(page.activeElement);
    const at = here === undefined ? -1 : parts.indexOf(here);
    const next = parts[nextPlace(at, parts.length, event.shiftKey ? -1 : 1)];
    if (next === undefined) return;
    event.preventDefault();
    const before = left.get(next);
    const target = before?.isConnected && next.contains(before) && isShown(before) ? before : firstStop(next);
    target?.focus();
  };
  page.addEventListener('focusin', remember);
  page.addEventListener('keydown', press);
  return () => {
    page.removeEventListener('focusin', remember);
    page.removeEventListener('keydown', press);
  };
}

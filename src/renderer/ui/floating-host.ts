/**
 * Where something that floats over `anchor` has to be put into the document: the dialog or popover it belongs to, which
 * stands over everything else and keeps the rest from being pressed, else the page of the window the anchor is in, which
 * after a pop-out is not the one the code runs in.
 */
export function floatingHost(anchor: Element | null): HTMLElement | undefined {
  if (anchor === null) return undefined;
  return anchor.closest<HTMLElement>('dialog[open], [popover]:popover-open') ?? anchor.ownerDocument.body;
}

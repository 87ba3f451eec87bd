import type { Undo } from '#shared/base/emitter.ts';
import { readStatusPalette, type StatusPalette } from '../../ui/palette.ts';
import { type Inks, readInks } from './inks.ts';

/** What a chart is painted with. */
export interface ChartColours {
  readonly palette: StatusPalette;
  readonly inks: Inks;
}

export function readColours(element: Element): ChartColours {
  return { palette: readStatusPalette(), inks: readInks(element) };
}

/** Theme and direction colours are attributes of the document; the canvas must be told when they change. */
export function onLookChange(element: Element, listener: () => void): Undo {
  const observer = new MutationObserver(listener);
  observer.observe(element.ownerDocument.documentElement, {
    attributeFilter: ['data-theme', 'data-direction', 'data-contrast'],
  });
  return () => observer.disconnect();
}

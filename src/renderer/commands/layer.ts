import { createStore } from 'zustand/vanilla';
import type { Position } from '#shared/domain/account.ts';

/** What of the commands stands over the desk. */
export type LayerShown =
  | { readonly kind: 'palette'; readonly page: string | undefined; readonly only: 'all' | 'instruments' }
  | { readonly kind: 'cheat-sheet' }
  | { readonly kind: 'kill' }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'close'; readonly position: Position };

interface LayerState {
  readonly shown: LayerShown | undefined;
  /** The window it is drawn in: where the key was pressed. */
  readonly page: Document | undefined;
}

/** One for the page. */
export const layer = createStore<LayerState>()(() => ({ shown: undefined, page: undefined }));

export function showLayer(shown: LayerShown): void {
  layer.setState({ shown });
}

export function closeLayer(): void {
  layer.setState({ shown: undefined });
}

/** Whatever is shown next belongs into this window. */
export function layerPage(page: Document): void {
  if (layer.getState().page !== page) layer.setState({ page });
}

export function currentPage(): Document {
  return layer.getState().page ?? document;
}

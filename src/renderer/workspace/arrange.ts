import type { Arrangement } from '#shared/contract/layout-api.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { LINK_COLOURS, type LinkColour } from '#shared/domain/link-colour.ts';
import { isPanelKind, PANELS, type PanelKind } from './panel-list.ts';
import type { PanelParams } from './panel-params.ts';

/** A place on the desk: tabs in one frame, or places beside or below one another, with their shares of the room. */
export type Place =
  | { readonly tabs: readonly PlacedPanel[]; readonly share: number }
  | { readonly row: readonly Place[]; readonly share: number }
  | { readonly column: readonly Place[]; readonly share: number };

export type PlacedPanel = PanelKind | { readonly kind: PanelKind; readonly params: PanelParams };

interface DockNode {
  readonly type: 'branch' | 'leaf';
  readonly data: unknown;
  readonly size: number;
}

type DockPanels = Record<string, ReturnType<typeof dockPanel>>;

const WIDTH = 1_600;
const HEIGHT = 940;

/**
 * A place in the docking library's own words, as if it filled a window of 1,600 × 940 px: the library fits it to the
 * real one. Rows and columns must take turns.
 */
export function arrange(place: Place, links: Partial<Record<LinkColour, InstrumentId>> = {}): Arrangement {
  const panels: DockPanels = {};
  const seen = new Map<PanelKind, number>();
  let groups = 0;
  const addPanel = (placed: PlacedPanel): string => {
    const { kind, params } = typeof placed === 'string' ? { kind: placed, params: {} } : placed;
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    const id = panelId(kind, count);
    panels[id] = dockPanel(id, kind, params);
    return id;
  };
  const build = (node: Place, size: number, across: number): DockNode => {
    if ('tabs' in node) {
      groups += 1;
      const views = node.tabs.map(addPanel);
      return { type: 'leaf', data: { views, activeView: views[0], id: `frame-${groups}` }, size };
    }
    const parts = 'row' in node ? node.row : node.column;
    const whole = parts.reduce((sum, { share }) => sum + share, 0);
    return {
      type: 'branch',
      // A branch's parts divide the length that lies across its own place in its parent.
      data: parts.map((part) => build(part, (across * part.share) / whole, size)),
      size,
    };
  };
  const isRow = !('column' in place);
  const root = 'tabs' in place ? { row: [place], share: 1 } : place;
  const grid = {
    root: build(root, isRow ? HEIGHT : WIDTH, isRow ? WIDTH : HEIGHT),
    width: WIDTH,
    height: HEIGHT,
    orientation: isRow ? 'HORIZONTAL' : 'VERTICAL',
  };
  return { dock: { grid, panels } as unknown as Arrangement['dock'], links };
}

/** A panel in the dock's own words. */
export function dockPanel(id: string, kind: PanelKind, params: PanelParams) {
  const { width, height } = PANELS[kind].least;
  return {
    id,
    contentComponent: 'panel',
    minimumWidth: width,
    minimumHeight: height,
    params: { ...params, kind },
  };
}

export function panelId(kind: PanelKind, count: number): string {
  return `${kind}-${count}`;
}

export function kindOfId(id: string): PanelKind | undefined {
  const kind = id.slice(0, id.lastIndexOf('-'));
  return isPanelKind(kind) ? kind : undefined;
}

/** Colours of a stored arrangement that this version knows. */
export function linksOf({ links }: Arrangement): Partial<Record<LinkColour, InstrumentId>> {
  return Object.fromEntries(
    LINK_COLOURS.flatMap((colour) => {
      const instrument = links[colour];
      return instrument === undefined ? [] : [[colour, instrument]];
    }),
  );
}

import { HeartlineError } from '#shared/base/errors.ts';
import { dockPanel, kindOfId } from './arrange.ts';

export const POPOUT_URL = '/popout.html';
const MOST_PANELS = 80;

/**
 * A dock's description as it may be given to the library: it may come from a file a hand was in. Throws `layout.unusable`
 * where it cannot be a dock at all; addresses of windows in it are ours, whatever it says.
 */
export function safeDock(dock: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { grid, panels, popoutGroups, floatingGroups, activeGroup } = dock;
  if (!isObject(grid) || !isObject(panels)) {
    throw new HeartlineError('layout.unusable', 'a layout without a grid or panels');
  }
  const ids = Object.keys(panels);
  if (ids.length === 0 || ids.length > MOST_PANELS) {
    throw new HeartlineError('layout.unusable', `a layout of ${ids.length} panels`);
  }
  const known: Record<string, unknown> = {};
  for (const [id, panel] of Object.entries(panels)) {
    const kind = kindOfId(id);
    if (!isObject(panel) || kind === undefined) {
      throw new HeartlineError('layout.unusable', `a layout with a panel nobody knows: ${id.slice(0, 40)}`);
    }
    const { params } = panel;
    known[id] = dockPanel(id, kind, isObject(params) ? params : {});
  }
  return {
    grid,
    panels: known,
    ...(typeof activeGroup === 'string' && { activeGroup }),
    ...(Array.isArray(floatingGroups) && { floatingGroups }),
    ...(Array.isArray(popoutGroups) && {
      popoutGroups: popoutGroups.filter(isObject).map((group) => ({ ...group, url: POPOUT_URL })),
    }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

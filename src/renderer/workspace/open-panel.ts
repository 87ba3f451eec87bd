import type { DockviewApi, DockviewGroupPanel } from 'dockview-react';
import { kindOfId, panelId } from './arrange.ts';
import { PANELS, type PanelKind } from './panel-list.ts';
import type { PanelParams } from './panel-params.ts';

/** Adds a panel of the kind: as a tab of the frame that is named, else where its like stand, else beside what is worked on. */
export function openPanel(
  api: DockviewApi,
  kind: PanelKind,
  params: PanelParams = {},
  into?: DockviewGroupPanel,
): void {
  const { beside, least } = PANELS[kind];
  const taken = new Set(api.panels.map(({ id }) => id));
  let count = 1;
  while (taken.has(panelId(kind, count))) count += 1;
  const alike = [kind, ...beside];
  const neighbour = alike
    .map((like) => api.panels.find((panel) => kindOfId(panel.id) === like))
    .find((panel) => panel !== undefined);
  const active = api.activePanel;
  api.addPanel({
    id: panelId(kind, count),
    component: 'panel',
    params: { ...params, kind },
    minimumWidth: least.width,
    minimumHeight: least.height,
    ...(into
      ? { position: { referenceGroup: into, direction: 'within' as const } }
      : neighbour
        ? { position: { referencePanel: neighbour, direction: 'within' as const } }
        : active
          ? { position: { referencePanel: active, direction: 'right' as const } }
          : {}),
  });
}

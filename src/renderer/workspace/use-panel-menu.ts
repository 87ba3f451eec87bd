import type { DockviewApi, IDockviewPanelProps } from 'dockview-react';
import { useTranslation } from 'react-i18next';
import { LINK_COLOURS } from '#shared/domain/link-colour.ts';
import { useDesk } from '../ui/desk-context.ts';
import type { MenuEntry } from '../ui/menu-entry.ts';
import { kindOfId } from './arrange.ts';
import { floatPanel, popOutPanel, toggleMaximizedPanel } from './dock-acts.ts';
import { PANEL_KINDS, PANELS } from './panel-list.ts';
import { linkOf, type PanelParams } from './panel-params.ts';

/** What can be done with a panel: its colour, where it stands, what stands beside it. */
export function usePanelMenu(
  dock: DockviewApi,
  api: IDockviewPanelProps['api'],
  params: PanelParams,
): readonly MenuEntry[] {
  const { t } = useTranslation();
  const { workspace } = useDesk();
  const kind = kindOfId(api.id);
  if (kind === undefined) return [];
  const panel = () => dock.getPanel(api.id);
  const place = api.location.type;
  const colours: readonly MenuEntry[] = ([...LINK_COLOURS, 'none'] as const).map((link) => ({
    id: `link-${link}`,
    label: t(`link.${link}`),
    checked: linkOf(params) === link,
    onSelect: () => {
      api.updateParameters({ link });
      workspace.noteChange();
    },
  }));
  return [
    ...(PANELS[kind].isLinked
      ? [{ id: 'link', label: t('panel.link'), submenu: colours } as const, 'separator' as const]
      : []),
    {
      id: 'maximize',
      label: dock.hasMaximizedGroup() ? t('panel.restore') : t('panel.maximize'),
      hint: t('panel.double-click'),
      disabled: place !== 'grid',
      onSelect: () => toggleMaximizedPanel(dock, panel()),
    },
    {
      id: 'float',
      label: place === 'floating' ? t('panel.dock') : t('panel.float'),
      disabled: place === 'popout',
      onSelect() {
        const moving = panel();
        if (moving === undefined) return;
        const group = dock.groups.find(({ api: one }) => one.location.type === 'grid');
        if (place === 'floating') moving.api.moveTo({ ...(group && { group }), position: 'right' });
        else floatPanel(dock, moving);
      },
    },
    {
      id: 'popout',
      label: t('panel.popout'),
      disabled: place === 'popout',
      onSelect() {
        const moving = panel();
        if (moving) popOutPanel(dock, moving);
      },
    },
    {
      id: 'split',
      label: t('panel.split'),
      submenu: (['right', 'below', 'left', 'above'] as const).map((direction) => ({
        id: `split-${direction}`,
        label: t(`split.${direction}`),
        onSelect() {
          const moving = panel();
          if (moving === undefined) return;
          // Alone in its frame, it has to find its place beside another one.
          const group = moving.group.panels.length > 1 ? moving.group : undefined;
          const position = direction === 'below' ? 'bottom' : direction === 'above' ? 'top' : direction;
          moving.api.moveTo(group ? { group, position } : { position });
        },
      })),
    },
    'separator',
    {
      id: 'add',
      label: t('panel.add-here'),
      submenu: PANEL_KINDS.map((one) => ({
        id: `add-${one}`,
        label: t(`panel.${one}`),
        checked: workspace.store.getState().open.has(one),
        onSelect() {
          api.setActive();
          workspace.addInto(one, api.group.id);
        },
      })),
    },
    'separator',
    { id: 'close', label: t('panel.close-it'), onSelect: () => api.close() },
    {
      id: 'close-others',
      label: t('panel.close-others'),
      disabled: api.group.panels.length < 2,
      onSelect() {
        for (const other of [...api.group.panels]) if (other.id !== api.id) other.api.close();
      },
    },
  ];
}

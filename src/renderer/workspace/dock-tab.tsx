import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { useTranslation } from 'react-i18next';
import { ContextMenu } from '../ui/context-menu.tsx';
import { useDesk } from '../ui/desk-context.ts';
import { kindOfId } from './arrange.ts';
import { LinkDot } from './link-dot.tsx';
import { PANELS } from './panel-list.ts';
import { linkOf, type PanelParams } from './panel-params.ts';
import { TabCount } from './tab-count.tsx';
import { usePanelMenu } from './use-panel-menu.ts';

/** A panel's tab: its colour, its title, how many there are of what it holds, and the way to close it. */
export function DockTab({ api, containerApi, params }: IDockviewPanelHeaderProps<PanelParams>) {
  const { t } = useTranslation();
  const { workspace } = useDesk();
  const kind = kindOfId(api.id);
  const items = usePanelMenu(containerApi, api, params);
  if (kind === undefined) return null;
  const title = t(`panel.${kind}`);
  return (
    <ContextMenu label={t('panel.menu', { title })} testId={`tab-${kind}`} items={items}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the dock's own element around it is the tab and takes the keys. */}
      <div
        className="dock-tab"
        data-tab={kind}
        data-panel={api.id}
        onDoubleClick={() => workspace.toggleMaximized()}
      >
        {PANELS[kind].isLinked && <LinkDot link={linkOf(params)} />}
        <span className="dock-title">{title}</span>
        <TabCount kind={kind} />
        {/* For the mouse alone: a tab holds no buttons. The keyboard has the panel's menu and the palette. */}
        <span
          aria-hidden="true"
          className="dock-close"
          title={t('panel.close', { title })}
          // The tab would be dragged, or come to the front first.
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            api.close();
          }}
        >
          ×
        </span>
      </div>
    </ContextMenu>
  );
}

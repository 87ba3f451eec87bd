import 'dockview-react/dist/styles/dockview.css';
import '../styles/workspace.css';
import { DockviewReact, type DockviewReadyEvent, type DockviewTheme } from 'dockview-react';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Undo } from '#shared/base/emitter.ts';
import { useDesk } from '../ui/desk-context.ts';
import { wakePainters } from '../ui/painter.ts';
import { DockTab } from './dock-tab.tsx';
import { EmptyDock } from './empty-dock.tsx';
import { FrameHead } from './frame-head.tsx';
import { PanelFrame } from './panel-frame.tsx';
import { POPOUT_URL } from './safe-dock.ts';

const THEME: DockviewTheme = {
  name: 'heartline',
  className: 'dock-theme',
  gap: 4,
  dndOverlayMounting: 'absolute',
  dndPanelOverlay: 'group',
};
const COMPONENTS = { panel: PanelFrame };

/** The desk's panels. They stay, hidden, while another view is shown: the streams they hold must not close for a look. */
export function WorkspaceView({ isHidden }: { readonly isHidden: boolean }) {
  const { t } = useTranslation();
  const { workspace } = useDesk();
  const isKnown = useStore(workspace.store, ({ document }) => document !== undefined);
  const detach = useRef<Undo>(undefined);
  const begin = useCallback(
    ({ api }: DockviewReadyEvent) => {
      detach.current = workspace.attach(api);
      if (room.current) workspace.fit(room.current.clientWidth);
    },
    [workspace],
  );
  useEffect(() => () => detach.current?.(), []);
  useEffect(() => {
    // Before the dock's own listener, which closes the windows of its panels.
    window.addEventListener('beforeunload', workspace.leave, { capture: true });
    return () => window.removeEventListener('beforeunload', workspace.leave, { capture: true });
  }, [workspace]);
  useLayoutEffect(() => {
    if (!isHidden) wakePainters();
  }, [isHidden]);
  const room = useRef<HTMLDivElement>(null);
  const isCompact = useStore(workspace.store, (state) => state.isCompact);
  useEffect(() => {
    const element = room.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => workspace.fit(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [workspace]);
  return (
    <div
      ref={room}
      className="workspace"
      data-compact={isCompact || undefined}
      data-testid="workspace"
      data-hidden={isHidden || undefined}
      inert={isHidden}
      role="region"
      aria-label={t('workspace.title')}
    >
      {isKnown && (
        <DockviewReact
          theme={THEME}
          components={COMPONENTS}
          defaultTabComponent={DockTab}
          rightHeaderActionsComponent={FrameHead}
          watermarkComponent={EmptyDock}
          onReady={begin}
          popoutUrl={POPOUT_URL}
          floatingGroupBounds="boundedWithinViewport"
          scrollbars="native"
        />
      )}
    </div>
  );
}

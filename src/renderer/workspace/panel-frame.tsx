import type { IDockviewPanelProps } from 'dockview-react';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../ui/desk-context.ts';
import { wakePainters } from '../ui/painter.ts';
import { PanelBoundary } from '../ui/panel-boundary.tsx';
import { kindOfId } from './arrange.ts';
import { headSlots } from './head-slots.ts';
import { PanelContents } from './panel-contents.tsx';
import { type PanelHandle, PanelProvider } from './panel-context.ts';
import { PANELS, type PanelKind } from './panel-list.ts';
import { instrumentOf, intervalOf, linkOf, type PanelParams } from './panel-params.ts';
import { ScopedDesk } from './scoped-desk.tsx';

/** What the dock draws in each of its panels: the panel's own desk, its place in the header, and its content. */
export function PanelFrame({ api, params }: IDockviewPanelProps<PanelParams>) {
  const { t } = useTranslation();
  const kind = kindOfId(api.id);
  const { frame, isVisible } = useFrame(api);
  // Drawn when it is first in front; what a person wrote into it then stays when another tab is.
  const [wasShown, setShown] = useState(isVisible);
  if (isVisible && !wasShown) setShown(true);
  useLayoutEffect(() => {
    if (isVisible) wakePainters();
  }, [isVisible]);
  // A second one is told apart by whoever cannot see it.
  const count = Number(api.id.slice(api.id.lastIndexOf('-') + 1));
  const title = kind && (count > 1 ? `${t(`panel.${kind}`)} ${count}` : t(`panel.${kind}`));
  useEffect(() => {
    if (title === undefined) return undefined;
    api.setTitle(title);
    // A layout that is given again knows no titles: they belong to a language.
    const listening = api.onDidTitleChange((event) => {
      if (event.title !== title) api.setTitle(title);
    });
    return () => listening.dispose();
  }, [api, title]);
  if (kind === undefined || !wasShown) return null;
  return (
    <PanelBoundary>
      <Docked api={api} kind={kind} params={params} frame={frame} isVisible={isVisible}>
        <PanelContents kind={kind} />
      </Docked>
    </PanelBoundary>
  );
}

interface DockedProps {
  readonly api: IDockviewPanelProps['api'];
  readonly kind: PanelKind;
  readonly params: PanelParams;
  readonly frame: string;
  readonly isVisible: boolean;
  readonly children: ReactNode;
}

function Docked({ api, kind, params, frame, isVisible, children }: DockedProps) {
  const { workspace } = useDesk();
  const head = useStore(headSlots, ({ slots }) => (isVisible ? slots.get(frame) : undefined));
  const handle = useMemo<PanelHandle>(
    () => ({
      id: api.id,
      params,
      setParams(patch) {
        api.updateParameters({ ...patch });
        workspace.noteChange();
      },
      isLeading: () => workspace.isLeading(api.id),
      isVisible,
      head,
    }),
    [api, params, workspace, isVisible, head],
  );
  const about = PANELS[kind];
  return (
    <PanelProvider value={handle}>
      {about.isLinked ? (
        <ScopedDesk
          link={linkOf(params)}
          instrument={instrumentOf(params)}
          interval={intervalOf(params)}
          feeds={about.feeds}
          onChoose={handle.setParams}
        >
          {children}
        </ScopedDesk>
      ) : (
        children
      )}
    </PanelProvider>
  );
}

/** The frame the panel stands in, and whether it is in front there. */
function useFrame(api: IDockviewPanelProps['api']): { readonly frame: string; readonly isVisible: boolean } {
  const [state, setState] = useState(() => readFrame(api));
  useEffect(() => {
    const tell = () => setState(readFrame(api));
    const listening = [
      api.onDidGroupChange(tell),
      api.onDidVisibilityChange(tell),
      api.onDidLocationChange(tell),
    ];
    tell();
    return () => {
      for (const one of listening) one.dispose();
    };
  }, [api]);
  return state;
}

function readFrame(api: IDockviewPanelProps['api']): { readonly frame: string; readonly isVisible: boolean } {
  return { frame: api.group.id, isVisible: api.isVisible };
}

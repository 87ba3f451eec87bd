import type { IDockviewHeaderActionsProps } from 'dockview-react';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Menu } from '../ui/menu.tsx';
import { kindOfId } from './arrange.ts';
import { offerSlot } from './head-slots.ts';
import { usePanelMenu } from './use-panel-menu.ts';

/** The rest of a frame's header: the head of the panel in front, and what can be done with it. */
export function FrameHead({ group, activePanel, containerApi }: IDockviewHeaderActionsProps) {
  const slot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (slot.current ? offerSlot(group.id, slot.current) : undefined), [group.id]);
  return (
    <div className="frame-head">
      <div ref={slot} className="frame-slot" />
      {activePanel && <FrameMenu dock={containerApi} panel={activePanel} />}
    </div>
  );
}

interface FrameMenuProps {
  readonly dock: IDockviewHeaderActionsProps['containerApi'];
  readonly panel: NonNullable<IDockviewHeaderActionsProps['activePanel']>;
}

function FrameMenu({ dock, panel }: FrameMenuProps) {
  const { t } = useTranslation();
  const kind = kindOfId(panel.id);
  const items = usePanelMenu(dock, panel.api, panel.params ?? {});
  return (
    <Menu
      button="⋯"
      buttonClass="frame-menu"
      label={t('panel.menu', { title: kind ? t(`panel.${kind}`) : '' })}
      testId={`frame-menu-${panel.id}`}
      items={items}
    />
  );
}

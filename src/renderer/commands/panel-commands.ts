import i18next from 'i18next';
import type { Desk } from '../stores/desk.ts';
import { PANEL_KINDS } from '../workspace/panel-list.ts';
import { PRESETS } from '../workspace/presets.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Command } from './command.ts';
import { currentPage } from './layer.ts';
import { callAct, isOffered } from './offers.ts';
import type { TextKey } from './text-key.ts';

/** Panels are docked on the desk alone. */
function offDesk({ view }: Desk): TextKey | undefined {
  return view.store.getState().shown === 'desk' ? undefined : 'barredcommand.off-desk';
}

/** Shows the desk first: what is changed there is to be seen. */
function onDesk({ view, workspace }: Desk): Workspace {
  if (view.store.getState().shown !== 'desk') view.show('desk');
  return workspace;
}

export const PANEL_COMMANDS: readonly Command[] = [
  {
    id: 'panel.open',
    titleKey: 'command.panel.open',
    group: 'panel',
    keywords: 'add window show focus 추가 열기 이동',
    chord: 'Alt+KeyP',
    choices: (desk) =>
      PANEL_KINDS.map((kind) => ({
        id: kind,
        title: i18next.t(`panel.${kind}`),
        isCurrent: desk.workspace.store.getState().open.has(kind),
        run: () => onDesk(desk).open(kind),
      })),
  },
  {
    id: 'panel.close',
    titleKey: 'command.panel.close',
    group: 'panel',
    keywords: 'remove 제거',
    chord: 'Alt+Shift+KeyW',
    barred: offDesk,
    run: ({ workspace }) => workspace.closeActive(),
  },
  {
    id: 'panel.next',
    titleKey: 'command.panel.next',
    group: 'panel',
    keywords: 'focus 포커스',
    chord: 'Alt+Period',
    isRepeatable: true,
    barred: offDesk,
    run: ({ workspace }) => workspace.focusNext(1),
  },
  {
    id: 'panel.previous',
    titleKey: 'command.panel.previous',
    group: 'panel',
    keywords: 'focus 포커스',
    chord: 'Alt+Comma',
    isRepeatable: true,
    barred: offDesk,
    run: ({ workspace }) => workspace.focusNext(-1),
  },
  {
    id: 'panel.maximize',
    titleKey: 'command.panel.maximize',
    group: 'panel',
    keywords: 'zoom full screen 전체 확대',
    chord: 'Alt+KeyM',
    barred: offDesk,
    run: ({ workspace }) => workspace.toggleMaximized(),
  },
  {
    id: 'panel.float',
    titleKey: 'command.panel.float',
    group: 'panel',
    keywords: 'detach 분리',
    barred: offDesk,
    run: ({ workspace }) => workspace.floatActive(),
  },
  {
    id: 'panel.pop-out',
    titleKey: 'command.panel.pop-out',
    group: 'panel',
    keywords: 'second screen monitor window 새 창 모니터',
    chord: 'Alt+Shift+KeyO',
    barred: offDesk,
    run: ({ workspace }) => workspace.popOutActive(),
  },
];

export const LAYOUT_COMMANDS: readonly Command[] = [
  {
    id: 'layout.open',
    titleKey: 'command.layout.open',
    group: 'layout',
    keywords: 'preset monitor trade premium workspace arrangement 프리셋 배치 작업 공간',
    chord: 'Alt+KeyL',
    choices(desk) {
      const { document, current } = desk.workspace.store.getState();
      return [
        ...(document?.saved ?? []).map(({ name }) => ({
          id: `saved ${name}`,
          title: name,
          isCurrent: name === current,
          run: () => onDesk(desk).applySaved(name),
        })),
        ...PRESETS.map((preset) => ({
          id: `preset ${preset}`,
          title: i18next.t(`preset.${preset}`),
          isCurrent: preset === current,
          run: () => onDesk(desk).applyPreset(preset),
        })),
      ];
    },
  },
  {
    id: 'layout.save',
    titleKey: 'command.layout.save',
    group: 'layout',
    keywords: 'name store workspace 이름 작업 공간',
    barred: (desk) => offDesk(desk) ?? (isOffered('save-layout') ? undefined : 'barredcommand.absent'),
    run: () => {
      callAct('save-layout', currentPage());
    },
  },
  {
    id: 'layout.undo',
    titleKey: 'command.layout.undo',
    group: 'layout',
    chord: 'Mod+KeyZ',
    isRepeatable: true,
    barred: (desk) =>
      offDesk(desk) ??
      (desk.workspace.store.getState().canUndo ? undefined : 'barredcommand.nothing-to-undo'),
    run: ({ workspace }) => workspace.undo(),
  },
  {
    id: 'layout.redo',
    titleKey: 'command.layout.redo',
    group: 'layout',
    chord: 'Mod+Shift+KeyZ',
    isRepeatable: true,
    barred: (desk) =>
      offDesk(desk) ??
      (desk.workspace.store.getState().canRedo ? undefined : 'barredcommand.nothing-to-redo'),
    run: ({ workspace }) => workspace.redo(),
  },
];

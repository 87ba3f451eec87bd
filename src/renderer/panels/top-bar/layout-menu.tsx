import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { offerAct } from '../../commands/offers.ts';
import { asError } from '../../stores/as-error.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Menu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { PANEL_KINDS } from '../../workspace/panel-list.ts';
import { isPreset, PRESETS } from '../../workspace/presets.ts';
import { LayoutDialog, type LayoutTask } from './layout-dialog.tsx';
import { exportLayout, importLayout } from './layout-files.ts';

/** The desk's arrangement: presets, layouts of the person's own, panels to add, undo, files. */
export function LayoutMenu() {
  const { t } = useTranslation();
  const desk = useDesk();
  const { workspace } = desk;
  const { document, current, open, canUndo, canRedo } = useStore(workspace.store);
  const [task, setTask] = useState<LayoutTask>();
  const file = useRef<HTMLInputElement>(null);
  useEffect(() => offerAct('save-layout', () => setTask({ kind: 'save' })), []);
  const saved = document?.saved ?? [];
  const isSaved = saved.some(({ name }) => name === current);
  const items: readonly MenuEntry[] = [
    ...PRESETS.map((preset) => ({
      id: `preset-${preset}`,
      label: t(`preset.${preset}`),
      checked: current === preset,
      onSelect: () => workspace.applyPreset(preset),
    })),
    ...(saved.length > 0 ? (['separator'] as const) : []),
    ...saved.map(({ name }, at) => ({
      id: `saved-${at}`,
      label: name,
      checked: current === name,
      onSelect: () => workspace.applySaved(name),
    })),
    'separator',
    {
      id: 'add',
      label: t('layout.add-panel'),
      submenu: PANEL_KINDS.map((kind) => ({
        id: `add-${kind}`,
        label: t(`panel.${kind}`),
        checked: open.has(kind),
        onSelect: () => workspace.add(kind),
      })),
    },
    { id: 'undo', label: t('layout.undo'), disabled: !canUndo, onSelect: workspace.undo },
    { id: 'redo', label: t('layout.redo'), disabled: !canRedo, onSelect: workspace.redo },
    'separator',
    { id: 'save', label: t('layout.save-as'), onSelect: () => setTask({ kind: 'save' }) },
    {
      id: 'update',
      label: isSaved ? t('layout.update', { name: current }) : t('layout.update-none'),
      disabled: !isSaved,
      onSelect: () =>
        void workspace.save(current).catch((fault: unknown) => desk.notices.show(asError(fault))),
    },
    {
      id: 'rename',
      label: t('layout.rename'),
      disabled: !isSaved,
      onSelect: () => setTask({ kind: 'rename', name: current }),
    },
    {
      id: 'remove',
      label: t('layout.remove'),
      danger: true,
      disabled: !isSaved,
      onSelect: () => setTask({ kind: 'remove', name: current }),
    },
    'separator',
    { id: 'export', label: t('layout.export'), onSelect: () => exportLayout(desk) },
    { id: 'import', label: t('layout.import'), onSelect: () => file.current?.click() },
  ];
  const name = isPreset(current) ? t(`preset.${current}`) : current;
  return (
    <>
      <Menu
        button={
          <>
            <span className="layout-name">{name === '' ? t('layout.title') : name}</span> ▾
          </>
        }
        label={t('layout.menu', { name })}
        testId="layout-menu"
        items={items}
      />
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        hidden
        data-testid="layout-file"
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) void importLayout(desk, chosen);
          target.value = '';
        }}
      />
      {task && <LayoutDialog task={task} onClose={() => setTask(undefined)} />}
    </>
  );
}

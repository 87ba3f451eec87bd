import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import {
  addGroup,
  FIRST_GROUP,
  groupAt,
  removeGroup,
  renameGroup,
  shiftGroup,
} from '../../stores/watch-groups.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Menu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { GroupNameDialog } from './group-name-dialog.tsx';
import { toggled, WATCH_COLUMNS, type WatchColumn, type WatchKey, type WatchSort } from './watch-columns.ts';

interface WatchlistMenuProps {
  readonly group: string;
  readonly columns: readonly WatchColumn[];
  readonly sort: WatchSort;
  readonly onGroup: (id: string) => void;
  readonly onColumns: (columns: readonly WatchColumn[] | undefined) => void;
  readonly onSort: (sort: WatchSort) => void;
}

const KEYS: readonly WatchKey[] = ['name', ...WATCH_COLUMNS.filter((column) => column !== 'spark')];

/** Everything about the list as a whole. */
export function WatchlistMenu(props: WatchlistMenuProps) {
  const { group, columns, sort } = props;
  const { t } = useTranslation();
  const { settings } = useDesk();
  const lists = useStore(settings.store);
  const [naming, setNaming] = useState<'new' | 'rename'>();
  const { id, name } = groupAt(lists, group);
  const at = lists.watchGroups.findIndex((one) => one.id === id);
  const isFirst = id === FIRST_GROUP;

  const rename = (typed: string) => {
    const held = settings.store.getState();
    if (naming === 'rename') {
      settings.change(renameGroup(held, id, typed) ?? {});
      return;
    }
    const made = crypto.randomUUID();
    const change = addGroup(held, made, typed);
    if (!change) return;
    settings.change(change);
    props.onGroup(made);
  };
  const columnEntries: readonly MenuEntry[] = [
    ...WATCH_COLUMNS.map((column) => ({
      id: `column-${column}`,
      label: t(`watch.column-${column}`),
      checked: columns.includes(column),
      staysOpen: true,
      onSelect: () => props.onColumns(toggled(columns, column)),
    })),
    'separator',
    { id: 'column-auto', label: t('watch.columns-auto'), onSelect: () => props.onColumns(undefined) },
  ];
  const sortEntries: readonly MenuEntry[] = [
    {
      id: 'sort-manual',
      label: t('watch.manual'),
      checked: sort === undefined,
      onSelect: () => props.onSort(undefined),
    },
    'separator',
    ...KEYS.map((key) => ({
      id: `sort-${key}`,
      label: t(key === 'name' ? 'watch.column-name' : `watch.column-${key}`),
      checked: sort?.by === key,
      onSelect: () =>
        props.onSort({ by: key, descending: sort?.by === key ? !sort.descending : key !== 'name' }),
    })),
  ];
  return (
    <>
      <Menu
        button="⋯"
        buttonClass="head-button"
        label={t('watch.menu')}
        testId="watch-menu"
        items={[
          { id: 'new', label: t('watch.new-list'), onSelect: () => setNaming('new') },
          {
            id: 'rename',
            label: t('watch.rename'),
            disabled: isFirst,
            onSelect: () => setNaming('rename'),
          },
          {
            id: 'earlier',
            label: t('watch.earlier'),
            disabled: isFirst || at <= 0,
            onSelect: () => settings.change(shiftGroup(settings.store.getState(), id, -1) ?? {}),
          },
          {
            id: 'later',
            label: t('watch.later'),
            disabled: isFirst || at >= lists.watchGroups.length - 1,
            onSelect: () => settings.change(shiftGroup(settings.store.getState(), id, 1) ?? {}),
          },
          {
            id: 'remove',
            label: t('watch.remove-list'),
            disabled: isFirst,
            danger: true,
            onSelect() {
              settings.change(removeGroup(settings.store.getState(), id) ?? {});
              props.onGroup(FIRST_GROUP);
            },
          },
          'separator',
          { id: 'columns', label: t('watch.columns'), submenu: columnEntries },
          { id: 'sort', label: t('watch.sort'), submenu: sortEntries },
        ]}
      />
      {naming !== undefined && (
        <GroupNameDialog
          title={t(naming === 'new' ? 'watch.new-list' : 'watch.rename')}
          name={naming === 'rename' ? (name ?? '') : ''}
          onName={rename}
          onClose={() => setNaming(undefined)}
        />
      )}
    </>
  );
}

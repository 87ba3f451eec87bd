import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { cleanText } from '#shared/base/clean-text.ts';
import { groupsOf, type WatchGroup } from '../../stores/watch-groups.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { addToList, carryToList } from './change-lists.ts';
import { type DraggedRow, dropOnList } from './drag-rows.ts';

interface GroupTabsProps {
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  /** At the end of the strip. */
  readonly children: ReactNode;
}

/** One tab for each list. Rows dropped on a tab go there. */
export function GroupTabs({ chosen, onChoose, children }: GroupTabsProps) {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const watchlist = useStore(settings.store, (state) => state.watchlist);
  const watchGroups = useStore(settings.store, (state) => state.watchGroups);
  const groups = groupsOf({ watchlist, watchGroups });
  const strip = useRef<HTMLDivElement>(null);

  const handleKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const at = groups.findIndex(({ id }) => id === chosen);
    const next = groups[(at + by + groups.length) % groups.length];
    if (!next) return;
    onChoose(next.id);
    strip.current?.querySelector<HTMLElement>(`[data-group="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <div className="watch-strip">
      <div
        ref={strip}
        role="tablist"
        aria-label={t('watch.lists')}
        className="watch-tabs"
        data-testid="watch-tabs"
        onKeyDown={handleKey}
      >
        {groups.map((group) => (
          <GroupTab
            key={group.id}
            group={group}
            isChosen={group.id === chosen}
            onChoose={() => onChoose(group.id)}
          />
        ))}
      </div>
      {children}
    </div>
  );
}

interface GroupTabProps {
  readonly group: WatchGroup;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function GroupTab({ group, isChosen, onChoose }: GroupTabProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { id, instruments } = group;
  const tab = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!tab.current) return undefined;
    return dropOnList(tab.current, {
      takes: (row: DraggedRow) => row.group !== id,
      onDrop: ({ instrument, group: from }, isCopy) => {
        if (from === undefined || isCopy) addToList(desk, id, instrument);
        else carryToList(desk, instrument, from, id);
      },
    });
  }, [desk, id]);
  const name = group.name === undefined ? t('watchlist.title') : cleanText(group.name);
  return (
    <button
      ref={tab}
      type="button"
      role="tab"
      aria-selected={isChosen}
      tabIndex={isChosen ? 0 : -1}
      className="watch-tab"
      data-group={id}
      data-testid="watch-tab"
      title={name}
      onClick={onChoose}
    >
      <bdi className="truncate">{name}</bdi>
      <span className="text-dim">{instruments.length}</span>
    </button>
  );
}

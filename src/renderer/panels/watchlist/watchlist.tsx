import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { groupAt } from '../../stores/watch-groups.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Panel } from '../../ui/panel.tsx';
import '../../styles/watch.css';
import { GroupTabs } from './group-tabs.tsx';
import { useKept } from './use-kept.ts';
import { columnsForWidth, columnsIn, sortIn, sortParams, type WatchSort } from './watch-columns.ts';
import { WatchlistMenu } from './watchlist-menu.tsx';
import { WatchlistRows } from './watchlist-rows.tsx';

/** The person's lists of instruments. */
export function Watchlist() {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const { params, keep } = useKept();
  const [width, setWidth] = useState(0);
  const id = useStore(settings.store, (state) => groupAt(state, params['group']).id);
  const chosen = useMemo(() => columnsIn(params), [params]);
  const columns = useMemo(() => chosen ?? columnsForWidth(width), [chosen, width]);
  const sort = useMemo(() => sortIn(params), [params]);
  const choose = useCallback((group: string) => keep({ group }), [keep]);
  const sortBy = useCallback((next: WatchSort) => keep(sortParams(next)), [keep]);
  return (
    <Panel name="watchlist" title={t('watchlist.title')}>
      <GroupTabs chosen={id} onChoose={choose}>
        <WatchlistMenu
          group={id}
          columns={columns}
          sort={sort}
          onGroup={choose}
          onColumns={(next) => keep({ columns: next })}
          onSort={sortBy}
        />
      </GroupTabs>
      <WatchlistRows key={id} group={id} columns={columns} sort={sort} onSort={sortBy} onWidth={setWidth} />
    </Panel>
  );
}

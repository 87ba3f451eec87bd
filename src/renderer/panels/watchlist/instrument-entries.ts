import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { createPriceAlertDraft } from '../../stores/alerts.ts';
import type { Desk } from '../../stores/desk.ts';
import { groupsOf } from '../../stores/watch-groups.ts';
import { useDesk } from '../../ui/desk-context.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { toggleInList } from './change-lists.ts';

/** What can be done with any instrument of a list, wherever the list is. */
export function useInstrumentEntries(): (instrument: InstrumentId) => readonly MenuEntry[] {
  const { t } = useTranslation();
  const desk = useDesk();
  const watchlist = useStore(desk.settings.store, (state) => state.watchlist);
  const watchGroups = useStore(desk.settings.store, (state) => state.watchGroups);
  return (instrument) => [
    { id: 'show', label: t('watch.show'), hint: '⏎', onSelect: () => desk.focus.choose(instrument) },
    {
      id: 'chart',
      label: t('watch.new-chart'),
      onSelect() {
        desk.view.show('desk');
        desk.workspace.add('chart', { link: 'none', instrument });
      },
    },
    { id: 'alert', label: t('watch.alert'), onSelect: () => setAlert(desk, instrument) },
    'separator',
    {
      id: 'lists',
      label: t('watch.lists'),
      submenu: groupsOf({ watchlist, watchGroups }).map(({ id, name, instruments }) => ({
        id: `list-${id}`,
        label: name ?? t('watchlist.title'),
        checked: instruments.includes(instrument),
        staysOpen: true,
        onSelect: () => toggleInList(desk, id, instrument),
      })),
    },
  ];
}

/** About the row, whatever the desk shows; the level is the person's to write. */
function setAlert(desk: Desk, instrument: InstrumentId): void {
  desk.alerts.draft.setState({ draft: { kind: 'new', rule: createPriceAlertDraft(instrument, '') } });
  desk.view.show('desk');
  desk.workspace.open('alerts');
}

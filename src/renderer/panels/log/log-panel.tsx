import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import { Empty } from '../../ui/empty.tsx';
import { Panel } from '../../ui/panel.tsx';
import { LogList } from './log-list.tsx';

/** What happened to the connections, newest on top, in the person's words. */
export function LogPanel() {
  const { t } = useTranslation();
  const { log, view } = useDesk();
  const entries = useStore(log, (state) => state.entries);
  return (
    <Panel name="log" title={t('log.title')}>
      <LogList
        entries={entries}
        empty={
          <Empty
            what={t('empty.log')}
            why={t('empty.log-why')}
            next={{ label: t('view.connections'), onDo: () => view.show('connections') }}
          />
        }
      />
    </Panel>
  );
}

import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { LogList } from './log-list.tsx';

/** What happened to the connections, newest on top, in the person's words. */
export function LogPanel() {
  const { t } = useTranslation();
  const { log } = useDesk();
  const count = useStore(log, (state) => state.entries.length);
  return (
    <Panel name="log" title={t('log.title')} head={<span className="ml-auto text-dim">{count}</span>}>
      <Entries />
    </Panel>
  );
}

function Entries() {
  const { t } = useTranslation();
  const { log } = useDesk();
  const entries = useStore(log, (state) => state.entries);
  return <LogList entries={entries} empty={t('log.empty')} />;
}

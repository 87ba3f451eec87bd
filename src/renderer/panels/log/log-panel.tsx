import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { HoldingsDoor } from '../holdings-door.tsx';
import { useHoldingsTabs } from '../holdings-tabs.ts';
import { LogList } from './log-list.tsx';

/** What happened to the connections, newest on top, in the person's words; with accounts, what they hold as well. */
export function LogPanel() {
  const { holdings } = useDesk();
  const hasAccounts = useStore(holdings.accounts.store, ({ view }) => (view?.accounts.length ?? 0) > 0);
  return hasAccounts ? <Tabbed /> : <LogAlone />;
}

function LogAlone() {
  const { t } = useTranslation();
  const { log } = useDesk();
  const count = useStore(log, (state) => state.entries.length);
  return (
    <Panel name="log" title={t('log.title')} head={<span className="ml-auto text-dim">{count}</span>}>
      <Entries />
    </Panel>
  );
}

const SHOWN = ['positions', 'orders', 'balances', 'fills'] as const;

function Tabbed() {
  const { t } = useTranslation();
  const { holdingsChoice, log, view } = useDesk();
  const id = useId();
  const tab = useStore(holdingsChoice, (state) => state.deskTab);
  const count = useStore(log, (state) => state.entries.length);
  const tabs = [{ id: 'log' as const, label: `${t('log.title')} ${count}` }, ...useHoldingsTabs(SHOWN)];
  return (
    <Panel
      name="log"
      title={t('holdings.below')}
      titleHidden
      head={
        <>
          <Tabs
            label={t('holdings.below')}
            controls={id}
            tabs={tabs}
            current={tab}
            onChoose={(next) => holdingsChoice.setState({ deskTab: next })}
          />
          <button type="button" className="button ml-auto head-button" onClick={() => view.show('accounts')}>
            {t('nothing.to-accounts')}
          </button>
        </>
      }
    >
      <div id={id} role="tabpanel" aria-label={t('holdings.below')} className="bottom-body">
        {tab === 'log' ? <Entries /> : <HoldingsDoor tab={tab} />}
      </div>
    </Panel>
  );
}

function Entries() {
  const { t } = useTranslation();
  const { log } = useDesk();
  const entries = useStore(log, (state) => state.entries);
  return <LogList entries={entries} empty={t('log.empty')} />;
}

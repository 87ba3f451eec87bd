import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { HOLDINGS_TABS } from '../../../stores/holdings-choice.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { useHoldingsTabs } from '../../holdings-tabs.ts';
import { HoldingsBody } from './holdings-body.tsx';
import { HoldingsFilter } from './holdings-filter.tsx';

/** What is held and what is open, of all venues in one place. */
export function HoldingsPanel() {
  const { t } = useTranslation();
  const { holdingsChoice } = useDesk();
  const tab = useStore(holdingsChoice, (state) => state.tab);
  const tabs = useHoldingsTabs(HOLDINGS_TABS);
  const id = useId();
  return (
    <Panel
      name="holdings"
      title={t('holdings.title')}
      titleHidden
      head={
        <>
          <Tabs
            label={t('holdings.title')}
            controls={id}
            tabs={tabs}
            current={tab}
            onChoose={(next) => holdingsChoice.setState({ tab: next })}
          />
          <span className="ml-auto" />
          <HoldingsFilter />
        </>
      }
    >
      <div id={id} role="tabpanel" aria-label={t(`holdings.${tab}`)} className="holdings-body">
        <HoldingsBody key={tab} tab={tab} />
      </div>
    </Panel>
  );
}

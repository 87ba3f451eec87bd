import { useTranslation } from 'react-i18next';
import type { HoldingsTab } from '../stores/holdings-choice.ts';
import { useDesk } from '../ui/desk-context.ts';
import { Panel } from '../ui/panel.tsx';
import { HoldingsDoor } from './holdings-door.tsx';

/** One table of what is held and open, on the desk. */
export function HoldingsPart({ tab }: { readonly tab: HoldingsTab }) {
  const { t } = useTranslation();
  const { view } = useDesk();
  return (
    <Panel
      name={tab}
      title={t(`holdings.${tab}`)}
      head={
        <button type="button" className="button ml-auto head-button" onClick={() => view.show('accounts')}>
          {t('nothing.to-accounts')}
        </button>
      }
    >
      <div className="bottom-body">
        <HoldingsDoor tab={tab} />
      </div>
    </Panel>
  );
}

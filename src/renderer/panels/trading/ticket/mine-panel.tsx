import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/panel.tsx';
import { OwnOrderList } from '../orders/own-order-list.tsx';

/** What became of the orders placed from here. */
export function MinePanel() {
  const { t } = useTranslation();
  return (
    <Panel name="mine" title={t('ticket.mine')}>
      <div className="ticket-body">
        <OwnOrderList />
      </div>
    </Panel>
  );
}

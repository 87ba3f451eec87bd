import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { recentOrders } from '../../../stores/own-orders.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Pending } from '../../../ui/pending.tsx';
import { OwnOrderItem } from './own-order-item.tsx';

const MOST_SHOWN = 100;

/** Orders placed from here: those that may still change first. */
export function OwnOrderList() {
  const { t } = useTranslation();
  const { trading, workspace } = useDesk();
  const { view, error } = useStore(trading.own.store);
  if (view === undefined) {
    return <Pending error={error} waiting={t('mine.waiting')} onRetry={trading.own.retry} />;
  }
  const orders = recentOrders(view).slice(0, MOST_SHOWN);
  if (orders.length === 0) {
    return (
      <Empty
        testId="mine-none"
        what={t('empty.mine')}
        why={`${t('mine.none')} ${t('mine.none-do')}`}
        next={{ label: t('connect.to-ticket'), onDo: () => workspace.open('ticket') }}
      />
    );
  }
  return (
    <ul className="own-orders" aria-label={t('mine.title')} data-testid="own-orders">
      {orders.map((order) => (
        <OwnOrderItem key={order.request.clientOrderId} order={order} />
      ))}
    </ul>
  );
}

import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { orderKey } from '#shared/contract/account-views.ts';
import { isTerminal, type Order } from '#shared/domain/order.ts';
import type { Desk } from '../../../stores/desk.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Popover } from '../../../ui/popover.tsx';
import { standingText } from '../../changes/change-words.ts';
import { isMovable } from '../../changes/move-order.ts';
import { AmendForm } from './amend-form.tsx';
import type { Column } from './column.ts';
import { ORDER_COLUMNS } from './order-columns.tsx';

/** Orders that may still be changed, with what can be done about each. */
export const OPEN_ORDER_COLUMNS: readonly Column<Order>[] = [
  ...ORDER_COLUMNS,
  {
    id: 'origin',
    track: 'minmax(84px, 0.6fr)',
    align: 'start',
    cell: (row) => <Origin order={row} />,
  },
  { id: 'actions', track: '196px', align: 'start', cell: (row) => <OrderActions order={row} /> },
];

function isOwn(
  own: ReturnType<Desk['trading']['own']['store']['getState']>,
  { clientOrderId }: Order,
): boolean {
  return clientOrderId !== undefined && own.view?.has(clientOrderId) === true;
}

/** Placed from here, or by another program or in the venue's own app. */
function Origin({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const { trading } = useDesk();
  const isOurs = useStore(trading.own.store, (own) => isOwn(own, order));
  return (
    <span
      className={isOurs ? '' : 'text-dim'}
      title={order.clientOrderId}
      data-origin={isOurs ? 'here' : 'foreign'}
    >
      {t(isOurs ? 'origin.here' : 'origin.foreign')}
    </span>
  );
}

function OrderActions({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const { flightChoice, orderChanges, trading } = useDesk();
  const isOurs = useStore(trading.own.store, (own) => isOwn(own, order));
  const isBusy = useStore(orderChanges.store, ({ busy }) => busy.has(orderKey(order)));
  const isOver = isTerminal(order.status);
  const { clientOrderId } = order;
  const what = standingText(order);
  return (
    <span className="holding-actions">
      {!isOver && isMovable(order) && (
        <Popover
          label={t('holding.amend-title')}
          buttonClass="button holding-close"
          button={t('holding.amend')}
          buttonLabel={t('holding.amend-named', { what })}
          testId="order-amend"
        >
          {(close) => <AmendForm order={order} onClose={close} />}
        </Popover>
      )}
      {!isOver && (
        <button
          type="button"
          className="button holding-close"
          disabled={isBusy}
          aria-label={t('mine.cancel-named', { what })}
          data-testid="order-cancel"
          onClick={() => void orderChanges.cancel('orders', order)}
          onKeyDown={(event) => event.repeat && event.preventDefault()}
        >
          {t('mine.cancel')}
        </button>
      )}
      {isOurs && clientOrderId !== undefined && (
        <button
          type="button"
          className="button holding-close"
          aria-label={t('mine.flight-named', { what })}
          data-testid="order-flight"
          onClick={() => flightChoice.openFlight(clientOrderId)}
        >
          {t('mine.flight')}
        </button>
      )}
    </span>
  );
}

import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isTerminal, type OrderSide } from '#shared/domain/order.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { useAsk } from '../../ui/use-ask.ts';

/** Cancels every order of a side at the instrument shown, on the ladder's account. Progress is told like any sweep's. */
export function CancelSide({ side }: { readonly side: OrderSide }) {
  const { t } = useTranslation();
  const { client, holdings, ticket } = useDesk();
  const { busy, ask } = useAsk();
  const instrument = useStore(ticket.store, (state) => state.instrument);
  const account = useStore(ticket.store, (state) => state.account?.id);
  const count = useStore(
    holdings.orders.store,
    ({ view }) =>
      [...(view?.values() ?? [])].filter(
        (order) =>
          order.account === account &&
          order.instrument === instrument &&
          order.side === side &&
          !isTerminal(order.status),
      ).length,
  );
  const label = t(`laddercancel.${side}`, { count });
  return (
    <button
      type="button"
      className="button ladder-cancel-side"
      data-side={side}
      // Also with none in sight: a cancel is never held back by what is known here.
      disabled={busy || account === undefined}
      aria-label={label}
      title={label}
      data-testid={`ladder-cancel-${side}`}
      onClick={() =>
        account !== undefined && ask(() => client.request('orders.cancelAll', { account, instrument, side }))
      }
      onKeyDown={(event) => event.repeat && event.preventDefault()}
    >
      <span aria-hidden="true">×</span>
      <svg aria-hidden="true" viewBox="0 0 8 6" className="side-arrow" data-side={side}>
        <path d="M0 6 4 0l4 6z" fill="currentColor" />
      </svg>
    </button>
  );
}

import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../ui/desk-context.ts';
import { PanelBoundary } from '../../../ui/panel-boundary.tsx';
import { SettledOrder } from './settled-order.tsx';
import { UnknownOrder } from './unknown-order.tsx';

/**
 * Over the desk, and yet not in its way: it takes neither the focus nor the kill switch from the person, since it opens by
 * itself in the middle of whatever is being done.
 */
export function UnknownBoard() {
  const { t } = useTranslation();
  const { trading } = useDesk();
  const isOpen = useStore(trading.shown, (state) => state.isBoardOpen);
  const unknown = useStore(trading.watching.store, ({ view }) => view?.unknown);
  const watched = useStore(trading.shown, (state) => state.boardOrders);
  const own = useStore(trading.own.store, ({ view }) => view);
  const id = useId();
  const board = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && board.current?.contains(document.activeElement)) trading.closeBoard();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [isOpen, trading]);
  const count = unknown?.length ?? 0;
  const dark = new Set(unknown?.map(({ request }) => request.clientOrderId));
  const settled = [...watched].flatMap((one) => (dark.has(one) ? [] : (own?.get(one) ?? [])));
  return (
    <>
      <p className="sr-only" role="alert">
        {count > 0 ? t('board.announced') : ''}
      </p>
      {isOpen && unknown !== undefined && (
        <section ref={board} className="board" aria-labelledby={id} data-testid="unknown-board">
          <header className="dialog-head">
            <h2 id={id}>{t('board.title')}</h2>
            <button
              type="button"
              className="button"
              aria-label={t('dialog.close')}
              data-testid="board-close"
              onClick={trading.closeBoard}
            >
              ×
            </button>
          </header>
          <PanelBoundary>
            {count === 0 ? (
              <p role="status">{t('board.none')}</p>
            ) : (
              <>
                <p className="text-dim">{t('board.explained')}</p>
                {unknown.map((order) => (
                  <UnknownOrder key={order.request.clientOrderId} order={order} />
                ))}
              </>
            )}
            {settled.length > 0 && (
              <ul className="settled-orders" role="status" aria-label={t('board.settled')}>
                {settled.map((order) => (
                  <SettledOrder key={order.request.clientOrderId} order={order} />
                ))}
              </ul>
            )}
          </PanelBoundary>
        </section>
      )}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { fromScaled, trimDecimal } from '#shared/base/decimal.ts';
import type { Desk } from '../../../stores/desk.ts';
import { lastFreshness } from '../../../stores/ticker-freshness.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { bookTrust } from '../../book/book-painter.ts';
import { nearestPrice } from '../step-decimal.ts';

type Quick = 'bid' | 'last' | 'ask';

/** Prices of the market, each of them a click away. One that is not live is not offered. */
export function QuickPrices() {
  const { t } = useTranslation();
  return (
    <div className="ticket-quick" role="group" aria-label={t('ticket.quick')}>
      {(['bid', 'last', 'ask'] as const).map((which) => (
        <QuickPrice key={which} which={which} />
      ))}
    </div>
  );
}

function QuickPrice({ which }: { readonly which: Quick }) {
  const { t } = useTranslation();
  const desk = useDesk();
  // Read on the beat of the pulse: a button that changes under the pointer is no button.
  const price = useStore(desk.pulse, () => priceOf(desk, which));
  const take = () => {
    const now = priceOf(desk, which);
    const { instrument } = desk.ticket.store.getState();
    if (now !== undefined) desk.pricePicks.emit({ instrument, price: now, from: 'book' });
  };
  return (
    <button
      type="button"
      className="button"
      disabled={price === undefined}
      title={price === undefined ? undefined : t('ticket.take', { price: formatExact(price) })}
      data-testid={`quick-${which}`}
      onClick={take}
    >
      {t(`ticket.${which}`)}
    </button>
  );
}

function priceOf(desk: Desk, which: Quick): string | undefined {
  const { instrument } = desk.ticket.store.getState();
  if (which === 'last') {
    const about = desk.instruments.get(instrument);
    const fresh = lastFreshness(desk, instrument);
    const last = desk.tickers.store.getState().rows.get(instrument)?.last;
    if (about === undefined || last === undefined || (fresh !== 'fresh' && fresh !== 'late'))
      return undefined;
    return nearestPrice(about, last);
  }
  const { view } = desk.book.store.getState();
  const { freshness } = bookTrust(desk);
  if (
    view === undefined ||
    view.instrument !== instrument ||
    (freshness !== 'fresh' && freshness !== 'late')
  ) {
    return undefined;
  }
  const best = which === 'bid' ? view.bids[0] : view.asks[0];
  return best === undefined ? undefined : trimDecimal(fromScaled(best, view.priceScale));
}

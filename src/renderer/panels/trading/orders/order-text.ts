import i18next from 'i18next';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { formatPriceText } from '../../../ui/format-price.ts';

/**
 * `Limit 0.05 BTC @ 83,860.2`, `Stop market 0.05 BTC · Trigger 81,000.0`. Without `about` (the venue's list is not here yet)
 * every digit there is and no unit.
 */
export function orderText(request: OrderRequest, about: Instrument | undefined): string {
  const { isMarket, price, quantity, triggerPrice } = request;
  const type = i18next.t(`ordertype.${isMarket ? 'market' : request.type}`);
  const much = [formatExact(quantity), about?.base].filter(Boolean).join(' ');
  const at = isMarket || price === undefined ? '' : ` @ ${formatPriceText(about, price)}`;
  const trigger =
    triggerPrice === undefined
      ? ''
      : ` · ${i18next.t('ticket.trigger')} ${formatPriceText(about, triggerPrice)}`;
  return `${type} ${much}${at}${trigger}`;
}

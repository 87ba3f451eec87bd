import i18next from 'i18next';
import type { RowOrders } from './ladder-orders.ts';

/** A row as a screen reader says it: its price, what is there, and what of it is one's own. */
export function rowLabel({ element }: { readonly element: HTMLElement }, own: RowOrders | undefined): string {
  const text = (name: string) => element.querySelector(`[data-cell=${name}]`)?.textContent ?? '';
  const { entry, last, beyond } = element.dataset;
  const t = i18next.t;
  return [
    text('price') || t('ladder.no-price'),
    ...(last === undefined ? [] : [t('ladder.is-last')]),
    ...(entry === undefined ? [] : [t('ladder.is-entry')]),
    ...(text('bid') === '' ? [] : [t('ladder.bid-there', { quantity: text('bid') })]),
    ...(text('ask') === '' ? [] : [t('ladder.ask-there', { quantity: text('ask') })]),
    ...(beyond === undefined ? [] : [t('ladder.beyond')]),
    ...(own?.buy === undefined ? [] : [t('ladder.own-buy', { quantity: own.buy })]),
    ...(own?.sell === undefined ? [] : [t('ladder.own-sell', { quantity: own.sell })]),
  ].join(', ');
}

import i18next from 'i18next';
import { instrumentName } from '#shared/domain/instrument.ts';
import { activeAlarms } from './stores/alarms.ts';
import type { Desk } from './stores/desk.ts';
import { lastFreshness } from './stores/ticker-freshness.ts';
import { formatPrice } from './ui/format-price.ts';

const PERIOD_MS = 1_000;

/** `(2) 83,860.2 BTC-USDT-PERP · DEMO · Heartline`: alarms nobody has seen first; a stale price is not shown in the title at all, only that it is stale. */
function titleOf(desk: Desk): string {
  const { selected } = desk.settings.store.getState();
  const ticker = desk.tickers.store.getState().rows.get(selected);
  const freshness = lastFreshness(desk, selected);
  const known = freshness === 'fresh' || freshness === 'late';
  const price =
    freshness === 'stale'
      ? i18next.t('title.stale')
      : known
        ? formatPrice(desk.instruments.get(selected), ticker?.last)
        : '';
  const parts = [
    `${price} ${instrumentName(selected)}`.trim(),
    ...(desk.app.mode === 'live' ? [] : [i18next.t(`title.${desk.app.mode}`)]),
    i18next.t('app.name'),
  ];
  const alarms = activeAlarms(desk.alarms.store.getState().view).length;
  return (alarms > 0 ? `(${alarms}) ` : '') + parts.join(' · ');
}

export function keepTitle(desk: Desk): void {
  const write = () => {
    const title = titleOf(desk);
    if (document.title !== title) document.title = title;
  };
  write();
  setInterval(write, PERIOD_MS);
}

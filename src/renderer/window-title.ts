import i18next from 'i18next';
import type { Undo } from '#shared/base/emitter.ts';
import type { DeskSummary } from '#shared/domain/desk-summary.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import { wantedCount } from '#shared/domain/summary-text.ts';
import { currentLanguage } from './i18n/i18n.ts';
import { borrowedBeat } from './stores/borrowed-beat.ts';
import type { Desk } from './stores/desk.ts';
import { readDeskSummary } from './stores/desk-summary.ts';
import { lastFreshness } from './stores/ticker-freshness.ts';
import { titleText } from './title-text.ts';
import { formatPrice } from './ui/format-price.ts';
import { iconAddress } from './window-icon.ts';

const PERIOD_MS = 1_000;

/** A stale price is not shown in the title at all, only that it is stale. */
function marketText(desk: Desk): string {
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
  return `${price} ${instrumentName(selected)}`.trim();
}

/**
 * Keeps the window's title, its icon and, where the browser has one, its badge on the desk's worst health and what wants a
 * person; once a second. In the desktop shell the badge is the shell's.
 */
export function keepTitle(desk: Desk): Undo {
  let badge: number | undefined;
  const write = () => {
    const summary = readDeskSummary(desk);
    const { mode } = desk.app;
    const title = titleText({
      summary,
      language: currentLanguage(),
      market: marketText(desk),
      mode: mode === 'live' ? undefined : i18next.t(`title.${mode}`),
      appName: i18next.t('app.name'),
      showsPnl: desk.settings.store.getState().titlePnl,
    });
    if (document.title !== title) document.title = title;
    drawIcon(summary);
    const wanted = wantedCount(summary);
    if (wanted === badge || desk.app.shell === 'desktop') return;
    badge = wanted;
    showBadge(wanted);
  };
  write();
  const timer = setInterval(write, PERIOD_MS);
  // A hidden window's timer may come once a minute; a pop-out that is looked at lends its own.
  let beats = 0;
  const undoBeat = borrowedBeat.on(() => {
    beats += 1;
    if (beats % 4 === 0) write();
  });
  return () => {
    clearInterval(timer);
    undoBeat();
  };
}

function drawIcon({ worst }: DeskSummary): void {
  const address = iconAddress(worst);
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link !== null && link.href !== address) link.href = address;
}

/** Of an installed page. A browser that has none, or refuses, shows the same number in the title. */
function showBadge(wanted: number): void {
  if (!('setAppBadge' in navigator)) return;
  const done = wanted > 0 ? navigator.setAppBadge(wanted) : navigator.clearAppBadge();
  done.catch(() => undefined);
}

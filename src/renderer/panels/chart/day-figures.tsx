import { useTranslation } from 'react-i18next';
import type { Instrument } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { Desk } from '../../stores/desk.ts';
import { dayFreshness, markFreshness } from '../../stores/ticker-freshness.ts';
import type { TickerRow } from '../../stores/tickers.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatCompact, formatRate, UNKNOWN } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatCountdown } from '../../ui/format-time.ts';
import { LiveText, type Reading } from '../../ui/live-text.tsx';

/** The last 24 hours and the funding of what the chart shows, as many as there is room for. */
export function DayFigures() {
  const { t } = useTranslation();
  const desk = useDesk();
  const figure = (
    name: 'high' | 'low' | 'volume' | 'funding',
    text: (row: TickerRow, about: Instrument | undefined) => string,
  ) => (
    <span className="day-figure">
      <span className="text-dim">{t(`day.${name}`)}</span>{' '}
      <LiveText
        read={() => readFigure(desk, name === 'funding' ? 'mark' : 'ticker', text)}
        wake={[desk.pulse]}
        testId={`day-${name}`}
      />
    </span>
  );
  return (
    <div className="day-figures">
      {figure('funding', (row) => fundingText(row, desk.pulse.getState().now))}
      {figure('volume', (row) => formatCompact(row.quoteVolume24h, currentLanguage()))}
      {figure('high', (row, about) => formatPrice(about, row.high24h))}
      {figure('low', (row, about) => formatPrice(about, row.low24h))}
    </div>
  );
}

function readFigure(
  desk: Desk,
  kind: 'ticker' | 'mark',
  text: (row: TickerRow, about: Instrument | undefined) => string,
): Reading {
  const { instrument } = desk.focus.store.getState();
  const row = desk.tickers.store.getState().rows.get(instrument);
  if (row === undefined) return { text: UNKNOWN, fresh: 'unknown' };
  return {
    text: text(row, desk.instruments.get(instrument)),
    fresh: kind === 'mark' ? markFreshness(desk, instrument) : dayFreshness(desk, instrument),
    receivedAt: kind === 'mark' ? row.markReceivedAt : row.dayReceivedAt,
    now: desk.pulse.getState().now,
  };
}

function fundingText(row: TickerRow, now: number): string {
  const rate = formatRate(row.fundingRate, 4);
  return Number.isNaN(row.nextFundingTime) ? rate : `${rate} · ${formatCountdown(row.nextFundingTime - now)}`;
}

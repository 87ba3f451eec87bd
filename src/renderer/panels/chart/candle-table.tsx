import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instrumentName } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatChange, formatCompact } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatFull, machineTime } from '../../ui/format-time.ts';
import { candleFreshness } from './chart-legend.ts';

const ROWS = 30;

/** The last candles in words and figures: what the picture shows, for whoever cannot see it. As they were when it was opened. */
export function CandleTable({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [asked, setAsked] = useState(0);
  const shown = useMemo(() => {
    void asked;
    const { instrument, series } = desk.candles.store.getState();
    return { instrument, interval: series.interval, candles: series.candles.slice(-ROWS).toReversed() };
  }, [desk, asked]);
  const { instrument } = shown;
  const about = instrument && desk.instruments.get(instrument);
  const oldest = shown.candles.at(-1);
  const newest = shown.candles[0];
  const highs = shown.candles.map(({ high }) => high);
  const lows = shown.candles.map(({ low }) => low);
  return (
    <Dialog title={t('chartmenu.table')} testId="candle-table" onClose={onClose}>
      {newest && oldest && instrument && (
        <p data-testid="candle-summary">
          {t('table.summary', {
            instrument: instrumentName(instrument),
            interval: t(`interval.${shown.interval}`),
            count: shown.candles.length,
            change: formatChange(newest.close, oldest.open),
            high: formatPrice(about, Math.max(...highs)),
            low: formatPrice(about, Math.min(...lows)),
            close: formatPrice(about, newest.close),
          })}{' '}
          {candleFreshness(desk) === 'fresh' ? '' : t('table.stale')}
        </p>
      )}
      <button type="button" className="button" onClick={() => setAsked((count) => count + 1)}>
        {t('table.again')}
      </button>
      <table className="candle-table">
        <thead>
          <tr>
            {(['time', 'open', 'high', 'low', 'close', 'volume', 'from'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.candles.map((candle) => (
            <tr key={candle.openTime}>
              <th scope="row">
                <time dateTime={machineTime(candle.openTime)}>
                  {formatFull(candle.openTime).slice(0, 16)}
                </time>
              </th>
              <td>{formatPrice(about, candle.open)}</td>
              <td>{formatPrice(about, candle.high)}</td>
              <td>{formatPrice(about, candle.low)}</td>
              <td>{formatPrice(about, candle.close)}</td>
              <td>{formatCompact(candle.volume, currentLanguage())}</td>
              <td>{candle.provenance === 'history' ? '' : t(`legend.${candle.provenance}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { cleanText } from '#shared/base/clean-text.ts';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { SCAN_STALE_AFTER_MS, type ScannedVenue } from '#shared/domain/scanner.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { ScanFigures } from '../../stores/scanner.ts';
import { coinName } from '../../ui/coin-name.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { UNKNOWN } from '../../ui/format-number.ts';
import { formatAge, formatMoment } from '../../ui/format-time.ts';
import { StandingMark } from '../../ui/standing-mark.tsx';
import { dragRow } from '../watchlist/drag-rows.ts';
import type { ScanColumn } from './scan-columns.ts';
import { missingMove, scanText } from './scan-figure.ts';

interface ScannerRowProps {
  readonly id: string;
  readonly row: ScanFigures;
  readonly status: ScannedVenue | undefined;
  readonly columns: readonly ScanColumn[];
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly active: boolean;
  readonly watched: boolean;
  readonly onSelect: (instrument: InstrumentId) => void;
  readonly onWatch: (instrument: InstrumentId) => void;
}

/** One instrument. It is drawn again when its venue was read, and when it grows old. */
export const ScannerRow = memo(function ScannerRow(props: ScannerRowProps) {
  const { row, columns, index, status, watched } = props;
  const { instrument, receivedAt } = row;
  const { t } = useTranslation();
  const { app, pulse, instruments } = useDesk();
  const isStale = useStore(
    pulse,
    ({ now, answering }) => !answering || !(now - receivedAt <= SCAN_STALE_AFTER_MS),
  );
  const hasAge = columns.includes('age') || isStale;
  // Whole seconds, and only where an age is shown: everything else stands still between readings.
  const seconds = useStore(pulse, ({ now }) => (hasAge ? Math.floor(now / 1_000) : 0));
  const now = hasAge ? Math.max(seconds * 1_000, receivedAt) : (status?.readAt ?? receivedAt);
  const about = useStore(instruments.store, ({ known }) => known.get(instrument));
  const coin = about && coinName(about, currentLanguage());
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => (element.current ? dragRow(element.current, { instrument }) : undefined), [instrument]);

  const name = cleanText(instrumentName(instrument), 80);
  const venue = app.venues.find((one) => one.id === venueOf(instrument))?.name ?? venueOf(instrument);
  const isKnown = !Number.isNaN(receivedAt);
  const titleOf = (column: ScanColumn) => {
    if (!Number.isNaN(column === 'age' ? receivedAt : row[column])) {
      return isStale && isKnown ? formatMoment(receivedAt) : undefined;
    }
    const missing = missingMove(column, status, status?.readAt ?? Number.NaN);
    if (missing) {
      return t('scan.move-later', {
        minutes: missing.minutes,
        sampled: formatAge(missing.sampledMs, currentLanguage()),
      });
    }
    return column === 'premium' || column === 'fundingRate' ? t(`scan.no-${column}`) : undefined;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys (scanner-rows.tsx).
    <div
      ref={element}
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      className="watch-row"
      data-testid="scan-row"
      data-instrument={instrument}
      data-active={props.active || undefined}
      data-halted={about?.status === 'halted' || undefined}
      data-fresh={isStale ? 'stale' : 'fresh'}
      style={{ top: props.top }}
      onClick={() => props.onSelect(instrument)}
    >
      <span role="gridcell" className="scan-star-cell">
        <button
          type="button"
          tabIndex={-1}
          className="scan-star"
          aria-pressed={watched}
          aria-label={t(watched ? 'watchlist.remove-named' : 'scan.add-named', { name })}
          title={t(watched ? 'watchlist.remove' : 'watchlist.add')}
          data-testid="scan-star"
          onClick={(event) => {
            event.stopPropagation();
            props.onWatch(instrument);
          }}
        >
          {watched ? '★' : '☆'}
        </button>
      </span>
      <span role="gridcell" className="watch-name">
        <bdi className="truncate" title={name}>
          {name}
        </bdi>
        <span className="watch-venue">
          <StandingMark instrument={instrument} after=" · " />
          {venue}
          {isStale && isKnown && (
            <span className="text-bad">
              {' · '}
              {formatAge(now - receivedAt, currentLanguage())}
            </span>
          )}
          {coin !== undefined && (
            <>
              {' · '}
              <bdi>{cleanText(coin)}</bdi>
            </>
          )}
        </span>
      </span>
      {columns.map((column) => {
        const { text, move } = isKnown
          ? scanText(row, column, { instruments, now, language: currentLanguage() })
          : { text: UNKNOWN };
        return (
          <span key={column} role="gridcell" className="watch-cell" title={titleOf(column)}>
            <span
              className="value"
              data-move={move}
              data-fresh={text === UNKNOWN ? 'unknown' : isStale ? 'stale' : 'fresh'}
              data-testid={`scan-${column}`}
            >
              {text}
            </span>
          </span>
        );
      })}
    </div>
  );
});

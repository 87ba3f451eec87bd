import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatDecimal, UNKNOWN } from '../../../ui/format-number.ts';
import { formatAge, formatClock, formatMoment } from '../../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../../ui/health-glyph.tsx';
import { streamName } from '../../status-bar/connection-words.ts';
import { connectionPart, venueName } from '../names.ts';
import type { MapRow } from './map-rows.ts';

interface MapLineProps {
  readonly id: string;
  readonly row: MapRow;
  readonly top: number;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

/** What a row is called on its own level. */
export function useRowName(row: MapRow): string {
  const { app } = useDesk();
  if (row.stream) return streamName(row.stream.stream);
  return row.connection ? connectionPart(app, row.connection.id) : venueName(app, row.venue);
}

export function MapLine({ id, row, top, selected, onSelect, onToggle }: MapLineProps) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const answering = useStore(pulse, (state) => state.answering);
  const name = useRowName(row);
  const language = currentLanguage();
  const word = answering ? t(`health.${row.kind}`) : t('health.unheard');
  const isRunning = row.kind === 'live' || row.kind === 'rotating';
  const ageOf = (ms: number) => formatAge(Number.isNaN(ms) ? undefined : ms, language);
  return (
    // The keys are the tree's, which keeps the focus; a line is only ever pointed at.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <div
      id={id}
      role="treeitem"
      className="map-row"
      aria-level={row.level}
      aria-expanded={row.isOpen}
      aria-selected={selected}
      data-row={row.id}
      data-kind={row.kind}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
    >
      <span className="map-name" data-level={row.level} title={row.id}>
        {row.stream ? null : row.isOpen === undefined ? (
          <span className="map-fold" aria-hidden="true" />
        ) : (
          // The keyboard folds with the arrow keys.
          <span className="map-fold" aria-hidden="true" onClick={onToggle}>
            {row.isOpen ? '▾' : '▸'}
          </span>
        )}
        <span className="truncate">{name}</span>
      </span>
      <span className="map-state">
        <HealthGlyph kind={row.kind} />
        <span className={`truncate ${healthWordClass(row.kind)}`} data-testid="map-word">
          {word}
          {row.side !== undefined && !isRunning && ` · ${t(`side.${row.side}`)}`}
        </span>
      </span>
      <span
        className="map-since"
        title={Number.isNaN(row.since) ? undefined : t('map.since-at', { time: formatMoment(row.since) })}
      >
        {Number.isNaN(row.since) ? UNKNOWN : formatClock(row.since)}
      </span>
      <span className="map-silence value">{ageOf(row.silenceMs)}</span>
      <span className="map-p99 value">{ageOf(row.p99)}</span>
      <span className="map-rate value">{formatDecimal(row.perSecond, row.perSecond < 100 ? 1 : 0)}</span>
      <span className="map-gaps value">{`${formatDecimal(row.gaps, 0)}/${formatDecimal(row.resyncs, 0)}`}</span>
      <span className="map-score value">{formatDecimal(row.score, 2)}</span>
    </div>
  );
}

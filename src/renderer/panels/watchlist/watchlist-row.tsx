import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { coinName } from '../../ui/coin-name.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { StandingMark } from '../../ui/standing-mark.tsx';
import type { WatchlistPainter } from './watchlist-painter.ts';

interface WatchlistRowProps {
  readonly id: string;
  readonly instrument: InstrumentId;
  readonly painter: WatchlistPainter;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly active: boolean;
  readonly onSelect: () => void;
  readonly onRemove: () => void;
}

/** The still parts of a row; what moves is painted by the painter. */
export function WatchlistRow(props: WatchlistRowProps) {
  const { instrument, painter, index } = props;
  const { t } = useTranslation();
  const { app, pulse, instruments } = useDesk();
  const kind = useStore(pulse, (state) =>
    state.answering ? state.index.instrumentKind(instrument) : 'stale',
  );
  const about = useStore(instruments.store, ({ known }) => known.get(instrument));
  const halted = about?.status === 'halted';
  const coin = about && coinName(about, currentLanguage());
  const last = useRef<HTMLSpanElement>(null);
  const age = useRef<HTMLSpanElement>(null);
  const change = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    if (!last.current || !age.current || !change.current) return undefined;
    return painter.keep(instrument, { last: last.current, age: age.current, change: change.current });
  }, [painter, instrument]);

  const name = instrumentName(instrument);
  const venue = app.venues.find((one) => one.id === venueOf(instrument))?.name ?? venueOf(instrument);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys (watchlist.tsx).
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={props.selected}
      className="watch-row"
      data-testid="watchlist-row"
      data-instrument={instrument}
      data-active={props.active || undefined}
      data-halted={halted || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onSelect}
    >
      <span role="gridcell" className="watch-health" title={t(`health.${kind}`)}>
        <HealthGlyph kind={kind} alone />
      </span>
      <span role="gridcell" className="watch-name">
        <span className="truncate">{name}</span>
        <span className="watch-venue">
          <StandingMark instrument={instrument} after=" · " />
          {venue}
          {coin !== undefined && ` · ${coin}`}
        </span>
      </span>
      <span role="gridcell" className="watch-last">
        <span ref={last} className="value" data-testid="watchlist-last" />
        <span ref={age} className="age" />
      </span>
      <span role="gridcell" className="watch-change">
        <span ref={change} className="value" data-testid="watchlist-change" />
        <button
          type="button"
          tabIndex={-1}
          className="watch-remove"
          aria-label={t('watchlist.remove-named', { name })}
          title={t('watchlist.remove')}
          onClick={(event) => {
            event.stopPropagation();
            props.onRemove();
          }}
        >
          ×
        </button>
      </span>
    </div>
  );
}

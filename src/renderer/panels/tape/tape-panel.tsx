import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import { errorText } from '../../i18n/text-for.ts';
import type { Desk } from '../../stores/desk.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { Panel } from '../../ui/panel.tsx';
import { usePanelFault } from '../../ui/panel-fault.ts';
import { streamReason } from '../stream-reason.ts';
import { createTapePainter, tapeFreshness } from './tape-painter.ts';

export function TapePanel() {
  const { t } = useTranslation();
  const desk = useDesk();
  const dropped = useStore(desk.tape.store, (state) => state.dropped);
  const kind = useStore(desk.pulse, () => tapeKind(desk));
  return (
    <Panel
      name="tape"
      title={t('tape.title')}
      head={
        <span className="head-health">
          {dropped > 0 && (
            <span className="text-warn" data-testid="tape-dropped" title={t('tape.dropped-explained')}>
              {t('tape.dropped', { shown: formatDecimal(dropped, 0), count: dropped })}
            </span>
          )}
          <HealthGlyph kind={kind} alone />
        </span>
      }
    >
      <Trades kind={kind} />
    </Panel>
  );
}

function tapeKind(desk: Desk): HealthKind {
  const freshness = tapeFreshness(desk);
  if (freshness === 'fresh') return 'live';
  if (freshness !== 'unknown') return freshness;
  const { instrument } = desk.tape.store.getState();
  const { index, answering } = desk.pulse.getState();
  const stream = instrument && index.stream(streamKeyText({ kind: 'trade', instrument }));
  return answering && stream?.state !== 'stale' ? 'subscribing' : 'stale';
}

function Trades({ kind }: { readonly kind: HealthKind }) {
  const desk = useDesk();
  const error = useStore(desk.tape.store, (state) => state.error);
  // The list is made anew after a refusal: its painter holds on to the elements it was made with.
  return error ? <p className="panel-fault">{errorText(error)}</p> : <TradeList kind={kind} />;
}

function TradeList({ kind }: { readonly kind: HealthKind }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const empty = useStore(desk.tape.store, (state) => state.revision === 0);
  const instrument = useStore(desk.tape.store, (state) => state.instrument);
  const reason = useStore(desk.pulse, () =>
    instrument ? streamReason(desk, { kind: 'trade', instrument }) : '',
  );
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const onFault = usePanelFault();

  useEffect(() => {
    if (!scroller.current || !rows.current) return undefined;
    return createTapePainter(desk, scroller.current, rows.current, onFault).dispose;
  }, [desk, onFault]);

  return (
    <div className="tape">
      {kind === 'stale' && !empty && (
        <p className="tape-notice" data-testid="tape-notice">
          {reason === '' ? t('tape.stale') : t('stream.because', { what: t('tape.stale'), why: reason })}
        </p>
      )}
      {empty && (
        <p className="panel-empty">
          {reason === '' ? t('tape.first') : t('stream.because', { what: t('tape.first'), why: reason })}
        </p>
      )}
      <div
        ref={scroller}
        className="tape-scroll"
        role="table"
        aria-label={t('tape.title')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable without a mouse.
        tabIndex={0}
        data-testid="tape"
      >
        <div ref={rows} role="rowgroup" className="relative" />
      </div>
    </div>
  );
}

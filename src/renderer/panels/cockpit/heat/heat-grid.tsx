import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HeatView } from '#shared/domain/metrics.ts';
import { streamId } from '../../../stores/stream-id.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { createPainter, type Painter } from '../../../ui/painter.ts';
import { readStatusPalette } from '../../../ui/palette.ts';
import { usePanelFault } from '../../../ui/panel-fault.ts';
import { streamName } from '../../status-bar/connection-words.ts';
import { useCockpit } from '../cockpit-context.ts';
import { connectionName, venueName, venueOfConnection } from '../names.ts';
import { useMetricsFreshness } from '../use-metrics-freshness.ts';
import { cellUnder, HEAT_ROW, type HeatCell, paintHeat } from './heat-painter.ts';
import { heatFigure, heatSentence } from './heat-words.ts';

const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** Names and figures are text; the cells between them one canvas that stays in sight. One tab stop, arrow keys go from cell to cell. */
export function HeatGrid({ view }: { readonly view: HeatView }) {
  const { t } = useTranslation();
  const { app, view: shown } = useDesk();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<HeatCell>();
  const [hovered, setHovered] = useState<HeatCell>();
  const rows = useVirtualizer({
    count: view.streams.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEAT_ROW,
    overscan: 6,
  });
  const marked = hovered ?? cursor;
  const subject = useStore(shown.store, (state) => state.subject);

  // What is selected on the map comes into sight here; a venue or connection with its first stream on top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new subject scrolls, not every new reading.
  useEffect(() => {
    const own = view.streams.findIndex((of) => streamId(of) === subject);
    const first = view.streams.findIndex(
      ({ connection }) => connection === subject || venueOfConnection(connection) === subject,
    );
    if (own >= 0) rows.scrollToIndex(own);
    else if (first >= 0) rows.scrollToIndex(first, { align: 'start' });
  }, [subject]);
  useCanvas(scroller, canvas, view, marked);

  const point = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    const top = scroller.current?.scrollTop ?? 0;
    const cell = box && cellUnder(view, event.clientX - box.left, event.clientY - box.top + top, box.width);
    // The same cell again draws nothing anew.
    if (cell?.row !== hovered?.row || cell?.column !== hovered?.column) setHovered(cell);
    return cell;
  };
  const press = (event: KeyboardEvent) => {
    const from = cursor ?? { row: 0, column: view.columns - 1 };
    const move = MOVES[event.key];
    const of = view.streams[from.row];
    if (event.key === 'Enter' && of) shown.select(streamId(of));
    else if (event.key === 'Home' || event.key === 'End') {
      setCursor({ row: from.row, column: event.key === 'Home' ? 0 : view.columns - 1 });
    } else if (move) {
      const to = {
        row: within(from.row + (cursor ? move[0] : 0), view.streams.length),
        column: within(from.column + (cursor ? move[1] : 0), view.columns),
      };
      setCursor(to);
      rows.scrollToIndex(to.row);
    } else return;
    setHovered(undefined);
    event.preventDefault();
  };
  return (
    <>
      <div
        ref={scroller}
        role="group"
        className="heat-scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk its cells, which are painted.
        tabIndex={0}
        aria-label={t('heat.title')}
        aria-describedby={`${id}-keys`}
        data-testid="heat"
        onKeyDown={press}
        onPointerMove={point}
        onPointerLeave={() => setHovered(undefined)}
        onClick={(event) => {
          const cell = point(event as unknown as PointerEvent);
          const of = cell && view.streams[cell.row];
          if (of === undefined) return;
          setCursor(cell);
          shown.select(streamId(of));
        }}
      >
        <div className="heat-rows" style={{ height: rows.getTotalSize() }}>
          <canvas ref={canvas} className="heat-canvas" />
          {rows.getVirtualItems().map(({ index, start }) => {
            const of = view.streams[index];
            return of && <HeatRow key={streamId(of)} view={view} of={of} top={start} />;
          })}
        </div>
      </div>
      <p className="heat-told" role="status" data-testid="heat-told">
        {marked ? heatSentence(app, view, marked) : t('heat.point')}
      </p>
      <p id={`${id}-keys`} className="sr-only">
        {t('heat.keys')}
      </p>
    </>
  );
}

function HeatRow({
  view,
  of,
  top,
}: {
  readonly view: HeatView;
  readonly of: HeatView['streams'][number];
  readonly top: number;
}) {
  const { app } = useDesk();
  const { metrics } = useCockpit();
  const fresh = useMetricsFreshness();
  const figure = useStore(metrics.store, (state) => heatFigure(view.measure, of, state.view));
  const connection = connectionName(app, of.connection);
  return (
    <div className="heat-row" style={{ transform: `translateY(${top}px)` }} data-stream={of.stream}>
      <span className="heat-name" title={`${connection} · ${streamName(of.stream)}`}>
        <span className="text-dim truncate">{venueName(app, venueOfConnection(of.connection))}</span>
        <span className="truncate">{streamName(of.stream)}</span>
      </span>
      <span className="heat-figure value" data-fresh={fresh}>
        {figure}
      </span>
    </div>
  );
}

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

/** Keeps the canvas as large as the part in sight, and paints it when there is something new to see. */
function useCanvas(
  scroller: React.RefObject<HTMLDivElement | null>,
  canvas: React.RefObject<HTMLCanvasElement | null>,
  view: HeatView,
  marked: HeatCell | undefined,
): void {
  const { settings } = useDesk();
  const onFault = usePanelFault();
  const theme = useStore(settings.store, (state) => `${state.theme} ${state.directionColours}`);
  const latest = useRef({ view, marked });
  const painter = useRef<Painter>(undefined);
  latest.current = { view, marked };

  const begin = useCallback(() => {
    const part = scroller.current;
    const surface = canvas.current;
    const context = surface?.getContext('2d');
    if (!part || !surface || !context) return undefined;
    const palette = readStatusPalette();
    let width = 0;
    let height = 0;
    const own = createPainter(() => {
      paintHeat(context, { ...latest.current, palette, scrollTop: part.scrollTop, width, height });
    }, onFault);
    const fit = () => {
      const ratio = window.devicePixelRatio;
      width = surface.clientWidth;
      height = part.clientHeight;
      surface.width = Math.round(width * ratio);
      surface.height = Math.round(height * ratio);
      surface.style.height = `${height}px`;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      own.request();
    };
    const observer = new ResizeObserver(fit);
    observer.observe(part);
    part.addEventListener('scroll', own.request, { passive: true });
    painter.current = own;
    fit();
    return () => {
      observer.disconnect();
      part.removeEventListener('scroll', own.request);
      own.dispose();
    };
  }, [scroller, canvas, onFault]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has another palette.
  useEffect(() => begin(), [begin, theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is painted is read when it is painted.
  useEffect(() => painter.current?.request(), [view, marked]);
}

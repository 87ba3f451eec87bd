import type { Undo } from '#shared/base/emitter.ts';
import type { Drawing, DrawingKind, DrawingPoint } from '#shared/domain/drawing.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { AlertLine } from '../../stores/alert-lines.ts';
import type { CandleSeries, SeriesChange } from '../../stores/candle-series.ts';
import type { AccountLine } from './account-lines.ts';
import type { ChartColours } from './chart-colours.ts';
import type { ChartLook } from './chart-look.ts';
import type { CompareEntry } from './compare-layer.ts';
import type { OrderLineEvents } from './drag-order-lines.ts';
import type { ChartTool, DrawingEvents } from './drawings/drawing-pointer.ts';
import type { IndicatorLayer } from './indicators/indicator-layer.ts';

/** A crosshair as another chart has it. */
export interface SyncedCrosshair {
  /** ms epoch. */
  readonly time: number;
  /** Only where both show the same instrument. */
  readonly price: number | undefined;
}

/** Part of the time axis, ms epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface ChartViewEvents extends OrderLineEvents, DrawingEvents {
  /** Open time under the crosshair, ms epoch; `undefined` when it left. `price`: where the person's own pointer is. */
  onHover(openTime: number | undefined, price: number | undefined, isOwn: boolean): void;
  /** The view has come near the oldest candle held. */
  onNearOldest(): void;
  /** A click on the candles: the price at that height, as the screen can tell it. */
  onPrice(price: number): void;
  /** Whether the oldest candle held is in view. */
  onEdge(inView: boolean): void;
  /** The person moved or scaled the view. */
  onRange(range: TimeRange): void;
  onAlertMove(id: string, price: number): void;
  onAlertRemove(id: string): void;
  holeLabel(count: number, fromTime: number, toTime: number): string;
  levelLabel(price: string, level: number | undefined): string;
  measureLabel(from: DrawingPoint, to: DrawingPoint): readonly string[];
  tool(): ChartTool | undefined;
  isMagnetic(): boolean;
  sketch(kind: DrawingKind, points: readonly DrawingPoint[]): Drawing;
}

export interface ChartView {
  restyle(colours: ChartColours): void;
  /** Shows another series from its beginning. */
  begin(series: CandleSeries): void;
  /** How prices of this instrument are written; `undefined` while that is not known. */
  formatPrices(instrument: Instrument | undefined): void;
  /** Draws what a change touched. Call on the arrival of a batch, not inside an animation frame: the library has its own. */
  draw(change: SeriesChange): void;
  /** Scale, volume and indicators; the type is the view's for good. */
  applyLook(look: ChartLook): void;
  /** Positions and orders. */
  showLines(lines: readonly AccountLine[]): void;
  showAlerts(lines: readonly AlertLine[]): void;
  showDrawings(drawings: readonly Drawing[]): void;
  select(id: string | undefined): void;
  /** Leaves a drawing that is being placed or dragged; whether there was one. */
  cancelDrawing(): boolean;
  showCompared(entries: readonly CompareEntry[]): void;
  tickCompared(index: number): void;
  readonly indicators: IndicatorLayer;
  /** The percent one compared instrument has moved at a time, since the left edge of the view; NaN where unknown. */
  comparedAt(index: number, time: number | undefined): number;
  /** Words of the labels depend on the language. */
  relabel(): void;
  scrollBy(candles: number): void;
  zoomBy(factor: number): void;
  /** The newest candle, or the oldest held. */
  toEnd(end: 'newest' | 'oldest'): void;
  /** The first view again: newest candles, scale by itself. */
  reset(): void;
  goTo(time: number): void;
  /** The open time it stands at here; `undefined` where it has no place. */
  showCrosshair(crosshair: SyncedCrosshair | undefined): number | undefined;
  showRange(range: TimeRange): void;
  range(): TimeRange | undefined;
  /** As it stands, with everything drawn on it. */
  picture(): HTMLCanvasElement;
  /** A point of the page on the price pane: the price there. */
  priceAtPointer(clientX: number, clientY: number): number | undefined;
  readonly dispose: Undo;
}

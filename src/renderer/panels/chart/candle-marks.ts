import type {
  IChartApiBase,
  IPanePrimitive,
  IPanePrimitivePaneView,
  IPrimitivePaneRenderer,
  PaneAttachedParameter,
  Time,
} from 'lightweight-charts';
import type { Palette } from '../../ui/palette.ts';
import type { CandleMark } from './candle-rows.ts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

const TICK = 4;
/** Below this width a candle is a line, and its signs would be all there is to see. */
const LEAST_SPACING = 3;

/** Small signs at candles that tell where they came from. */
export class CandleMarks implements IPanePrimitive<Time> {
  #marks: readonly CandleMark[] = [];
  #palette: Palette | undefined;
  #chart: IChartApiBase<Time> | undefined;
  #redraw: (() => void) | undefined;
  readonly #heightOf: (price: number) => number | null;
  readonly #views: readonly IPanePrimitivePaneView[] = [
    { zOrder: () => 'top', renderer: () => ({ draw: (target) => this.#draw(target) }) },
  ];

  /** `heightOf`: price → pixels from the top, `null` while there is no scale. */
  constructor(heightOf: (price: number) => number | null) {
    this.#heightOf = heightOf;
  }

  attached({ chart, requestUpdate }: PaneAttachedParameter<Time>): void {
    this.#chart = chart;
    this.#redraw = requestUpdate;
  }

  detached(): void {
    this.#chart = undefined;
    this.#redraw = undefined;
  }

  paneViews(): readonly IPanePrimitivePaneView[] {
    return this.#views;
  }

  show(marks: readonly CandleMark[]): void {
    const held = this.#marks;
    const isSame = ({ kind, time, price }: CandleMark, at: number) =>
      held[at]?.kind === kind && held[at].time === time && held[at].price === price;
    // Drawing anew measures the whole chart, which a tick that moves no sign is not worth.
    if (marks.length === held.length && marks.every(isSame)) return;
    this.#marks = marks;
    this.#redraw?.();
  }

  restyle(palette: Palette): void {
    this.#palette = palette;
    this.#redraw?.();
  }

  #draw(target: Target): void {
    const chart = this.#chart;
    const palette = this.#palette;
    if (!chart || !palette || this.#marks.length === 0) return;
    const scale = chart.timeScale();
    const { barSpacing } = scale.options();
    if (barSpacing < LEAST_SPACING) return;
    const half = Math.max(1, barSpacing * 0.35);
    target.useMediaCoordinateSpace(({ context, mediaSize: { width } }) => {
      context.lineWidth = 1;
      const range = scale.getVisibleRange();
      for (const { kind, time, price } of this.#marks) {
        if (range === null || time < Number(range.from) || time > Number(range.to)) continue;
        const x = scale.timeToCoordinate(time as Time);
        if (x === null || x < 0 || x > width) continue;
        const y = this.#heightOf(price);
        if (y === null) continue;
        context.strokeStyle = kind === 'cap' ? palette.dim : palette.text;
        context.beginPath();
        if (kind === 'ring') {
          context.arc(x, y + 5, 2, 0, Math.PI * 2);
        } else if (kind === 'cap') {
          context.moveTo(x - half, y - 1.5);
          context.lineTo(x + half, y - 1.5);
        } else {
          context.moveTo(x, y + 2);
          context.lineTo(x, y + 2 + TICK);
        }
        context.stroke();
      }
    });
  }
}

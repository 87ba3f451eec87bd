import type {
  IChartApiBase,
  IPanePrimitive,
  IPanePrimitivePaneView,
  IPrimitivePaneRenderer,
  PaneAttachedParameter,
  Time,
} from 'lightweight-charts';
import type { Palette } from '../../ui/palette.ts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** A hole as drawn: the first and last whitespace point that stand for it (seconds), and what it says. */
export interface HoleBand {
  readonly first: number;
  readonly last: number;
  readonly label: string;
}

const STRIPE = 7;
const LABEL_HEIGHT = 14;
/** Below the legend, which stands over the chart's first lines. */
const LABEL_TOP = 30;

/** Hatched bands over the full height where candles are missing, each with its length. */
export class HoleBands implements IPanePrimitive<Time> {
  #bands: readonly HoleBand[] = [];
  #palette: Palette | undefined;
  #chart: IChartApiBase<Time> | undefined;
  #redraw: (() => void) | undefined;
  readonly #views: readonly IPanePrimitivePaneView[] = [
    { zOrder: () => 'bottom', renderer: () => ({ draw: (target) => this.#draw(target) }) },
  ];

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

  show(bands: readonly HoleBand[]): void {
    this.#bands = bands;
    this.#redraw?.();
  }

  restyle(palette: Palette): void {
    this.#palette = palette;
    this.#redraw?.();
  }

  #draw(target: Target): void {
    const chart = this.#chart;
    const palette = this.#palette;
    if (!chart || !palette || this.#bands.length === 0) return;
    const scale = chart.timeScale();
    const half = scale.options().barSpacing / 2;
    target.useMediaCoordinateSpace(({ context, mediaSize: { width, height } }) => {
      let labelledTo = -Infinity;
      for (const band of this.#bands) {
        const first = scale.timeToCoordinate(band.first as Time);
        const last = scale.timeToCoordinate(band.last as Time);
        if (first === null || last === null) continue;
        const left = first - half;
        const right = last + half;
        if (right < 0 || left > width) continue;
        context.save();
        context.beginPath();
        context.rect(left, 0, right - left, height);
        context.clip();
        context.fillStyle = palette.raised;
        context.fillRect(left, 0, right - left, height);
        context.strokeStyle = palette.faint;
        context.lineWidth = 1.5;
        context.beginPath();
        for (let x = left - height - ((left - height) % STRIPE); x < right; x += STRIPE) {
          context.moveTo(x, height);
          context.lineTo(x + height, 0);
        }
        context.stroke();
        context.restore();
        labelledTo = drawLabel(context, palette, band.label, (left + right) / 2, labelledTo, width);
      }
    });
  }
}

function drawLabel(
  context: CanvasRenderingContext2D,
  palette: Palette,
  label: string,
  centre: number,
  after: number,
  width: number,
): number {
  context.font = "10px 'Inter Variable', 'Pretendard Variable', sans-serif";
  const textWidth = context.measureText(label).width + 8;
  const left = Math.max(0, Math.min(width - textWidth, centre - textWidth / 2));
  if (left < after) return after;
  context.fillStyle = palette.panel;
  context.fillRect(left, LABEL_TOP, textWidth, LABEL_HEIGHT);
  context.fillStyle = palette.dim;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillText(label, left + 4, LABEL_TOP + LABEL_HEIGHT / 2);
  return left + textWidth;
}

import { SPARK_POINTS } from '#shared/domain/scanner.ts';
import { mark } from '../../ui/painter.ts';

/** CSS px. */
const SPARK_WIDTH = 46;
const SPARK_HEIGHT = 18;
/** Narrower movements than this share of the price are drawn as small as they are. */
const LEAST_SPAN = 0.002;

/**
 * A day of closes as a line, in the colour of its direction (`data-move`, given by the stylesheet). A stretch that is
 * not known is a gap in it. Painted again only when the figures are others: `data-drawn` says which.
 */
export function paintSpark(canvas: HTMLCanvasElement, points: Float64Array | undefined): void {
  const known = points ? [...points].filter((point) => !Number.isNaN(point)) : [];
  const [first] = known;
  const last = known.at(-1);
  const context = canvas.getContext('2d');
  const view = canvas.ownerDocument.defaultView;
  if (!context || !view) return;
  const isKnown = first !== undefined && last !== undefined && known.length > 1;
  mark(canvas, 'move', !isKnown || last === first ? 'flat' : last > first ? 'up' : 'down');
  const { color } = view.getComputedStyle(canvas);
  const drawn = points && isKnown ? `${color} ${points.join(',')}` : '';
  if (canvas.dataset['drawn'] === drawn) return;
  canvas.dataset['drawn'] = drawn;
  const ratio = view.devicePixelRatio || 1;
  canvas.width = Math.round(SPARK_WIDTH * ratio);
  canvas.height = Math.round(SPARK_HEIGHT * ratio);
  if (!points || !isKnown) return;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const span = Math.max(high - low, high * LEAST_SPAN);
  const bottom = (low + high - span) / 2;
  context.scale(ratio, ratio);
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.lineJoin = 'round';
  context.beginPath();
  let isOpen = false;
  for (const [at, point] of points.entries()) {
    if (Number.isNaN(point)) {
      isOpen = false;
      continue;
    }
    const x = 0.5 + (at * (SPARK_WIDTH - 1)) / (SPARK_POINTS - 1);
    const y = SPARK_HEIGHT - 1 - ((point - bottom) / span) * (SPARK_HEIGHT - 2);
    if (isOpen) context.lineTo(x, y);
    else context.moveTo(x, y);
    isOpen = true;
  }
  context.stroke();
}

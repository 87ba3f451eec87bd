import type { HeatView } from '#shared/domain/metrics.ts';
import { type StatusPalette, seeThrough } from '../../../ui/palette.ts';
import { heatLevel } from './heat-levels.ts';

export const HEAT_ROW = 22;
const MARGIN = 3;

export interface HeatPainting {
  readonly view: HeatView;
  /** What part of the rows is in sight, CSS px. */
  readonly scrollTop: number;
  readonly width: number;
  readonly height: number;
  /** Cell under the keyboard or the pointer. */
  readonly marked: HeatCell | undefined;
  readonly palette: StatusPalette;
}

export interface HeatCell {
  readonly row: number;
  readonly column: number;
}

/** The cell at a place of the canvas; `undefined` beside the cells. */
export function cellUnder(view: HeatView, x: number, y: number, width: number): HeatCell | undefined {
  const row = Math.floor(y / HEAT_ROW);
  const column = Math.floor((x / width) * view.columns);
  const inside = row >= 0 && row < view.streams.length && column >= 0 && column < view.columns;
  return inside ? { row, column } : undefined;
}

/** Paints the rows in sight; nothing of it costs more because of those that are not. */
export function paintHeat(context: CanvasRenderingContext2D, painting: HeatPainting): void {
  const { view, scrollTop, width, height, marked, palette } = painting;
  context.clearRect(0, 0, width, height);
  const first = Math.max(0, Math.floor(scrollTop / HEAT_ROW));
  const last = Math.min(view.streams.length, Math.ceil((scrollTop + height) / HEAT_ROW));
  for (let row = first; row < last; row += 1) {
    const top = row * HEAT_ROW - scrollTop + MARGIN;
    const most = view.measure === 'rate' ? mostOf(view, row) : 0;
    for (let column = 0; column < view.columns; column += 1) {
      const left = Math.round((column / view.columns) * width);
      const right = Math.round(((column + 1) / view.columns) * width) - 1;
      const box = { left, top, width: Math.max(1, right - left), height: HEAT_ROW - 2 * MARGIN };
      paintCell(context, view, row, column, box, most, palette);
    }
  }
  if (marked === undefined) return;
  const left = Math.round((marked.column / view.columns) * width);
  const right = Math.round(((marked.column + 1) / view.columns) * width);
  context.strokeStyle = palette.accent;
  context.lineWidth = 2;
  context.strokeRect(left, marked.row * HEAT_ROW - scrollTop + 1, right - left - 1, HEAT_ROW - 2);
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function paintCell(
  context: CanvasRenderingContext2D,
  view: HeatView,
  row: number,
  column: number,
  { left, top, width, height }: Box,
  most: number,
  palette: StatusPalette,
): void {
  const value = view.values[row * view.columns + column] ?? Number.NaN;
  const level = heatLevel(view.measure, value);
  const middle = top + Math.floor(height / 2);
  switch (level) {
    case 'unknown':
      context.fillStyle = palette.line;
      context.fillRect(left, middle, width, 1);
      return;
    case 'good':
      if (view.measure === 'rate') {
        // A rate stands as high as its share of the stream's own most.
        const tall = Math.max(2, Math.round((height * value) / most));
        context.fillStyle = palette.planned;
        context.fillRect(left, top + height - tall, width, tall);
        return;
      }
      context.fillStyle = seeThrough(palette.ok, 0.38);
      context.fillRect(left, top, width, height);
      return;
    case 'fair':
      context.fillStyle = seeThrough(palette.ok, 0.85);
      context.fillRect(left, top, width, height);
      return;
    case 'late':
      // One line through it; at a standstill of the rate the line is all there is.
      context.fillStyle = palette.warn;
      if (view.measure === 'rate') context.fillRect(left, top + height - 2, width, 2);
      else {
        context.fillRect(left, top, width, height);
        context.fillStyle = palette.panel;
        context.fillRect(left, middle, width, 2);
      }
      return;
    case 'bad':
      // Two lines through it.
      context.fillStyle = palette.bad;
      context.fillRect(left, top, width, height);
      context.fillStyle = palette.panel;
      context.fillRect(left, top + 4, width, 2);
      context.fillRect(left, top + height - 6, width, 2);
      return;
  }
}

function mostOf(view: HeatView, row: number): number {
  let most = 0;
  for (let column = 0; column < view.columns; column += 1) {
    const value = view.values[row * view.columns + column] ?? 0;
    if (value > most) most = value;
  }
  return most;
}

import type {
  IPanePrimitive,
  IPanePrimitivePaneView,
  IPrimitivePaneRenderer,
  PaneAttachedParameter,
  PrimitiveHoveredItem,
  Time,
} from 'lightweight-charts';
import type { StatusPalette } from '../../ui/palette.ts';
import type { AccountLine } from './account-lines.ts';
import { BOX, orderBoxes, orderUnder, type PlacedLine } from './order-boxes.ts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Where a dragged order would go. */
interface Ghost {
  readonly y: number;
  readonly text: string;
  readonly side: 'buy' | 'sell';
}

/** Crosses on the lines of orders, and the ghost of the one that is dragged. */
export class OrderHandles implements IPanePrimitive<Time> {
  #lines: readonly AccountLine[] = [];
  #ghost: Ghost | undefined;
  #palette: StatusPalette;
  #redraw: (() => void) | undefined;
  readonly #heightOf: (price: number) => number | null;
  readonly #views: readonly IPanePrimitivePaneView[] = [
    { zOrder: () => 'top', renderer: () => ({ draw: (target) => this.#draw(target) }) },
  ];

  /** `heightOf`: price → pixels from the top, `null` while there is no scale. */
  constructor(palette: StatusPalette, heightOf: (price: number) => number | null) {
    this.#palette = palette;
    this.#heightOf = heightOf;
  }

  attached({ requestUpdate }: PaneAttachedParameter<Time>): void {
    this.#redraw = requestUpdate;
  }

  detached(): void {
    this.#redraw = undefined;
  }

  paneViews(): readonly IPanePrimitivePaneView[] {
    return this.#views;
  }

  /** The pointer's shape says what it would take hold of. */
  hitTest(x: number, y: number): PrimitiveHoveredItem | null {
    const found = this.under(x, y);
    if (found === undefined) return null;
    const cursorStyle = found.kind === 'cross' ? 'pointer' : 'ns-resize';
    return { cursorStyle, externalId: found.line.id, zOrder: 'top' };
  }

  show(lines: readonly AccountLine[]): void {
    const before = wordOf(this.#lines);
    this.#lines = lines;
    // Drawing anew measures the whole chart: not for a beat that moves nothing.
    if (wordOf(lines) !== before) this.#redraw?.();
  }

  showGhost(ghost: Ghost | undefined): void {
    this.#ghost = ghost;
    this.#redraw?.();
  }

  restyle(palette: StatusPalette): void {
    this.#palette = palette;
    this.#redraw?.();
  }

  under(x: number, y: number): ReturnType<typeof orderUnder> {
    return orderUnder(this.#placed(), x, y);
  }

  #placed(): readonly PlacedLine[] {
    return this.#lines.flatMap((line) => {
      const { order } = line;
      const y = order === undefined ? null : this.#heightOf(line.price);
      return order === undefined || y === null ? [] : [{ line: { ...line, order }, y }];
    });
  }

  #draw(target: Target): void {
    const boxes = orderBoxes(this.#placed());
    const ghost = this.#ghost;
    const palette = this.#palette;
    if (boxes.length === 0 && ghost === undefined) return;
    target.useMediaCoordinateSpace(({ context, mediaSize: { width } }) => {
      const reach = 3.5;
      context.lineWidth = 1;
      for (const { x, y, line } of boxes) {
        context.fillStyle = palette.panel;
        context.strokeStyle = line.isBelieved
          ? line.side === 'buy'
            ? palette.buy
            : palette.sell
          : palette.dim;
        context.beginPath();
        context.rect(x - BOX / 2 + 1.5, Math.round(y) - BOX / 2 + 1.5, BOX - 3, BOX - 3);
        context.fill();
        context.moveTo(x - reach, y - reach);
        context.lineTo(x + reach, y + reach);
        context.moveTo(x + reach, y - reach);
        context.lineTo(x - reach, y + reach);
        context.stroke();
      }
      if (ghost === undefined) return;
      context.strokeStyle = palette.text;
      context.fillStyle = palette.text;
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(0, ghost.y);
      context.lineTo(width, ghost.y);
      context.stroke();
      context.setLineDash([]);
      context.font = "11px 'Inter Variable', 'Pretendard Variable', system-ui, sans-serif";
      context.fillText(ghost.text, 60, ghost.y - 5);
    });
  }
}

/** What of the lines is drawn here. */
function wordOf(lines: readonly AccountLine[]): string {
  return lines
    .flatMap(({ id, price, side, isBelieved, order }) =>
      order === undefined ? [] : [`${id} ${price} ${side} ${isBelieved}`],
    )
    .join();
}

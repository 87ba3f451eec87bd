import type {
  IPanePrimitive,
  IPanePrimitivePaneView,
  IPrimitivePaneRenderer,
  PaneAttachedParameter,
  PrimitiveHoveredItem,
  Time,
} from 'lightweight-charts';
import type { Drawing, DrawingPoint } from '#shared/domain/drawing.ts';
import { type StatusPalette, seeThrough } from '../../../ui/palette.ts';
import type { InkName, Inks } from '../inks.ts';
import { handlesOf, type PanePlaces, partUnder, type Shape, shapesOf } from './drawing-shapes.ts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** What stands beside shapes; the words depend on the language and the instrument. */
export interface DrawingWords {
  price(price: number, level: number | undefined): string;
  measure(from: DrawingPoint, to: DrawingPoint): readonly string[];
}

const HANDLE = 4;
const LINE_HEIGHT = 15;

/** What the person drew on the price pane, the one that is selected with its handles, and the one being placed. */
export class DrawingLayer implements IPanePrimitive<Time> {
  #drawings: readonly Drawing[] = [];
  #selected: string | undefined;
  /** In the place of the one of its id, or beside all. */
  #preview: Drawing | undefined;
  #palette: StatusPalette;
  #inks: Inks;
  #redraw: (() => void) | undefined;
  readonly #places: PanePlaces;
  readonly #words: DrawingWords;
  readonly #views: readonly IPanePrimitivePaneView[] = [
    { zOrder: () => 'top', renderer: () => ({ draw: (target) => this.#draw(target) }) },
  ];

  constructor(palette: StatusPalette, inks: Inks, places: PanePlaces, words: DrawingWords) {
    this.#palette = palette;
    this.#inks = inks;
    this.#places = places;
    this.#words = words;
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

  hitTest(x: number, y: number): PrimitiveHoveredItem | null {
    const found = this.under(x, y);
    if (found === undefined) return null;
    const cursorStyle = found.drawing.locked ? 'default' : found.part.kind === 'point' ? 'move' : 'pointer';
    return { cursorStyle, externalId: found.drawing.id, zOrder: 'top' };
  }

  get selected(): Drawing | undefined {
    return this.#drawings.find(({ id }) => id === this.#selected);
  }

  show(drawings: readonly Drawing[]): void {
    this.#drawings = drawings;
    this.#redraw?.();
  }

  select(id: string | undefined): void {
    if (this.#selected === id) return;
    this.#selected = id;
    this.#redraw?.();
  }

  preview(drawing: Drawing | undefined): void {
    this.#preview = drawing;
    this.#redraw?.();
  }

  restyle(palette: StatusPalette, inks: Inks): void {
    this.#palette = palette;
    this.#inks = inks;
    this.#redraw?.();
  }

  /** The uppermost drawing there, the selected one first. */
  under(x: number, y: number) {
    const visible = this.#drawings.filter(({ hidden }) => !hidden);
    const inTurn = [...visible.filter(({ id }) => id === this.#selected), ...visible.toReversed()];
    for (const drawing of inTurn) {
      const part = partUnder(drawing, this.#places, { x, y });
      if (part !== undefined) return { drawing, part };
    }
    return undefined;
  }

  #draw(target: Target): void {
    const preview = this.#preview;
    const shown = this.#drawings.filter(({ hidden, id }) => !hidden && id !== preview?.id);
    if (shown.length === 0 && preview === undefined) return;
    target.useMediaCoordinateSpace(({ context }) => {
      context.font = "11px 'Inter Variable', 'Pretendard Variable', system-ui, sans-serif";
      context.textBaseline = 'middle';
      for (const drawing of shown) this.#drawOne(context, drawing, drawing.id === this.#selected);
      if (preview !== undefined) this.#drawOne(context, preview, true);
    });
  }

  #drawOne(context: CanvasRenderingContext2D, drawing: Drawing, isSelected: boolean): void {
    const colour = this.#inks[drawing.ink as InkName] ?? this.#inks.blue;
    for (const shape of shapesOf(drawing, this.#places)) this.#drawShape(context, shape, colour, isSelected);
    if (!isSelected || drawing.locked) return;
    context.fillStyle = this.#palette.panel;
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    for (const { x, y } of handlesOf(drawing, this.#places)) {
      context.beginPath();
      context.arc(x, y, HANDLE, 0, Math.PI * 2);
      context.fill();
      context.stroke();
    }
  }

  #drawShape(context: CanvasRenderingContext2D, shape: Shape, colour: string, isSelected: boolean): void {
    switch (shape.kind) {
      case 'line':
        context.strokeStyle = shape.isFaint === true ? seeThrough(colour, 0.5) : colour;
        context.lineWidth = isSelected ? 2 : 1;
        context.setLineDash(shape.isFaint === true ? [4, 4] : []);
        context.beginPath();
        context.moveTo(shape.from.x, shape.from.y);
        context.lineTo(shape.to.x, shape.to.y);
        context.stroke();
        context.setLineDash([]);
        return;
      case 'area': {
        const { from, to, move } = shape;
        const own = move === 'none' ? this.#palette.dim : this.#palette[move];
        context.fillStyle = seeThrough(own, 0.14);
        context.fillRect(from.x, from.y, to.x - from.x, to.y - from.y);
        return;
      }
      case 'price': {
        const text = this.#words.price(shape.price, shape.level);
        const isRight = shape.level === undefined;
        this.#label(
          context,
          [text],
          shape.at.x + (isRight ? -4 : 4),
          shape.at.y - 9,
          isRight ? 'right' : 'left',
          colour,
        );
        return;
      }
      case 'measure': {
        const lines = this.#words.measure(...shape.points);
        const isUp = shape.points[1].price >= shape.points[0].price;
        const y = isUp ? shape.at.y - lines.length * LINE_HEIGHT : shape.at.y + LINE_HEIGHT;
        this.#label(context, lines, shape.at.x, y, 'center', this.#palette.text);
      }
    }
  }

  #label(
    context: CanvasRenderingContext2D,
    lines: readonly string[],
    x: number,
    y: number,
    align: 'left' | 'right' | 'center',
    colour: string,
  ): void {
    const width = Math.max(...lines.map((line) => context.measureText(line).width)) + 8;
    const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
    // Kept on the pane: a label half outside of it tells nothing.
    const from = Math.min(Math.max(0, left), Math.max(0, this.#places.width - width));
    const height = lines.length * LINE_HEIGHT;
    const top = Math.min(Math.max(0, y - LINE_HEIGHT / 2), Math.max(0, this.#places.height - height));
    context.fillStyle = seeThrough(this.#palette.panel, 0.85);
    context.fillRect(from, top, width, height);
    context.fillStyle = colour;
    context.textAlign = 'left';
    for (const [index, line] of lines.entries()) {
      context.fillText(line, from + 4, top + LINE_HEIGHT / 2 + index * LINE_HEIGHT + 0.5);
    }
  }
}

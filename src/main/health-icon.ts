import type { NativeImage } from 'electron';
import { nativeImage } from 'electron';
import { HEALTH_SHAPES, type HealthKind, type HealthShape } from '#shared/domain/health-kind.ts';

/** Red, green, blue. */
type Colour = readonly [number, number, number];

/** What the icon is drawn for. `template`: black, for a menu bar that colours it itself (macOS). */
export type IconGround = 'dark' | 'light' | 'template';

/** The page's own status colours; on each ground the shape is told apart without them. */
const COLOURS: Readonly<
  Record<'ok' | 'warn' | 'bad' | 'idle' | 'planned', Readonly<Record<'dark' | 'light', Colour>>>
> = {
  ok: { dark: [63, 182, 139], light: [20, 115, 81] },
  warn: { dark: [224, 163, 59], light: [133, 87, 10] },
  bad: { dark: [240, 101, 93], light: [177, 36, 30] },
  idle: { dark: [139, 150, 165], light: [85, 96, 109] },
  planned: { dark: [91, 157, 255], light: [22, 86, 194] },
};
const STATUS: Readonly<Record<HealthShape, keyof typeof COLOURS>> = {
  disc: 'ok',
  half: 'warn',
  triangle: 'bad',
  cross: 'bad',
  dashes: 'planned',
  diamond: 'planned',
  ring: 'idle',
  pause: 'idle',
};
/** Edge of the icon in points, and for which screens it is drawn. */
const POINTS = 18;
const SCALES = [1, 2] as const;
/** Looks inside each pixel, in both directions: enough for edges that do not stair. */
const SAMPLES = 4;

const drawn = new Map<string, NativeImage>();

/** The worst health as a shape, for tray and overlay. Each is drawn once. */
export function healthIcon(kind: HealthKind, ground: IconGround): NativeImage {
  const shape = HEALTH_SHAPES[kind];
  const name = `${shape} ${ground}`;
  const known = drawn.get(name);
  if (known) return known;
  const colour: Colour = ground === 'template' ? [0, 0, 0] : COLOURS[STATUS[shape]][ground];
  const image = nativeImage.createEmpty();
  for (const scaleFactor of SCALES) {
    const edge = POINTS * scaleFactor;
    image.addRepresentation({
      scaleFactor,
      width: edge,
      height: edge,
      buffer: drawShape(shape, edge, colour),
    });
  }
  if (ground === 'template') image.setTemplateImage(true);
  drawn.set(name, image);
  return image;
}

/** `edge` × `edge` pixels, blue-green-red-alpha with the colours multiplied by alpha, as Electron's bitmaps are. */
export function drawShape(shape: HealthShape, edge: number, [red, green, blue]: Colour): Buffer {
  const pixels = Buffer.alloc(edge * edge * 4);
  for (let row = 0; row < edge; row += 1) {
    for (let column = 0; column < edge; column += 1) {
      const alpha = coverage(shape, column, row, edge);
      pixels.set(
        [blue * alpha, green * alpha, red * alpha, 255 * alpha].map(Math.round),
        (row * edge + column) * 4,
      );
    }
  }
  return pixels;
}

function coverage(shape: HealthShape, column: number, row: number, edge: number): number {
  let hits = 0;
  for (let down = 0; down < SAMPLES; down += 1) {
    for (let across = 0; across < SAMPLES; across += 1) {
      // Into the field of the page's glyphs: ten by ten, y downwards.
      const x = ((column + (across + 0.5) / SAMPLES) / edge) * 10;
      const y = ((row + (down + 0.5) / SAMPLES) / edge) * 10;
      if (isInside(shape, x, y)) hits += 1;
    }
  }
  return hits / SAMPLES ** 2;
}

function isInside(shape: HealthShape, x: number, y: number): boolean {
  const radius = Math.hypot(x - 5, y - 5);
  switch (shape) {
    case 'disc':
      return radius <= 4;
    case 'ring':
      return radius <= 4 && radius >= 2.8;
    case 'half':
      return radius <= 4 && (radius >= 3.1 || x <= 5);
    case 'dashes': {
      // Eight dashes around the circle, as long as the gaps between them.
      const turn = (Math.atan2(y - 5, x - 5) / Math.PI + 1) * 8;
      return radius <= 4.2 && radius >= 2.7 && Math.floor(turn) % 2 === 0;
    }
    case 'triangle':
      return y >= 0.8 && y <= 9 && Math.abs(x - 5) <= ((y - 0.8) / 8.2) * 4.6;
    case 'diamond': {
      const reach = Math.abs(x - 5) + Math.abs(y - 5);
      return reach <= 4.4 && reach >= 2.6;
    }
    case 'pause':
      return y >= 1.3 && y <= 8.7 && ((x >= 2.2 && x <= 4.2) || (x >= 5.8 && x <= 7.8));
    case 'cross':
      return (
        Math.max(Math.abs(x - 5), Math.abs(y - 5)) <= 3.8 &&
        (Math.abs(x - y) <= 1.4 || Math.abs(x + y - 10) <= 1.4)
      );
  }
}

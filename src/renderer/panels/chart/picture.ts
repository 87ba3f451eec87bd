import { HeartlineError } from '#shared/base/errors.ts';
import { machineTime } from '../../ui/format-time.ts';
import type { StatusPalette } from '../../ui/palette.ts';

/** What stands below a picture of a chart. */
export interface PictureFooter {
  /** Instrument, venue, interval. */
  readonly what: string;
  /** In UTC and in Seoul. */
  readonly when: string;
  /** Simulated, recorded, stale: what must not be taken for the market as it is now. */
  readonly warnings: readonly string[];
}

const FOOTER = 26;

/** The chart with its footer, as PNG. Throws `picture.failed`. */
export async function pictureOf(
  chart: HTMLCanvasElement,
  footer: PictureFooter,
  palette: StatusPalette,
): Promise<Blob> {
  const canvas = chart.ownerDocument.createElement('canvas');
  const ratio = chart.ownerDocument.defaultView?.devicePixelRatio ?? 1;
  const height = Math.round(FOOTER * ratio);
  canvas.width = chart.width;
  canvas.height = chart.height + height;
  const context = canvas.getContext('2d');
  if (context === null) throw new HeartlineError('picture.failed', 'no canvas to draw the picture on');
  context.drawImage(chart, 0, 0);
  context.fillStyle = palette.raised;
  context.fillRect(0, chart.height, canvas.width, height);
  context.font = `${11 * ratio}px 'Inter Variable', 'Pretendard Variable', system-ui, sans-serif`;
  context.textBaseline = 'middle';
  const middle = chart.height + height / 2;
  let x = 10 * ratio;
  const write = (text: string, colour: string) => {
    context.fillStyle = colour;
    context.fillText(text, x, middle);
    x += context.measureText(text).width + 16 * ratio;
  };
  // What must be known first stands first: a narrow picture cuts off its end.
  for (const warning of footer.warnings) write(warning, palette.warn);
  write(footer.what, palette.text);
  write(footer.when, palette.dim);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new HeartlineError('picture.failed', 'the picture could not be made'));
      else resolve(blob);
    }, 'image/png');
  });
}

/** `heartline-chart-binance-BTC-USDT-PERP-1m-2026-07-01T09-00-00Z.png`: plain letters, whatever the instrument is called. */
export function pictureName(instrument: string, interval: string, time: number): string {
  const plain = instrument.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  const moment = machineTime(time).slice(0, 19).replaceAll(':', '-');
  return `heartline-chart-${plain}-${interval}-${moment}Z.png`;
}

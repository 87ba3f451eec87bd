import { type IPriceLine, LineStyle, type PriceLineOptions } from 'lightweight-charts';
import type { AlertLine } from '../../stores/alert-lines.ts';
import type { StatusPalette } from '../../ui/palette.ts';
import type { AccountLine } from './account-lines.ts';

export interface PriceLines<One> {
  show(lines: readonly One[]): void;
  restyle(palette: StatusPalette): void;
}

type LineOptions = Partial<PriceLineOptions> & Pick<PriceLineOptions, 'price'>;

interface Carrier {
  createPriceLine(options: LineOptions): IPriceLine;
  removePriceLine(line: IPriceLine): void;
}

/** Positions and orders. */
export function createPriceLines(series: Carrier, initial: StatusPalette): PriceLines<AccountLine> {
  return keepLines(series, initial, optionsOf);
}

export interface AlertPriceLines extends PriceLines<AlertLine> {
  /** Where a line that is dragged would go; `undefined`: where it is. */
  ghost(id: string, price: number | undefined): void;
}

export function createAlertPriceLines(series: Carrier, initial: StatusPalette): AlertPriceLines {
  const kept = keepLines(series, initial, alertOptionsOf);
  let wanted: readonly AlertLine[] = [];
  return {
    show(lines) {
      wanted = lines;
      kept.show(lines);
    },
    restyle: kept.restyle,
    ghost(id, price) {
      kept.show(wanted.map((line) => (line.id === id && price !== undefined ? { ...line, price } : line)));
    },
  };
}

/** Keeps one line of the library's for each line wanted, and touches only what has changed. */
function keepLines<One extends { readonly id: string }>(
  series: Carrier,
  initial: StatusPalette,
  optionsFor: (line: One, palette: StatusPalette) => LineOptions,
): PriceLines<One> {
  let palette = initial;
  let wanted: readonly One[] = [];
  const drawn = new Map<string, { readonly line: IPriceLine; word: string }>();

  const draw = () => {
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, { line }] of drawn) {
      if (ids.has(id)) continue;
      series.removePriceLine(line);
      drawn.delete(id);
    }
    for (const one of wanted) {
      const options = optionsFor(one, palette);
      const word = JSON.stringify(options);
      const held = drawn.get(one.id);
      if (held === undefined) drawn.set(one.id, { line: series.createPriceLine(options), word });
      else if (held.word !== word) {
        held.line.applyOptions(options);
        held.word = word;
      }
    }
  };
  return {
    show(lines) {
      wanted = lines;
      draw();
    },
    restyle(next) {
      palette = next;
      draw();
    },
  };
}

function alertOptionsOf({ price, title, isArmed }: AlertLine, palette: StatusPalette): LineOptions {
  const color = isArmed ? palette.warn : palette.dim;
  return {
    price,
    title: `⏰ ${title}`.trim(),
    color,
    axisLabelColor: color,
    axisLabelTextColor: palette.panel,
    lineStyle: LineStyle.LargeDashed,
    lineWidth: 1,
    lineVisible: true,
    axisLabelVisible: true,
  };
}

const STYLES = {
  position: LineStyle.Solid,
  order: LineStyle.Dashed,
  trigger: LineStyle.SparseDotted,
  liquidation: LineStyle.LargeDashed,
} as const;

function optionsOf({ kind, side, price, title, isBelieved }: AccountLine, palette: StatusPalette) {
  const own = kind === 'liquidation' ? palette.bad : side === 'buy' ? palette.buy : palette.sell;
  const color = isBelieved ? own : palette.dim;
  return {
    price,
    title,
    color,
    axisLabelColor: color,
    axisLabelTextColor: palette.panel,
    lineStyle: STYLES[kind],
    lineWidth: 1 as const,
    lineVisible: true,
    axisLabelVisible: true,
  };
}

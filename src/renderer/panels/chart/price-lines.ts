import { type IPriceLine, LineStyle, type PriceLineOptions } from 'lightweight-charts';
import type { StatusPalette } from '../../ui/palette.ts';
import type { AccountLine } from './account-lines.ts';

export interface PriceLines {
  show(lines: readonly AccountLine[]): void;
  restyle(palette: StatusPalette): void;
}

interface Carrier {
  createPriceLine(options: Partial<PriceLineOptions> & Pick<PriceLineOptions, 'price'>): IPriceLine;
  removePriceLine(line: IPriceLine): void;
}

/** Keeps one line of the library's for each line wanted, and touches only what has changed. */
export function createPriceLines(series: Carrier, initial: StatusPalette): PriceLines {
  let palette = initial;
  let wanted: readonly AccountLine[] = [];
  const drawn = new Map<string, { readonly line: IPriceLine; word: string }>();

  const draw = () => {
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, { line }] of drawn) {
      if (ids.has(id)) continue;
      series.removePriceLine(line);
      drawn.delete(id);
    }
    for (const one of wanted) {
      const options = optionsOf(one, palette);
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

const STYLES = {
  position: LineStyle.Solid,
  order: LineStyle.Dashed,
  trigger: LineStyle.SparseDotted,
  liquidation: LineStyle.LargeDashed,
} as const;

function optionsOf({ kind, side, price, title, isBelieved }: AccountLine, palette: StatusPalette) {
  const own = kind === 'liquidation' ? palette.bad : side === 'buy' ? palette.up : palette.down;
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

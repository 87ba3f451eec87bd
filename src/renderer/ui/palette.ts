/** The tokens a canvas needs, read from the stylesheet (styles/tokens.css) that all else is coloured by. */
export interface Palette {
  readonly panel: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly dim: string;
  readonly faint: string;
  /** What the market did. */
  readonly up: string;
  readonly down: string;
}

/** The colours of sides, of health and of attention, which mean something else than a direction. */
export interface StatusPalette extends Palette {
  /** What an order does, and whose side of the book. */
  readonly buy: string;
  readonly sell: string;
  readonly accent: string;
  readonly ok: string;
  readonly warn: string;
  readonly bad: string;
  readonly planned: string;
}

const NAMES = [
  'panel',
  'raised',
  'line',
  'text',
  'dim',
  'faint',
  'up',
  'down',
  'buy',
  'sell',
  'accent',
  'ok',
  'warn',
  'bad',
  'planned',
] as const satisfies readonly (keyof StatusPalette)[];

/** Of the window that `surface` is in: one that was popped out wears the tokens too, and may yet lag behind. */
export function readStatusPalette(surface?: Element): StatusPalette {
  const style = getComputedStyle((surface?.ownerDocument ?? document).documentElement);
  const entries = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(entries) as unknown as StatusPalette;
}

/** `#rrggbb` made see-through: `('#2ebd85', 0.3)` → `'#2ebd854d'`. */
export function seeThrough(hex: string, share: number): string {
  return `${hex}${Math.round(share * 255)
    .toString(16)
    .padStart(2, '0')}`;
}

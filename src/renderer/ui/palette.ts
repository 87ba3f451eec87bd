/** The tokens a canvas needs, read from the stylesheet (styles/tokens.css) that all else is coloured by. */
export interface Palette {
  readonly panel: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly dim: string;
  readonly faint: string;
  readonly up: string;
  readonly down: string;
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    panel: read('panel'),
    raised: read('raised'),
    line: read('line'),
    text: read('text'),
    dim: read('dim'),
    faint: read('faint'),
    up: read('up'),
    down: read('down'),
  };
}

/** The colours of health and of attention, which mean something else than a direction. */
export interface StatusPalette extends Palette {
  readonly accent: string;
  readonly ok: string;
  readonly warn: string;
  readonly bad: string;
  readonly planned: string;
}

export function readStatusPalette(): StatusPalette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ...readPalette(),
    accent: read('accent'),
    ok: read('ok'),
    warn: read('warn'),
    bad: read('bad'),
    planned: read('planned'),
  };
}

/** `#rrggbb` made see-through: `('#2ebd85', 0.3)` → `'#2ebd854d'`. */
export function seeThrough(hex: string, share: number): string {
  return `${hex}${Math.round(share * 255)
    .toString(16)
    .padStart(2, '0')}`;
}

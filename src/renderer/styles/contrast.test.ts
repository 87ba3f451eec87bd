import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Tokens = Readonly<Record<string, string>>;

function styles(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
}

const plain = styles('./tokens.css');
/** What stands in the block for those who asked for more contrast. */
const more =
  /@media \(prefers-contrast: more\) \{((?:[^{}]*\{[^{}]*\})+)/.exec(styles('./preferences.css'))?.[1] ?? '';

function blocksFor(css: string, attributes: Readonly<Record<string, string>>): Tokens {
  const tokens: Record<string, string> = {};
  for (const [, selector = '', body = ''] of css.matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
    if (selector.trim().startsWith('@')) continue;
    const [first = ''] = selector.split(',');
    const wanted = [...first.matchAll(/\[data-([a-z]+)="([a-z-]+)"\]/g)];
    if (!wanted.every(([, name = '', value]) => attributes[name] === value)) continue;
    for (const [, name = '', value = ''] of body.matchAll(/--([a-z-]+):\s*([^;]+);/g))
      tokens[name] = value.trim();
  }
  return tokens;
}

type Rgb = readonly [number, number, number];

function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function mix(over: Rgb, under: Rgb, strength: number): Rgb {
  const blend = (index: 0 | 1 | 2) => over[index] * strength + under[index] * (1 - strength);
  return [blend(0), blend(1), blend(2)];
}

// WCAG 2.2, relative luminance and contrast ratio.
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const THEMES = ['dark', 'light'] as const;
const DIRECTIONS = ['western', 'inverted', 'korean', 'colour-blind'] as const;
const WISHES = ['plain', 'more'] as const;
const SURFACES = ['bg', 'panel', 'raised', 'hover', 'selected', 'stripe'];
const DIRECTED = ['up', 'down', 'buy', 'sell'];
const TEXTS = ['text', 'dim', 'accent', 'ok', 'warn', 'bad', 'planned', 'money', ...DIRECTED];
/** Marks and the lines that make a field one: seen, not read. */
const SHAPES = ['idle', 'edge'];
const LINKS = ['link-main', 'link-amber', 'link-violet', 'link-teal', 'link-rose'];

function tokensOf(theme: string, direction: string, wish: (typeof WISHES)[number] = 'plain'): Tokens {
  const asked = { theme, direction };
  return { ...blocksFor(plain, asked), ...(wish === 'more' ? blocksFor(more, asked) : {}) };
}

function weakPairs(theme: string, direction: string, wish: (typeof WISHES)[number]): string[] {
  const tokens = tokensOf(theme, direction, wish);
  const colour = (name: string): Rgb => {
    const hex = tokens[name];
    if (hex === undefined || !/^#[0-9a-f]{6}$/.test(hex))
      throw new Error(`no token ${name} in ${theme}/${direction}`);
    return rgb(hex);
  };
  const weak: string[] = [];
  const check = (name: string, over: Rgb, surface: string, under: Rgb, least: number) => {
    const ratio = contrast(over, under);
    if (ratio < least)
      weak.push(`${theme}/${direction}/${wish}: ${name} on ${surface} ${ratio.toFixed(2)} < ${least}`);
  };
  for (const surface of SURFACES) {
    for (const name of TEXTS) check(name, colour(name), surface, colour(surface), 4.5);
    for (const name of SHAPES) check(name, colour(name), surface, colour(surface), 3);
    // Where the keyboard is.
    check('accent', colour('accent'), `${surface} (focus)`, colour(surface), 3);
  }
  // Prices and quantities of the book stand on a tint of their side.
  const strength = Number.parseFloat(tokens['depth-strength'] ?? '') / 100;
  for (const side of DIRECTED) {
    const tint = mix(colour(side), colour('panel'), strength);
    for (const name of ['text', 'dim', side]) check(name, colour(name), `${side} tint`, tint, 4.5);
  }
  // The Demo badge and the banners: words on a tint of their status.
  for (const status of ['warn', 'bad', 'planned', 'money']) {
    for (const surface of ['bg', 'panel']) {
      const tint = mix(colour(status), colour(surface), 0.1);
      check(status, colour(status), `${status} tint on ${surface}`, tint, 4.5);
      check('text', colour('text'), `${status} tint on ${surface}`, tint, 4.5);
      check('dim', colour('dim'), `${status} tint on ${surface}`, tint, 4.5);
    }
  }
  // Filled buttons and marks: what is written on them, and that they are seen at all.
  for (const side of ['buy', 'sell']) check('on-side', colour('on-side'), side, colour(side), 4.5);
  check('on-accent', colour('on-accent'), 'accent', colour('accent'), 4.5);
  for (const link of LINKS) {
    check('link-ink', colour('link-ink'), link, colour(link), 4.5);
    for (const surface of ['bg', 'panel', 'raised']) check(link, colour(link), surface, colour(surface), 3);
  }
  // Canvases: axes and their words on the panel, the crosshair's label, candles and lines.
  check('raised', colour('text'), 'raised (crosshair label)', colour('raised'), 4.5);
  for (const name of ['up', 'down', 'buy', 'sell', 'ok', 'warn', 'bad', 'accent'])
    check(name, colour(name), 'panel (canvas)', colour('panel'), 3);
  return weak;
}

describe('the colours of the desk', () => {
  it('reach WCAG AA for every text on every surface it stands on, in both themes, all sets and with more contrast', () => {
    const weak = THEMES.flatMap((theme) =>
      DIRECTIONS.flatMap((direction) => WISHES.flatMap((wish) => weakPairs(theme, direction, wish))),
    );
    expect(weak).toEqual([]);
  });

  it('give text AAA contrast to who asks for more', () => {
    const ratios = THEMES.map((theme) => {
      const tokens = tokensOf(theme, 'western', 'more');
      return SURFACES.every((surface) =>
        ['text', 'dim'].every((name) => contrast(rgb(tokens[name] ?? ''), rgb(tokens[surface] ?? '')) >= 7),
      );
    });
    expect(ratios).toEqual([true, true]);
  });

  it('tell up from down and buy from sell in every set, and keep both apart from status', () => {
    const same = THEMES.flatMap((theme) =>
      DIRECTIONS.filter((direction) => {
        const { up, down, buy, sell, ok, bad } = tokensOf(theme, direction);
        return up === down || buy === sell || [up, buy].includes(ok) || [down, sell].includes(bad);
      }),
    );
    expect(same).toEqual([]);
  });

  it('are those people know: green up in the west, red up and blue down in Korea, and the west turned round', () => {
    const hue = (hex = '') => {
      const [red, green, blue] = rgb(hex);
      if (blue > red && blue > green) return 'blue';
      return green > red ? 'green' : red > 2 * green ? 'red' : 'orange';
    };
    const told = THEMES.map((theme) =>
      DIRECTIONS.map((direction) => {
        const { up, down, buy, sell } = tokensOf(theme, direction);
        return `${direction}: ${hue(up)} ${hue(down)}, ${hue(buy)} ${hue(sell)}`;
      }),
    );
    const meant = [
      'western: green red, green red',
      'inverted: red green, red green',
      'korean: red blue, red blue',
      'colour-blind: blue orange, blue orange',
    ];
    expect(told).toEqual([meant, meant]);
  });

  it('tell the sides of a set apart by lightness or by hue also without red or green', () => {
    // Deuteranopia (Viénot, Brettel, Mollon 1999), on linear light.
    const seen = (hex = '') => {
      const [red, green, blue] = rgb(hex).map((channel) => (channel / 255) ** 2.2) as [
        number,
        number,
        number,
      ];
      return [0.29275 * red + 0.70725 * green, -0.02234 * red + 0.02234 * green + blue] as const;
    };
    for (const theme of THEMES) {
      const { up, down } = tokensOf(theme, 'colour-blind');
      const [one, other] = [seen(up), seen(down)];
      expect(Math.abs(one[1] - other[1])).toBeGreaterThan(0.25);
    }
  });
});

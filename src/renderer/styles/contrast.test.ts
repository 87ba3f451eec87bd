import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Tokens = Readonly<Record<string, string>>;
const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

function blocksFor(attributes: Readonly<Record<string, string>>): Tokens {
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

const THEMES = ['dark', 'light'];
const DIRECTIONS = ['western', 'inverted', 'korean', 'colour-blind'];
const SURFACES = ['bg', 'panel', 'raised', 'selected'];
const TEXTS = ['text', 'dim', 'accent', 'ok', 'warn', 'bad', 'planned', 'money', 'up', 'down'];
const SHAPES = ['idle'];

function weakPairs(theme: string, direction: string): string[] {
  const tokens = blocksFor({ theme, direction });
  const colour = (name: string): Rgb => {
    const hex = tokens[name];
    if (hex === undefined) throw new Error(`no token ${name} in ${theme}/${direction}`);
    return rgb(hex);
  };
  const weak: string[] = [];
  const check = (name: string, over: Rgb, surface: string, under: Rgb, least: number) => {
    const ratio = contrast(over, under);
    if (ratio < least)
      weak.push(`${theme}/${direction}: ${name} on ${surface} ${ratio.toFixed(2)} < ${least}`);
  };
  for (const surface of SURFACES) {
    for (const name of TEXTS) check(name, colour(name), surface, colour(surface), 4.5);
    for (const name of SHAPES) check(name, colour(name), surface, colour(surface), 3);
  }
  // Prices and quantities of the book stand on a tint of their direction.
  const strength = Number.parseFloat(tokens['depth-strength'] ?? '') / 100;
  for (const side of ['up', 'down']) {
    const tint = mix(colour(side), colour('panel'), strength);
    for (const name of ['text', 'dim', side]) check(name, colour(name), `${side} tint`, tint, 4.5);
  }
  // The Demo badge and the banner: words on a tint of their status.
  for (const status of ['warn', 'bad', 'planned']) {
    check(status, colour(status), `${status} tint`, mix(colour(status), colour('bg'), 0.1), 4.5);
    check('text', colour('text'), `${status} tint`, mix(colour(status), colour('bg'), 0.1), 4.5);
  }
  return weak;
}

describe('the colours of the desk', () => {
  it('reach WCAG AA for every text on every surface it stands on, in both themes and all direction sets', () => {
    expect(THEMES.flatMap((theme) => DIRECTIONS.flatMap((direction) => weakPairs(theme, direction)))).toEqual(
      [],
    );
  });

  it('tell up from down in every set, and keep direction apart from status', () => {
    const same = THEMES.flatMap((theme) =>
      DIRECTIONS.filter((direction) => {
        const { up, down, ok, bad } = blocksFor({ theme, direction });
        return up === down || up === ok || down === bad;
      }),
    );
    expect(same).toEqual([]);
  });
});

import { readPreset } from '../trading/ticket/read-preset.ts';

const MOST_PRESETS = 8;
const MOST_LETTERS = 20;

export function joinPresets(presets: readonly string[]): string {
  return presets.join('  ');
}

/** Quantities apart from each other by spaces: `25% 50% 0.05`. `undefined` where one of them is none, or they are too many. */
export function readPresets(typed: string): string[] | undefined {
  const presets = [...new Set(typed.split(/\s+/).filter((one) => one !== ''))];
  const isFine = presets.every((one) => one.length <= MOST_LETTERS && readPreset(one, 'base') !== undefined);
  return isFine && presets.length <= MOST_PRESETS ? presets : undefined;
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** More mistakes than that are not worth a file each: the last one is written over. */
const MOST_KEPT = 9;

/** Writes what a file held beside it, as `<path>.broken`, `<path>.broken-2` …; what was kept before stays. Returns where. */
export function keepBeside(path: string, text: string): string {
  for (let ordinal = 1; ; ordinal += 1) {
    const beside = ordinal === 1 ? `${path}.broken` : `${path}.broken-${ordinal}`;
    // The same mistake at every start is one mistake.
    if (existsSync(beside) && ordinal < MOST_KEPT && readFileSync(beside, 'utf8') !== text) continue;
    writeFileSync(beside, text);
    return beside;
  }
}

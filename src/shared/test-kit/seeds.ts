/**
 * So many whole numbers from 0 to run a law over. HEARTLINE_SEED names the only one to be looked at (that is how a failure
 * is replayed), or `random`: as many from somewhere else.
 */
export function seedsOf(count: number): readonly number[] {
  const asked = process.env['HEARTLINE_SEED'];
  if (asked !== undefined && /^\d+$/u.test(asked)) return [Number(asked)];
  const first = asked === 'random' ? Math.floor(Math.random() * 2 ** 30) : 0;
  return Array.from({ length: count }, (_, at) => first + at);
}

/** One line to paste. */
export function replayOf(seed: number, testFile: string): string {
  return `replay: HEARTLINE_SEED=${seed} npx vitest run ${testFile}`;
}

/** Chance in [0, 1) from a seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = (seed + 0x9e3779b9) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

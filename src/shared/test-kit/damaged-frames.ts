/** Hostile tokens, to stand in place of a frame's own values. */
const TOKENS = [
  'NaN',
  '1e400',
  '-1',
  '-0',
  '0',
  '00',
  '1.0',
  '5e0',
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '"0"',
  '"0.00"',
  '"-1.5"',
  '"1e9"',
  '"Infinity"',
  '1',
  '9007199254740991',
  '9007199254740992',
  '123456789012345678901234567890',
  '"1790681600000"',
  '"99999999999999999999.99999999"',
  '"191907024.69597728"',
  '"0.123456789012345678"',
  '"000123.4500"',
  '"1.\\u0030"',
  '"__proto__"',
  '"ETHUSDT"',
  '"é"',
  '[["1.5","2"],["1.4","0"]]',
  '2',
] as const;

/** Draws whole numbers from 0 up to, not with, `below`. */
export type Pick = (below: number) => number;

/** A small seeded generator (mulberry32): the same draws in every run. */
export function seededPick(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** One JSON frame, damaged in one of the ways a wire, a proxy or a malicious venue might. */
export function damagedFrame(frame: string, pick: Pick, others: readonly string[]): string {
  const at = pick(frame.length);
  const until = Math.min(frame.length, at + 1 + pick(12));
  switch (pick(9)) {
    case 0:
      return frame.slice(0, at) + String.fromCharCode(pick(128)) + frame.slice(at + 1);
    case 1:
      return frame.slice(0, at) + frame.slice(until);
    case 2:
      return frame.slice(0, until) + frame.slice(at);
    case 3:
      return frame.slice(0, at) + (pick(2) === 0 ? '}' : '');
    case 4: {
      // One value becomes another: the frame stays JSON.
      const values = [...frame.matchAll(/:("[^"]*"|-?\d+|true|false)/g)];
      const value = values[pick(values.length)];
      if (!value) return frame;
      const token = TOKENS[pick(TOKENS.length)];
      return `${frame.slice(0, value.index + 1)}${token}${frame.slice(value.index + value[0].length)}`;
    }
    case 5: {
      const other = others[pick(others.length)] ?? '';
      return frame.slice(0, at) + other.slice(pick(other.length));
    }
    case 6:
      return frame.replace(/"([a-zA-Z0-9]{1,15})":/g, (key) => (pick(12) === 0 ? '"zz":' : key));
    case 7:
      return frame.replace(/[,:]/g, (mark) => (pick(30) === 0 ? `${mark} ` : mark));
    default:
      return reordered(frame, pick);
  }
}

/** The same keys in another order, outside and in `data`. The first key stays: it often names the frame. */
function reordered(frame: string, pick: Pick): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(frame);
  } catch {
    // Damaged before: nothing to reorder.
    return frame;
  }
  return JSON.stringify(shuffled(parsed, pick));
}

function shuffled(value: unknown, pick: Pick): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const [first, ...rest] = Object.entries(value);
  for (let index = rest.length - 1; index > 0; index--) {
    const swap = pick(index + 1);
    [rest[index], rest[swap]] = [rest[swap] as never, rest[index] as never];
  }
  const entries = first ? [first, ...rest] : rest;
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === 'data' ? shuffled(inner, pick) : inner]),
  );
}

import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { figure } from '#shared/test-kit/figure.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { createDecoder, createParsingDecoder } from './market-codec.ts';

const SEED = 20_261_121;
const ROUNDS = runs(200_000, 1_000_000);

/** Hostile tokens, to stand in place of others. */
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
  '"0.00"',
  '"-1.5"',
  '"1e9"',
  '"Infinity"',
  '9007199254740991',
  '9007199254740992',
  '123456789012345678901234567890',
  '"99999999999999999999.99999999"',
  '"0.123456789012345678"',
  '"000123.4500"',
  '"1.\\u0030"',
  '"__proto__"',
  '"ETHUSDT"',
  '"é"',
  '[["1.5","2"],["1.4","0"]]',
  '"MARKET"',
  '"ADL"',
  '2',
];

/** A small seeded generator (mulberry32): the same mutations in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function frames(): readonly string[] {
  const raws = ['btcusdt-20230404', 'btcusdt-20240808', 'ethusdt-20240808', 'four-alts-20210722'].flatMap(
    (name) =>
      gunzipSync(readFileSync(new URL(`./fixtures/${name}.ndjson.gz`, import.meta.url)))
        .toString()
        .split('\n')
        .filter((line) => line.includes('"ws:'))
        .map((line) => String(JSON.parse(line).raw)),
  );
  const short = raws.filter((raw) => raw.length < 700);
  // Half of them as they come in 2026, half of them bare.
  return short.map((raw, index) => {
    const parsed = JSON.parse(raw);
    const data = index % 2 === 0 ? parsed.data : { ...parsed.data, ps: parsed.data.s, st: 1 };
    return JSON.stringify(index % 4 < 2 ? { stream: parsed.stream, data } : data);
  });
}

function mutate(frame: string, pick: (below: number) => number, others: readonly string[]): string {
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
      return `${frame.slice(0, value.index + 1)}${TOKENS[pick(TOKENS.length)]}${frame.slice(value.index + value[0].length)}`;
    }
    case 5: {
      const other = others[pick(others.length)] ?? '';
      return frame.slice(0, at) + other.slice(pick(other.length));
    }
    case 6:
      return frame.replace(/"([a-zA-Z]{1,2})":/g, (key) => (pick(12) === 0 ? '"zz":' : key));
    case 7:
      return frame.replace(/[,:]/g, (mark) => (pick(30) === 0 ? `${mark} ` : mark));
    default: {
      // Same keys, other order.
      const parsed = JSON.parse(frame);
      const entries = Object.entries(parsed.data ?? parsed);
      for (let index = entries.length - 1; index > 1; index--) {
        const swap = 1 + pick(index);
        [entries[index], entries[swap]] = [entries[swap] as never, entries[index] as never];
      }
      const data = Object.fromEntries(entries);
      return JSON.stringify(parsed.data ? { ...parsed, data } : data);
    }
  }
}

test(`scanner and parser agree on ${ROUNDS} damaged frames, and neither throws (seed ${SEED})`, () => {
  const pick = seeded(SEED);
  const originals = frames();
  const scanning = createDecoder();
  const parsing = createParsingDecoder();
  const kinds: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    let frame = mutate(originals[pick(originals.length)] ?? '', pick, originals);
    if (pick(8) === 0) {
      try {
        frame = mutate(frame, pick, originals);
      } catch (fault) {
        // Only the reordering mutation parses, and a frame damaged before is not JSON any more.
        if (!(fault instanceof SyntaxError)) throw fault;
      }
    }
    const bytes = Buffer.from(frame);
    const scanned = scanning(bytes, round);
    const parsed = parsing(bytes, round);
    if (!isDeepStrictEqual(scanned, parsed)) {
      expect({ round, frame, decoded: scanned }).toEqual({ round, frame, decoded: parsed });
    }
    const kind = scanned[0]?.kind ?? 'none';
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  // The damage must leave frames of every sort, or nothing was tried.
  expect(Object.keys(kinds).sort()).toEqual(
    expect.arrayContaining(['book-delta', 'candle', 'failed', 'ignored', 'mark', 'top', 'trade']),
  );
  expect(kinds['failed']).toBeGreaterThan(ROUNDS / 10);
  expect(kinds['top']).toBeGreaterThan(ROUNDS / 20);
  figure('G11', 'damaged frames of Binance read without a throw', ROUNDS, 'frames');
}, 600_000);

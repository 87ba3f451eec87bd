import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { damagedFrame, type Pick, seededPick } from '#shared/test-kit/damaged-frames.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { createDecoder, createParsingDecoder } from './market-codec.ts';
import { DEFAULT_KEYS, SIMPLE_KEYS } from './wire-keys.ts';

const SEED = 20_261_121;
const ROUNDS = runs(200_000, 1_000_000);

/** The same number otherwise, and numbers no market prints. */
const SPELLINGS = [
  (number: string) => Number(number).toExponential(),
  (number: string) => Number(number).toExponential().replace('e+', 'E'),
  (number: string) => (number.includes('.') ? `${number}000` : `${number}.0`),
  (number: string) => `${number}e2`,
  (number: string) => `${number}E-3`,
  (number: string) => `0${number}`,
  () => '17901347431230001',
  () => '1790134743123000123',
  () => '1790133505546514',
  () => '0.12345678901234567',
  () => '98765432109.87654321',
  () => '1e-30',
  () => '9.007199254740993e15',
  () => '0',
  () => '-0.0',
  () => '5.',
  () => '.5',
];

const CANDLE =
  '{"type":"candle.1m","code":"KRW-BTC","candle_date_time_utc":"2026-07-30T07:45:00","opening_price":91154000.00000000,' +
  '"high_price":91157000.00000000,"low_price":91142000.00000000,"trade_price":91157000.00000000,' +
  '"candle_acc_trade_volume":0.15511395,"timestamp":1785397531885,"stream_type":"SNAPSHOT"}';

const LONG_NAMES = new Map(
  Object.entries(SIMPLE_KEYS).map(([key, short]) => [short, DEFAULT_KEYS[key as keyof typeof DEFAULT_KEYS]]),
);

/** Recorded frames with few levels, in both formats, as of 2021 and as of 2026. */
function frames(): readonly string[] {
  const recorded = gunzipSync(
    readFileSync(new URL('./fixtures/ten-markets-20210405.ndjson.gz', import.meta.url)),
  )
    .toString()
    .split('\n')
    .filter((line) => line.includes('"ws:'))
    .map((line) => String(JSON.parse(line).raw))
    .map((raw) => raw.replace(/("obu":\[(?:[^}]*\}){3})[^\]]*\]/, '$1]'));
  const single = readFileSync(new URL('./fixtures/frames.ndjson', import.meta.url))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(JSON.stringify(JSON.parse(line).raw)) as string);
  return [
    ...recorded.map((raw, index) => {
      const now = index % 3 === 0 ? raw.replace(/\}$/, ',"lv":0}') : raw;
      if (index % 2 === 0) return now;
      return now.replace(/^\{"ty"/, '{"type"').replace(/"([a-z]+)":/g, (whole, short) => {
        const long = LONG_NAMES.get(short) ?? { st: 'stream_type', tas: 'total_ask_size' }[String(short)];
        return long === undefined ? whole : `"${long}":`;
      });
    }),
    ...[CANDLE, ...single].flatMap((raw) => Array.from({ length: 20 }, () => raw)),
  ];
}

function respelled(frame: string, pick: Pick): string {
  const numbers = [...frame.matchAll(/(?<=[:[,])\d+(?:\.\d+)?(?=[,}\]])/g)];
  const number = numbers[pick(numbers.length)];
  if (!number) return frame;
  const spell = SPELLINGS[pick(SPELLINGS.length)] as (number: string) => string;
  return `${frame.slice(0, number.index)}${spell(number[0])}${frame.slice(number.index + number[0].length)}`;
}

test(`scanner and parser agree on ${ROUNDS} damaged frames, and neither throws (seed ${SEED})`, () => {
  const pick = seededPick(SEED);
  const originals = frames();
  const scanning = createDecoder();
  const parsing = createParsingDecoder();
  const kinds: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    let frame = originals[pick(originals.length)] ?? '';
    const sort = pick(8);
    if (sort < 4) frame = respelled(frame, pick);
    if (sort > 2) frame = damagedFrame(frame, pick, originals);
    if (sort === 7) frame = damagedFrame(frame, pick, originals);
    const bytes = Buffer.from(frame);
    const scanned = scanning(round % 2 === 0 ? bytes : frame, round);
    const parsed = parsing(bytes, round);
    if (!isDeepStrictEqual(scanned, parsed)) {
      expect({ round, frame, decoded: scanned }).toEqual({ round, frame, decoded: parsed });
    }
    const kind = scanned[0]?.kind ?? 'none';
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  // The damage must leave frames of every sort, or nothing was tried.
  expect(Object.keys(kinds).sort()).toEqual([
    'book-snapshot',
    'candle',
    'failed',
    'ignored',
    'pong',
    'refusal',
    'ticker',
    'trade',
  ]);
  expect(kinds['failed']).toBeGreaterThan(ROUNDS / 10);
  expect(kinds['book-snapshot']).toBeGreaterThan(ROUNDS / 10);
  expect(kinds['trade']).toBeGreaterThan(ROUNDS / 10);
  figure('G11', 'damaged frames of Upbit read without a throw', ROUNDS, 'frames');
}, 600_000);

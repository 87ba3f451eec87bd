import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { damagedFrame, seededPick } from '#shared/test-kit/damaged-frames.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { runs } from '#shared/test-kit/soak.ts';
import type { Decoded } from '../venue.ts';
import { createDecoder } from './market-codec.ts';

const SEED = 20_261_121;
const ROUNDS = runs(200_000, 1_000_000);

const SINGLE = readFileSync(new URL('./fixtures/frames.ndjson', import.meta.url))
  .toString()
  .trim()
  .split('\n')
  .map((line): string => JSON.parse(line).raw);
const WRITTEN = [
  '{"type":"trade","code":"KRW-ETH","trade_price":3.715E6,"trade_volume":0.0042,"ask_bid":"ASK","trade_timestamp":1790134743123,"sequential_id":1790134743123000123,"timestamp":1790134743150}',
  '{"ty":"trade","cd":"BTC-ETH","tp":2.1E-7,"tv":4.2E-3,"ab":"BID","ttms":1790134743123,"sid":1790134743123000124,"tms":1790134743150}',
  '{"ty":"orderbook","cd":"KRW-ETH","obu":[{"ap":3715000,"bp":3714000,"as":8.4592,"bs":3.012},{"ap":0,"bp":3713000,"as":0,"bs":0}],"lv":1,"tms":1795000005546514}',
  '{"type":"ticker","code":"KRW-ETH","opening_price":3700000,"high_price":3800000,"low_price":3600000,"trade_price":3715000,"acc_trade_volume_24h":1234.5678,"acc_trade_price_24h":4567890123.4567,"trade_timestamp":1790134743123}',
];

/** What no event may ever hold, whatever the frame said. */
function isSound(event: Decoded): boolean {
  switch (event.kind) {
    case 'trade':
      return (
        /^\d+$/.test(event.id) &&
        event.price > 0 &&
        event.quantity > 0 &&
        Number.isSafeInteger(event.venueTime)
      );
    case 'book-snapshot':
      return (
        [event.bids, event.asks].every((side) =>
          side.every((value) => Number.isSafeInteger(value) && value > 0),
        ) && Number.isSafeInteger(event.lastUpdateId)
      );
    case 'ticker':
      return [event.last, event.open, event.high, event.low, event.volume, event.quoteVolume].every(
        (value) => Number.isFinite(value) && value >= 0,
      );
    default:
      return true;
  }
}

test(`${ROUNDS} damaged frames are read without a throw, and nothing unsound comes out (seed ${SEED})`, () => {
  const pick = seededPick(SEED);
  const originals = [...SINGLE, ...WRITTEN, ...WRITTEN];
  const decode = createDecoder();
  const kinds: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    let frame = damagedFrame(originals[pick(originals.length)] ?? '', pick, originals);
    if (pick(4) === 0) frame = damagedFrame(frame, pick, originals);
    const decoded = decode(round % 2 === 0 ? frame : Buffer.from(frame), round);
    if (decoded.length === 0 || !decoded.every(isSound)) expect({ round, frame, decoded }).toBe('sound');
    const kind = decoded[0]?.kind ?? 'none';
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  // The damage must leave frames of every sort, or nothing was tried.
  expect(Object.keys(kinds).sort()).toEqual([
    'book-snapshot',
    'failed',
    'ignored',
    'pong',
    'refusal',
    'ticker',
    'trade',
  ]);
  expect(kinds['failed']).toBeGreaterThan(ROUNDS / 10);
  expect(kinds['trade']).toBeGreaterThan(ROUNDS / 20);
  figure('G11', 'damaged frames of Bithumb read without a throw', ROUNDS, 'frames');
}, 600_000);

import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { damagedFrame, type Pick, seededPick } from '#shared/test-kit/damaged-frames.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { createDecoder, createParsingDecoder } from './market-codec.ts';

const SEED = 20_261_121;
const ROUNDS = runs(200_000, 1_000_000);

/** The recorded tops, and of every other kind made-up ones in the wire's shape: no book or ticker of theirs may be kept here. */
function frames(route: string, pick: Pick): readonly string[] {
  const recorded = gunzipSync(readFileSync(new URL('./fixtures/tops-20250613.ndjson.gz', import.meta.url)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ dir }) => dir !== 'send')
    .map(({ raw }) => String(raw));
  const made = Array.from({ length: 300 }, (_, index) => JSON.stringify(madeFrame(route, index, pick)));
  return [...recorded.slice(0, 40), ...made];
}

/** One of seven kinds in turn; each kind's first is whole, and some later ones are. */
function madeFrame(route: string, index: number, pick: Pick): object {
  const isWhole = index < 7 || pick(4) === 0;
  const ts = 1_795_000_000_000 + index * 50;
  const price = (below: number) => `${83_000 + pick(below)}.${pick(10)}${route === 'spot' ? '' : '0'}`;
  const size = () => (pick(5) === 0 ? '0' : `${pick(50)}.${100 + pick(900)}`);
  const side = (falling: boolean) =>
    Array.from({ length: pick(8) }, (_, rank) => [
      `${83_000 + (falling ? -rank : rank + 1)}.${pick(10)}0`,
      size(),
    ]);
  const data = { s: 'BTCUSDT', b: side(true), a: side(false), u: 5_000 + index, seq: 90_000 + index };
  const type = isWhole ? 'snapshot' : 'delta';
  const cs = 90_000 + index;
  switch (index % 7) {
    case 0:
    case 1:
      return route === 'spot'
        ? { topic: 'orderbook.200.BTCUSDT', ts, type, data, cts: ts - 3 }
        : { topic: 'orderbook.200.BTCUSDT', type, ts, data, cts: ts - 3 };
    case 2:
      return { topic: 'orderbook.1.BTCUSDT', type, ts, data, cts: ts - 2 };
    case 3:
    case 4: {
      const figures = {
        lastPrice: price(900),
        prevPrice24h: price(900),
        highPrice24h: price(900),
        lowPrice24h: price(900),
        volume24h: `${pick(90_000)}.0440`,
        turnover24h: `${pick(9_000_000)}.${pick(90_000_000)}`,
        markPrice: price(900),
        indexPrice: price(900),
        fundingRate: `-0.000${pick(900)}`,
        nextFundingTime: '1795017600000',
        bid1Price: price(900),
        bid1Size: size(),
      };
      const kept = Object.entries(figures).filter(() => isWhole || pick(3) === 0);
      const symbol = 'BTCUSDT';
      return { topic: 'tickers.BTCUSDT', type, data: { symbol, ...Object.fromEntries(kept) }, cs, ts };
    }
    case 5: {
      const rows = Array.from({ length: 1 + pick(3) }, () => ({
        T: ts - 1,
        s: 'BTCUSDT',
        S: pick(2) === 0 ? 'Buy' : 'Sell',
        v: `0.${1 + pick(900)}`,
        p: price(900),
        L: 'PlusTick',
        i:
          route === 'spot'
            ? `22900000011890${48_000 + index}`
            : `a9188a0a-82bc-50de-be60-0000000${10_000 + index}`,
        BT: pick(9) === 0,
        RPI: false,
        seq: cs,
      }));
      return { topic: 'publicTrade.BTCUSDT', type: 'snapshot', ts, data: rows };
    }
    default: {
      const [low, high] = [price(400), price(400)].sort();
      const row = {
        start: 1_795_000_020_000,
        interval: '1',
        open: low,
        close: high,
        high,
        low,
        volume: size(),
        confirm: pick(2) === 0,
      };
      return pick(4) === 0
        ? {
            success: pick(2) === 0,
            ret_msg: 'error:handler not found',
            req_id: String(index),
            op: 'subscribe',
          }
        : { topic: 'kline.1.BTCUSDT', data: [row], ts, type: 'snapshot' };
    }
  }
}

test.each(['linear', 'spot'])(
  `scanner and parser agree on ${ROUNDS / 2} damaged frames of %s, and neither throws (seed ${SEED})`,
  (route) => {
    const pick = seededPick(SEED);
    const originals = frames(route, pick);
    const scanning = createDecoder({ route });
    const parsing = createParsingDecoder({ route });
    const kinds: Record<string, number> = {};
    for (let round = 0; round < ROUNDS / 2; round++) {
      const original = originals[pick(originals.length)] ?? '';
      // Some whole ones between: decoders remember, and damage must not poison what they remember.
      let frame = pick(6) === 0 ? original : damagedFrame(original, pick, originals);
      if (pick(8) === 0) frame = damagedFrame(frame, pick, originals);
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
    expect(Object.keys(kinds).sort()).toEqual([
      'ack',
      'book-delta',
      'book-snapshot',
      'candle',
      'failed',
      'ignored',
      'mark',
      'refusal',
      'ticker',
      'top',
      'trade',
    ]);
    for (const kind of ['failed', 'book-delta', 'trade', 'ticker', 'top']) {
      expect([kind, (kinds[kind] ?? 0) > ROUNDS / 100]).toEqual([kind, true]);
    }
    figure('G11', `damaged frames of Bybit ${route} read without a throw`, ROUNDS / 2, 'frames');
  },
  600_000,
);

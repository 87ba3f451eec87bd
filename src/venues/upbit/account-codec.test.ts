import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { damagedFrame, seededPick } from '#shared/test-kit/damaged-frames.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { createAccountDecoder } from './account-codec.ts';

const ROUNDS = 50_000;
const SEED = 20_261_121;

const fixtures = readFileSync(new URL('./fixtures/account-frames.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): { name: string; raw: string; decoded: unknown } => JSON.parse(line));

describe('a private frame of Upbit', () => {
  test.each(fixtures)('$name', ({ raw, decoded }) => {
    const decode = createAccountDecoder();
    expect([decode(raw, 0), decode(Buffer.from(raw), 0)]).toEqual([decoded, decoded]);
  });

  test('means the same in short keys (fact sheet, sections 4.1 and 4.2)', () => {
    const long = createAccountDecoder();
    const short = createAccountDecoder();
    const pairs = [
      [
        '{"type":"myOrder","code":"KRW-BTC","uuid":"u1","ask_bid":"BID","order_type":"limit","state":"trade","trade_uuid":"t1","price":116000000,"avg_price":116000000,"volume":0.0005,"remaining_volume":0.0005,"executed_volume":0.0005,"executed_funds":58000,"time_in_force":"post_only","trade_fee":29,"is_maker":true,"identifier":"ours1","trade_timestamp":1795000001008,"order_timestamp":1795000000900,"timestamp":1795000001010}',
        '{"ty":"myOrder","cd":"KRW-BTC","uid":"u1","ab":"BID","ot":"limit","s":"trade","tuid":"t1","p":116000000,"ap":116000000,"v":5.0E-4,"rv":5.0E-4,"ev":5.0E-4,"ef":58000,"tif":"post_only","tf":29,"im":true,"id":"ours1","ttms":1795000001008,"otms":1795000000900,"tms":1795000001010}',
      ],
      [
        '{"type":"myAsset","assets":[{"currency":"KRW","balance":"1.5","locked":"2"}],"asset_timestamp":1795000001008,"timestamp":1795000001010}',
        '{"ty":"myAsset","ast":[{"cu":"KRW","b":"1.5","l":"2"}],"asttms":1795000001008,"tms":1795000001010}',
      ],
    ] as const;
    const told = pairs.map(([raw]) => long(raw, 0));
    expect(pairs.map(([, raw]) => short(raw, 0))).toEqual(told);
    expect(told[0]).toMatchObject([
      { kind: 'fill', fill: { clientOrderId: 'ours1', fee: '29', isMaker: true } },
      { kind: 'order', order: { clientOrderId: 'ours1', postOnly: true, quantity: '0.001' } },
    ]);
  });

  test('keeps ids of more digits than a number has', () => {
    const raw = fixtures[0]?.raw.replace(/"trade_uuid":"[^"]*"/, '"trade_uuid":1790134743123000123') ?? '';
    expect(createAccountDecoder()(raw, 0)[0]).toMatchObject({ fill: { id: '1790134743123000123' } });
  });

  test.each([
    ['half a frame', '{"type":"myOrder","code":"KRW'],
    ['a number', '7'],
    ['null', 'null'],
    ['an object of nothing', '{}'],
    ['an order without anything', '{"type":"myOrder"}'],
    ['an order of a market that cannot be', fixtures[0]?.raw.replace('KRW-BTC', 'btc_krw') ?? ''],
    [
      'a negative quantity',
      fixtures[0]?.raw.replace('"executed_volume":0.0005', '"executed_volume":-1') ?? '',
    ],
    ['assets that are no list', '{"type":"myAsset","assets":{},"timestamp":1}'],
    [
      'an asset without what is locked',
      '{"type":"myAsset","assets":[{"currency":"KRW","balance":1}],"timestamp":1}',
    ],
  ])('that is %s fails, alarms nobody, and is read over REST where it told of something', (_, raw) => {
    const what = /"type":"myOrder"/.test(raw) ? 'orders' : 'balances';
    expect(createAccountDecoder()(raw, 0)).toEqual([
      { kind: 'failed', reason: expect.any(String) },
      ...(/"type":"my\w+".*\}$/.test(raw) ? [{ kind: 'reread', what, reason: expect.any(String) }] : []),
    ]);
  });

  test(`never throws, however damaged (${ROUNDS} frames, seed ${SEED})`, () => {
    const pick = seededPick(SEED);
    const originals = fixtures.map(({ raw }) => raw);
    const kinds: Record<string, number> = {};
    const decode = createAccountDecoder();
    for (let round = 0; round < ROUNDS; round++) {
      let frame = originals[pick(originals.length)] ?? '';
      for (let damage = pick(3); damage >= 0; damage--) frame = damagedFrame(frame, pick, originals);
      for (const { kind } of decode(round % 2 === 0 ? frame : Buffer.from(frame), round)) {
        kinds[kind] = (kinds[kind] ?? 0) + 1;
      }
    }
    // The damage must leave frames of every sort, or nothing was tried.
    expect(Object.keys(kinds).sort()).toEqual([
      'balance',
      'failed',
      'fill',
      'ignored',
      'login-refused',
      'order',
      'pong',
      'ready',
      'reread',
    ]);
    expect(kinds['failed']).toBeGreaterThan(ROUNDS / 10);
    figure('G11', 'damaged private frames of Upbit read without a throw', ROUNDS, 'frames');
  });
});

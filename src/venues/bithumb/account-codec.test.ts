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

describe('a private frame of Bithumb', () => {
  test.each(fixtures)('$name', ({ raw, decoded }) => {
    const decode = createAccountDecoder();
    expect([decode(raw, 0), decode(Buffer.from(raw), 0)]).toEqual([decoded, decoded]);
  });

  test('means the same in short keys (fact sheet, sections 4.1 and 4.2)', () => {
    const long = createAccountDecoder();
    const short = createAccountDecoder();
    const pairs = [
      [
        '{"type":"myOrder","code":"KRW-BTC","order_id":"C1","client_order_id":"ours1","side":"buy","order_type":"limit","state":"wait","time_in_force":"post_only","order_price":116000000,"order_quantity":0.001,"order_amount":116000,"paid_fee":0,"order_timestamp":1795000000900,"timestamp":1795000000901}',
        '{"ty":"myOrder","cd":"KRW-BTC","oid":"C1","coid":"ours1","sd":"buy","ot":"limit","s":"wait","tif":"post_only","op":116000000,"oq":0.001,"oa":116000,"pf":0,"otms":1795000000900,"tms":1795000000901}',
      ],
      [
        '{"type":"myOrder","code":"KRW-BTC","order_id":"C1","client_order_id":"ours1","side":"buy","order_type":"limit","state":"trade","time_in_force":"post_only","order_price":116000000,"order_quantity":0.001,"order_amount":116000,"trade_id":"C2","trade_price":116000000,"trade_quantity":0.0004,"executed_quantity":0.0004,"executed_amount":46400,"paid_fee":116,"trade_timestamp":1795000001008,"order_timestamp":1795000000900,"timestamp":1795000001010}',
        '{"ty":"myOrder","cd":"KRW-BTC","oid":"C1","coid":"ours1","sd":"buy","ot":"limit","s":"trade","tif":"post_only","op":116000000,"oq":0.001,"oa":116000,"tid":"C2","tp":116000000,"tq":0.0004,"eq":0.0004,"ea":46400,"pf":116,"ttms":1795000001008,"otms":1795000000900,"tms":1795000001010}',
      ],
      [
        '{"type":"myOrder","code":"KRW-BTC","order_id":"C1","client_order_id":"ours1","side":"buy","order_type":"limit","state":"cancel","time_in_force":"post_only","order_price":116000000,"order_quantity":0.001,"order_amount":116000,"executed_quantity":0.0004,"executed_amount":46400,"paid_fee":116,"cancel_type":"user","order_timestamp":1795000000900,"timestamp":1795000001020}',
        '{"ty":"myOrder","cd":"KRW-BTC","oid":"C1","coid":"ours1","sd":"buy","ot":"limit","s":"cancel","tif":"post_only","op":116000000,"oq":0.001,"oa":116000,"eq":0.0004,"ea":46400,"pf":116,"ct":"user","otms":1795000000900,"tms":1795000001020}',
      ],
      [
        '{"type":"myAsset","assets":[{"currency":"KRW","balance":"1.5","locked":"2"}],"asset_timestamp":1795000001008,"timestamp":1795000001010}',
        '{"ty":"myAsset","ast":[{"cu":"KRW","b":"1.5","l":"2"}],"asttms":1795000001008,"tms":1795000001010}',
      ],
    ] as const;
    const told = pairs.map(([raw]) => long(raw, 0));
    expect(pairs.map(([, raw]) => short(raw, 0))).toEqual(told);
    expect(told.slice(1, 3)).toMatchObject([
      [
        { kind: 'fill', fill: { clientOrderId: 'ours1', quantity: '0.0004', fee: '116' } },
        { kind: 'order', order: { clientOrderId: 'ours1', postOnly: true } },
      ],
      [{ kind: 'order', order: { clientOrderId: 'ours1', venueStatus: 'cancel user' } }],
    ]);
  });

  test('keeps ids of more digits than a number has', () => {
    const raw = fixtures[0]?.raw.replace(/"trade_id":"[^"]*"/, '"trade_id":1790134743123000123') ?? '';
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
      fixtures[0]?.raw.replace('"executed_quantity":0.0004', '"executed_quantity":-1') ?? '',
    ],
    ['assets that are no list', '{"type":"myAsset","assets":{},"timestamp":1}'],
    ['an asset without a balance', '{"type":"myAsset","assets":[{"currency":"KRW"}],"timestamp":1}'],
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
      'reread',
    ]);
    expect(kinds['failed']).toBeGreaterThan(ROUNDS / 10);
    figure('G11', 'damaged private frames of Bithumb read without a throw', ROUNDS, 'frames');
  });
});

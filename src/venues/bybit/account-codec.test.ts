import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { damagedFrame, seededPick } from '#shared/test-kit/damaged-frames.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { createAccountDecoder } from './account-codec.ts';

const AT = 1_795_000_001_020;
const SEED = 20_261_121;
const ROUNDS = runs(50_000, 500_000);

interface Example {
  readonly note: string;
  readonly raw: string;
  readonly expected: unknown;
}

const examples: readonly Example[] = readFileSync(
  new URL('./fixtures/account-frames.ndjson', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

test.each(examples)('$note', ({ raw, expected }) => {
  const decode = createAccountDecoder();
  expect([decode(raw, AT), decode(Buffer.from(raw), AT)]).toEqual([expected, expected]);
});

test('what is said of a refused login repeats neither key nor what was signed', () => {
  const said = (ret_msg: string, op: string) =>
    createAccountDecoder()(JSON.stringify({ success: false, ret_msg, op, conn_id: 'c1' }), AT);
  const words = 'error sign! origin_string[1795000010000XXtestKEY0000000001GET/realtime], please check';
  expect([
    said(`10004 ${words}`, 'auth'),
    said('10003: API key xxTESTkeyWITHOUTno is invalid.', 'auth'),
    said('10003: API key xxTESTkey000000001 is invalid.', 'unknown'),
    said(`${'x '.repeat(140)}origin_string[1795000010000XXtestKEY0000000001GET/realtime]`, 'subscribe'),
  ]).toEqual([
    [
      {
        kind: 'login-refused',
        venueCode: '10004',
        message: '10004 error sign! origin_string[…], please check',
      },
    ],
    [{ kind: 'login-refused', venueCode: '10003', message: '10003: API key … is invalid.' }],
    [{ kind: 'failed', reason: 'refused: "10003: API key … is invalid."' }],
    [
      {
        kind: 'login-refused',
        venueCode: 'subscribe',
        message: `${'x '.repeat(140)}origin_string[…]`.slice(0, 300),
      },
    ],
  ]);
});

test(`no damage to a frame throws (${ROUNDS} of them), and figures stay exact decimals`, () => {
  const pick = seededPick(SEED);
  const frames = examples.map(({ raw }) => raw);
  const decode = createAccountDecoder();
  const kinds = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const frame = damagedFrame(frames[pick(frames.length)] ?? '', pick, frames);
    const decoded = (() => {
      try {
        return decode(frame, AT);
      } catch (fault) {
        throw new Error(`round ${round} of seed ${SEED}: ${frame}`, { cause: fault });
      }
    })();
    if (decoded.length === 0) throw new Error(`round ${round} says nothing: ${frame}`);
    for (const one of decoded) {
      kinds.set(one.kind, (kinds.get(one.kind) ?? 0) + 1);
      for (const figure of figuresOf(one)) {
        if (!/^-?\d+(?:\.\d+)?$/.test(figure)) throw new Error(`round ${round}: ${figure} of ${frame}`);
      }
    }
  }
  // The damage leaves enough whole that every kind is among them: otherwise nothing was tried.
  for (const kind of ['order', 'fill', 'balance', 'position', 'failed', 'ignored', 'reread']) {
    expect([kind, (kinds.get(kind) ?? 0) > ROUNDS / 1_000]).toEqual([kind, true]);
  }
});

const FIGURES =
  /^(?:price|triggerPrice|quantity|quoteQuantity|filledQuantity|averagePrice|fee|realisedPnl)$|^(?:total|free|used|entryPrice|markPrice|unrealisedPnl|leverage|liquidationPrice|margin)$/;

function figuresOf(decoded: object): readonly string[] {
  return Object.values(decoded)
    .filter((value) => typeof value === 'object')
    .flatMap((report: object) => Object.entries(report))
    .filter(([key]) => FIGURES.test(key))
    .map(([, value]) => String(value));
}

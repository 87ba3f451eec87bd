import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buffersOf, decodeFrame, encodeFrame } from './frame.ts';

const typedArray = fc.oneof(
  fc.float64Array({ maxLength: 20 }),
  fc.float32Array({ maxLength: 20 }),
  fc.int32Array({ maxLength: 20 }),
  fc.uint32Array({ maxLength: 20 }),
  fc.int16Array({ maxLength: 20 }),
  fc.uint16Array({ maxLength: 20 }),
  fc.int8Array({ maxLength: 20 }),
  fc.uint8Array({ maxLength: 20 }),
  fc.uint8ClampedArray({ maxLength: 20 }),
  fc.bigInt64Array({ maxLength: 20 }),
);
const leaf = fc.oneof(
  typedArray,
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(),
  fc.constant(null),
);
const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'message', '0'));
const { message } = fc.letrec((tie) => ({
  message: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('message'), { maxLength: 5 }),
    fc
      .array(fc.tuple(key, tie('message')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries) as unknown),
  ),
}));

const asSent = (frame: string | Uint8Array, offset: number): string | Uint8Array => {
  if (typeof frame === 'string') return frame;
  const pool = new Uint8Array(frame.length + offset);
  pool.set(frame, offset);
  return pool.subarray(offset);
};

test('whatever is sent comes out the same, wherever in memory the frame lands', () => {
  fc.assert(
    fc.property(message, fc.nat(15), (sent, offset) => {
      // Vitest's equality trips over a key named `constructor`; Node's does not.
      assert.deepStrictEqual(decodeFrame(asSent(encodeFrame(sent), offset)), sent);
    }),
    { numRuns: 2_000 },
  );
});

test('a message without typed arrays is plain JSON text', () => {
  const sent = { t: 'answer', id: 1, output: { a: [1, 'two', null] } };
  expect(encodeFrame(sent)).toBe(JSON.stringify(sent));
});

test('arrays keep NaN and infinities, start at multiples of eight and are views into the frame', () => {
  const columns = {
    open: Uint8Array.of(1, 0, 1),
    price: Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, -0),
  };
  const frame = encodeFrame(columns) as Uint8Array<ArrayBuffer>;
  const { open, price } = decodeFrame(frame) as typeof columns;
  expect({ open, price }).toStrictEqual(columns);
  expect([open.byteOffset % 8, price.byteOffset % 8]).toEqual([0, 0]);
  expect([open.buffer, price.buffer]).toEqual([frame.buffer, frame.buffer]);
});

test('a broken frame is one clear error: truncated, foreign, out of bounds, bad text', () => {
  const whole = encodeFrame({ price: Float64Array.of(1, 2, 3) }) as Uint8Array<ArrayBuffer>;
  const foreign = whole.slice();
  foreign[0] = 0;
  const long = whole.slice();
  new Uint32Array(long.buffer, 0, 2)[1] = 1_000_000;
  for (const broken of [whole.slice(0, -8), whole.slice(0, 4), foreign, long, new Uint8Array(0), '{', '']) {
    expect(() => decodeFrame(broken)).toThrowError(
      expect.objectContaining({ name: 'HeartlineError', code: 'contract.frame' }),
    );
  }
});

test('a frame cannot reach a prototype', () => {
  const text = JSON.stringify([{}, [[7, 1, ['__proto__', 'polluted']]]]);
  const head = new TextEncoder().encode(text);
  const frame = new Uint8Array(((8 + head.length + 7) & ~7) + 8);
  frame.set(head, 8);
  new Uint32Array(frame.buffer, 0, 2).set([0x314c5448, head.length]);
  expect(() => decodeFrame(frame)).toThrowError(expect.objectContaining({ code: 'contract.frame' }));
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('the transfer list names every buffer once', () => {
  const shared = new ArrayBuffer(16);
  const message = { a: new Float64Array(shared, 0, 1), b: [new Uint8Array(shared, 8)], c: Uint8Array.of(1) };
  expect(buffersOf(message)).toEqual([shared, message.c.buffer]);
});

test('random bytes never do worse than the one clear error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(7), (bytes, kind) => {
      const frame = new Uint8Array(8 + bytes.length);
      frame.set(bytes, 8);
      new Uint32Array(frame.buffer, 0, 2).set([0x314c5448, kind * 8]);
      try {
        decodeFrame(frame);
      } catch (fault) {
        expect(fault).toMatchObject({ code: 'contract.frame' });
      }
    }),
    { numRuns: 500 },
  );
});

test('carries numbers that JSON cannot write, as a message port does', () => {
  const sent = {
    receivedAt: Number.NaN,
    rows: [1, Number.POSITIVE_INFINITY],
    column: Float64Array.of(1, Number.NaN),
  };
  const alone = { at: [Number.NEGATIVE_INFINITY] };
  assert.deepStrictEqual([decodeFrame(encodeFrame(sent)), decodeFrame(encodeFrame(alone))], [sent, alone]);
});

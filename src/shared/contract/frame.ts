import { HeartlineError } from '../base/errors.ts';
import { textOfUtf8, utf8OfText } from '../base/utf8.ts';

/**
 * How a message travels over a WebSocket. Without typed arrays: JSON text. With them, one binary frame:
 *
 *     u32 magic · u32 length of the head in bytes · head (JSON, UTF-8) · sections
 *
 * The head is `[message, lifted]`: the message with `null` where an array was lifted out, and for each one
 * `[kind, length, path]`. A number JSON has no word for (NaN, ±Infinity) travels as an array of one. Sections follow in that order, each starting at a multiple of 8, so that the
 * receiver reads them as views without copying. Bytes are in the machine's own order: both ends are on one
 * machine (the host listens on loopback only).
 */
const MAGIC = 0x314c5448;
const HEAD_AT = 8;

const KINDS = [
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  BigInt64Array,
  BigUint64Array,
] as const;

type TypedArray = InstanceType<(typeof KINDS)[number]>;
type Path = readonly (string | number)[];
type Lifted = readonly [kind: number, length: number, path: Path];

/** Kind of an array that stands for a single number. */
const NUMBER = -1;

/** A JSON-safe message, typed arrays and any numbers allowed anywhere in it → one WebSocket message. */
export function encodeFrame(message: unknown): string | Uint8Array<ArrayBuffer> {
  const arrays: TypedArray[] = [];
  const lifted: Lifted[] = [];
  const skeleton = lift(message, [], arrays, lifted);
  if (arrays.length === 0) return JSON.stringify(message);

  const head = utf8OfText(JSON.stringify([skeleton, lifted]));
  const starts: number[] = [];
  let end = align(HEAD_AT + head.length);
  for (const array of arrays) {
    starts.push(end);
    end = align(end + array.byteLength);
  }
  const frame = new Uint8Array(end);
  const prefix = new Uint32Array(frame.buffer, 0, 2);
  prefix[0] = MAGIC;
  prefix[1] = head.length;
  frame.set(head, HEAD_AT);
  for (const [index, { buffer, byteOffset, byteLength }] of arrays.entries()) {
    frame.set(new Uint8Array(buffer, byteOffset, byteLength), starts[index]);
  }
  return frame;
}

/**
 * One WebSocket message → what was sent. Its arrays are views into `frame` where it is aligned.
 * Throws `HeartlineError('contract.frame')` for anything `encodeFrame` does not make.
 */
export function decodeFrame(frame: string | ArrayBuffer | Uint8Array): unknown {
  try {
    if (typeof frame === 'string') return JSON.parse(frame);
    return decodeBinary(frame instanceof Uint8Array ? aligned(frame) : new Uint8Array(frame));
  } catch (fault) {
    throw new HeartlineError('contract.frame', 'a frame of the contract could not be read', { cause: fault });
  }
}

function decodeBinary(frame: Uint8Array): unknown {
  const { buffer, byteOffset } = frame;
  const [magic, headLength = 0] = new Uint32Array(buffer, byteOffset, 2);
  if (magic !== MAGIC || headLength > frame.length - HEAD_AT) throw new RangeError('not a frame');
  const head = textOfUtf8(frame.subarray(HEAD_AT, HEAD_AT + headLength));
  const [skeleton, lifted] = JSON.parse(head) as [unknown, readonly Lifted[]];
  const holder: Record<string, unknown> = { message: skeleton };
  let start = align(HEAD_AT + headLength);
  for (const [kind, length, path] of lifted) {
    const Kind = kind === NUMBER ? Float64Array : KINDS[kind];
    if (Kind === undefined) throw new RangeError('unknown kind of array');
    const byteLength = length * Kind.BYTES_PER_ELEMENT;
    if (!(byteLength >= 0 && start + byteLength <= frame.length))
      throw new RangeError('section out of bounds');
    const array = new Kind(buffer as ArrayBuffer, byteOffset + start, length);
    place(holder, ['message', ...path], kind === NUMBER ? array[0] : array);
    start = align(start + byteLength);
  }
  return holder.message;
}

/** The buffers behind every typed array in a message, for a transfer list. */
export function buffersOf(message: unknown): ArrayBuffer[] {
  const arrays: TypedArray[] = [];
  lift(message, [], arrays);
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}

/**
 * The value itself where nothing in it has to be lifted; otherwise a copy with `null` in the places of what was.
 * Without `lifted`, numbers stay: a message port takes them as they are.
 */
function lift(value: unknown, path: Path, arrays: TypedArray[], lifted?: Lifted[]): unknown {
  if (lifted && typeof value === 'number' && !Number.isFinite(value)) {
    arrays.push(Float64Array.of(value));
    lifted.push([NUMBER, 1, path]);
    return null;
  }
  if (typeof value !== 'object' || value === null) return value;
  const kind = kindOf(value);
  if (kind >= 0) {
    const array = value as TypedArray;
    arrays.push(array);
    lifted?.push([kind, array.length, path]);
    return null;
  }
  let copy: Record<string | number, unknown> | undefined;
  const visit = (key: string | number, item: unknown) => {
    if ((typeof item !== 'object' && typeof item !== 'number') || item === null) return;
    if (typeof item === 'number' && Number.isFinite(item)) return;
    const kept = lift(item, [...path, key], arrays, lifted);
    if (Object.is(kept, item)) return;
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
    copy[key] = kept;
  };
  const items = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, item] of items) visit(key, item);
  return copy ?? value;
}

function kindOf(value: object): number {
  return ArrayBuffer.isView(value) ? KINDS.findIndex((Kind) => value instanceof Kind) : -1;
}

// Only own properties are followed: a path from outside must not reach a prototype.
function place(holder: unknown, path: Path, value: unknown): void {
  let target = holder;
  for (const [depth, key] of path.entries()) {
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) {
      throw new RangeError('path leads nowhere');
    }
    const record = target as Record<string | number, unknown>;
    if (depth === path.length - 1) record[key] = value;
    else target = record[key];
  }
}

// Node hands over views at any offset of a shared pool; arrays must start at a multiple of 8.
function aligned(frame: Uint8Array): Uint8Array {
  return frame.byteOffset % 8 === 0 ? frame : new Uint8Array(frame);
}

function align(offset: number): number {
  return (offset + 7) & ~7;
}

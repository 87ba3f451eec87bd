import * as wire from '#shared/base/wire.ts';

/** A time, ms: a number, or (one page of the venue's shows it so) its digits as text. Throws `Misshapen`. */
export function time(from: wire.WireObject, key: string): number {
  const value = from[key];
  return typeof value === 'string' && /^\d{1,16}$/.test(value)
    ? wire.count({ [key]: Number(value) }, key)
    : wire.count(from, key);
}

/** Whether a frame is whole; the other sort brings only changes. Throws `Misshapen` for any other type. */
export function isSnapshot(frame: wire.WireObject): boolean {
  switch (frame['type']) {
    case 'snapshot':
      return true;
    case 'delta':
      return false;
    default:
      throw new wire.Misshapen(`type is neither snapshot nor delta: ${wire.show(frame['type'])}`);
  }
}

/** The `data` of a frame. Throws `Misshapen`. */
export function dataObject(frame: wire.WireObject): wire.WireObject {
  const { data } = frame;
  if (!wire.isWireObject(data)) throw new wire.Misshapen(`data is no object: ${wire.show(data)}`);
  return data;
}

/** The `data` of a frame that brings rows. Throws `Misshapen`. */
export function dataRows(frame: wire.WireObject): readonly unknown[] {
  const { data } = frame;
  if (!Array.isArray(data)) throw new wire.Misshapen(`data is no list: ${wire.show(data)}`);
  return data;
}

/** The frame's rows and its topic must speak of one symbol. Throws `Misshapen`. */
export function expectSymbol(from: wire.WireObject, key: string, symbol: string): void {
  if (from[key] !== symbol) {
    throw new wire.Misshapen(`${key} is not the topic's symbol: ${wire.show(from[key])}`);
  }
}

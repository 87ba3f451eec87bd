import * as wire from '#shared/base/wire.ts';

/** The `result` of `{"retCode":0,"result":{…}}`. Throws `Misshapen` for any other code or shape. */
export function resultOf(body: unknown): wire.WireObject {
  if (!wire.isWireObject(body)) throw new wire.Misshapen(`no object: ${wire.show(body)}`);
  if (body['retCode'] !== 0) throw new wire.Misshapen(`retCode is not 0: ${wire.show(body['retCode'])}`);
  const { result } = body;
  if (!wire.isWireObject(result)) throw new wire.Misshapen(`result is no object: ${wire.show(result)}`);
  return result;
}

/** The rows of a result. Throws `Misshapen`. */
export function listIn(result: wire.WireObject): readonly unknown[] {
  const { list } = result;
  if (!Array.isArray(list)) throw new wire.Misshapen(`list is no list: ${wire.show(list)}`);
  return list;
}

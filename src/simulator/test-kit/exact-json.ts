/** Plain decimal text of a JSON number: `'1.16539E8'` → `'116539000'`, `'0.00077720'` → `'0.0007772'`. */
export function plainDecimal(text: string): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!found) throw new Error(`not a number: ${text}`);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(1, point);
  const plain = `${padded.slice(0, at).replace(/^0+(?=\d)/, '')}.${padded.slice(at)}`.replace(
    /\.0*$|(\.\d*[1-9])0+$/,
    '$1',
  );
  return plain === '0' ? '0' : sign + plain;
}

/** Reads JSON with every number as plain decimal text, so that no digit is lost on the way. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into frames of any shape.
export function exactJson(text: string): any {
  const quoted = text.replace(/([:[,]\s*)(-?\d[\d.eE+-]*)(?=\s*[,}\]])/g, (_, before, number) => {
    return `${before}"${plainDecimal(number)}"`;
  });
  return JSON.parse(quoted);
}

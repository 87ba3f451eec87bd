/** Orders two plain decimal texts by value, exactly: negative, zero or positive as a sort wants it. */
export function compareDecimals(one: string, other: string): number {
  const a = partsOf(one);
  const b = partsOf(other);
  if (a.sign !== b.sign) return a.sign - b.sign;
  const longer = a.whole.length - b.whole.length;
  if (longer !== 0) return longer * a.sign;
  const width = Math.max(a.fraction.length, b.fraction.length);
  const left = a.whole + a.fraction.padEnd(width, '0');
  const right = b.whole + b.fraction.padEnd(width, '0');
  return left === right ? 0 : (left < right ? -1 : 1) * a.sign;
}

function partsOf(text: string) {
  const isNegative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const digits = whole.replace(/^0+/, '');
  const isZero = digits === '' && !/[1-9]/.test(fraction);
  return { sign: isZero ? 0 : isNegative ? -1 : 1, whole: digits, fraction };
}

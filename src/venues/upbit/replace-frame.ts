/**
 * The request that names everything wanted from now on: `['ticker KRW-BTC', 'ticker KRW-ETH', 'orderbook KRW-BTC']` →
 * `[{"ticket":"heartline-1"},{"type":"ticker","codes":["KRW-BTC","KRW-ETH"]},{"type":"orderbook","codes":["KRW-BTC"]},{"format":"SIMPLE"}]`.
 * The short format is a third of the bytes of the long one.
 */
export function replaceFrame(channels: readonly string[], requestId: number): string {
  const codesOf = new Map<string, string[]>();
  for (const channel of channels) {
    const space = channel.indexOf(' ');
    const type = channel.slice(0, space);
    const codes = codesOf.get(type) ?? [];
    codesOf.set(type, codes);
    codes.push(channel.slice(space + 1));
  }
  const types = [...codesOf].map(([type, codes]) => ({ type, codes }));
  return JSON.stringify([{ ticket: `heartline-${requestId}` }, ...types, { format: 'SIMPLE' }]);
}

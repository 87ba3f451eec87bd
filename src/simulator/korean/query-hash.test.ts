import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattened, sha512, unencodedQuery } from './query-hash.ts';

describe('what a token’s query_hash covers', () => {
  it('is the query as a person would write it, and a body written the same way', () => {
    const body = { market: 'KRW-BTC', uuids: ['a', 'b c'], limit: 100, price: null };
    const target = '/v1/orders?market=KRW-BTC&uuids%5B%5D=a&uuids%5B%5D=b%20c&limit=100&price=';
    expect([flattened(body), unencodedQuery(target)]).toEqual([
      'market=KRW-BTC&uuids[]=a&uuids[]=b c&limit=100&price=',
      'market=KRW-BTC&uuids[]=a&uuids[]=b c&limit=100&price=',
    ]);
  });

  it('is the same text however much of a query was encoded on its way', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string()), (params) => {
        const encoded = Object.entries(params).map((pair) => pair.map(encodeURIComponent).join('='));
        expect(unencodedQuery(`/v1/orders?${encoded.join('&')}`)).toBe(flattened(params));
      }),
    );
  });

  it('takes a stray percent sign as it stands, and hashes to 128 hex digits', () => {
    expect([unencodedQuery('/v1/orders?market=100%'), unencodedQuery('/v1/orders')]).toEqual([
      'market=100%',
      '',
    ]);
    expect(sha512('market=KRW-BTC')).toMatch(/^[0-9a-f]{128}$/);
  });
});

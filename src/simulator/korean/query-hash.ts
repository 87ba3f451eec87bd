import { createHash } from 'node:crypto';

/** Lower-case hex of SHA-512: what `query_hash` holds. */
export function sha512(text: string): string {
  return createHash('sha512').update(text).digest('hex');
}

/** The query of a request target as a person would write it: `/v1/orders?states%5B%5D=wait` → `states[]=wait`. */
export function unencodedQuery(target: string): string {
  const at = target.indexOf('?');
  const query = at < 0 ? '' : target.slice(at + 1);
  try {
    return decodeURIComponent(query);
  } catch {
    // A stray percent sign: it stands for itself.
    return query;
  }
}

/** A JSON body as a query, in its own order of keys: `{"ids":["a","b"],"n":1}` → `ids[]=a&ids[]=b&n=1`. */
export function flattened(body: Readonly<Record<string, unknown>>): string {
  return Object.entries(body)
    .flatMap(([key, value]) =>
      Array.isArray(value)
        ? value.map((one) => `${key}[]=${textOf(one)}`)
        : [`${key}=${value === null ? '' : textOf(value)}`],
    )
    .join('&');
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

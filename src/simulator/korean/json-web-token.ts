import { createHmac } from 'node:crypto';

const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

/** A JSON Web Token as it came, before anybody has asked whose it is. */
export interface WebToken {
  readonly alg: string;
  readonly payload: Readonly<Record<string, unknown>>;
  isSignedWith(secret: string): boolean;
}

/** Reads an `Authorization: Bearer …` header; `undefined` when what it carries is no token. */
export function readToken(authorization: string): WebToken | undefined {
  const found = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization.trim());
  if (!found) return undefined;
  const [, head = '', claims = '', signature = ''] = found;
  const header = objectIn(head);
  const payload = objectIn(claims);
  const alg = header?.['alg'];
  if (!payload || typeof alg !== 'string') return undefined;
  return {
    alg,
    payload,
    isSignedWith(secret) {
      const hash = HASHES[alg];
      if (hash === undefined) return false;
      return createHmac(hash, secret).update(`${head}.${claims}`).digest('base64url') === signature;
    },
  };
}

function objectIn(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Not JSON: not a token's part.
    return undefined;
  }
}

import { Secret } from '#shared/base/secret.ts';
import type { Credentials } from '#venues/account.ts';

/** Both halves of a key as one text, to be kept. */
export function textOf({ apiKey, secret }: Credentials): string {
  return JSON.stringify({ apiKey: apiKey.reveal(), secret: secret.reveal() });
}

/** `undefined` for what `textOf` did not write. */
export function credentialsIn(text: string): Credentials | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What the parser says quotes the text, and must not go any further.
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { apiKey, secret } = value as Readonly<Record<string, unknown>>;
  if (typeof apiKey !== 'string' || typeof secret !== 'string') return undefined;
  return { apiKey: new Secret(apiKey), secret: new Secret(secret) };
}

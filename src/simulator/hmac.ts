import { createHmac } from 'node:crypto';

/** HMAC-SHA256 in lower-case hex. */
export function hmacSha256(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

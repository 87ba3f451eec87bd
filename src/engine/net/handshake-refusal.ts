import type { Cause } from '#shared/domain/connection.ts';

export interface HandshakeRefusal {
  readonly cause: Cause;
  readonly retryAfterMs?: number;
}

/** What a venue says who counts: firewalls word it differently, but they all speak of how often. */
const LIMIT_WORDS = /too (?:many|frequent|often)|rate.?limit|frequen|access limit/iu;
/** A 403 that means "too often" names no end; venues speak of ten minutes. */
const BLOCK_MS = 10 * 60_000;
const BAN_MS = 2 * 60_000;
const LONGEST_MS = 3 * 24 * 60 * 60_000;

/** Why an upgrade was answered with a plain HTTP status. `body` may be cut. Pure. */
export function handshakeRefusal(
  status: number,
  retryAfterHeader: string | undefined,
  body: string,
): HandshakeRefusal {
  const retryAfterMs = retryAfter(retryAfterHeader);
  const words = body
    .replace(/<[^>]*>/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 120);
  const detail = `handshake answered with HTTP ${status}${words === '' ? '' : `: ${words}`}`;
  const isLimit = retryAfterMs !== undefined || LIMIT_WORDS.test(words);
  const wait = (defaultMs?: number) => {
    const ms = retryAfterMs ?? defaultMs;
    return ms === undefined ? {} : { retryAfterMs: ms };
  };
  switch (status) {
    case 401:
      return { cause: { code: 'auth', detail } };
    case 403:
      return isLimit
        ? { cause: { code: 'ban', detail }, ...wait(BLOCK_MS) }
        : { cause: { code: 'geo', detail } };
    case 418:
      return { cause: { code: 'ban', detail }, ...wait(BAN_MS) };
    case 429:
      return { cause: { code: 'rate-limit', detail }, ...wait() };
    case 451:
      return { cause: { code: 'geo', detail } };
    case 503:
      return { cause: { code: 'maintenance', detail }, ...wait() };
    default:
      return { cause: { code: 'socket.handshake', detail }, ...wait() };
  }
}

/** Whole seconds; venues do not use the date form. */
function retryAfter(header: string | undefined): number | undefined {
  const seconds = Number(header?.trim() || Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_MS) : undefined;
}

import { messageOf } from '#shared/base/errors.ts';
import type { Cause } from '#shared/domain/connection.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { CcxtModule } from './exchange.ts';

/**
 * What a fault of ccxt means for what was being done.
 * `closed`: our own doing, nothing went wrong · `link`: the exchange cannot be talked to · `stream`: only this stream
 * or call · `unsupported`: never works this way · `never`: not by any way · `gap`: the book lost a change, and ccxt starts it anew.
 */
export interface ReadFault {
  readonly reach: 'closed' | 'link' | 'stream' | 'unsupported' | 'never' | 'gap';
  readonly cause: Cause;
}

const DETAIL_CHARS = 200;

/** Reads by ccxt's classes first, then by what the message says of status and system errors. Pure. */
export function readFault(ccxt: CcxtModule, fault: unknown, kind?: StreamKey['kind']): ReadFault {
  const message = messageOf(fault);
  const cause = (code: Cause['code']): Cause => ({ code, detail: message.slice(0, DETAIL_CHARS) });
  const is = (...classes: (new (...args: never[]) => Error)[]) => classes.some((one) => fault instanceof one);

  if (is(ccxt.ExchangeClosedByUser, ccxt.UnsubscribeError)) return { reach: 'closed', cause: cause('user') };
  if (is(ccxt.NotSupported)) return { reach: 'unsupported', cause: cause('venue.error') };
  // A number that does not follow is a lost change of a book; anywhere else it is our clock.
  if (is(ccxt.ChecksumError) || (kind === 'book' && is(ccxt.InvalidNonce))) {
    return { reach: 'gap', cause: cause('protocol') };
  }
  if (is(ccxt.InvalidNonce)) return { reach: 'link', cause: cause('clock') };
  if (is(ccxt.RestrictedLocation)) return { reach: 'link', cause: cause('geo') };
  if (is(ccxt.AuthenticationError)) return { reach: 'link', cause: cause('auth') };
  if (is(ccxt.OnMaintenance)) return { reach: 'link', cause: cause('maintenance') };
  if (is(ccxt.DDoSProtection, ccxt.RateLimitExceeded)) {
    return { reach: 'link', cause: cause(statusIn(message) === 418 ? 'ban' : 'rate-limit') };
  }
  if (is(ccxt.RequestTimeout)) {
    return {
      reach: 'link',
      cause: cause(/connection timeout/.test(message) ? 'socket.handshake' : 'timeout'),
    };
  }
  if (is(ccxt.ExchangeNotAvailable))
    return { reach: 'link', cause: cause(codeOfStatus(message) ?? 'venue.error') };
  if (is(ccxt.NetworkError)) return { reach: 'link', cause: cause(codeOfNetwork(message)) };
  if (is(ccxt.BadSymbol)) return { reach: 'stream', cause: cause('venue.error') };
  if (is(ccxt.ExchangeError)) return { reach: 'stream', cause: cause('venue.error') };
  // ccxt's own code gave way, or an answer was no answer.
  return { reach: 'stream', cause: cause('protocol') };
}

/** `okx GET https://… 451 Unavailable …`, `Unexpected server response: 451`. */
function statusIn(message: string): number | undefined {
  const [, plain, handshake] =
    /(?:GET|POST) \S+ (\d{3})(?: |$)|Unexpected server response: (\d{3})/.exec(message) ?? [];
  const status = Number(plain ?? handshake);
  return Number.isFinite(status) ? status : undefined;
}

function codeOfStatus(message: string): Cause['code'] | undefined {
  switch (statusIn(message)) {
    case 401:
      return 'auth';
    case 403:
    case 451:
      return 'geo';
    case 418:
      return 'ban';
    case 429:
      return 'rate-limit';
    case 503:
      return 'maintenance';
    default:
      return undefined;
  }
}

function codeOfNetwork(message: string): Cause['code'] {
  const byStatus = codeOfStatus(message);
  if (byStatus !== undefined) return byStatus;
  if (statusIn(message) !== undefined || /handshake|certificate/i.test(message)) return 'socket.handshake';
  if (/ENOTFOUND|EAI_AGAIN|getaddrinfo/.test(message)) return 'socket.dns';
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(message)) return 'socket.refused';
  if (/ETIMEDOUT/.test(message)) return 'timeout';
  const closing = /closing code (\d+)/.exec(message)?.[1];
  if (closing === '1012' || closing === '1013') return 'maintenance';
  if (closing === '1006' || /ECONNRESET|EPIPE|socket hang up/.test(message)) return 'socket.reset';
  return closing === undefined ? 'unknown' : 'socket.closed';
}

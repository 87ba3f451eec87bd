import ccxt from 'ccxt';
import { expect, test } from 'vitest';
import type { CcxtModule } from './exchange.ts';
import { readFault } from './read-fault.ts';

const url = 'okx GET https://www.okx.com/api/v5/market/ticker?instId=BTC-USDT';
const closed = 'connection closed by remote server, closing code';

test.each([
  [new ccxt.RateLimitExceeded('okx {"code":"50011"}'), 'link', 'rate-limit'],
  [new ccxt.DDoSProtection(`${url} 429 Too Many Requests`), 'link', 'rate-limit'],
  [new ccxt.DDoSProtection(`${url} 418 I'm a teapot`), 'link', 'ban'],
  [new ccxt.OnMaintenance('okx {"code":"50001"}'), 'link', 'maintenance'],
  [new ccxt.AuthenticationError('okx 401'), 'link', 'auth'],
  [new ccxt.PermissionDenied('okx'), 'link', 'auth'],
  [new ccxt.RestrictedLocation('not in your country'), 'link', 'geo'],
  [new ccxt.ExchangeNotAvailable(`${url} 451 Unavailable For Legal Reasons`), 'link', 'geo'],
  [new ccxt.ExchangeNotAvailable(`${url} 403 Forbidden <html>`), 'link', 'geo'],
  [new ccxt.ExchangeNotAvailable(`${url} 503 Service Unavailable`), 'link', 'maintenance'],
  [new ccxt.ExchangeNotAvailable(`${url} 502 Bad Gateway`), 'link', 'venue.error'],
  [new ccxt.RequestTimeout(`${url} request timed out (10000 ms)`), 'link', 'timeout'],
  [
    new ccxt.RequestTimeout('Connection to wss://x failed due to a connection timeout'),
    'link',
    'socket.handshake',
  ],
  [new ccxt.NetworkError('Unexpected server response: 451'), 'link', 'geo'],
  [new ccxt.NetworkError('Unexpected server response: 429'), 'link', 'rate-limit'],
  [new ccxt.NetworkError('Unexpected server response: 500'), 'link', 'socket.handshake'],
  [new ccxt.NetworkError(`${url} fetch failed: getaddrinfo ENOTFOUND www.okx.com`), 'link', 'socket.dns'],
  [new ccxt.NetworkError('connect ECONNREFUSED 127.0.0.1:1'), 'link', 'socket.refused'],
  [new ccxt.NetworkError(`${closed} 1006`), 'link', 'socket.reset'],
  [new ccxt.NetworkError(`${closed} 1000`), 'link', 'socket.closed'],
  [new ccxt.NetworkError(`${closed} 1012`), 'link', 'maintenance'],
  [new ccxt.InvalidNonce('okx timestamp'), 'link', 'clock'],
  [new ccxt.BadSymbol('okx does not have market symbol X'), 'stream', 'venue.error'],
  [new ccxt.ExchangeError('okx something'), 'stream', 'venue.error'],
  [new ccxt.BadResponse('okx'), 'stream', 'protocol'],
  [new TypeError('cannot read properties of undefined'), 'stream', 'protocol'],
  [new ccxt.NotSupported('okx'), 'unsupported', 'venue.error'],
  [new ccxt.ExchangeClosedByUser('okx'), 'closed', 'user'],
  [new ccxt.UnsubscribeError('okx'), 'closed', 'user'],
])('%s reaches the %s as %s', (fault, reach, code) => {
  expect(readFault(ccxt as unknown as CcxtModule, fault)).toMatchObject({ reach, cause: { code } });
});

test('a number that does not follow is a gap of a book, and a wrong clock anywhere else', () => {
  const fault = new ccxt.InvalidNonce('okx watchOrderBook received invalid nonce');
  const reachOf = (kind: 'book' | 'trade') => readFault(ccxt as unknown as CcxtModule, fault, kind).reach;
  expect([reachOf('book'), reachOf('trade')]).toEqual(['gap', 'link']);
});

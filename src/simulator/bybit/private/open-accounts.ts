import type { IncomingMessage } from 'node:http';
import type { AccountDesk } from '../../accounts/account-desk.ts';
import type { ClientSocket } from '../../client-socket.ts';
import type { Coin } from '../../coins.ts';
import type { FacadeSite } from '../../facade.ts';
import type { Market } from '../../market.ts';
import { FiredTriggers } from './fired-triggers.ts';
import { PrivateFeed } from './private-feed.ts';
import { PrivateRest } from './private-rest.ts';
import { PrivateSocket } from './private-socket.ts';

export interface BybitAccounts {
  readonly rest: PrivateRest;
  connect(client: ClientSocket, url: URL, request: IncomingMessage): PrivateSocket;
}

/** The private half of the façade: REST and the private socket over the accounts of a desk. */
export function openAccounts(
  desk: AccountDesk,
  markets: ReadonlyMap<string, Market>,
  { faults, clock, now }: Pick<FacadeSite, 'faults' | 'clock' | 'now'>,
): BybitAccounts {
  // Also those that are delisted later: accounts may still hold them.
  const coins = new Map(
    [...markets].flatMap(([category, { instruments }]) =>
      instruments.coins.map((coin): [string, Coin] => [`${category} ${coin.symbol}`, coin]),
    ),
  );
  const coinOf = (category: string, symbol: string): Coin => {
    const coin = coins.get(`${category} ${symbol}`);
    if (!coin) throw new Error(`The ${category} market has no ${symbol}.`);
    return coin;
  };
  const skewMs = () => faults.skewMs('bybit');
  const fired = new FiredTriggers();
  const sockets = new Set<PrivateSocket>();
  const feed = new PrivateFeed({ desk, markets, fired, sockets, coinOf, skewMs, now });
  desk.on((event) => feed.tell(event));
  return {
    rest: new PrivateRest({ desk, markets, fired, faults, clock, coinOf, now }),
    connect(client, url, request) {
      const socket = new PrivateSocket({
        client,
        desk,
        clock,
        url,
        address: request.socket.remoteAddress ?? '',
        serverTime: () => now() + skewMs(),
        now,
        // Furnished before anything can happen to it.
        loggedIn: (key) => void desk.accountOf(key),
      });
      sockets.add(socket);
      client.ws.on('close', () => sockets.delete(socket));
      return socket;
    },
  };
}

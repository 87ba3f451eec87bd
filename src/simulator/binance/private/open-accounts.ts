import type { AccountDesk } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import type { FacadeSite } from '../../facade.ts';
import type { Market } from '../../market.ts';
import { ListenKeys } from './listen-keys.ts';
import { PrivateRest } from './private-rest.ts';
import { Triggers } from './triggers.ts';
import { UserFeed } from './user-feed.ts';
import { UserStreams } from './user-streams.ts';

export interface BinanceAccounts {
  readonly rest: PrivateRest;
  readonly streams: UserStreams;
}

/** The private half of the façade: REST and user streams over the accounts of a desk. */
export function openAccounts(
  desk: AccountDesk,
  market: Market,
  { faults, clock, now }: Pick<FacadeSite, 'faults' | 'clock' | 'now'>,
): BinanceAccounts {
  // Also those that are delisted later: accounts may still hold them.
  const coins = new Map(market.instruments.coins.map((coin) => [coin.symbol, coin]));
  const coinOf = (symbol: string): Coin => {
    const coin = coins.get(symbol);
    if (!coin) throw new Error(`The market has no ${symbol}.`);
    return coin;
  };
  const skewMs = () => faults.skewMs('binance');
  const listenKeys = new ListenKeys(market.seed, now);
  const streams = new UserStreams({ desk, listenKeys, serverTime: () => now() + skewMs() });
  const triggers = new Triggers();
  const feed = new UserFeed({
    triggers,
    coinOf,
    skewMs,
    now,
    deliver: (account, event) => streams.deliver(account, event),
  });
  desk.on((event) => {
    feed.tell(event);
    if (event.kind !== 'key') return;
    const { key, change } = event;
    if (change === 'listen-keys-expired') listenKeys.expire(key);
    if (change === 'revoked') listenKeys.close(key);
    if (change === 'disconnected') streams.cut(key);
  });
  return {
    streams,
    rest: new PrivateRest({ desk, market, listenKeys, triggers, feed, faults, clock, now, coinOf }),
  };
}

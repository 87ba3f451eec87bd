import Big from 'big.js';
import type { Account } from '../accounts/account.ts';
import type { DeskEvent, Refused, SimDraft, SimOrder } from '../accounts/account-desk.ts';
import { priceOf, quantityOf } from '../accounts/coin-units.ts';
import { Desk } from '../accounts/desk.ts';
import type { DeskRules } from '../accounts/desk-rules.ts';
import { watchMarkets } from '../accounts/desk-watch.ts';
import { simKeys } from '../accounts/sim-keys.ts';
import type { Coin } from '../coins.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { createMarket, type Market } from '../market.ts';
import { START } from './trace.ts';

export interface AccountStageOptions {
  readonly rules: DeskRules;
  readonly coins: readonly Coin[];
  readonly seed?: number;
  readonly startTime?: number;
  /** What every account is opened with. Default a million of the venue's cash. */
  readonly balances?: Readonly<Record<string, string>>;
}

/** A market with accounts that hold nothing but money, driven by hand. */
export class AccountStage {
  readonly market: Market;
  readonly desk: Desk;
  readonly events: DeskEvent[] = [];
  readonly deposits: Readonly<Record<string, string>>;

  constructor({ rules, coins, seed = 5, startTime = START, balances }: AccountStageOptions) {
    this.market = createMarket({ seed, startTime, coins });
    this.deposits = balances ?? { [rules.cash]: '1000000' };
    const [category = ''] = Object.keys(rules.categories);
    this.desk = new Desk({
      venue: 'stage',
      markets: new Map([[category, this.market]]),
      rules,
      keys: simKeys('stage', rules, startTime),
      now: () => this.market.now,
      furnish: (_, account) => {
        for (const [currency, total] of Object.entries(this.deposits)) account.move(currency, new Big(total));
      },
    });
    watchMarkets(this.desk);
    this.desk.on((event) => this.events.push(event));
  }

  account(name = 'trade'): Account {
    const key = this.desk.keys.find((one) => one.name === name);
    if (!key) throw new Error(`There is no key named ${name}.`);
    return this.desk.accountOf(key);
  }

  instrument(symbol: string): InstrumentMarket {
    const instrument = this.market.instruments.get(symbol);
    if (!instrument) throw new Error(`There is no ${symbol}.`);
    return instrument;
  }

  advance(ms: number): void {
    this.market.advanceTo(this.market.now + ms);
  }

  /** The price that many grains away from the best of the side one would meet; below zero it meets nobody. */
  price(symbol: string, side: 'buy' | 'sell', grains: number): Big {
    const { engine, coin } = this.instrument(symbol);
    const best = (side === 'buy' ? engine.asks : engine.bids).best?.price ?? 1;
    const grain = coin.grainAt?.(best) ?? 1;
    const ticks = best + (side === 'buy' ? grains : -grains) * grain;
    const own = coin.grainAt?.(ticks) ?? 1;
    return priceOf(coin, Math.max(own, Math.round(ticks / own) * own));
  }

  quantity(symbol: string, steps: number): Big {
    return quantityOf(this.instrument(symbol).coin, steps);
  }

  /** A limit order where nothing else is said. */
  place(account: Account, draft: Partial<SimDraft> & Pick<SimDraft, 'symbol' | 'side'>): SimOrder | Refused {
    const [category = ''] = this.desk.options.markets.keys();
    const type = draft.type ?? 'limit';
    return this.desk.place(account, {
      category,
      type,
      timeInForce: type === 'market' ? 'IOC' : 'GTC',
      reduceOnly: false,
      ...draft,
    });
  }

  /** Like `place`. Throws when it was refused. */
  placed(account: Account, draft: Parameters<AccountStage['place']>[1]): SimOrder {
    const order = this.place(account, draft);
    if ('refused' in order) throw new Error(`${order.refused}: ${order.message}`);
    return order;
  }
}

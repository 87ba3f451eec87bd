import Big from 'big.js';
import type { SimAccount } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import type { EventTime } from './order-events.ts';
import { quantityOf } from './order-rows.ts';

const ZERO = new Big(0);

/** Why an account changed, in the venue's words. */
export type Reason = 'ORDER' | 'FUNDING_FEE' | 'DEPOSIT' | 'INSURANCE_CLEAR';

interface ToldPosition {
  readonly quantity: Big;
  readonly entryPrice: Big;
  readonly realised: Big;
}

const FLAT: ToldPosition = { quantity: ZERO, entryPrice: ZERO, realised: ZERO };

/** Tells what has changed of an account since it was last told: the user stream has no snapshot and repeats nothing. */
export class AccountTeller {
  readonly #account: SimAccount;
  readonly #coinOf: (symbol: string) => Coin;
  readonly #wallets = new Map<string, Big>();
  readonly #positions = new Map<string, ToldPosition>();

  constructor(account: SimAccount, coinOf: (symbol: string) => Coin) {
    this.#account = account;
    this.#coinOf = coinOf;
    this.#balanceRows(false);
    this.#positionRows();
  }

  /** `undefined`: nothing has changed. `symbol`: whose funding it is. */
  frame(reason: Reason, { E, T }: EventTime, symbol?: string): Record<string, unknown> | undefined {
    const B = this.#balanceRows(reason === 'DEPOSIT');
    const P = this.#positionRows();
    if (B.length === 0 && P.length === 0) return undefined;
    return {
      e: 'ACCOUNT_UPDATE',
      E,
      T,
      // Funding of a cross position names no position.
      a: { m: reason, B, ...(P.length === 0 ? {} : { P }), ...(symbol === undefined ? {} : { S: symbol }) },
    };
  }

  /** `isMoved`: the change is money that came or went, not profit and fees. */
  #balanceRows(isMoved: boolean): Record<string, unknown>[] {
    const rows: Record<string, unknown>[] = [];
    for (const { currency, total } of this.#account.balances()) {
      const before = this.#wallets.get(currency) ?? ZERO;
      if (before.eq(total)) continue;
      this.#wallets.set(currency, total);
      const wallet = total.toFixed(8);
      rows.push({ a: currency, wb: wallet, cw: wallet, bc: isMoved ? total.minus(before).toFixed(8) : '0' });
    }
    return rows;
  }

  #positionRows(): Record<string, unknown>[] {
    const rows: Record<string, unknown>[] = [];
    const held = new Map(this.#account.positions().map((position) => [position.symbol, position]));
    for (const symbol of new Set([...this.#positions.keys(), ...held.keys()])) {
      const before = this.#positions.get(symbol) ?? FLAT;
      const position = held.get(symbol);
      const now: ToldPosition = position
        ? { quantity: position.quantity, entryPrice: position.entryPrice, realised: position.realisedPnl }
        : { ...FLAT, realised: before.realised };
      if (before.quantity.eq(now.quantity) && before.entryPrice.eq(now.entryPrice)) continue;
      this.#positions.set(symbol, now);
      const coin = this.#coinOf(symbol);
      const entry = position ? now.entryPrice.toFixed(coin.priceDecimals + 3) : '0.0';
      rows.push({
        s: symbol,
        pa: position ? quantityOf(coin, now.quantity) : '0',
        ep: entry,
        bep: entry,
        cr: now.realised.toFixed(8),
        up: (position?.unrealisedPnl ?? ZERO).toFixed(8),
        mt: position?.marginMode ?? 'cross',
        iw: position?.marginMode === 'isolated' ? position.margin.toFixed(8) : '0',
        ps: 'BOTH',
      });
    }
    return rows;
  }
}

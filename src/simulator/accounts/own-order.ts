import Big from 'big.js';
import type { Order, OrderOwner, Side } from '../book-side.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Fill } from '../print.ts';
import type { SimDraft, SimOrder, SimStatus } from './account-desk.ts';
import type { CategoryRules } from './desk-rules.ts';
import type { Ledger, LedgerOrder } from './ledger.ts';

const ZERO = new Big(0);

export interface OwnOrderOptions {
  readonly account: Ledger;
  readonly number: number;
  readonly draft: SimDraft;
  readonly instrument: InstrumentMarket;
  readonly rules: CategoryRules;
  readonly isLiquidation: boolean;
  readonly time: number;
  filled(order: OwnOrder, fill: Fill, isMaker: boolean): void;
}

/** An account's order as long as it may change. */
export class OwnOrder implements OrderOwner, LedgerOrder {
  readonly account: Ledger;
  readonly number: number;
  readonly instrument: InstrumentMarket;
  readonly rules: CategoryRules;
  resting: Order | undefined;
  /** Print up to which the price has been compared with its trigger. */
  seenPrint: number;
  readonly #filled: OwnOrderOptions['filled'];
  #view: SimOrder;

  constructor(options: OwnOrderOptions) {
    const { account, number, draft, instrument, rules, time } = options;
    this.account = account;
    this.number = number;
    this.instrument = instrument;
    this.rules = rules;
    this.#filled = options.filled;
    this.seenPrint = instrument.tape.last.id;
    const { base, quote } = instrument.coin;
    this.#view = {
      ...draft,
      number,
      status: draft.trigger ? 'untriggered' : 'new',
      isLiquidation: options.isLiquidation,
      filled: ZERO,
      filledNotional: ZERO,
      fee: ZERO,
      feeCurrency: rules.kind === 'spot' && rules.feeIn === 'received' && draft.side === 'buy' ? base : quote,
      createdAt: time,
      updatedAt: time,
    };
  }

  /** As it stands; never changes afterwards. */
  get view(): SimOrder {
    return this.#view;
  }

  get bookSide(): Side {
    return this.#view.side === 'buy' ? 'bid' : 'ask';
  }

  get isOpen(): boolean {
    const { status } = this.#view;
    return status === 'untriggered' || status === 'new' || status === 'partially-filled';
  }

  /** What may still be filled; of an order that names a total in quote: nothing is known. */
  get remaining(): Big {
    const { quantity, filled } = this.#view;
    return quantity?.minus(filled) ?? ZERO;
  }

  filled(fill: Fill, isMaker: boolean): void {
    this.#filled(this, fill, isMaker);
  }

  /** Adds one execution. */
  add(price: Big, quantity: Big, fee: Big, time: number): void {
    const view = this.#view;
    const filled = view.filled.plus(quantity);
    const isWhole = view.quantity !== undefined && filled.gte(view.quantity);
    this.#view = {
      ...view,
      filled,
      filledNotional: view.filledNotional.plus(price.times(quantity)),
      fee: view.fee.plus(fee),
      status: isWhole ? 'filled' : 'partially-filled',
      updatedAt: time,
    };
  }

  change(
    change: { readonly price?: Big; readonly quantity?: Big; readonly triggerPrice?: Big },
    time: number,
  ): void {
    const { triggerPrice, ...rest } = change;
    const { trigger } = this.#view;
    this.#view = {
      ...this.#view,
      ...rest,
      ...(trigger && triggerPrice ? { trigger: { ...trigger, price: triggerPrice } } : {}),
      updatedAt: time,
    };
  }

  /** Its trigger was reached: from now on it is an order like any other. */
  fire(time: number): void {
    this.#view = { ...this.#view, status: 'new', triggeredAt: time, updatedAt: time };
  }

  become(status: SimStatus, time: number, ended?: SimOrder['ended']): void {
    this.#view = { ...this.#view, status, ...(ended ? { ended } : {}), updatedAt: time };
  }
}

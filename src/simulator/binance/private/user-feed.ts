import { assertNever } from '#shared/base/assert-never.ts';
import type { DeskEvent, SimAccount, SimFill, SimOrder } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import { AccountTeller, type Reason } from './account-events.ts';
import {
  type AlgoStatus,
  algoFrame,
  type EventTime,
  type Execution,
  fillFrame,
  orderFrame,
} from './order-events.ts';
import { isOpen, isUnrecorded, type Triggers } from './triggers.ts';

/** One event of an account's user stream. */
export interface UserEvent {
  /** `ORDER_TRADE_UPDATE`… */
  readonly type: string;
  /** The symbol it is about; empty where it is about the whole account. */
  readonly symbol: string;
  readonly body: Record<string, unknown>;
}

export interface UserFeedOptions {
  readonly triggers: Triggers;
  coinOf(symbol: string): Coin;
  skewMs(): number;
  /** Market time, ms. */
  now(): number;
  deliver(account: string, event: UserEvent): void;
}

/** Words what happens to accounts as the venue's user stream does. */
export class UserFeed {
  readonly #options: UserFeedOptions;
  readonly #tellers = new Map<string, AccountTeller>();
  /** What happens while an order is being taken: told once it is known whether it is one. */
  #held: DeskEvent[] | undefined;

  constructor(options: UserFeedOptions) {
    this.#options = options;
  }

  /** From here on what changes of the account is told. */
  open(account: SimAccount): void {
    if (this.#tellers.has(account.id)) return;
    this.#tellers.set(account.id, new AccountTeller(account, this.#options.coinOf));
    for (const order of account.openOrders()) this.#options.triggers.see(order);
  }

  /** Lets an order be taken, or not: the venue says nothing of one it does not record. */
  taking(place: () => SimOrder | undefined): void {
    this.#held = [];
    let placed: SimOrder | undefined;
    try {
      placed = place();
    } finally {
      const held = this.#held;
      this.#held = undefined;
      const unsaid = placed && isUnrecorded(placed) ? placed.number : undefined;
      for (const event of held) {
        if (!(event.kind === 'order' && event.order.number === unsaid)) this.tell(event);
      }
    }
  }

  tell(event: DeskEvent): void {
    if (this.#held) {
      this.#held.push(event);
      return;
    }
    switch (event.kind) {
      case 'order':
        this.#order(event.account, event.order, event.amended, this.#at(event.time));
        return;
      case 'fill':
        this.#fill(event.account, event.fill, this.#at(event.time));
        return;
      case 'balances':
        // Funding is told with its symbol, by the event that follows.
        if (event.why !== 'funding') this.#account(event.account, REASONS[event.why], this.#at(event.time));
        return;
      case 'funding':
        this.#account(event.account, 'FUNDING_FEE', this.#at(event.time), event.at.symbol);
        return;
      case 'position':
        this.#account(event.account, 'ORDER', this.#at(event.time));
        return;
      case 'leverage': {
        const { symbol } = event.at;
        const at = this.#at(event.time);
        const body = { e: 'ACCOUNT_CONFIG_UPDATE', ...at, ac: { s: symbol, l: event.leverage } };
        this.#deliver(event.account, symbol, body);
        return;
      }
      case 'key':
        return;
      default:
        assertNever(event);
    }
  }

  #at(time: number): EventTime {
    const skew = this.#options.skewMs();
    return { E: Math.max(this.#options.now(), time) + skew, T: time + skew };
  }

  #order(account: SimAccount, order: SimOrder, isAmended: boolean, at: EventTime): void {
    const { triggers } = this.#options;
    if (triggers.see(order)) {
      this.#algo(account, order, 'TRIGGERING', at);
      this.#algo(account, order, 'TRIGGERED', at);
    }
    if (!triggers.isRegular(order)) {
      const status = ALGO_STATUS[order.status];
      if (status) this.#algo(account, order, status, at);
      return;
    }
    const execution = isAmended ? 'AMENDMENT' : EXECUTIONS[order.status];
    // What a fill changed is told with the fill.
    if (execution === undefined) return;
    // The venue's own order of a liquidation is announced as calculated; its fills are fills like any other.
    const isCalculated = order.isLiquidation && execution === 'NEW';
    this.#regular(account, order, isCalculated ? 'CALCULATED' : execution, at);
    if (!isOpen(order)) this.#finish(account, order, at);
  }

  #fill(account: SimAccount, fill: SimFill, at: EventTime): void {
    const { order } = fill;
    const coin = this.#options.coinOf(fill.symbol);
    this.#deliver(account, fill.symbol, fillFrame(fill, coin, at));
    this.#account(account, 'ORDER', at);
    this.#regular(account, order, 'TRADE', at, fill);
    if (!isOpen(order)) this.#finish(account, order, at);
  }

  #finish(account: SimAccount, order: SimOrder, at: EventTime): void {
    if (order.trigger) this.#algo(account, order, 'FINISHED', at);
  }

  #regular(account: SimAccount, order: SimOrder, execution: Execution, at: EventTime, fill?: SimFill): void {
    const coin = this.#options.coinOf(order.symbol);
    this.#deliver(account, order.symbol, orderFrame(order, execution, coin, at, fill));
  }

  #algo(account: SimAccount, order: SimOrder, status: AlgoStatus, at: EventTime): void {
    const coin = this.#options.coinOf(order.symbol);
    this.#deliver(account, order.symbol, algoFrame(order, status, coin, at));
  }

  #account(account: SimAccount, reason: Reason, at: EventTime, symbol?: string): void {
    const body = this.#tellers.get(account.id)?.frame(reason, at, symbol);
    if (body) this.#deliver(account, symbol ?? '', body);
  }

  #deliver(account: SimAccount, symbol: string, body: Record<string, unknown>): void {
    this.#options.deliver(account.id, { type: String(body['e']), symbol, body });
  }
}

const REASONS: Readonly<Record<'order' | 'deposit' | 'liquidation', Reason>> = {
  order: 'ORDER',
  deposit: 'DEPOSIT',
  liquidation: 'INSURANCE_CLEAR',
};

/** What an order event without a fill says; fills speak for themselves. */
const EXECUTIONS: Readonly<Record<SimOrder['status'], Execution | undefined>> = {
  untriggered: undefined,
  new: 'NEW',
  'partially-filled': undefined,
  filled: undefined,
  canceled: 'CANCELED',
  expired: 'EXPIRED',
  rejected: 'EXPIRED',
};

const ALGO_STATUS: Readonly<Record<SimOrder['status'], AlgoStatus | undefined>> = {
  untriggered: 'NEW',
  new: undefined,
  'partially-filled': undefined,
  filled: undefined,
  canceled: 'CANCELED',
  expired: 'EXPIRED',
  rejected: 'REJECTED',
};

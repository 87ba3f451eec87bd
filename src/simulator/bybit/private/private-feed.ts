import { assertNever } from '#shared/base/assert-never.ts';
import type {
  AccountDesk,
  DeskEvent,
  Listing,
  SimAccount,
  SimFill,
  SimOrder,
} from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import type { Market } from '../../market.ts';
import type { FiredTriggers } from './fired-triggers.ts';
import { rateOf, seqOf } from './listings.ts';
import { executionIdOf, orderIdOf, sideWord, uuidOf } from './order-words.ts';
import type { PrivateSocket } from './private-socket.ts';
import { executionRow, fundingRow, orderRow, positionRow } from './rows.ts';
import { walletRow } from './wallet.ts';

export interface PrivateFeedOptions {
  readonly desk: AccountDesk;
  readonly markets: ReadonlyMap<string, Market>;
  readonly fired: FiredTriggers;
  /** Those that are open. */
  readonly sockets: ReadonlySet<PrivateSocket>;
  coinOf(category: string, symbol: string): Coin;
  skewMs(): number;
  /** Market time, ms. */
  now(): number;
}

const MESSAGE_SALT = 0x35;
/** Every so many orders. */
const TOLD_TWICE = 4;

/** Words what happens to accounts as the venue's private topics do. */
export class PrivateFeed {
  readonly #options: PrivateFeedOptions;
  #messages = 0;
  #seq = 0;

  constructor(options: PrivateFeedOptions) {
    this.#options = options;
  }

  tell(event: DeskEvent): void {
    switch (event.kind) {
      case 'order':
        this.#order(event.account, event.order);
        // A position message comes with every order action, whether or not anything of it has changed.
        this.#position(event.account, event.order);
        return;
      case 'fill':
        this.#execution(event.account, event.fill);
        this.#order(event.account, event.fill.order);
        return;
      case 'balances':
        this.#wallet(event.account, event.currencies);
        return;
      case 'position':
        this.#position(event.account, event.at);
        return;
      case 'leverage':
        this.#position(event.account, event.at);
        return;
      case 'funding': {
        const { at } = event;
        const isIt = (one: Listing) => one.category === at.category && one.symbol === at.symbol;
        const funding = event.account.fundings().findLast(isIt);
        if (!funding) return;
        const coin = this.#options.coinOf(funding.category, funding.symbol);
        this.#send(event.account, 'execution', funding, fundingRow(funding, coin, this.#options.skewMs()));
        return;
      }
      case 'key':
        if (event.change !== 'disconnected') return;
        for (const { key, client } of this.#options.sockets) {
          if (key?.apiKey === event.key.apiKey) client.reset();
        }
        return;
      default:
        assertNever(event);
    }
  }

  #order(account: SimAccount, order: SimOrder): void {
    const { coinOf, skewMs, fired } = this.#options;
    const coin = coinOf(order.category, order.symbol);
    const row = orderRow(order, coin, skewMs(), fired.has(order));
    if (fired.see(order)) this.#send(account, 'order', order, { ...row, orderStatus: 'Triggered' });
    this.#send(account, 'order', order, orderRow(order, coin, skewMs(), fired.has(order)));
    // Now and then the last word of an order comes twice.
    if (order.status === 'filled' && order.number % TOLD_TWICE === 0) {
      this.#send(account, 'order', order, orderRow(order, coin, skewMs(), fired.has(order)));
    }
  }

  #execution(account: SimAccount, fill: SimFill): void {
    const { coinOf, skewMs, desk } = this.#options;
    const coin = coinOf(fill.category, fill.symbol);
    const row = executionRow(fill, coin, skewMs(), rateOf(desk, fill.category, fill.isMaker));
    this.#send(account, 'execution.fast', fill, {
      category: fill.category,
      symbol: fill.symbol,
      execId: executionIdOf(fill.number),
      execPrice: row['execPrice'],
      execQty: row['execQty'],
      orderId: orderIdOf(fill.order),
      isMaker: fill.isMaker,
      orderLinkId: fill.order.clientOrderId ?? '',
      side: sideWord(fill.side),
      execTime: String(fill.time + skewMs()),
      seq: fill.tradeId,
    });
    this.#send(account, 'execution', fill, row);
  }

  #position(account: SimAccount, at: Listing): void {
    if (at.category !== 'linear') return;
    const { coinOf, now, skewMs } = this.#options;
    const row = positionRow(account, coinOf(at.category, at.symbol), {
      time: now() + skewMs(),
      seq: seqOf(this.#seq++),
      entryName: 'entryPrice',
    });
    this.#send(account, 'position', at, row);
  }

  #wallet(account: SimAccount, currencies: readonly string[]): void {
    const row = walletRow(account, this.#options.markets.get('spot'), currencies);
    this.#send(account, 'wallet', undefined, row);
  }

  #send(account: SimAccount, topic: string, at: Listing | undefined, row: Record<string, unknown>): void {
    const { sockets, desk, now, skewMs } = this.#options;
    const creationTime = now() + skewMs();
    const id = uuidOf(MESSAGE_SALT, this.#messages++);
    for (const socket of sockets) {
      const { key } = socket;
      if (key?.account !== account.id || !desk.keyOf(key.apiKey)) continue;
      socket.deliver(topic, at?.category, at?.symbol ?? '', (named) => ({
        id,
        topic: named,
        creationTime,
        data: [row],
      }));
    }
  }
}

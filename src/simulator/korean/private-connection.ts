import type { Clock } from '#shared/base/clock.ts';
import type { AccountDesk, DeskEvent, SimBalance, SimFill, SimOrder } from '../accounts/account-desk.ts';
import type { ClientSocket } from '../client-socket.ts';
import type { VenueConnection } from '../venue-server.ts';
import type { Format } from './dialect.ts';
import type { Visitor } from './gate.ts';
import type { OrderFacts } from './order-facts.ts';
import { type OrderNews, type PrivateDialect, type PrivateWanted, stateOf } from './private-dialect.ts';
import { SocketHabits } from './socket-habits.ts';
import { streamOf } from './stream-form.ts';

/** How long after something happened the venue sends it, by its own clock, ms. */
const DELAY_MS = 2;
const NOTHING: PrivateWanted = { orders: undefined, assets: false };

export interface PrivateConnectionOptions {
  readonly client: ClientSocket;
  readonly visitor: Visitor;
  readonly desk: AccountDesk;
  readonly dialect: PrivateDialect;
  readonly clock: Clock;
  /** Shift of the venue's clock, ms. */
  skewMs(): number;
  factsOf(account: Visitor['account'], order: SimOrder): OrderFacts;
  /** Is the key still good? */
  isGood(): boolean;
}

/** One client's private socket: its account's orders, fills and assets as they change, and nothing of before. */
export class PrivateConnection implements VenueConnection {
  readonly client: ClientSocket;
  readonly #options: PrivateConnectionOptions;
  readonly #habits: SocketHabits;
  #wanted = NOTHING;
  #format: Format = 'DEFAULT';
  #assetNumber = 0;
  /** Assets as they were when they were last told of, or asked for. */
  readonly #known = new Map<string, string>();

  constructor(options: PrivateConnectionOptions) {
    const { client, clock, dialect, desk } = options;
    this.client = client;
    this.#options = options;
    this.#habits = new SocketHabits({ ...dialect, client, clock, take: (text) => this.#take(text) });
    const undo = desk.on((event) => this.#tell(event));
    client.ws.on('close', undo);
  }

  get streams(): Iterable<string> {
    const { orders, assets } = this.#wanted;
    const named = orders && [...orders].map((code) => streamOf('myOrder', code));
    return [...(named?.length === 0 ? ['myOrder'] : (named ?? [])), ...(assets ? ['myAsset'] : [])];
  }

  describe(): Readonly<Record<string, unknown>> {
    return { format: this.#format, key: this.#options.visitor.key.name };
  }

  check(): void {
    const { dialect, isGood } = this.#options;
    this.#habits.check();
    if (!isGood()) this.#habits.refuse(dialect.keyEnded);
  }

  #take(text: string): void {
    const request = this.#options.dialect.read(text);
    switch (request.kind) {
      case 'refused':
        this.#habits.refuse(request.errorText);
        return;
      case 'list':
        this.#format = request.format ?? this.#format;
        this.client.answer(this.#listText(request.ticket));
        return;
      case 'subscribe':
        this.#wanted = request.wanted;
        this.#format = request.format;
        for (const balance of this.#options.visitor.account.balances()) {
          this.#known.set(balance.currency, textOf(balance));
        }
    }
  }

  #tell(event: DeskEvent): void {
    const { visitor } = this.#options;
    switch (event.kind) {
      case 'order':
        if (event.account.id === visitor.account.id) this.#tellOrder(event.order, event.time);
        return;
      case 'fill':
        if (event.account.id === visitor.account.id) this.#tellFill(event.fill, event.time);
        return;
      case 'balances':
        if (event.account.id === visitor.account.id) this.#tellAssets(event.currencies, event.time);
        return;
      case 'key':
        if (event.key.apiKey !== visitor.key.apiKey) return;
        if (event.change === 'disconnected') this.client.terminate();
        else if (event.change === 'revoked') this.#habits.refuse(this.#options.dialect.keyEnded);
        return;
      default:
        // Nobody holds positions here.
        return;
    }
  }

  #tellOrder(order: SimOrder, time: number): void {
    // What a fill left open has been told with the fill.
    if (order.status === 'partially-filled') return;
    this.#tellState(this.#factsOf(order), time);
    // An order locks what it may cost; its end gives that back.
    const [quote = '', base = ''] = order.symbol.split('-');
    this.#tellAssets([order.side === 'buy' ? quote : base], time);
  }

  #tellFill(fill: SimFill, time: number): void {
    const facts = this.#factsOf(fill.order);
    const tradedAt = fill.time + this.#options.skewMs();
    this.#sendOrder({ facts, state: 'trade', fill, tradedAt }, time);
    if (!facts.isOpen) this.#tellState(facts, time);
  }

  #tellState(facts: OrderFacts, time: number): void {
    const state = stateOf(facts, this.#options.dialect);
    this.#sendOrder({ facts, state, fill: undefined, tradedAt: undefined }, time);
  }

  #factsOf(order: SimOrder): OrderFacts {
    const { factsOf, visitor } = this.#options;
    return factsOf(visitor.account, order);
  }

  #sendOrder(news: Omit<OrderNews, 'orderedAt' | 'at'>, time: number): void {
    const { orders } = this.#wanted;
    const { code, order } = news.facts;
    if (!orders || (orders.size > 0 && !orders.has(code))) return;
    const { dialect, skewMs } = this.#options;
    const [orderedAt, at] = [order.createdAt + skewMs(), time + skewMs() + DELAY_MS];
    const text = dialect.order({ ...news, orderedAt, at }, this.#format);
    this.client.deliver(streamOf('myOrder', code), Buffer.from(text));
  }

  /** Tells of those that are not as they were last told. */
  #tellAssets(currencies: readonly string[], time: number): void {
    if (!this.#wanted.assets) return;
    const { dialect, visitor, skewMs } = this.#options;
    const balances = currencies
      .map((currency) => visitor.account.balanceOf(currency))
      .filter((balance) => this.#known.get(balance.currency) !== textOf(balance));
    if (balances.length === 0) return;
    for (const balance of balances) this.#known.set(balance.currency, textOf(balance));
    const changedAt = time + skewMs();
    const number = ++this.#assetNumber;
    const text = dialect.assets({ number, balances, changedAt, at: changedAt + DELAY_MS }, this.#format);
    this.client.deliver('myAsset', Buffer.from(text));
  }

  #listText(ticket: unknown): string {
    const { orders, assets } = this.#wanted;
    const result = [
      ...(orders ? [{ type: 'myOrder', codes: [...orders], level: null }] : []),
      ...(assets ? [{ type: 'myAsset', codes: null, level: null }] : []),
    ];
    return JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', result, ticket });
  }
}

function textOf({ total, used }: SimBalance): string {
  return `${total.toFixed()} ${used.toFixed()}`;
}

import type { Clock } from '#shared/base/clock.ts';
import type { SimAccount, SimDraft, SimOrder } from '../accounts/account-desk.ts';
import { cancelLater } from '../korean/later-cancel.ts';
import { named } from '../korean/order-lists.ts';
import type { PrivateCall, PrivateRefusal } from '../korean/private-call.ts';
import { faultOf, readDraft } from '../korean/read-draft.ts';
import { ORDER_IDS } from './ids.ts';
import { canceledRow, takenRow } from './order-rows.ts';
import { DRAFT_WORDS, invalid, notFound, notReady } from './private-words.ts';

/** For so long an order that was just taken cannot be asked for or canceled. */
const READY_AFTER_MS = 60;
const MAX_CANCELED = 20;

/** What of Bithumb changes something, and what it knows of orders that are too young. */
export class BithumbOrders {
  readonly #clock: Clock;
  /** Monotonic times at which orders become ready, by number. */
  readonly #readyAt = new Map<number, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A client's id that was used before gets the order it was used for, as it was answered then. */
  place(call: PrivateCall): unknown {
    const clientOrderId = call.params.text('client_order_id');
    if (clientOrderId !== undefined && !/^[\w-]{1,36}$/.test(clientOrderId)) throw invalid('client_order_id');
    const known = clientOrderId === undefined ? undefined : call.account.orderByClientId(clientOrderId);
    if (known) return takenRow(call.factsOf(known), call.skewMs);
    const ordered = readDraft(call, DRAFT_WORDS);
    const draft: SimDraft = clientOrderId === undefined ? ordered : { ...ordered, clientOrderId };
    const placed = call.desk.place(call.account, draft);
    if ('refused' in placed) {
      throw DRAFT_WORDS.refusal(faultOf(placed), draft.side === 'buy' ? 'bid' : 'ask', placed.message);
    }
    this.#readyAt.set(placed.number, this.#clock.monotonic() + READY_AFTER_MS);
    return takenRow(call.factsOf(placed), call.skewMs);
  }

  cancel(call: PrivateCall): unknown {
    const order = this.named(call, call.params.text('order_id'));
    const refusal = this.#cancel(call, order);
    if (refusal) throw refusal;
    return canceledRow(order, call.skewMs);
  }

  /** Each by itself: some may be canceled and others not. */
  cancelMany(call: PrivateCall): unknown {
    const { account, params } = call;
    const ids = named(call, 'order_ids', 'order_ids');
    const clientIds = ids.length > 0 ? [] : params.list('client_order_ids');
    const count = ids.length || clientIds.length;
    if (count === 0 || count > MAX_CANCELED) throw invalid('order_ids, client_order_ids');
    const wanted = [
      ...ids.map((id) => [{ order_id: id }, byId(account, id)] as const),
      ...clientIds.map((id) => [{ client_order_id: id }, account.orderByClientId(id)] as const),
    ];
    const success: unknown[] = [];
    const fail: unknown[] = [];
    for (const [id, order] of wanted) {
      const refusal = order ? this.#cancel(call, order) : notFound();
      if (refusal) fail.push({ ...id, error: { name: refusal.word, message: refusal.message } });
      else if (order) success.push(canceledRow(order, call.skewMs));
    }
    return { success, fail };
  }

  /** By either id, the venue's own first. Throws where there is none, none such, or one too young. */
  named(call: PrivateCall, id: string | undefined): SimOrder {
    const clientOrderId = call.params.text('client_order_id');
    if (id === undefined && clientOrderId === undefined) throw invalid('id');
    const { account } = call;
    const found = id === undefined ? account.orderByClientId(clientOrderId as string) : byId(account, id);
    if (!found) throw notFound();
    if (!this.isReady(found)) throw notReady();
    return found;
  }

  /** Lists leave out what is not ready: what REST reads lags behind the stream. */
  isReady({ number }: SimOrder): boolean {
    const at = this.#readyAt.get(number);
    if (at === undefined) return true;
    if (this.#clock.monotonic() < at) return false;
    this.#readyAt.delete(number);
    return true;
  }

  #cancel(call: PrivateCall, order: SimOrder): PrivateRefusal | undefined {
    if (!this.isReady(order)) return notReady();
    if (!call.factsOf(order).isOpen) return notFound();
    cancelLater(this.#clock, call.desk, call.account, order);
    return undefined;
  }
}

export function byId(account: SimAccount, id: string): SimOrder | undefined {
  const number = ORDER_IDS.number(id);
  return number === undefined ? undefined : account.orderByNumber(number);
}

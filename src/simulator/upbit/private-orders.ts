import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import type { Refused, SimDraft, SimOrder } from '../accounts/account-desk.ts';
import { BurnedIds } from '../korean/burned-ids.ts';
import { cancelLater } from '../korean/later-cancel.ts';
import { type PrivateCall, PrivateParams } from '../korean/private-call.ts';
import { faultOf, type Ordered, readDraft } from '../korean/read-draft.ts';
import { ORDER_IDS } from './ids.ts';
import { orderRow } from './order-rows.ts';
import { DRAFT_WORDS, identifierUsed, invalid, notFound } from './private-words.ts';

/** Longest identifier taken: the venue publishes no bound. */
const MAX_IDENTIFIER = 64;

/** What of Upbit changes something. */
export class UpbitOrders {
  readonly #clock: Clock;
  readonly #burned = new BurnedIds();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  place(call: PrivateCall): unknown {
    const identifier = this.#takeIdentifier(call, 'identifier');
    const draft = readDraft(call, DRAFT_WORDS);
    checkSelfTrade(call.params.text('smp_type'), draft);
    return this.#row(call, this.#send(call, draft, identifier));
  }

  /** Says whether an order would be taken, and does nothing: the id in the answer is nobody's. */
  test(call: PrivateCall): unknown {
    const identifier = identifierIn(call, 'identifier');
    if (identifier !== undefined && this.#burned.has(call.account, identifier)) throw identifierUsed();
    const draft = readDraft(call, DRAFT_WORDS);
    checkSelfTrade(call.params.text('smp_type'), draft);
    const order = imagined(call, draft, identifier);
    const facts = call.factsOf(order);
    const side = facts.side;
    const { base } = call.instrumentOf(draft.symbol).coin;
    const { total, used } = call.account.balanceOf(side === 'bid' ? 'KRW' : base);
    if (facts.locked.gt(total.minus(used))) throw DRAFT_WORDS.refusal('insufficient', side, 'test');
    return this.#row(call, order);
  }

  /** Answers with the order as it still stands: the cancel follows. */
  cancel(call: PrivateCall): unknown {
    const order = orderNamed(call, call.params.text('uuid'), call.params.text('identifier'));
    if (!call.factsOf(order).isOpen) throw notFound();
    const row = this.#row(call, order);
    cancelLater(this.#clock, call.desk, call.account, order);
    return row;
  }

  /** `orders` one after the other, told apart by whether they could be. */
  cancelMany(call: PrivateCall, orders: readonly SimOrder[]): unknown {
    const brief = (order: SimOrder) => ({
      uuid: ORDER_IDS.text(order.number),
      market: order.symbol,
      ...(order.clientOrderId === undefined ? {} : { identifier: order.clientOrderId }),
    });
    const open = orders.filter((order) => call.factsOf(order).isOpen);
    const ended = orders.filter((order) => !call.factsOf(order).isOpen);
    for (const order of open) cancelLater(this.#clock, call.desk, call.account, order);
    return {
      success: { count: open.length, orders: open.map(brief) },
      failed: { count: ended.length, orders: ended.map(brief) },
    };
  }

  /** Takes one order out and puts another in its place: same market, same side. Answers with the old one. */
  cancelAndNew(call: PrivateCall): unknown {
    const { params, desk, account } = call;
    const identifier = this.#takeIdentifier(call, 'new_identifier');
    const old = orderNamed(call, params.text('prev_order_uuid'), params.text('prev_order_identifier'));
    const facts = call.factsOf(old);
    if (!facts.isOpen) throw notFound();
    const isRest = params.text('new_volume') === 'remain_only';
    const volume = isRest ? facts.remaining?.toFixed() : params.text('new_volume');
    const draft = readDraft(
      {
        ...call,
        params: new PrivateParams(new URLSearchParams(), {
          market: facts.code,
          side: facts.side,
          ord_type: params.text('new_ord_type'),
          price: params.text('new_price'),
          volume,
          time_in_force: params.text('new_time_in_force'),
        }),
      },
      DRAFT_WORDS,
    );
    checkSelfTrade(params.text('new_smp_type'), draft);
    const row = this.#row(call, old);
    desk.cancel(account, old);
    const fresh = this.#send(call, draft, identifier);
    return {
      ...row,
      new_order_uuid: ORDER_IDS.text(fresh.number),
      ...(identifier === undefined ? {} : { new_order_identifier: identifier }),
    };
  }

  /** An identifier is used up by being sent, whatever becomes of the request. */
  #takeIdentifier(call: PrivateCall, name: string): string | undefined {
    const identifier = identifierIn(call, name);
    if (identifier === undefined) return undefined;
    if (this.#burned.has(call.account, identifier)) throw identifierUsed();
    this.#burned.add(call.account, identifier);
    return identifier;
  }

  #send(call: PrivateCall, draft: Ordered, identifier: string | undefined): SimOrder {
    const whole: SimDraft = identifier === undefined ? draft : { ...draft, clientOrderId: identifier };
    const placed = call.desk.place(call.account, whole);
    if (!isRefused(placed)) return placed;
    throw DRAFT_WORDS.refusal(faultOf(placed), draft.side === 'buy' ? 'bid' : 'ask', placed.message);
  }

  #row(call: PrivateCall, order: SimOrder): Record<string, unknown> {
    return orderRow(call.factsOf(order), call.skewMs);
  }
}

/** By either id, the venue's own first. Throws where there is none, or none such. */
export function orderNamed(call: PrivateCall, uuid: string | undefined, identifier?: string): SimOrder {
  if (uuid === undefined && identifier === undefined) throw invalid('uuid, identifier');
  const number = uuid === undefined ? undefined : ORDER_IDS.number(uuid);
  const byUuid = number === undefined ? undefined : call.account.orderByNumber(number);
  const found = uuid === undefined ? call.account.orderByClientId(identifier as string) : byUuid;
  if (!found) throw notFound();
  return found;
}

function identifierIn(call: PrivateCall, name: string): string | undefined {
  const identifier = call.params.text(name);
  if (identifier !== undefined && identifier.length > MAX_IDENTIFIER) throw invalid(name);
  return identifier;
}

/** Orders that must not take cannot meet one of their own either: the venue wants no word about it. */
function checkSelfTrade(type: string | undefined, { timeInForce }: Ordered): void {
  if (type === undefined) return;
  if (!['reduce', 'cancel_maker', 'cancel_taker'].includes(type) || timeInForce === 'GTX')
    throw invalid('smp_type');
}

function isRefused(answer: SimOrder | Refused): answer is Refused {
  return 'refused' in answer;
}

/** An order as it would be if it were one. */
function imagined(call: PrivateCall, draft: Ordered, identifier: string | undefined): SimOrder {
  const zero = new Big(0);
  return {
    ...draft,
    ...(identifier === undefined ? {} : { clientOrderId: identifier }),
    number: call.now,
    status: 'new',
    isLiquidation: false,
    filled: zero,
    filledNotional: zero,
    fee: zero,
    feeCurrency: 'KRW',
    createdAt: call.now,
    updatedAt: call.now,
  };
}

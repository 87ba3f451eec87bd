import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HeartlineError } from '#shared/base/errors.ts';
import { orderKey } from '#shared/contract/account-views.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { ChangeAnswer } from '#shared/contract/order-views.ts';
import type { Order } from '#shared/domain/order.ts';
import type { OrderChange, OrderRef } from '#shared/domain/order-draft.ts';
import { asError } from './as-error.ts';
import { createTargetTokens } from './target-tokens.ts';
import { isAnswered, outcomeOfFault } from './ticket-outcome.ts';

/** Where it was asked for, and so where it is answered. */
export type ChangePlace = 'ladder' | 'chart' | 'orders';

/** An amendment that stands there to be confirmed. */
export interface AskedAmend {
  readonly place: ChangePlace;
  readonly order: Order;
  readonly change: OrderChange;
}

/** What came of a cancel or an amendment. */
export type ChangeResult =
  | { readonly kind: 'answered'; readonly answer: ChangeAnswer }
  | { readonly kind: 'not-sent' | 'unheard'; readonly error: HeartlineError }
  /** An earlier click had this permission: it was asked once. */
  | { readonly kind: 'already' };

export interface DoneChange {
  readonly place: ChangePlace;
  readonly what: 'cancel' | 'amend';
  /** As it stood when that was asked. */
  readonly order: Order;
  /** Of an amendment. */
  readonly change?: OrderChange;
  readonly result: ChangeResult;
}

export interface OrderChangesState {
  readonly asked: AskedAmend | undefined;
  /** The last one. */
  readonly done: DoneChange | undefined;
  /** Orders a cancel or an amendment is on its way for, by `orderKey`. */
  readonly busy: ReadonlySet<string>;
}

/** Cancels and amendments of standing orders, ours and foreign ones, from wherever they are asked for. */
export interface OrderChanges {
  readonly store: StoreApi<OrderChangesState>;
  /** Puts an amendment there to be confirmed; the one before is dropped. */
  ask(amend: AskedAmend): void;
  drop(): void;
  /** Sends it, once. `undefined`: one is on its way for this order already. */
  amend(amend: AskedAmend): Promise<ChangeResult | undefined>;
  cancel(place: ChangePlace, order: Order): Promise<ChangeResult | undefined>;
  forget(): void;
}

/** An order of the venue's lists, as a cancel or an amendment names it. */
function refOf({ account, instrument, venueOrderId, clientOrderId, isConditional }: Order): OrderRef {
  return {
    account,
    instrument,
    venueOrderId,
    ...(clientOrderId === undefined ? {} : { clientOrderId }),
    isConditional,
  };
}

export function createOrderChanges(client: ContractClient): OrderChanges {
  const store = createStore<OrderChangesState>()(() => ({
    asked: undefined,
    done: undefined,
    busy: new Set(),
  }));
  const tokens = createTargetTokens(client);

  /** One at a time for an order. */
  const once = async (
    asked: Omit<DoneChange, 'result'>,
    send: () => Promise<ChangeResult>,
  ): Promise<ChangeResult | undefined> => {
    const key = orderKey(asked.order);
    if (store.getState().busy.has(key)) return undefined;
    store.setState(({ busy }) => ({ busy: new Set([...busy, key]) }));
    const result = await send();
    store.setState(({ busy }) => ({
      busy: new Set([...busy].filter((one) => one !== key)),
      done: { ...asked, result },
    }));
    return result;
  };
  const drop = () => store.setState({ asked: undefined });

  return {
    store,
    ask: (asked) => store.setState({ asked, done: undefined }),
    drop,
    amend({ place, order, change }) {
      drop();
      const target = `amend ${orderKey(order)} ${JSON.stringify(change)}`;
      return once({ place, what: 'amend', order, change }, async () => {
        let wasOpen = false;
        try {
          const token = await tokens.take(target);
          wasOpen = client.status === 'open';
          const answer = await client.request('orders.amend', { token, order: refOf(order), ...change });
          tokens.settle(target);
          return { kind: 'answered', answer };
        } catch (fault) {
          const outcome = outcomeOfFault(asError(fault), wasOpen);
          if (isAnswered(outcome)) tokens.settle(target);
          return outcome;
        }
      });
    },
    cancel: (place, order) =>
      once({ place, what: 'cancel', order }, async () => {
        const wasOpen = client.status === 'open';
        try {
          return { kind: 'answered', answer: await client.request('orders.cancel', refOf(order)) };
        } catch (fault) {
          const error = asError(fault);
          return { kind: wasOpen && error.code === 'contract.closed' ? 'unheard' : 'not-sent', error };
        }
      }),
    forget: () => store.setState({ done: undefined }),
  };
}

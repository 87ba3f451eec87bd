import Big from 'big.js';
import type { AccountId } from '#shared/domain/account.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { OwnOrderState } from '#shared/domain/own-order.ts';

interface Spending {
  readonly order: string;
  readonly account: AccountId;
  readonly quote: string;
  readonly notional: Big;
  /** Wall time, ms. */
  readonly at: number;
  /** It is proven that the venue never had it. */
  isOff: boolean;
}

export interface SentOrder {
  readonly request: OrderRequest;
  readonly at: number;
  readonly state: OwnOrderState;
}

/** What has left, for the limits of a day and of ten seconds. An order counts from the line before it leaves until it is proven that it did not. */
export interface Spendings {
  /** Reads now what else the first question would have to. */
  know(since: number): void;
  sent(order: SentOrder): void;
  changed(order: string, state: OwnOrderState): void;
  spent(account: AccountId, quote: string, since: number): string;
  left(account: AccountId, since: number): number;
}

/** Older than what is asked for by so much is forgotten. */
const SPARE_MS = 2 * 86_400_000;

/** `read`: all that left since, from the journal; `undefined` while it cannot be read. Asked when somebody looks further back than is known. */
export function createSpendings(read: (since: number) => readonly SentOrder[] | undefined): Spendings {
  let known = new Map<string, Spending>();
  let from = Number.POSITIVE_INFINITY;

  function keep({ request, at, state }: SentOrder): void {
    if (known.has(request.clientOrderId)) return;
    known.set(request.clientOrderId, {
      order: request.clientOrderId,
      account: request.account,
      quote: instrumentName(request.instrument).split('-')[1] ?? '',
      notional: new Big(request.notional),
      at,
      isOff: state === 'unsent',
    });
  }

  function know(time: number): void {
    if (time < from) {
      const sent = read(time);
      if (sent !== undefined) from = time;
      for (const order of sent ?? []) keep(order);
    } else if (time > from + SPARE_MS) {
      known = new Map([...known].filter(([, { at }]) => at >= time - SPARE_MS / 2));
      from = time - SPARE_MS / 2;
    }
  }

  function since(account: AccountId, time: number): Spending[] {
    know(time);
    return [...known.values()].filter((one) => one.account === account && one.at >= time && !one.isOff);
  }

  return {
    know,
    sent: keep,
    changed(order, state) {
      const spending = known.get(order);
      if (spending) spending.isOff = state === 'unsent';
    },
    spent: (account, quote, time) =>
      since(account, time)
        .filter((one) => one.quote === quote)
        .reduce((sum, { notional }) => sum.plus(notional), new Big(0))
        .toFixed(),
    left: (account, time) => since(account, time).length,
  };
}

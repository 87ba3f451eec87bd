import type { AccountDesk, SimAccount, SimKey, SimOrder } from '../accounts/account-desk.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Market } from '../market.ts';
import type { OrderFacts } from './order-facts.ts';

/** A private request's refusal, in the venue's words. Thrown by its endpoints. */
export class PrivateRefusal extends Error {
  readonly status: number;
  /** The error's `name` on the wire. */
  readonly word: string;

  constructor(status: number, word: string, message: string) {
    super(message);
    this.name = 'PrivateRefusal';
    this.status = status;
    this.word = word;
  }
}

/** One private request by somebody who was let in. */
export interface PrivateCall {
  readonly key: SimKey;
  readonly account: SimAccount;
  readonly desk: AccountDesk;
  readonly market: Market;
  readonly params: PrivateParams;
  /** Market time, ms. */
  readonly now: number;
  /** Shift of the venue's clock, ms. */
  readonly skewMs: number;
  factsOf(order: SimOrder): OrderFacts;
  /** Throws what the venue says to a code it does not list. */
  instrumentOf(code: string): InstrumentMarket;
}

/** What a request asks for, whether it came in the query or as a JSON body. */
export class PrivateParams {
  readonly #values = new Map<string, readonly string[]>();

  constructor(query: URLSearchParams, body: Readonly<Record<string, unknown>>) {
    for (const name of query.keys()) this.#values.set(name, query.getAll(name));
    for (const [name, value] of Object.entries(body)) {
      if (Array.isArray(value)) this.#values.set(`${name}[]`, value.map(String));
      else if (value !== null && value !== undefined) this.#values.set(name, [String(value)]);
    }
  }

  /** `undefined` where it is absent or empty. */
  text(name: string): string | undefined {
    const value = this.#values.get(name)?.[0];
    return value === '' ? undefined : value;
  }

  /** Values of `name[]`. */
  list(name: string): readonly string[] {
    return this.#values.get(`${name}[]`) ?? [];
  }

  /** As they came: for the record. */
  all(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      [...this.#values].map(([name, values]) => [
        name,
        values.length === 1 && !name.endsWith('[]') ? values[0] : values,
      ]),
    );
  }
}

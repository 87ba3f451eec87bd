import type { Clock } from '#shared/base/clock.ts';
import type { AccountDesk, SimAccount, SimOrder } from './accounts/account-desk.ts';
import { laggingView } from './accounts/lagging-view.ts';
import type { OrderRuling } from './accounts/sim-request.ts';
import type { FaultSpec, FaultSubject, Faults } from './faults.ts';
import type { Answer } from './http.ts';
import { isOrderStyle, ORDER_STYLES, type OrderStyle } from './order-styles.ts';
import { type RestFailure, type RestOutcome, respondUnderFaults } from './rest-faults.ts';

export interface OrderFaultsOptions {
  readonly venue: string;
  readonly desk: AccountDesk;
  readonly faults: Faults;
  readonly clock: Clock;
  /** Market time, ms. */
  now(): number;
}

/** A request that places, changes or cancels orders. */
export interface OrderAsk {
  readonly subject: FaultSubject & { readonly path: string; readonly method: string };
  /** Written to as it turns out what comes of it. */
  readonly ruling: OrderRuling;
  /**
   * Carries it out. `arrivedAt`: market time it came at, where it had to wait; `isFenced`: its own time (recvWindow) is
   * held against now all the same.
   */
  act(arrivedAt?: number, isFenced?: boolean): Answer;
  /** Words a failure as the venue does. */
  fail(failure: RestFailure): Answer;
}

const LATE_MS = 2000;
const HIDDEN_MS = 5000;
const LAG_MS = 5000;
const GATEWAY_TIMEOUT = 504;
const TOO_MANY = 429;
/** What a venue says when it does not know itself what became of an order. */
const UNSURE: Readonly<Record<string, Partial<FaultSpec>>> = {
  binance: { status: 503, msg: 'Unknown error, please check your request or try again later.' },
  bybit: { code: 10016 },
};

/** Does a request place, change or cancel orders? */
export function isOrderRequest(method: string, path: string): boolean {
  return method !== 'GET' && /order|countdownCancelAll/i.test(path) && !/\/(?:test|search)$/.test(path);
}

function isPlacement({ method, path }: OrderAsk['subject']): boolean {
  return method === 'POST' && !/\/(?:amend|cancel|cancel-all|countdownCancelAll)$/.test(path);
}

/** Makes one venue’s orders unsure: what is carried out, what is heard of it, and what lookups see. */
export class OrderFaults {
  readonly #options: OrderFaultsOptions;
  /** Monotonic times until which REST reads leave orders out, by number. */
  readonly #hiddenUntil = new Map<number, number>();

  constructor(options: OrderFaultsOptions) {
    this.#options = options;
  }

  /** Carries a request out, or not, and says what is answered. Without an order fault: under all others. */
  respond(ask: OrderAsk): RestOutcome {
    const { faults } = this.#options;
    const spec = faults.quiet ? undefined : faults.strike('order', ask.subject, isOrderStyle);
    if (!spec || !isOrderStyle(spec.style)) {
      return respondUnderFaults(faults, ask.subject, ask.fail, () => this.#carryOut(ask), false);
    }
    ask.ruling.fault = spec.style;
    const style: OrderStyle = ORDER_STYLES[spec.style];
    switch (style.done) {
      case 'never':
        return this.#refused(ask, spec, style);
      case 'at-once':
        return this.#taken(ask, spec, style);
      case 'later':
        return this.#later(ask, spec, style);
    }
  }

  /** The account as REST reads see it. */
  seenByReads(account: SimAccount): SimAccount {
    const now = this.#options.clock.monotonic();
    for (const [number, until] of this.#hiddenUntil) {
      if (until <= now) this.#hiddenUntil.delete(number);
    }
    if (this.#hiddenUntil.size === 0) return account;
    return laggingView(account, ({ number }) => !this.#hiddenUntil.has(number));
  }

  #refused(ask: OrderAsk, spec: FaultSpec, { heard }: OrderStyle): RestOutcome {
    const delayMs = spec.ms ?? 0;
    if (heard === 'cut') return { kind: 'cut' };
    if (heard === 'nothing') {
      if (spec.ms === undefined) return { kind: 'frozen' };
      return { kind: 'answer', answer: this.#failure(ask, { ...spec, status: GATEWAY_TIMEOUT }), delayMs };
    }
    // It came as far as to use up what a request uses up, and not further.
    if (isPlacement(ask.subject) && spec.status !== TOO_MANY) {
      this.#options.desk.under('refused', () => ask.act());
    }
    return { kind: 'answer', answer: this.#failure(ask, spec), delayMs };
  }

  #taken(ask: OrderAsk, spec: FaultSpec, { heard }: OrderStyle): RestOutcome {
    const delayMs = spec.ms ?? 0;
    const answer = this.#carryOut(ask);
    switch (heard) {
      case 'cut':
        return { kind: 'cut' };
      case 'half':
        return { kind: 'cut', half: answer };
      case 'nothing':
        return spec.ms === undefined ? { kind: 'frozen' } : { kind: 'answer', answer, delayMs };
      case 'failure':
        return { kind: 'answer', answer: this.#failure(ask, spec), delayMs };
      case 'broken':
        return { kind: 'answer', answer: { ...answer, body: brokenJson(answer.body) }, delayMs };
      case 'truth':
        return { kind: 'answer', answer, delayMs };
    }
  }

  #later(ask: OrderAsk, spec: FaultSpec, { heard, ignoresFence }: OrderStyle): RestOutcome {
    const { clock, now } = this.#options;
    const arrivedAt = now();
    const act = () => this.#carryOut(ask, arrivedAt, ignoresFence !== true);
    if (heard === 'truth') return { kind: 'later', delayMs: spec.ms ?? LATE_MS, answer: act };
    clock.after(spec.ms ?? HIDDEN_MS, act);
    const isNamed = spec.status !== undefined || spec.code !== undefined || spec.msg !== undefined;
    return isNamed ? { kind: 'answer', answer: this.#failure(ask, spec), delayMs: 0 } : { kind: 'cut' };
  }

  #carryOut(ask: OrderAsk, arrivedAt?: number, isFenced?: boolean): Answer {
    const { desk, faults } = this.#options;
    const isNew = isPlacement(ask.subject);
    const struck = (effect: string) =>
      faults.quiet || !isNew ? undefined : faults.strike('order', ask.subject, (style) => style === effect);
    const orders: number[] = [];
    const undo = desk.on((event) => {
      if (event.kind === 'order' && !event.amended && isJustPlaced(event.order)) {
        orders.push(event.order.number);
      }
    });
    try {
      const act = () => ask.act(arrivedAt, isFenced);
      const answer = struck('asyncReject') ? desk.under('rejected', act) : act();
      ask.ruling.accepted = isDone(answer);
      if (!ask.ruling.accepted) return answer;
      ask.ruling.orders = orders;
      const lag = orders.length > 0 ? struck('lag') : undefined;
      if (lag) this.#hide(orders, lag.ms ?? LAG_MS);
      return answer;
    } finally {
      undo();
    }
  }

  #hide(orders: readonly number[], ms: number): void {
    const until = this.#options.clock.monotonic() + ms;
    for (const number of orders) this.#hiddenUntil.set(number, until);
  }

  #failure(ask: OrderAsk, spec: FaultSpec): Answer {
    const isNamed = spec.status !== undefined || spec.code !== undefined || spec.msg !== undefined;
    const { status, code, msg, retryAfterS } = isNamed ? spec : { ...spec, ...UNSURE[this.#options.venue] };
    return ask.fail({ status: status ?? 500, asked: status, code, msg, retryAfterS });
  }
}

/** An order at its very beginning; one the engine rejected has its end there. */
function isJustPlaced({ status, ended, triggeredAt }: SimOrder): boolean {
  return ended === 'engine' || ((status === 'new' || status === 'untriggered') && triggeredAt === undefined);
}

/** Bybit’s refusals are HTTP 200 too. */
function isDone({ status, body }: Answer): boolean {
  return status < 300 && !/^\{"retCode":[1-9]/.test(body);
}

/** Text that was JSON and is none: cut off inside, with something else behind it. */
function brokenJson(body: string): string {
  return `${body.slice(0, Math.max(1, Math.floor(body.length * 0.7)))}</html>`;
}

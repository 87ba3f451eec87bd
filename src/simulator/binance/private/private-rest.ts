import type { Clock } from '#shared/base/clock.ts';
import type { AccountDesk } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import type { Faults } from '../../faults.ts';
import { type Answer, json } from '../../http.ts';
import type { Market } from '../../market.ts';
import { type NotedRequest, noted } from '../../noted-request.ts';
import { OrderFaults } from '../../order-faults.ts';
import { Query, Refusal } from '../query.ts';
import type { PrivateContext } from './context.ts';
import { Countdowns } from './countdowns.ts';
import { PRIVATE_ENDPOINTS, type PrivateEndpoint } from './endpoints.ts';
import type { ListenKeys } from './listen-keys.ts';
import { OrderCounts } from './order-counts.ts';
import { keyOf, notAllowed, type PrivateRequest, paramsOf, signerOf } from './signed-request.ts';
import type { Triggers } from './triggers.ts';
import type { UserFeed } from './user-feed.ts';

export interface PrivateRestOptions {
  readonly desk: AccountDesk;
  readonly market: Market;
  readonly listenKeys: ListenKeys;
  readonly triggers: Triggers;
  readonly feed: UserFeed;
  readonly faults: Faults;
  readonly clock: Clock;
  coinOf(symbol: string): Coin;
  /** Market time, ms. */
  now(): number;
}

const TOO_MANY = 429;
const ORDER_WINDOW_S = '10';
/** Never kept: tokens and signatures. */
const UNTOLD: ReadonlySet<string> = new Set(['signature', 'listenKey']);

/** The private endpoints: who asks, whether they may, and what they are told. */
export class PrivateRest {
  readonly orderFaults: OrderFaults;
  readonly #options: PrivateRestOptions;
  readonly #orderCounts: OrderCounts;
  readonly #countdowns: Countdowns;

  constructor(options: PrivateRestOptions) {
    this.#options = options;
    this.#countdowns = new Countdowns(options.clock);
    this.orderFaults = new OrderFaults({ venue: 'binance', ...options });
    this.#orderCounts = new OrderCounts(options.clock);
  }

  find(method: string, path: string): PrivateEndpoint | undefined {
    const name = `${method} ${path}`;
    return Object.hasOwn(PRIVATE_ENDPOINTS, name) ? PRIVATE_ENDPOINTS[name] : undefined;
  }

  /** Throws `Refusal`. */
  answer(endpoint: PrivateEndpoint, request: PrivateRequest): Answer {
    const { desk, faults, now, clock: _, ...rest } = this.#options;
    const skewMs = faults.skewMs('binance');
    const serverTime = now() + skewMs;
    const arrivedAt = (request.arrivedAt ?? now()) + skewMs;
    const key =
      endpoint.needs === 'key' ? keyOf(request, desk, now()) : signerOf(request, desk, arrivedAt, now());
    if (endpoint.needs === 'trade' && !key.trade) throw notAllowed();
    const headers: Record<string, string> = {};
    if (endpoint.orders) {
      const broken = this.#orderCounts.charge(key.account, endpoint.orders);
      Object.assign(headers, this.#orderCounts.headers(key.account));
      if (broken !== undefined) {
        const msg = `Too many new orders; current limit is ${broken}.`;
        return {
          ...json({ code: -1015, msg }, TOO_MANY),
          headers: { ...headers, 'retry-after': ORDER_WINDOW_S },
        };
      }
    }
    const own = desk.accountOf(key);
    rest.feed.open(own);
    const account = endpoint.needs === 'read' ? this.orderFaults.seenByReads(own) : own;
    const query = new Query(paramsOf(request));
    const countdowns = this.#countdowns;
    const context: PrivateContext = { ...rest, countdowns, desk, key, account, query, serverTime, skewMs };
    try {
      return { ...json(endpoint.answer(context)), headers };
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      return { ...json({ code: fault.code, msg: fault.message }, fault.status), headers };
    }
  }

  /** Keeps the request as it came. To be called with what it is answered, once that is known. */
  note(request: PrivateRequest): NotedRequest {
    const { desk, now } = this.#options;
    const params = Object.fromEntries([...paramsOf(request)].filter(([name]) => !UNTOLD.has(name)));
    const key = desk.keys.find(({ apiKey }) => apiKey === request.apiKey)?.name;
    return noted(
      desk,
      {
        method: request.method,
        path: request.path,
        params,
        ...(key === undefined ? {} : { key }),
        time: now(),
      },
      codeIn,
    );
  }
}

/** The venue's own code of a refusal. */
function codeIn({ body }: Answer): string | undefined {
  return /^\{"code":(-\d+)/.exec(body)?.[1];
}

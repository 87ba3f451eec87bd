import type { Clock } from '#shared/base/clock.ts';
import type { AccountDesk } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import type { Faults } from '../../faults.ts';
import type { Answer } from '../../http.ts';
import type { Market } from '../../market.ts';
import { type NotedRequest, noted } from '../../noted-request.ts';
import { OrderFaults } from '../../order-faults.ts';
import { Query, Refusal } from '../query.ts';
import { AccountBudget } from './account-budget.ts';
import { badParameter, type PrivateContext } from './context.ts';
import { PRIVATE_ENDPOINTS, type PrivateEndpoint } from './endpoints.ts';
import type { FiredTriggers } from './fired-triggers.ts';
import { headerOf, notPermitted, type PrivateRequest, signerOf } from './signed-request.ts';

export interface PrivateRestOptions {
  readonly desk: AccountDesk;
  readonly markets: ReadonlyMap<string, Market>;
  readonly fired: FiredTriggers;
  readonly faults: Faults;
  readonly clock: Clock;
  coinOf(category: string, symbol: string): Coin;
  /** Market time, ms. */
  now(): number;
}

/** What a private request comes to, before it is put into the venue's envelope. */
export interface PrivateAnswer {
  readonly result: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** A refusal that has headers of its own. */
export class LimitRefusal extends Refusal {
  readonly headers: Readonly<Record<string, string>>;

  constructor(headers: Readonly<Record<string, string>>) {
    super(10006, 'Too many visits! Exceeded the API Rate Limit.');
    this.headers = headers;
  }
}

/** The private endpoints: who asks, whether they may, and what they are told. */
export class PrivateRest {
  readonly orderFaults: OrderFaults;
  readonly #options: PrivateRestOptions;
  readonly #budget: AccountBudget;

  constructor(options: PrivateRestOptions) {
    this.#options = options;
    this.orderFaults = new OrderFaults({ venue: 'bybit', ...options });
    this.#budget = new AccountBudget(options.clock);
  }

  find(method: string, path: string): PrivateEndpoint | undefined {
    const name = `${method} ${path}`;
    return Object.hasOwn(PRIVATE_ENDPOINTS, name) ? PRIVATE_ENDPOINTS[name] : undefined;
  }

  /** Throws `Refusal`. */
  answer(endpoint: PrivateEndpoint, request: PrivateRequest): PrivateAnswer {
    const { desk, faults, now, clock: _, ...rest } = this.#options;
    const skewMs = faults.skewMs('bybit');
    const serverTime = now() + skewMs;
    const arrivedAt = (request.arrivedAt ?? now()) + skewMs;
    const key = signerOf(request, desk, arrivedAt, now());
    const isAllowed = endpoint.needs === 'trade' ? key.read && key.trade : key.read;
    if (endpoint.needs !== 'key' && !isAllowed) throw notPermitted();
    const params = new URLSearchParams(Object.entries(paramsOf(request)));
    const limit =
      params.get('category') === 'spot' ? (endpoint.perSecondSpot ?? endpoint.perSecond) : endpoint.perSecond;
    const verdict = this.#budget.charge(
      key.account,
      `${request.path} ${params.get('category') ?? ''}`,
      limit,
    );
    const headers = {
      'X-Bapi-Limit': String(limit),
      'X-Bapi-Limit-Status': String(verdict.left),
      'X-Bapi-Limit-Reset-Timestamp': String(Math.ceil(serverTime + verdict.waitMs)),
    };
    if (verdict.isOver) throw new LimitRefusal(headers);
    const own = desk.accountOf(key);
    const account = endpoint.needs === 'read' ? this.orderFaults.seenByReads(own) : own;
    const query = new Query(params);
    const context: PrivateContext = { ...rest, desk, key, account, query, serverTime, skewMs };
    return { result: endpoint.answer(context), headers };
  }

  /** Keeps the request as it came. To be called with what it is answered, once that is known. */
  note(request: PrivateRequest): NotedRequest {
    const { desk, now } = this.#options;
    const apiKey = headerOf(request, 'x-bapi-api-key');
    const key = desk.keys.find((one) => one.apiKey === apiKey)?.name;
    const { method, path } = request;
    const came = {
      method,
      path,
      params: readable(request),
      ...(key === undefined ? {} : { key }),
      time: now(),
    };
    return noted(desk, came, codeIn);
  }
}

function codeIn({ body }: Answer): string | undefined {
  return /^\{"retCode":([1-9]\d*)/.exec(body)?.[1];
}

/** Query or body as texts. Throws 10001 where the body is no JSON object. */
function paramsOf({ method, query, body }: PrivateRequest): Record<string, string> {
  if (method === 'GET') return Object.fromEntries(new URLSearchParams(query));
  let fields: unknown;
  try {
    fields = JSON.parse(body);
  } catch {
    fields = undefined;
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw badParameter('the body is no JSON object');
  }
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]): [string, string] => [name, String(value)]),
  );
}

function readable(request: PrivateRequest): Record<string, string> {
  try {
    return paramsOf(request);
  } catch (fault) {
    if (fault instanceof Refusal) return {};
    throw fault;
  }
}

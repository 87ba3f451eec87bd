import type { IncomingMessage } from 'node:http';
import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { AccountDesk, SimAccount, SimKey, SimOrder } from '../accounts/account-desk.ts';
import type { ClientSocket } from '../client-socket.ts';
import type { Faults } from '../faults.ts';
import type { Answer } from '../http.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Market } from '../market.ts';
import { type NotedRequest, noted } from '../noted-request.ts';
import { OrderFaults } from '../order-faults.ts';
import { type RestFailure, type RestOutcome, respondUnderFaults, withAnswer } from '../rest-faults.ts';
import { type Charged, errorAnswer } from './error-answer.ts';
import { FillIndex } from './fill-index.ts';
import { claimedKey, Gate, type GateRefusal, type Visitor } from './gate.ts';
import { type OrderFacts, orderFacts } from './order-facts.ts';
import { type PrivateCall, PrivateParams, PrivateRefusal } from './private-call.ts';
import { PrivateConnection } from './private-connection.ts';
import type { PrivateDialect } from './private-dialect.ts';
import { flattened, unencodedQuery } from './query-hash.ts';

/** What a key must be allowed to do. `money`: have to do with what comes in and goes out. */
export type Scope = 'any' | 'read' | 'trade' | 'withdraw' | 'transfer' | 'money';

export interface PrivateEndpoint {
  readonly scope: Scope;
  /** What its requests are counted in. */
  readonly group: string;
  /** Default 200. */
  readonly status?: number;
  /** The answer's JSON value. Throws `PrivateRefusal`. */
  answer(call: PrivateCall): unknown;
}

/** What differs between the two venues. */
export interface PrivateManner {
  readonly venue: string;
  readonly dialect: PrivateDialect;
  readonly algorithms: readonly string[];
  readonly tokenAgeMs?: number;
  /** By `GET /v1/accounts`. */
  readonly endpoints: Readonly<Record<string, PrivateEndpoint>>;
  readonly gateWords: Readonly<Record<GateRefusal, readonly [word: string, message: string]>>;
  readonly outOfScope: readonly [word: string, message: string];
  /** A body that is no JSON object, or not said to be. */
  readonly badBody: readonly [word: string, message: string];
  unknownCode(code: string): PrivateRefusal;
  /** Counts one request. An account's keys share its budget. */
  charge(group: string, account: SimAccount): Charged;
}

export interface PrivateHalfOptions {
  readonly manner: PrivateManner;
  readonly desk: AccountDesk;
  readonly market: Market;
  readonly faults: Faults;
  readonly clock: Clock;
  /** Market time, ms. */
  now(): number;
}

/** The private half of a Korean façade: who may come in, what they ask over REST, and what their sockets are told. */
export class PrivateHalf {
  readonly #options: PrivateHalfOptions;
  readonly #gate: Gate;
  readonly #fills: FillIndex;
  readonly #orderFaults: OrderFaults;
  readonly #feeRate: Big;
  readonly #visitors = new WeakMap<IncomingMessage, Visitor>();

  constructor(options: PrivateHalfOptions) {
    const { manner, desk, now } = options;
    this.#options = options;
    this.#fills = new FillIndex(desk);
    this.#orderFaults = new OrderFaults({ venue: manner.venue, ...options });
    this.#feeRate = new Big(desk.rules.categories['']?.takerFee ?? 0);
    this.#gate = new Gate({ ...manner, desk, now, venueNow: () => now() + this.#skewMs() });
  }

  handles(request: IncomingMessage, url: URL): boolean {
    return Object.hasOwn(this.#options.manner.endpoints, `${request.method} ${url.pathname}`);
  }

  /** Answers a request that `handles` said yes to. */
  answer(request: IncomingMessage, url: URL, body: string, waitedMs = 0): Answer {
    try {
      return this.#answer(request, url, body, waitedMs);
    } catch (fault) {
      if (fault instanceof PrivateRefusal) return errorAnswer(fault.status, fault.word, fault.message);
      // Our own bug: say so in the venue's shape rather than take the whole market down.
      return errorAnswer(500, 'server_error', `Simulator: ${messageOf(fault)}`);
    }
  }

  /** Answers such a request under the faults in force, and keeps a record of it. `fail` words a failure. */
  respond(
    request: IncomingMessage,
    url: URL,
    body: string,
    fail: (failure: RestFailure) => Answer,
  ): RestOutcome {
    const { faults, manner, now } = this.#options;
    const { method = 'GET' } = request;
    const row = this.#note(request, url, body);
    const symbol = url.searchParams.get('market') ?? bodyObject(body)?.['market'];
    const subject = {
      venue: manner.venue,
      route: 'rest',
      path: url.pathname,
      method,
      ...(typeof symbol === 'string' ? { symbol } : {}),
    };
    const cameAt = now();
    // Nobody here lets a request run out of its own accord: what has come may be carried out at any time.
    const act = () => this.answer(request, url, body, now() - cameAt);
    const outcome = row.ruling
      ? this.#orderFaults.respond({ subject, ruling: row.ruling, fail, act })
      : respondUnderFaults(faults, subject, fail, act, false);
    return withAnswer(outcome, row.answered);
  }

  #note(request: IncomingMessage, url: URL, body: string): NotedRequest {
    const { desk, now } = this.#options;
    const apiKey = claimedKey(request.headers.authorization);
    const key = apiKey === undefined ? undefined : desk.keys.find((one) => one.apiKey === apiKey)?.name;
    const came = {
      method: request.method ?? 'GET',
      path: url.pathname,
      params: new PrivateParams(url.searchParams, bodyObject(body) ?? {}).all(),
      ...(key === undefined ? {} : { key }),
      time: now(),
    };
    return noted(desk, came, (answer) => (answer.status >= 400 ? wordIn(answer.body) : undefined));
  }

  /** Lets an upgrade in, or says how it is refused. */
  admitSocket(request: IncomingMessage, url: URL): Answer | undefined {
    const { manner } = this.#options;
    const visitor = this.#gate.admit({ ...arrivalOf(request), query: unencodedQuery(request.url ?? '') });
    const refusal = typeof visitor === 'string' ? errorAnswer(401, ...manner.gateWords[visitor]) : undefined;
    if (typeof visitor !== 'string') this.#visitors.set(request, visitor);
    this.#note(request, url, '').answered(refusal ?? { status: 101, body: '' });
    return refusal;
  }

  /** Serves a socket that was let in. */
  connect(client: ClientSocket, request: IncomingMessage): PrivateConnection {
    const { manner, desk, clock } = this.#options;
    const visitor = this.#visitors.get(request) as Visitor;
    return new PrivateConnection({
      client,
      visitor,
      desk,
      dialect: manner.dialect,
      clock,
      skewMs: () => this.#skewMs(),
      factsOf: (account, order) => this.#factsOf(account, order),
      isGood: () => this.#gate.refusalOf(visitor.key) === undefined,
    });
  }

  #answer(request: IncomingMessage, url: URL, body: string, waitedMs: number): Answer {
    const { manner, desk, market, now } = this.#options;
    const endpoint = manner.endpoints[`${request.method} ${url.pathname}`] as PrivateEndpoint;
    const fields = body === '' ? {} : bodyObject(body);
    const query = body === '' ? unencodedQuery(request.url ?? '') : flattened(fields ?? {});
    // A body that cannot be read can have no hash either: said as what it is once the token has been looked at.
    const visitor = this.#gate.admit({ ...arrivalOf(request), query: fields ? query : '', waitedMs });
    if (typeof visitor === 'string') throw new PrivateRefusal(401, ...manner.gateWords[visitor]);
    const { key, account } = visitor;
    const charged = manner.charge(endpoint.group, account);
    if (charged.kind === 'refused') return charged.answer;
    const { headers } = charged;
    try {
      if (!isAllowed(key, endpoint.scope)) throw new PrivateRefusal(401, ...manner.outOfScope);
      if (!fields || (body !== '' && !isJson(request))) throw new PrivateRefusal(400, ...manner.badBody);
      const value = endpoint.answer({
        key,
        account: endpoint.scope === 'read' ? this.#orderFaults.seenByReads(account) : account,
        desk,
        market,
        params: new PrivateParams(url.searchParams, fields),
        now: now(),
        skewMs: this.#skewMs(),
        factsOf: (order) => this.#factsOf(account, order),
        instrumentOf: (code) => this.#instrumentOf(code),
      });
      return { status: endpoint.status ?? 200, body: JSON.stringify(value), headers };
    } catch (fault) {
      if (!(fault instanceof PrivateRefusal)) throw fault;
      return { ...errorAnswer(fault.status, fault.word, fault.message), headers };
    }
  }

  #instrumentOf(code: string): InstrumentMarket {
    const { market, manner } = this.#options;
    const found = market.instruments.get(code);
    if (!found) throw manner.unknownCode(code);
    return found;
  }

  #factsOf(account: SimAccount, order: SimOrder): OrderFacts {
    return orderFacts(order, this.#fills.of(account, order), this.#feeRate);
  }

  #skewMs(): number {
    const { faults, manner } = this.#options;
    return faults.skewMs(manner.venue);
  }
}

function arrivalOf(request: IncomingMessage) {
  return { authorization: request.headers.authorization, address: request.socket.remoteAddress };
}

function isJson(request: IncomingMessage): boolean {
  return request.headers['content-type']?.toLowerCase().startsWith('application/json') ?? false;
}

function isAllowed(key: SimKey, scope: Scope): boolean {
  if (scope === 'any') return true;
  return scope === 'money' ? key.withdraw || key.transfer : key[scope];
}

function bodyObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Not JSON: refused by whoever needs it.
    return undefined;
  }
}

function wordIn(body: string): string | undefined {
  const error = bodyObject(body)?.['error'] as { readonly name?: unknown } | undefined;
  return error?.name === undefined ? undefined : String(error.name);
}

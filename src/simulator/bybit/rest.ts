import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { FacadeSite } from '../facade.ts';
import type { Answer } from '../http.ts';
import type { Market } from '../market.ts';
import { type RestFailure, type RestOutcome, respondUnderFaults, withAnswer } from '../rest-faults.ts';
import type { BookFeed } from './book-feed.ts';
import type { Category } from './category.ts';
import { IpBudget } from './ip-budget.ts';
import { LimitRefusal, type PrivateRest } from './private/private-rest.ts';
import type { PrivateRequest } from './private/signed-request.ts';
import { Query, Refusal } from './query.ts';
import { ENDPOINTS, tickerInstruments } from './rest-market.ts';

const KLINES = '/v5/market/kline';
const TICKERS = '/v5/market/tickers';
const ORDERBOOK = '/v5/market/orderbook';
/** Everything behind these asks for a key. */
const SIGNED = /^\/v5\/(?:account|asset|execution|order|position|user)\//;
const RATE_LIMIT = 50;

const TOO_FREQUENT = 'access too frequent';

const FAILURES: Readonly<Record<number, { readonly code: number; readonly msg: string }>> = {
  429: { code: 10429, msg: 'System level frequency protection' },
  500: { code: 10016, msg: 'Server error' },
  502: { code: 10016, msg: 'Bad gateway' },
  503: { code: 10016, msg: 'Service is under maintenance' },
  504: { code: 10000, msg: 'Server Timeout' },
};
const CODES: Readonly<Record<number, string>> = {
  10000: 'Server Timeout',
  10006: 'Too many visits! Exceeded the API Rate Limit.',
  10016: 'Server error',
  10018: 'Exceeded the IP Rate Limit.',
  110079: 'The order is processing and can not be operated, please try again later',
  170007: 'Timeout waiting for response from backend server.',
  170032: 'Network error. Please try again later',
  170146: 'Order creation timeout',
  170147: 'Order cancellation timeout',
};

export interface RestOptions {
  readonly site: FacadeSite;
  readonly markets: ReadonlyMap<string, Market>;
  readonly books: Readonly<Record<Category, BookFeed>>;
  readonly accounts: PrivateRest;
}

/** The REST half of the façade: refusals as HTTP 200, faults, the market's endpoints, and the way to the accounts'. */
export class Rest {
  /** Requests so far, by path. */
  readonly requests: Record<string, number> = {};
  readonly #options: RestOptions;
  readonly #clock: Clock;
  readonly #budget: IpBudget;

  constructor(options: RestOptions) {
    this.#options = options;
    this.#clock = options.site.clock;
    this.#budget = new IpBudget(this.#clock);
  }

  async respond(request: PrivateRequest, url: URL): Promise<RestOutcome> {
    const { site, accounts } = this.#options;
    const symbol = url.searchParams.get('symbol') ?? /"symbol":"([^"]+)"/.exec(request.body)?.[1] ?? null;
    const path = url.pathname;
    this.requests[path] = (this.requests[path] ?? 0) + 1;
    await this.#prepare(url);
    const { method } = request;
    const subject = { venue: 'bybit', route: 'rest', path, method, ...(symbol === null ? {} : { symbol }) };
    const fail = (failure: RestFailure) => this.#failed(failure);
    const answer = (staleMs: number | undefined) => this.#answer(request, url, staleMs);
    const row = SIGNED.test(path) ? accounts.note(request) : undefined;
    if (!row) return respondUnderFaults(site.faults, subject, fail, answer, path === ORDERBOOK);
    const outcome = row.ruling
      ? accounts.orderFaults.respond({
          subject,
          ruling: row.ruling,
          fail,
          act: (arrivedAt, isFenced) =>
            this.#answer(
              isFenced || arrivedAt === undefined ? request : { ...request, arrivedAt },
              url,
              undefined,
            ),
        })
      : respondUnderFaults(site.faults, subject, fail, answer, false);
    return withAnswer(outcome, row.answered);
  }

  /** Makes ready what would otherwise hold up the streams. */
  async #prepare(url: URL): Promise<void> {
    const { markets, site } = this.#options;
    const query = new Query(url.searchParams);
    try {
      if (url.pathname === KLINES) site.warmer.want(query.instrument(markets).candles);
      if (url.pathname !== TICKERS) return;
      await site.warmer.rollingDays(tickerInstruments(markets, query).map(({ candles }) => candles));
    } catch (fault) {
      // Refused when it is answered.
      if (!(fault instanceof Refusal)) throw fault;
    }
  }

  #answer(request: PrivateRequest, url: URL, staleMs: number | undefined): Answer {
    const { method, path } = request;
    const { markets, books, site, accounts } = this.#options;
    if (!this.#budget.charge()) return forbidden();
    // The wall in front of the venue takes no body with a GET.
    if (method === 'GET' && request.body !== '') return forbidden('Forbidden');
    const signed = accounts.find(method, path);
    if (signed) return this.#signed(signed, request);
    const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
    if (!endpoint || method !== 'GET') {
      if (SIGNED.test(path)) return this.#enveloped(10003, 'API key is invalid.', '{}');
      return { ...this.#enveloped(10001, 'Request path is not found', '{}'), status: 404 };
    }
    const skewMs = site.faults.skewMs('bybit');
    const query = new Query(url.searchParams);
    try {
      const serverTime = site.now() + skewMs;
      return this.#enveloped(0, 'OK', endpoint({ markets, books, query, serverTime, skewMs, staleMs }));
    } catch (fault) {
      // Our own bug: say so in the venue's shape rather than take the whole market down.
      if (!(fault instanceof Refusal)) return this.#enveloped(10016, `Simulator: ${messageOf(fault)}`, '{}');
      return this.#enveloped(fault.code, fault.message, '{}');
    }
  }

  #signed(endpoint: NonNullable<ReturnType<PrivateRest['find']>>, request: PrivateRequest): Answer {
    try {
      const { result, headers } = this.#options.accounts.answer(endpoint, request);
      return { ...this.#enveloped(0, 'OK', JSON.stringify(result)), headers };
    } catch (fault) {
      if (!(fault instanceof Refusal)) return this.#enveloped(10016, `Simulator: ${messageOf(fault)}`, '{}');
      const answer = this.#enveloped(fault.code, fault.message, '{}');
      return fault instanceof LimitRefusal ? { ...answer, headers: fault.headers } : answer;
    }
  }

  /** A failure in the venue's words. One that is a code of the venue's comes as HTTP 200. */
  #failed({ asked, status, code, msg, retryAfterS }: RestFailure): Answer {
    if (status === 403 && code === undefined) return forbidden(msg);
    const standard = FAILURES[status] ?? { code: 10016, msg: 'Server error' };
    const said = code ?? standard.code;
    const answer = this.#enveloped(said, msg ?? CODES[said] ?? standard.msg, '{}');
    const headers: Record<string, string> = {};
    if (retryAfterS !== undefined) headers['retry-after'] = String(retryAfterS);
    if (said === 10006) Object.assign(headers, this.#limitHeaders(retryAfterS));
    return { ...answer, status: asked ?? (code === undefined ? status : 200), headers };
  }

  #limitHeaders(retryAfterS = 1): Record<string, string> {
    const { now, faults } = this.#options.site;
    return {
      'X-Bapi-Limit': String(RATE_LIMIT),
      'X-Bapi-Limit-Status': '0',
      'X-Bapi-Limit-Reset-Timestamp': String(now() + faults.skewMs('bybit') + retryAfterS * 1000),
    };
  }

  #enveloped(code: number, message: string, result: string): Answer {
    const { now, faults } = this.#options.site;
    const time = now() + faults.skewMs('bybit');
    return {
      status: 200,
      body: `{"retCode":${code},"retMsg":${JSON.stringify(message)},"result":${result},"retExtInfo":{},"time":${time}}`,
    };
  }
}

/** The wall in front of the venue speaks no JSON. */
function forbidden(msg = TOO_FREQUENT): Answer {
  return { status: 403, body: msg, headers: { 'content-type': 'text/plain' } };
}

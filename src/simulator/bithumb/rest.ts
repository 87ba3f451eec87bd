import type { IncomingMessage } from 'node:http';
import { messageOf } from '#shared/base/errors.ts';
import type { Faults } from '../faults.ts';
import type { Answer } from '../http.ts';
import type { DayBook } from '../korean/day-figures.ts';
import { errorAnswer, failureAnswer } from '../korean/error-answer.ts';
import { httpDate } from '../korean/korean-time.ts';
import type { PrivateHalf } from '../korean/private-half.ts';
import { Refusal, type RestCall } from '../korean/rest-call.ts';
import type { Market } from '../market.ts';
import { type RestFailure, type RestOutcome, respondUnderFaults, withAnswer } from '../rest-faults.ts';
import type { BithumbBudget } from './budget.ts';
import * as rows from './rest-market.ts';

const ID = 'bithumb';
const MAX_QUERY = 8000;

interface Endpoint {
  /** The category its requests are counted in. */
  readonly category: string;
  answer(call: RestCall): string;
}

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/v1/market/all': { category: 'other', answer: rows.marketRows },
  '/v1/market/virtual_asset_warning': { category: 'other', answer: rows.warningRows },
  '/v1/ticker': { category: 'ticker', answer: rows.tickerRows },
  '/v1/orderbook': { category: 'orderbook', answer: rows.bookRows },
  '/v1/trades/ticks': { category: 'trade', answer: rows.tradeRows },
};

const FAILURES: Readonly<Record<number, { readonly name: string; readonly message: string }>> = {
  403: { name: 'forbidden', message: 'Access is not allowed.' },
  418: { name: 'too_many_requests', message: 'Too many API requests.' },
  429: { name: 'too_many_requests', message: 'Too many API requests.' },
  451: { name: 'unavailable_region', message: 'This service is not available in your region.' },
  500: { name: 'server_error', message: 'An error occurred on the server.' },
  502: { name: 'server_error', message: 'Bad gateway.' },
  503: { name: 'server_error', message: '서비스 점검 중입니다.' },
  504: { name: 'server_error', message: 'Gateway time-out.' },
};
const REFUSALS: Readonly<Record<Refusal['kind'], { readonly name: number; readonly message: string }>> = {
  missing: { name: 400, message: 'Missing request parameter error. Check the required parameters!' },
  malformed: { name: 400, message: 'Type mismatch error. Check the parameters type!' },
  'unknown-code': { name: 404, message: 'Code not found' },
};

export interface BithumbRestOptions {
  readonly market: Market;
  readonly days: DayBook;
  readonly faults: Faults;
  readonly budget: BithumbBudget;
  readonly privateHalf: PrivateHalf;
  /** Market time, ms. */
  now(): number;
}

/** The REST half of the façade. What a client did wrong comes back as HTTP 200 with an error inside. */
export class BithumbRest {
  /** Requests so far, by path. */
  readonly requests: Record<string, number> = {};
  readonly #options: BithumbRestOptions;

  constructor(options: BithumbRestOptions) {
    this.#options = options;
  }

  respond(request: IncomingMessage, url: URL, body: string): RestOutcome {
    const { faults, privateHalf } = this.#options;
    const path = url.pathname;
    this.requests[path] = (this.requests[path] ?? 0) + 1;
    const fail = (failure: RestFailure) => failureAnswer(failure, FAILURES, 'error');
    const symbol = url.searchParams.get('market') ?? url.searchParams.get('markets');
    const subject = { venue: ID, route: 'rest', path, ...(symbol === null ? {} : { symbol }) };
    const outcome = privateHalf.handles(request, url)
      ? privateHalf.respond(request, url, body, fail)
      : respondUnderFaults(
          faults,
          subject,
          fail,
          (staleMs) => this.#answer(request, url, staleMs),
          path === '/v1/orderbook',
        );
    return withAnswer(outcome, (answer) => this.#dated(answer));
  }

  /** The only true server time there is stands in the header. */
  #dated(answer: Answer): Answer {
    const { now, faults } = this.#options;
    return { ...answer, headers: { date: httpDate(now() + faults.skewMs(ID)), ...answer.headers } };
  }

  #answer(request: IncomingMessage, url: URL, staleMs: number | undefined): Answer {
    const endpoint = endpointAt(url.pathname);
    if (!endpoint || request.method !== 'GET') {
      const body = JSON.stringify({ name: 'not_found', message: 'No Route matched with those values' });
      return { status: 404, body };
    }
    if (url.search.length > MAX_QUERY) return errorAnswer(414, 414, 'Request-URI Too Long');
    const charged = this.#options.budget.charge(endpoint.category);
    if (charged.kind === 'refused') return charged.answer;
    const { headers } = charged;
    const { market, days, now, faults } = this.#options;
    const call = {
      market,
      days,
      params: url.searchParams,
      now: now(),
      skewMs: faults.skewMs(ID),
      staleMs,
    };
    try {
      return { status: 200, body: endpoint.answer(call), headers };
    } catch (fault) {
      // Our own bug: say so in the venue's shape rather than take the whole market down.
      if (!(fault instanceof Refusal))
        return errorAnswer(500, 'server_error', `Simulator: ${messageOf(fault)}`);
      const { name, message } = REFUSALS[fault.kind];
      return { ...errorAnswer(200, name, message), headers };
    }
  }
}

function endpointAt(path: string): Endpoint | undefined {
  const candles = /^\/v1\/candles\/(minutes|days|weeks|months)(?:\/(\w+))?$/.exec(path);
  if (!candles) return ENDPOINTS[path];
  const [, name = '', unit] = candles;
  if ((name === 'minutes') !== (unit !== undefined)) return undefined;
  return { category: 'candle', answer: (call) => rows.candleRows(call, name, unit) };
}

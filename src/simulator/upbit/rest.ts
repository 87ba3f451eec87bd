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
import { chargedBy, type UpbitBudget } from './budget.ts';
import * as rows from './rest-market.ts';

const ID = 'upbit';

interface Endpoint {
  /** The group its requests are counted in. */
  readonly group: string;
  answer(call: RestCall): string;
}

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/v1/market/all': { group: 'market', answer: rows.marketRows },
  '/v1/ticker': { group: 'ticker', answer: rows.tickerRows },
  '/v1/ticker/all': { group: 'ticker', answer: rows.tickersOfQuotes },
  '/v1/orderbook': { group: 'orderbook', answer: rows.bookRows },
  '/v1/orderbook/instruments': { group: 'orderbook', answer: rows.tickRows },
  '/v1/trades/ticks': { group: 'trade', answer: rows.tradeRows },
};

const FAILURES: Readonly<Record<number, { readonly name: string; readonly message: string }>> = {
  403: { name: 'forbidden', message: 'Access is not allowed.' },
  418: { name: 'too_many_requests', message: 'Too many API requests. Blocked for 60 seconds.' },
  429: { name: 'too_many_requests', message: 'Too many API requests.' },
  451: { name: 'unavailable_region', message: 'This service is not available in your region.' },
  500: { name: 'server_error', message: 'An error occurred on the server.' },
  502: { name: 'server_error', message: 'Bad gateway.' },
  503: { name: 'server_error', message: '서비스 점검 중입니다.' },
  504: { name: 'server_error', message: 'Gateway time-out.' },
};
const REFUSALS: Readonly<Record<Refusal['kind'], { readonly status: number; readonly message: string }>> = {
  missing: {
    status: 400,
    message: 'Missing request parameter error. Check the required parameters!',
  },
  malformed: { status: 400, message: 'Type mismatch error. Check the parameters type!' },
  'unknown-code': { status: 404, message: 'Code not found' },
};

export interface UpbitRestOptions {
  readonly market: Market;
  readonly days: DayBook;
  readonly faults: Faults;
  readonly budget: UpbitBudget;
  readonly privateHalf: PrivateHalf;
  /** Market time, ms. */
  now(): number;
}

/** The REST half of the façade: groups and blocks, refusals, faults, and the market's endpoints. */
export class UpbitRest {
  /** Requests so far, by path. */
  readonly requests: Record<string, number> = {};
  readonly #options: UpbitRestOptions;

  constructor(options: UpbitRestOptions) {
    this.#options = options;
  }

  respond(request: IncomingMessage, url: URL, body: string): RestOutcome {
    const { faults, privateHalf } = this.#options;
    const path = url.pathname;
    this.requests[path] = (this.requests[path] ?? 0) + 1;
    const fail = (failure: RestFailure) => failureAnswer(failure, FAILURES, failure.status);
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

  /** The only server time there is stands in the header. */
  #dated(answer: Answer): Answer {
    const { now, faults } = this.#options;
    return { ...answer, headers: { date: httpDate(now() + faults.skewMs(ID)), ...answer.headers } };
  }

  #answer(request: IncomingMessage, url: URL, staleMs: number | undefined): Answer {
    const endpoint = endpointAt(url.pathname);
    if (!endpoint || request.method !== 'GET') return errorAnswer(404, 404, 'Not Found');
    const { budget } = this.#options;
    const { group } = endpoint;
    const charged = chargedBy(group, budget.charge(group, request.headers.origin !== undefined));
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
      const { status, message } = REFUSALS[fault.kind];
      return { ...errorAnswer(status, status, message), headers };
    }
  }
}

function endpointAt(path: string): Endpoint | undefined {
  const candles = /^\/v1\/candles\/(seconds|minutes|days|weeks|months|years)(?:\/(\w+))?$/.exec(path);
  if (!candles) return ENDPOINTS[path];
  const [, name = '', unit] = candles;
  if ((name === 'minutes') !== (unit !== undefined)) return undefined;
  return { group: 'candle', answer: (call) => rows.candleRows(call, name, unit) };
}

import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { Faults } from '../faults.ts';
import { type Answer, json } from '../http.ts';
import type { Market } from '../market.ts';
import { type RestFailure, type RestOutcome, respondUnderFaults, withAnswer } from '../rest-faults.ts';
import type { PrivateRest } from './private/private-rest.ts';
import { type PrivateRequest, paramsOf } from './private/signed-request.ts';
import { Query, Refusal } from './query.ts';
import { ENDPOINTS } from './rest-market.ts';
import { WeightBudget } from './weight.ts';

export interface RestOptions {
  readonly market: Market;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly accounts: PrivateRest;
  /** Market time, ms. */
  now(): number;
}

const FAILURES: Readonly<Record<number, { readonly code?: number; readonly msg: string }>> = {
  403: { msg: 'Forbidden' },
  408: {
    code: -1007,
    msg: 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.',
  },
  418: { code: -1003, msg: 'Way too many requests; IP(127.0.0.1) banned.' },
  429: { code: -1003, msg: 'Too many requests; current limit of IP(127.0.0.1) is 2400 requests per minute.' },
  451: {
    code: 0,
    msg: "Service unavailable from a restricted location according to 'b. Eligibility' in the terms of use.",
  },
  500: { code: -1001, msg: 'Internal error; unable to process your request. Please try again.' },
  502: { msg: 'Bad Gateway' },
  503: { msg: 'Service Unavailable.' },
  504: { msg: 'Gateway Time-out' },
};
/** Codes a failure may be named by, each with the HTTP status it comes with. */
const CODES: Readonly<Record<number, readonly [status: number, msg: string]>> = {
  [-1000]: [500, 'An unknown error occurred while processing the request.'],
  [-1001]: [500, 'Internal error; unable to process your request. Please try again.'],
  [-1003]: [429, 'Too many requests; current limit of IP(127.0.0.1) is 2400 requests per minute.'],
  [-1006]: [503, 'An unexpected response was received from the message bus. Execution status unknown.'],
  [-1007]: [
    408,
    'Timeout waiting for response from backend server. Send status unknown; execution status unknown.',
  ],
  [-1008]: [503, 'Request throttled by system-level protection. Please try again later.'],
  [-1015]: [429, 'Too many new orders; current limit is 300 orders per 10 SECONDS.'],
};

/** The REST half of the façade: weights, refusals, faults, the market's endpoints, and the way to the accounts'. */
export class Rest {
  /** Requests so far, by path. */
  readonly requests: Record<string, number> = {};
  readonly #options: RestOptions;
  readonly #budget: WeightBudget;

  constructor(options: RestOptions) {
    this.#options = options;
    this.#budget = new WeightBudget(options.clock);
  }

  respond(request: PrivateRequest, url: URL): RestOutcome {
    const symbol = paramsOf(request).get('symbol');
    const subject = {
      venue: 'binance',
      route: 'rest',
      path: url.pathname,
      method: request.method,
      ...(symbol === null ? {} : { symbol }),
    };
    this.requests[url.pathname] = (this.requests[url.pathname] ?? 0) + 1;
    const { accounts, faults } = this.#options;
    if (!accounts.find(request.method, request.path)) {
      const answer = (staleMs: number | undefined) => this.#answer(request, staleMs);
      return respondUnderFaults(faults, subject, failed, answer, url.pathname === '/fapi/v1/depth');
    }
    const row = accounts.note(request);
    const outcome = row.ruling
      ? accounts.orderFaults.respond({
          subject,
          ruling: row.ruling,
          fail: failed,
          act: (arrivedAt, isFenced) =>
            this.#answer(
              isFenced || arrivedAt === undefined ? request : { ...request, arrivedAt },
              undefined,
            ),
        })
      : respondUnderFaults(faults, subject, failed, () => this.#answer(request, undefined), false);
    return withAnswer(outcome, row.answered);
  }

  #answer(request: PrivateRequest, staleMs: number | undefined): Answer {
    const { method, path } = request;
    const { accounts, market, faults, now } = this.#options;
    const open = method === 'GET' && Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
    const signed = accounts.find(method, path);
    const endpoint = open ?? signed;
    if (!endpoint) return json({ code: -5000, msg: `Path ${path}, Method ${method} is invalid` }, 404);
    const query = new Query(paramsOf(request));
    const weight = endpoint.weight(query);
    const verdict = this.#budget.charge(weight);
    if (verdict.kind === 'banned') {
      const msg = `Way too many requests; IP(127.0.0.1) banned until ${verdict.until}. Please use the websocket for live updates to avoid bans.`;
      return { ...json({ code: -1003, msg }, 418), headers: { 'retry-after': String(verdict.retryAfterS) } };
    }
    // The funding history has a pool and no weight header of its own.
    const headers: Record<string, string> =
      weight === 0 && open ? {} : { 'x-mbx-used-weight-1m': String(verdict.used) };
    if (verdict.kind === 'limited') {
      const msg =
        'Too many requests; current limit of IP(127.0.0.1) is 2400 requests per minute. Please use the websocket for live updates to avoid polling the API.';
      headers['retry-after'] = String(verdict.retryAfterS);
      return { ...json({ code: -1003, msg }, 429), headers };
    }
    const skewMs = faults.skewMs('binance');
    try {
      if (signed) {
        const answer = accounts.answer(signed, request);
        return { ...answer, headers: { ...headers, ...answer.headers } };
      }
      if (!open) throw new Refusal(-5000, `Path ${path}, Method ${method} is invalid`, 404);
      const body = open.answer({ market, query, serverTime: now() + skewMs, skewMs, staleMs });
      return { status: 200, body, headers };
    } catch (fault) {
      // Our own bug: say so in the venue's shape rather than take the whole market down.
      if (!(fault instanceof Refusal))
        return json({ code: -1000, msg: `Simulator: ${messageOf(fault)}` }, 500);
      return { ...json({ code: fault.code, msg: fault.message }, fault.status), headers };
    }
  }
}

/** A failure in the venue's words. */
function failed(failure: RestFailure): Answer {
  const { asked, code, msg, retryAfterS } = failure;
  const [codeStatus, codeMsg] = CODES[code ?? 0] ?? [];
  const status = asked ?? codeStatus ?? failure.status;
  const standard = FAILURES[status] ?? { msg: 'Error' };
  // Where the body says it in words alone, there is no code in it.
  const said = {
    code: code ?? (msg === undefined ? standard.code : undefined),
    msg: msg ?? codeMsg ?? standard.msg,
  };
  const headers: Record<string, string> =
    retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
  return { ...json(said.code === undefined ? { msg: said.msg } : said, status), headers };
}

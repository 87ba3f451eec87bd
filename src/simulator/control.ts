import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { FAULT_KINDS, type FaultSpec, type Faults, parseFault } from './faults.ts';
import { type Answer, bodyOf, json, send, urlOf } from './http.ts';
import type { Market } from './market.ts';
import type { MarketRunner } from './market-runner.ts';
import { answerTruth } from './truth.ts';

export interface ControlOptions {
  readonly market: Market;
  readonly runner: MarketRunner;
  readonly faults: Faults;
  /** Acts on what is connected now. */
  strikeNow(spec: FaultSpec): void;
  stats(): unknown;
  ready(): unknown;
  stop(): void;
}

const ENDPOINTS: Readonly<Record<string, string>> = {
  'GET /_sim': 'This list.',
  'GET /_sim/ready': 'The ready line: where everything listens.',
  'GET /_sim/stats':
    'Market time and lag; connections with id, route, streams, messages received and sent; REST requests by path.',
  'POST /_sim/faults':
    'Injects a fault: {kind, venue?, route?, symbol?, stream? (substring), connectionId?, durationMs?, count?, …}. Answers {id}.',
  'GET /_sim/faults': 'Faults in force, each with how often it has struck.',
  'DELETE /_sim/faults': 'Ends all faults.',
  'DELETE /_sim/faults/<id>': 'Ends one fault.',
  'POST /_sim/activity': '{multiplier, symbols?}: order events happen that many times as often as usual.',
  'POST /_sim/pause': 'Stops the market; sockets, time and pings go on.',
  'POST /_sim/resume': 'Lets the market go on; the minutes in between close empty.',
  'GET /_sim/truth/book':
    'symbol, updateId?, limit?: the book now, or as of an update id of the last three minutes.',
  'GET /_sim/truth/trades': 'symbol, fromId?, limit?: prints by id, oldest first.',
  'GET /_sim/truth/candles':
    'symbol, interval?, limit?: the latest candles, oldest first, the open one last.',
  'POST /_sim/stop': 'Ends the simulator.',
};

/** Answers the control endpoint: JSON in, JSON out. */
export function createControl(options: ControlOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    // A page in a browser has no business here.
    if (request.headers.origin !== undefined) {
      send(response, json({ error: 'Requests from web pages are refused.' }, 403));
      return;
    }
    answer(options, request).then(
      (found) => send(response, found),
      (fault: unknown) => {
        const status = fault instanceof HeartlineError ? 400 : 500;
        send(response, json({ error: messageOf(fault) }, status));
      },
    );
  };
}

async function answer(options: ControlOptions, request: IncomingMessage): Promise<Answer> {
  const { market, runner, faults } = options;
  const url = urlOf(request);
  const faultId = /^\/_sim\/faults\/(\d+)$/.exec(url.pathname)?.[1];
  if (faultId !== undefined && request.method === 'DELETE') {
    const removed = faults.remove(Number(faultId));
    return removed === 0 ? json({ error: `No fault ${faultId}.` }, 404) : json({ removed });
  }
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /_sim':
      return json({ endpoints: ENDPOINTS, faults: FAULT_KINDS });
    case 'GET /_sim/ready':
      return json(options.ready());
    case 'GET /_sim/stats':
      return json(options.stats());
    case 'GET /_sim/faults':
      return json({ faults: faults.list() });
    case 'POST /_sim/faults': {
      const spec = parseFault(await jsonBody(request));
      // Closing and cutting are done once done; everything else stays in force.
      const isMomentary = spec.kind === 'close' || spec.kind === 'reset';
      const id = isMomentary ? 0 : faults.add(spec);
      options.strikeNow(spec);
      return json({ id });
    }
    case 'DELETE /_sim/faults':
      return json({ removed: faults.remove() });
    case 'POST /_sim/activity':
      setActivity(market, await jsonBody(request));
      return json({});
    case 'POST /_sim/pause':
      runner.pause();
      return json({});
    case 'POST /_sim/resume':
      runner.resume();
      return json({});
    case 'POST /_sim/stop':
      options.stop();
      return json({});
  }
  const truth = request.method === 'GET' ? answerTruth(market, url) : undefined;
  return (
    truth ?? json({ error: `No such endpoint: ${request.method} ${url.pathname}. GET /_sim lists all.` }, 404)
  );
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const text = await bodyOf(request);
  try {
    return JSON.parse(text || '{}');
  } catch (cause) {
    throw new HeartlineError('request.malformed', 'The body is not JSON.', { cause });
  }
}

function setActivity(market: Market, input: unknown): void {
  const { multiplier, symbols } = (input ?? {}) as { multiplier?: unknown; symbols?: unknown };
  if (typeof multiplier !== 'number' || !(multiplier >= 0 && multiplier <= 1000)) {
    throw new HeartlineError('activity.invalid', '"multiplier" must be a number between 0 and 1000.');
  }
  if (symbols === undefined) {
    market.setActivity(multiplier);
    return;
  }
  if (!Array.isArray(symbols)) throw new HeartlineError('activity.invalid', '"symbols" must be a list.');
  const unknown = symbols.find((symbol) => !market.instruments.has(String(symbol)));
  if (unknown !== undefined) {
    throw new HeartlineError('activity.invalid', `Unknown symbol "${String(unknown)}".`);
  }
  market.setActivity(multiplier, symbols.map(String));
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import {
  ACCOUNT_ENDPOINTS,
  actOnAccounts,
  actOnOrders,
  answerAccounts,
  type Desks,
} from './accounts/account-control.ts';
import type { Facade } from './facade.ts';
import { FAULT_KINDS, type Faults, parseFault } from './faults.ts';
import { type Answer, bodyOf, json, send, urlOf } from './http.ts';
import { LISTINGS, type Listing } from './instruments.ts';
import { answerFx } from './krw-truth.ts';
import type { MarketRunner } from './market-runner.ts';
import { marketsNamed } from './markets-named.ts';
import { ORDER_STYLE_WORDS } from './order-styles.ts';
import { answerTruth } from './truth.ts';

export interface ControlOptions {
  /** By venue id; the first is meant where none is named. */
  readonly facades: ReadonlyMap<string, Facade>;
  /** Their accounts, by venue id. */
  readonly desks: Desks;
  readonly runner: MarketRunner;
  readonly faults: Faults;
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
    'Injects a fault: {kind, venue?, route?, symbol?, stream? (substring), connectionId?, method?, path?, durationMs?, count?, …}. Answers {id}.',
  'GET /_sim/faults': 'Faults in force, each with how often it has struck.',
  'DELETE /_sim/faults': 'Ends all faults.',
  'DELETE /_sim/faults/<id>': 'Ends one fault.',
  'POST /_sim/activity':
    '{multiplier, venue?, category?, symbols?}: order events happen that many times as often as usual; everywhere where no venue is named.',
  'POST /_sim/listing':
    '{symbol, listing: trading | warned | suspended | delisted, venue?, category?}: how the venue lists an instrument; suspended and delisted ones are not traded.',
  'POST /_sim/pause': 'Stops the market; sockets, time and pings go on.',
  'POST /_sim/resume': 'Lets the market go on; the minutes in between close empty.',
  'GET /_sim/truth/book':
    'venue? (default binance), category? (Bybit: linear, spot), symbol, updateId? or time? (ms), limit?: the book now, or as of an update id or a time of the last three minutes.',
  'GET /_sim/truth/trades': 'venue?, category?, symbol, fromId?, limit?: prints by id, oldest first.',
  'GET /_sim/truth/candles':
    'venue?, category?, symbol, interval?, limit?: the latest candles, oldest first, the open one last.',
  'GET /_sim/truth/fx':
    'time? (ms): won per dollar and the premium of each Korean venue (0.02 is 2 %), now or then.',
  'GET /_sim/fx':
    'Won per dollar as a source of exchange rates would tell it: {base, quote, krwPerUsd, asOf}.',
  ...ACCOUNT_ENDPOINTS,
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
  const { facades, desks, runner, faults } = options;
  const url = urlOf(request);
  const faultId = /^\/_sim\/faults\/(\d+)$/.exec(url.pathname)?.[1];
  if (faultId !== undefined && request.method === 'DELETE') {
    const removed = faults.remove(Number(faultId));
    return removed === 0 ? json({ error: `No fault ${faultId}.` }, 404) : json({ removed });
  }
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /_sim':
      return json({ endpoints: ENDPOINTS, faults: FAULT_KINDS, orderStyles: ORDER_STYLE_WORDS });
    case 'GET /_sim/ready':
      return json(options.ready());
    case 'GET /_sim/stats':
      return json(options.stats());
    case 'GET /_sim/faults':
      return json({ faults: faults.list() });
    case 'POST /_sim/faults': {
      const spec = parseFault(await jsonBody(request));
      const id = faults.add(spec);
      for (const facade of facades.values()) facade.strikeNow(spec);
      return json({ id });
    }
    case 'DELETE /_sim/faults':
      return json({ removed: faults.remove() });
    case 'POST /_sim/activity':
      setActivity(facades, await jsonBody(request));
      return json({});
    case 'POST /_sim/listing':
      setListing(facades, await jsonBody(request));
      return json({});
    case 'POST /_sim/orders':
      return json(actOnOrders(desks, await jsonBody(request)));
    case 'POST /_sim/accounts':
      return json(actOnAccounts(desks, await jsonBody(request)));
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
  const accounts = answerAccounts(desks, `${request.method} ${url.pathname}`, url.searchParams);
  if (accounts) return accounts;
  const truth = request.method === 'GET' ? (answerFx(facades, url) ?? answerTruth(facades, url)) : undefined;
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

function setActivity(facades: ReadonlyMap<string, Facade>, input: unknown): void {
  const { multiplier, symbols, venue, category } = (input ?? {}) as Record<string, unknown>;
  if (typeof multiplier !== 'number' || !(multiplier >= 0 && multiplier <= 1000)) {
    throw new HeartlineError('activity.invalid', '"multiplier" must be a number between 0 and 1000.');
  }
  if (symbols !== undefined && !Array.isArray(symbols)) {
    throw new HeartlineError('activity.invalid', '"symbols" must be a list.');
  }
  for (const name of [venue, category]) {
    if (name !== undefined && typeof name !== 'string') {
      throw new HeartlineError('activity.invalid', '"venue" and "category" must be texts.');
    }
  }
  const markets = marketsNamed(facades, venue as string | undefined, category as string | undefined);
  const named = symbols?.map(String);
  const unknown = named?.find((symbol) => !markets.some((market) => market.instruments.has(symbol)));
  if (unknown !== undefined) throw new HeartlineError('activity.invalid', `Unknown symbol "${unknown}".`);
  for (const market of markets) market.instruments.setActivity(multiplier, named);
}

function setListing(facades: ReadonlyMap<string, Facade>, input: unknown): void {
  const { symbol, listing, venue, category } = (input ?? {}) as Record<string, string | undefined>;
  if (!LISTINGS.includes(listing as Listing)) {
    throw new HeartlineError('listing.invalid', `"listing" must be one of: ${LISTINGS.join(', ')}.`);
  }
  const markets = marketsNamed(facades, venue, category);
  const found = markets.filter(({ instruments }) =>
    instruments.setListing(String(symbol), listing as Listing),
  );
  if (found.length === 0) throw new HeartlineError('listing.invalid', `Unknown symbol "${symbol}".`);
}

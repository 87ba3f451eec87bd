import * as wire from '#shared/base/wire.ts';
import type { SignedCall } from '../account.ts';
import type { TradingVenue } from '../order.ts';
import { BUDGET, ORDERS_BUDGET, object, RIGHTS_BUDGET } from './account-answer.ts';
import { createAccountDecoder } from './account-codec.ts';
import { accountRefusalOf } from './account-refusal.ts';
import { accountRest } from './account-rest.ts';
import { budgetNotes, ORDERS_IN_10S } from './order-counts.ts';
import { binanceOrders } from './orders.ts';
import { BINANCE } from './symbols.ts';

const MINUTE_MS = 60_000;

/** Binance USD-M futures: private data and orders. */
export const binanceAccount = {
  id: BINANCE,
  signer: 'binanceusdm',
  signerSections: { fapiPrivate: '/fapi/v1', fapiPrivateV3: '/fapi/v3', sapi: '/sapi/v1' },
  environments: {
    mainnet: {
      rest: 'https://fapi.binance.com',
      ws: 'wss://fstream.binance.com',
      rights: 'https://api.binance.com',
    },
    demo: { rest: 'https://demo-fapi.binance.com', ws: 'wss://demo-fstream.binance.com' },
  },
  budgets: [
    { scope: BUDGET, capacity: 2_400, windowMs: MINUTE_MS },
    // Asked once a day. The host allows far more; no fact sheet says how much.
    { scope: RIGHTS_BUDGET, capacity: 60, windowMs: MINUTE_MS },
    { scope: ORDERS_BUDGET, capacity: ORDERS_IN_10S, windowMs: 10_000 },
  ],
  rest: accountRest,
  orders: binanceOrders,
  stream: {
    token: {
      create: () =>
        listenKeyCall('POST', (body) => {
          const listenKey = wire.text(object(body), 'listenKey');
          if (!/^[\w-]{1,256}$/.test(listenKey)) throw new wire.Misshapen('no listen key');
          return listenKey;
        }),
      // Whose key it is, the venue knows by the header: there is one for each.
      extend: () => listenKeyCall('PUT', () => undefined),
      close: () => listenKeyCall('DELETE', () => undefined),
      // It lives for an hour; the venue asks for this every 20 to 30 minutes.
      extendEveryMs: 20 * MINUTE_MS,
    },
    // Without `events`, which is a filter: everything comes.
    url: (endpoints, token = '') => `${endpoints.ws}/private/ws?listenKey=${encodeURIComponent(token)}`,
    confirms: false,
    connectionLifeMs: 24 * 60 * MINUTE_MS,
    createDecoder: createAccountDecoder,
  },
  refusalOf: accountRefusalOf,
  budgetNotes,
  settleCurrency: 'USDT',
} satisfies TradingVenue;

/** Needs the key in its header, and neither parameters nor a signature: ccxt knows that too. */
function listenKeyCall<Answer>(
  method: 'POST' | 'PUT' | 'DELETE',
  parse: (body: unknown) => Answer,
): SignedCall<Answer> {
  return { method, section: 'fapiPrivate', path: 'listenKey', params: {}, scope: BUDGET, weight: 1, parse };
}

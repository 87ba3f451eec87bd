import type { TradingVenue } from '../order.ts';
import { createAccountDecoder } from './account-codec.ts';
import { accountRefusalOf } from './account-refusal.ts';
import { accountRest } from './account-rest.ts';
import { bithumbOrders } from './orders.ts';
import { BITHUMB } from './symbols.ts';

/** Bithumb's private half: balances and orders, and ordering. Spot only: there are no positions. */
export const bithumbAccount = {
  id: BITHUMB,
  signer: 'bithumb',
  // The paths carry their version: v1 and v2 live side by side.
  signerSections: { private: '' },
  // There is no test environment.
  environments: { mainnet: { rest: 'https://api.bithumb.com', ws: 'wss://ws-api.bithumb.com' } },
  // Of an address and a kind of call (fact sheet, section 6).
  budgets: [
    { scope: 'other', capacity: 140, windowMs: 1_000 },
    { scope: 'order', capacity: 140, windowMs: 1_000 },
    { scope: 'cancel', capacity: 140, windowMs: 1_000 },
    { scope: 'batch', capacity: 20, windowMs: 1_000 },
  ],
  rest: accountRest,
  stream: {
    url: (endpoints) => `${endpoints.ws}/websocket/v2/private`,

    // The token carries a nonce and the time: every socket needs one of its own.
    headers: (signing) => ({
      authorization: `Bearer ${signing.jwt({
        access_key: signing.credentials.apiKey.reveal(),
        nonce: signing.uuid(),
        timestamp: signing.now,
      })}`,
    }),

    // Without codes: all markets.
    subscribeFrame: () =>
      JSON.stringify([
        { ticket: 'heartline' },
        { type: 'myOrder' },
        { type: 'myAsset' },
        { format: 'DEFAULT' },
      ]),

    confirms: false,
    // Sockets without traffic from our side are cut after 60 s.
    ping: { frame: 'PING', everyMs: 20_000, always: true },
    connectionLifeMs: Number.POSITIVE_INFINITY,
    createDecoder: createAccountDecoder,
  },
  orders: bithumbOrders,
  refusalOf: accountRefusalOf,

  // A bucket of tokens for each kind of call; the headers speak of the one the call was charged to.
  budgetNotes({ scope }, headers) {
    const tokens = headers.get('x-ratelimit-remaining')?.trim() ?? '';
    return /^\d{1,9}$/.test(tokens) ? [{ scope, remaining: Number(tokens) }] : [];
  },
} satisfies TradingVenue;

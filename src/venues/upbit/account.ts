import type { TradingVenue } from '../order.ts';
import { createAccountDecoder } from './account-codec.ts';
import { accountRefusalOf } from './account-refusal.ts';
import { accountRest } from './account-rest.ts';
import { upbitOrders } from './orders.ts';
import { UPBIT } from './symbols.ts';

/** Upbit's private half: balances and orders of the main pocket, and ordering. Spot only: there are no positions. */
export const upbitAccount = {
  id: UPBIT,
  signer: 'upbit',
  // ccxt writes the `/v1` itself.
  signerSections: { private: '' },
  // There is no test environment.
  environments: { mainnet: { rest: 'https://api.upbit.com', ws: 'wss://api.upbit.com' } },
  // All keys of a pocket share these (fact sheet, section 6).
  budgets: [
    { scope: 'default', capacity: 30, windowMs: 1_000 },
    { scope: 'order', capacity: 12, windowMs: 1_000 },
    { scope: 'order-test', capacity: 12, windowMs: 1_000 },
    { scope: 'order-cancel-all', capacity: 1, windowMs: 2_000 },
  ],
  rest: accountRest,
  stream: {
    url: (endpoints) => `${endpoints.ws}/websocket/v1/private`,

    // No hash: there is no query. A nonce is taken once, so every socket needs a token of its own.
    headers: (signing) => ({
      Authorization: `Bearer ${signing.jwt({
        access_key: signing.credentials.apiKey.reveal(),
        nonce: signing.uuid(),
      })}`,
    }),

    // `myAsset` with codes would be refused; `myOrder` without any means all.
    subscribeFrame: () =>
      JSON.stringify([
        { ticket: 'heartline' },
        { type: 'myOrder' },
        { type: 'myAsset' },
        { format: 'DEFAULT' },
      ]),

    confirms: false,
    // Sockets without traffic are cut after 60 s, and it is not known that a protocol ping counts.
    ping: { frame: 'PING', everyMs: 20_000, always: true },
    connectionLifeMs: Number.POSITIVE_INFINITY,
    createDecoder: createAccountDecoder,
  },
  orders: upbitOrders,
  refusalOf: accountRefusalOf,

  // `Remaining-Req: group=order; min=…; sec=11`: the groups of private calls are our scopes.
  budgetNotes({ scope }, headers) {
    const seconds = /\bsec=(\d{1,6})\b/.exec(headers.get('remaining-req') ?? '')?.[1];
    return seconds === undefined ? [] : [{ scope, remaining: Number(seconds) }];
  },
} satisfies TradingVenue;

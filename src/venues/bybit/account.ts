import type { Signing } from '../account.ts';
import type { TradingVenue } from '../order.ts';
import type { Budget } from '../venue.ts';
import { createAccountDecoder } from './account-codec.ts';
import { accountRefusalOf } from './account-refusal.ts';
import { accountRest, RARE, READS } from './account-rest.ts';
import { ORDER_BUDGETS } from './order-budgets.ts';
import { bybitOrders } from './orders.ts';
import { budgetNotes } from './refusal.ts';
import { BYBIT } from './symbols.ts';

const BUDGETS: readonly Budget[] = [
  // Every private read is allowed so many by itself; all of them together stay below, and far below the address's 600
  // in 5 s, of which public calls take their share.
  { scope: READS, capacity: 50, windowMs: 1_000 },
  { scope: RARE, capacity: 5, windowMs: 1_000 },
  ...ORDER_BUDGETS,
];
/** Until when a login may arrive. */
const LOGIN_LIFE_MS = 10_000;

/** Bybit v5, unified account: private data and orders of linear contracts and spot. */
export const bybitAccount = {
  id: BYBIT,
  signer: 'bybit',
  signerSections: { private: '' },
  environments: {
    mainnet: { rest: 'https://api.bybit.com', ws: 'wss://stream.bybit.com' },
    testnet: { rest: 'https://api-testnet.bybit.com', ws: 'wss://stream-testnet.bybit.com' },
    demo: { rest: 'https://api-demo.bybit.com', ws: 'wss://stream-demo.bybit.com' },
  },
  budgets: BUDGETS,
  rest: accountRest,
  orders: bybitOrders,
  stream: {
    url: (endpoints) => `${endpoints.ws}/v5/private`,
    loginFrame({ credentials, now, hmacSha256 }: Signing) {
      const expires = Math.round(now) + LOGIN_LIFE_MS;
      const signature = hmacSha256(`GET/realtime${expires}`);
      return JSON.stringify({
        req_id: 'login',
        op: 'auth',
        args: [credentials.apiKey.reveal(), expires, signature],
      });
    },
    // All markets at once: forms with and without a market may not be mixed, and a wallet has only the one.
    subscribeFrame: () =>
      JSON.stringify({
        req_id: 'topics',
        op: 'subscribe',
        args: ['order', 'execution', 'position', 'wallet'],
      }),
    confirms: true,
    ping: { frame: '{"op":"ping"}', everyMs: 20_000, always: true },
    connectionLifeMs: Number.POSITIVE_INFINITY,
    createDecoder: createAccountDecoder,
  },
  refusalOf: accountRefusalOf,
  budgetNotes: (call, headers) => budgetNotes(BUDGETS, call, headers),
  settleCurrency: 'USDT',
} satisfies TradingVenue;

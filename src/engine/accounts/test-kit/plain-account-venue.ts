import { venueId } from '#shared/domain/instrument.ts';
import type { AccountDecoded, AccountVenue, SignedCall } from '#venues/account.ts';

/** A call of the plain venue; the scripted client answers it by its path. */
function plainCall<Answer>(path: string, params: SignedCall<Answer>['params'] = {}): SignedCall<Answer> {
  return {
    method: 'GET',
    section: 'private',
    path,
    params,
    scope: 'all',
    weight: 1,
    parse: (body) => body as Answer,
  };
}

/** An account venue without a wire of its own: frames are lists of what they mean. It logs in, and confirms. */
export const plainAccountVenue: AccountVenue = {
  id: venueId('plain'),
  signer: 'none',
  signerSections: {},
  environments: { simulator: { rest: 'http://127.0.0.1:1', ws: 'ws://127.0.0.1:1' } },
  budgets: [{ scope: 'all', capacity: 1000, windowMs: 1000 }],
  rest: {
    rights: () => ({ told: [], probed: [], assumed: {} }),
    facts: () => plainCall('facts'),
    balances: () => plainCall('balances'),
    positions: () => [plainCall('positions')],
    openOrders: () => [plainCall('openOrders')],
    closedOrders: ({ from, to }) => [plainCall('closedOrders', { from, to })],
    fills: ({ from, to }) => [plainCall('fills', { from, to })],
    order: ({ instrument, venueOrderId = '' }) => plainCall('order', { instrument, venueOrderId }),
    fees: () => plainCall('fees'),
    historyWindowMs: 86_400_000,
  },
  stream: {
    url: ({ ws }, token) => `${ws}/private${token === undefined ? '' : `/${token}`}`,
    loginFrame: () => 'login',
    subscribeFrame: () => 'subscribe',
    confirms: true,
    connectionLifeMs: 86_400_000,
    createDecoder: () => (frame) => {
      const text = typeof frame === 'string' ? frame : new TextDecoder().decode(frame);
      return JSON.parse(text) as AccountDecoded[];
    },
  },
  refusalOf: () => undefined,
  settleCurrency: 'USDT',
};

/** The same with a listen key instead of a login. */
export const tokenAccountVenue: AccountVenue = {
  ...plainAccountVenue,
  stream: {
    token: {
      create: () => plainCall('token.create'),
      extend: (token) => plainCall('token.extend', { token }),
      close: (token) => plainCall('token.close', { token }),
      extendEveryMs: 1_800_000,
    },
    url: plainAccountVenue.stream.url,
    confirms: false,
    connectionLifeMs: 86_400_000,
    createDecoder: plainAccountVenue.stream.createDecoder,
  },
};

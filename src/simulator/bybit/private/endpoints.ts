import type { PrivateContext } from './context.ts';
import { readExecutions, readHistory, readOrders, readPositions } from './listings.ts';
import { amendOrder, cancelAll, cancelOrder, createOrder } from './order-endpoints.ts';
import { readAccount, readFees, readKey, readWallet, setLeverage, switchMode } from './settings.ts';

export interface PrivateEndpoint {
  /** `key`: any key that lives. */
  readonly needs: 'key' | 'read' | 'trade';
  /** Requests an account may make in a second; the spot family may have a number of its own. */
  readonly perSecond: number;
  readonly perSecondSpot?: number;
  /** What becomes the envelope's `result`. Throws `Refusal`. */
  readonly answer: (context: PrivateContext) => unknown;
}

function read(answer: PrivateEndpoint['answer'], perSecond = 50): PrivateEndpoint {
  return { needs: 'read', perSecond, answer };
}

function act(answer: PrivateEndpoint['answer'], perSecondSpot = 20): PrivateEndpoint {
  return { needs: 'trade', perSecond: 10, perSecondSpot, answer };
}

/** By method and path. */
export const PRIVATE_ENDPOINTS: Readonly<Record<string, PrivateEndpoint>> = {
  'GET /v5/user/query-api': { needs: 'key', perSecond: 10, answer: readKey },
  'GET /v5/account/info': read(readAccount),
  'GET /v5/account/wallet-balance': read(readWallet),
  'GET /v5/account/fee-rate': read(readFees, 10),
  'GET /v5/position/list': read(readPositions),
  'POST /v5/position/set-leverage': act(setLeverage, 10),
  'POST /v5/position/switch-mode': act(switchMode, 10),
  'GET /v5/order/realtime': read(readOrders),
  'GET /v5/order/history': read(readHistory),
  'GET /v5/execution/list': read(readExecutions),
  'POST /v5/order/create': act(createOrder),
  'POST /v5/order/amend': act(amendOrder, 10),
  'POST /v5/order/cancel': act(cancelOrder),
  'POST /v5/order/cancel-all': act(cancelAll),
};

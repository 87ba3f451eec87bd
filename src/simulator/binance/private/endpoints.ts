import type { Query } from '../query.ts';
import { accountAnswer, balanceRows } from './account-rows.ts';
import type { PrivateContext } from './context.ts';
import { readAllConditional, readAllOrders, readFills, readIncome } from './history.ts';
import {
  batch,
  cancelAll,
  cancelAllConditional,
  cancelConditional,
  cancelOrder,
  changeOrder,
  countDown,
  placeConditional,
  placeOrder,
  readConditional,
  readOpenConditional,
  readOpenOrder,
  readOpenOrders,
  readOrder,
  testOrder,
} from './order-endpoints.ts';
import {
  readAccountConfig,
  readBrackets,
  readCommission,
  readPositionMode,
  readPositions,
  readPositionsV2,
  readRestrictions,
  readSymbolConfig,
  setLeverage,
  setMarginType,
  setPositionMode,
} from './settings.ts';

export interface PrivateEndpoint {
  readonly weight: (query: Query) => number;
  /** `trade`: asks for that right. `key`: the key alone, no signature. */
  readonly needs: 'read' | 'trade' | 'key';
  /** How many orders it counts as. */
  readonly orders?: number;
  /** What becomes the body. Throws `Refusal`. */
  readonly answer: (context: PrivateContext) => unknown;
}

type Answer = PrivateEndpoint['answer'];

function read(weight: number, answer: Answer): PrivateEndpoint {
  return { weight: () => weight, needs: 'read', answer };
}

/** One weight for a named symbol, another for all of them. */
function listed(one: number, all: number, answer: Answer): PrivateEndpoint {
  return { weight: (query) => (query.text('symbol') === undefined ? all : one), needs: 'read', answer };
}

function act(weight: number, answer: Answer, orders = 0): PrivateEndpoint {
  return { weight: () => weight, needs: 'trade', orders, answer };
}

function listenKey(answer: Answer): PrivateEndpoint {
  return { weight: () => 1, needs: 'key', answer };
}

/** By method and path. */
export const PRIVATE_ENDPOINTS: Readonly<Record<string, PrivateEndpoint>> = {
  'POST /fapi/v1/listenKey': listenKey(({ listenKeys, key }) => ({ listenKey: listenKeys.create(key) })),
  'PUT /fapi/v1/listenKey': listenKey(({ listenKeys, key }) => ({ listenKey: listenKeys.extend(key) })),
  'DELETE /fapi/v1/listenKey': listenKey(({ listenKeys, key }) => {
    listenKeys.close(key);
    return {};
  }),
  'GET /fapi/v3/account': read(5, ({ account, coinOf, serverTime }) =>
    accountAnswer(account, coinOf, serverTime),
  ),
  'GET /fapi/v3/balance': read(5, ({ account, serverTime }) => balanceRows(account, serverTime)),
  'GET /fapi/v3/positionRisk': read(5, readPositions),
  'GET /fapi/v2/positionRisk': read(5, readPositionsV2),
  'GET /fapi/v1/symbolConfig': read(5, readSymbolConfig),
  'GET /fapi/v1/accountConfig': read(5, readAccountConfig),
  'GET /sapi/v1/account/apiRestrictions': read(1, readRestrictions),
  'GET /fapi/v1/commissionRate': read(20, readCommission),
  'GET /fapi/v1/leverageBracket': read(1, readBrackets),
  'GET /fapi/v1/income': read(30, readIncome),
  'GET /fapi/v1/positionSide/dual': read(30, readPositionMode),
  'POST /fapi/v1/positionSide/dual': act(1, setPositionMode),
  'POST /fapi/v1/leverage': act(1, setLeverage),
  'POST /fapi/v1/marginType': act(1, setMarginType),
  'GET /fapi/v1/openOrders': listed(1, 40, readOpenOrders),
  'GET /fapi/v1/openOrder': read(1, readOpenOrder),
  'GET /fapi/v1/order': read(1, readOrder),
  'POST /fapi/v1/order': act(0, placeOrder, 1),
  'POST /fapi/v1/order/test': act(0, testOrder),
  'PUT /fapi/v1/order': act(1, changeOrder, 1),
  'DELETE /fapi/v1/order': act(1, cancelOrder),
  'DELETE /fapi/v1/allOpenOrders': act(1, cancelAll),
  'POST /fapi/v1/countdownCancelAll': act(10, countDown),
  'POST /fapi/v1/batchOrders': act(5, batch('batchOrders', placeOrder), 5),
  'PUT /fapi/v1/batchOrders': act(5, batch('batchOrders', changeOrder), 5),
  'DELETE /fapi/v1/batchOrders': act(1, batch('orderIdList', cancelOrder)),
  'GET /fapi/v1/allOrders': read(5, readAllOrders),
  'GET /fapi/v1/userTrades': read(5, readFills),
  'POST /fapi/v1/algoOrder': act(0, placeConditional, 1),
  'GET /fapi/v1/algoOrder': read(1, readConditional),
  'DELETE /fapi/v1/algoOrder': act(1, cancelConditional),
  'DELETE /fapi/v1/algoOpenOrders': act(1, cancelAllConditional),
  'GET /fapi/v1/openAlgoOrders': listed(1, 40, readOpenConditional),
  'GET /fapi/v1/allAlgoOrders': read(5, readAllConditional),
};

import * as wire from '#shared/base/wire.ts';
import { digits } from '#shared/base/wire-number.ts';
import { signedText } from '#shared/base/wire-signed.ts';
import type { Environment, KeyRights } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { AccountFacts, AccountRest, Page, RightsQuestion, SignedCall } from '../account.ts';
import { BUDGET, list, object, objects, RIGHTS_BUDGET } from './account-answer.ts';
import { closedOrders, fills, HISTORY_WINDOW_MS } from './account-history.ts';
import { instrumentIn, readAlgoOrder, readBalances, readOrder, readPosition } from './account-rows.ts';
import { instrumentOf, symbolOf } from './symbols.ts';

type Params = SignedCall<unknown>['params'];

/** Private reads of USD-M futures, with the weights of the fact sheet, section 6.2. */
export const accountRest = {
  historyWindowMs: HISTORY_WINDOW_MS,

  rights(environment: Environment): RightsQuestion {
    const account = get('accountConfig', {}, 5, readAccountRights);
    if (environment === 'demo') {
      // The demo market has no such question, and no money that could leave it.
      return { told: [account], probed: [], assumed: { withdraw: 'no', transfer: 'no', ipBound: 'unknown' } };
    }
    return { told: [restrictions, account], probed: [], assumed: {} };
  },

  facts: () => get('accountConfig', {}, 5, (body) => readFacts(object(body))),

  balances: () => get('account', {}, 5, (body) => readBalances(object(body)), 'fapiPrivateV3'),

  positions: (instrument?: InstrumentId) => [
    get(
      'positionRisk',
      ofSymbol(instrument),
      5,
      (body) => ({
        rows: objects(list(body))
          .map(readPosition)
          // Asked for by its instrument, a flat one is told as well.
          .filter(({ quantity }) => instrument !== undefined || quantity !== '0'),
      }),
      'fapiPrivateV3',
    ),
  ],

  positionSettings: (instrument?: InstrumentId) =>
    get('symbolConfig', ofSymbol(instrument), 5, (body) =>
      objects(list(body))
        // Some 600 rows, most of them of no interest: one of a name nobody knows must not hide the others.
        .filter((row) => instrumentOf(String(row['symbol'])) !== undefined)
        .map((row) => ({
          instrument: instrumentIn(row, 'symbol'),
          leverage: digits(row, 'leverage'),
          marginMode: marginModeOf(row['marginType']),
        })),
    ),

  openOrders: (instrument?: InstrumentId) => {
    const weight = instrument === undefined ? 40 : 1;
    return [
      get('openOrders', ofSymbol(instrument), weight, pageOf(readOrder)),
      get('openAlgoOrders', ofSymbol(instrument), weight, pageOf(readAlgoOrder)),
    ];
  },

  closedOrders,
  fills,

  order(query) {
    if (query.isConditional === true) {
      return get('algoOrder', algoIds(query), 1, (body) => ({
        order: ofInstrument(query.instrument, readAlgoOrder(object(body))),
      }));
    }
    const params = { symbol: symbolOf(query.instrument), ...ids(query, 'orderId', 'origClientOrderId') };
    return get('order', params, 1, (body) => ({
      order: ofInstrument(query.instrument, readOrder(object(body))),
    }));
  },

  fees: (instrument: InstrumentId) =>
    get('commissionRate', ofSymbol(instrument), 20, (body) => {
      const row = object(body);
      if (instrumentIn(row, 'symbol') !== instrument) {
        throw new wire.Misshapen('fees of another instrument');
      }
      return {
        instrument,
        // Negative for whoever is paid for making a market.
        maker: signedText(row, 'makerCommissionRate'),
        taker: signedText(row, 'takerCommissionRate'),
      };
    }),
} satisfies AccountRest;

/** Without them the answer tells nothing. */
const FEARED = ['enableWithdrawals', 'enableInternalTransfer', 'permitsUniversalTransfer'];

/** What a key may do; the one question asked elsewhere. */
const restrictions: SignedCall<Partial<KeyRights>> = {
  method: 'GET',
  section: 'sapi',
  path: 'account/apiRestrictions',
  params: {},
  scope: RIGHTS_BUDGET,
  weight: 1,
  host: 'rights',
  parse(body, receivedAt) {
    const row = object(body);
    const right = (key: string) => (wire.flag(row, key) ? 'yes' : 'no');
    for (const key of FEARED) wire.flag(row, key);
    // Whatever is named so counts, also what the fact sheet does not know.
    const feared = (name: RegExp) =>
      Object.keys(row).some((key) => name.test(key) && row[key] === true) ? 'yes' : 'no';
    return {
      read: right('enableReading'),
      trade: right('enableFutures'),
      withdraw: feared(/withdraw/i),
      transfer: feared(/transfer/i),
      ipBound: right('ipRestrict'),
      checkedAt: receivedAt,
    };
  },
};

/** That it is answered shows the right to read; an account that may not trade takes that right from all its keys. */
function readAccountRights(body: unknown, receivedAt: number): Partial<KeyRights> {
  const canTrade = wire.flag(object(body), 'canTrade');
  return { read: 'yes', checkedAt: receivedAt, ...(!canTrade && { trade: 'no' as const }) };
}

function readFacts(row: wire.WireObject): AccountFacts {
  return {
    canTrade: wire.flag(row, 'canTrade'),
    feeTier: digits(row, 'feeTier'),
    isHedged: wire.flag(row, 'dualSidePosition'),
    marginMode: wire.flag(row, 'multiAssetsMargin') ? 'multi-asset' : 'single-asset',
  };
}

function marginModeOf(word: unknown): 'cross' | 'isolated' {
  switch (word) {
    case 'CROSSED':
      return 'cross';
    case 'ISOLATED':
      return 'isolated';
    default:
      throw new wire.Misshapen(`no such margin mode: ${wire.show(word)}`);
  }
}

function get<Answer>(
  path: string,
  params: Params,
  weight: number,
  parse: SignedCall<Answer>['parse'],
  section = 'fapiPrivate',
): SignedCall<Answer> {
  return { method: 'GET', section, path, params, scope: BUDGET, weight, parse };
}

function pageOf(read: (row: wire.WireObject) => OrderReport): (body: unknown) => Page<OrderReport> {
  return (body) => ({ rows: objects(list(body)).map(read) });
}

function ofInstrument(instrument: InstrumentId, order: OrderReport): OrderReport {
  if (order.instrument !== instrument) throw new wire.Misshapen('an order of another instrument');
  return order;
}

function ofSymbol(instrument: InstrumentId | undefined): Params {
  return instrument === undefined ? {} : { symbol: symbolOf(instrument) };
}

interface Ids {
  readonly venueOrderId?: string;
  readonly clientOrderId?: string;
}

const algoIds = (query: Ids) => ids(query, 'algoId', 'clientAlgoId');

/** The venue's own id where there is one: a client's may be used again once its order has ended. */
function ids({ venueOrderId, clientOrderId }: Ids, idKey: string, clientKey: string): Params {
  if (venueOrderId !== undefined) return { [idKey]: venueOrderId };
  if (clientOrderId !== undefined) return { [clientKey]: clientOrderId };
  throw new wire.Misshapen('an order without any id');
}

import { msOfUtcText } from '#shared/base/utc-text.ts';
import * as wire from '#shared/base/wire.ts';
import { signedText } from '#shared/base/wire-signed.ts';
import type { KeyRights } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { isTerminal, type OrderReport } from '#shared/domain/order.ts';
import type { AccountRest, Fees, History, Page, PositionReport, SignedCall } from '../account.ts';
import { readFill, readOrder, readPosition, readWallets } from './account-rows.ts';
import { listIn, resultOf } from './rest-envelope.ts';
import { type Family, familyOf, instrumentOf, symbolOf } from './symbols.ts';

type Params = SignedCall<unknown>['params'];

/** Reads of one account, each call by itself: 50 a second. */
export const READS = 'uid';
/** What is asked now and then, and allowed less. */
export const RARE = 'uid-rare';

const HISTORY_WINDOW_MS = 7 * 24 * 60 * 60_000;
const FAMILIES: readonly Family[] = ['linear', 'spot'];
/** Contracts are listed by the coin they settle in, and only so. */
const SETTLE_COINS = ['USDT', 'USDC'] as const;
const MOST_ORDERS = 50;
const MOST_FILLS = 100;
const MOST_POSITIONS = 200;

/** Private reads of linear contracts and spot on a unified account: the fact sheet, section 5. */
export const accountRest = {
  historyWindowMs: HISTORY_WINDOW_MS,

  rights: () => ({
    told: [get('v5/user/query-api', {}, RARE, (body, receivedAt) => readRights(resultOf(body), receivedAt))],
    probed: [],
    assumed: {},
  }),

  facts: () =>
    get('v5/user/query-api', {}, RARE, (body) => {
      const key = resultOf(body);
      const { userID, vipLevel } = key;
      return {
        canTrade: mayTrade(key),
        ...(typeof vipLevel === 'string' && { feeTier: vipLevel }),
        marginMode: key['uta'] === 1 ? 'unified' : 'classic',
        ...((typeof userID === 'number' || typeof userID === 'string') && { userId: String(userID) }),
      };
    }),

  balances: () =>
    get('v5/account/wallet-balance', { accountType: 'UNIFIED' }, READS, (body) =>
      readWallets(listIn(resultOf(body))),
    ),

  positions(instrument?: InstrumentId) {
    if (instrument !== undefined && familyOf(instrument) !== 'linear') return [];
    const filters =
      instrument === undefined
        ? SETTLE_COINS.map((settleCoin) => ({ settleCoin }))
        : [{ symbol: symbolOf(instrument) }];
    return [marginModeThen(filters)];
  },

  openOrders: (instrument?: InstrumentId) =>
    filtersOfOpen(instrument).map((filter) =>
      paged('v5/order/realtime', { ...filter, openOnly: 0, limit: MOST_ORDERS }, (row) => {
        const order = readOrder(row, filter.category);
        // One that has just ended may still be listed.
        return isTerminal(order.status) ? undefined : order;
      }),
    ),

  closedOrders: (history: History) =>
    filtersOf(history).map((filter) =>
      paged('v5/order/history', { ...filter, limit: MOST_ORDERS }, (row): OrderReport | undefined => {
        if (!isKnown(row, filter.category)) return undefined;
        const order = readOrder(row, filter.category);
        return isTerminal(order.status) ? order : undefined;
      }),
    ),

  fills: (history: History) =>
    filtersOf(history).map((filter) =>
      paged('v5/execution/list', { ...filter, limit: MOST_FILLS }, (row) =>
        isKnown(row, filter.category) ? readFill(row, filter.category) : undefined,
      ),
    ),

  order(query) {
    const category = familyOf(query.instrument);
    const path = query.isPast === true ? 'v5/order/history' : 'v5/order/realtime';
    return get(
      path,
      { category, symbol: symbolOf(query.instrument), ...idOf(query) },
      READS,
      (body: unknown) => {
        const orders = objectsIn(resultOf(body)).map((row) => readOrder(row, category));
        const order = orders.find(({ venueOrderId, clientOrderId }) =>
          query.venueOrderId === undefined
            ? clientOrderId === query.clientOrderId
            : venueOrderId === query.venueOrderId,
        );
        return order && { order };
      },
    );
  },

  fees: (instrument: InstrumentId) =>
    get(
      'v5/account/fee-rate',
      { category: familyOf(instrument), symbol: symbolOf(instrument) },
      RARE,
      (body): Fees => {
        const row = objectsIn(resultOf(body)).find(
          (one) => instrumentOf(String(one['symbol']), familyOf(instrument)) === instrument,
        );
        if (row === undefined) throw new wire.Misshapen('fees of another instrument');
        return {
          instrument,
          // Negative for whoever is paid for making a market.
          maker: signedText(row, 'makerFeeRate'),
          taker: signedText(row, 'takerFeeRate'),
        };
      },
    ),
} satisfies AccountRest;

/**
 * A key that only reads moves nothing, whatever else is ticked. Otherwise any permission that names a withdrawal or a
 * transfer counts, in whatever group, also one the fact sheet does not know.
 */
function readRights(key: wire.WireObject, receivedAt: number): Partial<KeyRights> {
  const isReadOnly = wire.count(key, 'readOnly') === 1;
  const named = Object.keys(groupsIn(key)).flatMap((group) => permissionsIn(key, group));
  const right = (pattern: RegExp) => (!isReadOnly && named.some((name) => pattern.test(name)) ? 'yes' : 'no');
  const { ips } = key;
  const isBound = Array.isArray(ips) && ips.some((ip) => typeof ip === 'string' && ip !== '' && ip !== '*');
  // Keys without an address live for 90 days; on others the field means nothing.
  const text = isBound ? '' : key['expiredAt'];
  const expiresAt = typeof text === 'string' ? msOfUtcText(text.replace(/(?:\.\d+)?Z$/, '')) : undefined;
  return {
    read: 'yes',
    trade: mayTrade(key) ? 'yes' : 'no',
    withdraw: right(/withdraw/i),
    transfer: right(/transfer/i),
    ipBound: isBound ? 'yes' : 'no',
    ...(expiresAt !== undefined && expiresAt > 0 && { expiresAt }),
    checkedAt: receivedAt,
  };
}

function mayTrade(key: wire.WireObject): boolean {
  const isReadOnly = wire.count(key, 'readOnly') !== 0;
  const named = ['ContractTrade', 'Spot', 'Derivatives'].flatMap((group) => permissionsIn(key, group));
  return !isReadOnly && named.some((name) => ['Order', 'SpotTrade', 'DerivativesTrade'].includes(name));
}

function groupsIn({ permissions }: wire.WireObject): wire.WireObject {
  if (!wire.isWireObject(permissions)) {
    throw new wire.Misshapen(`permissions is no object: ${wire.show(permissions)}`);
  }
  return permissions;
}

/** Throws for what cannot be read: it might name a withdrawal. */
function permissionsIn(key: wire.WireObject, group: string): readonly string[] {
  const names = groupsIn(key)[group] ?? [];
  if (!Array.isArray(names)) throw new wire.Misshapen(`${group} is no list: ${wire.show(names)}`);
  return names.map((name: unknown) => {
    if (typeof name !== 'string')
      throw new wire.Misshapen(`${group} names no permission: ${wire.show(name)}`);
    return name;
  });
}

/** Positions do not say how they are margined: a unified account has one mode for all, and tells it elsewhere. */
function marginModeThen(filters: readonly Params[]): SignedCall<Page<PositionReport>> {
  return get('v5/account/info', {}, RARE, (body) => {
    const word = resultOf(body)['marginMode'];
    const marginMode =
      word === 'ISOLATED_MARGIN' ? 'isolated' : word === undefined || word === '' ? undefined : 'cross';
    const next = positionsOf(filters, marginMode);
    return { rows: [], ...(next && { next }) };
  });
}

function positionsOf(
  filters: readonly Params[],
  marginMode: 'cross' | 'isolated' | undefined,
): SignedCall<Page<PositionReport>> | undefined {
  const [filter, ...later] = filters;
  if (filter === undefined) return undefined;
  return paged(
    'v5/position/list',
    { category: 'linear', ...filter, limit: MOST_POSITIONS },
    (row) => {
      const position = readPosition(row, marginMode);
      // Asked for by its instrument, a flat one is told as well.
      return position.quantity === '0' && filter['symbol'] === undefined ? undefined : position;
    },
    () => positionsOf(later, marginMode),
  );
}

function filtersOfOpen(instrument?: InstrumentId): readonly (Params & { readonly category: Family })[] {
  if (instrument !== undefined) return [{ category: familyOf(instrument), symbol: symbolOf(instrument) }];
  return [
    ...SETTLE_COINS.map((settleCoin) => ({ category: 'linear' as const, settleCoin })),
    { category: 'spot' as const },
  ];
}

function filtersOf({ from, to, instrument }: History): readonly (Params & { readonly category: Family })[] {
  const range = { startTime: from, endTime: to };
  if (instrument === undefined) return FAMILIES.map((category) => ({ category, ...range }));
  return [{ category: familyOf(instrument), symbol: symbolOf(instrument), ...range }];
}

/** A list in pages, and then another call. `read`: `undefined` leaves a row out. */
function paged<Row>(
  path: string,
  params: Params,
  read: (row: wire.WireObject) => Row | undefined,
  then: () => SignedCall<Page<Row>> | undefined = () => undefined,
): SignedCall<Page<Row>> {
  return get(path, params, READS, (body) => {
    const result = resultOf(body);
    const rows = objectsIn(result).flatMap((row) => read(row) ?? []);
    const cursor = result['nextPageCursor'];
    // The last page has none; one that names itself again would never end.
    const isMore = typeof cursor === 'string' && cursor !== '' && cursor !== params['cursor'];
    const next = isMore ? paged(path, { ...params, cursor }, read, then) : then();
    return { rows, ...(next && { next }) };
  });
}

function objectsIn(result: wire.WireObject): readonly wire.WireObject[] {
  return listIn(result).map((row) => {
    if (!wire.isWireObject(row)) throw new wire.Misshapen(`a row is no object: ${wire.show(row)}`);
    return row;
  });
}

/** Rows of instruments that follow no rule are history nobody can show: left out. */
function isKnown(row: wire.WireObject, family: Family): boolean {
  return instrumentOf(String(row['symbol']), family) !== undefined;
}

function get<Answer>(
  path: string,
  params: Params,
  scope: string,
  parse: SignedCall<Answer>['parse'],
): SignedCall<Answer> {
  return { method: 'GET', section: 'private', path, params, scope, weight: 1, parse };
}

function idOf(query: { readonly venueOrderId?: string; readonly clientOrderId?: string }): Params {
  if (query.venueOrderId !== undefined) return { orderId: query.venueOrderId };
  if (query.clientOrderId !== undefined) return { orderLinkId: query.clientOrderId };
  throw new wire.Misshapen('an order without any id');
}

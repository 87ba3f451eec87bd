import Big from 'big.js';
import type { AccountClient } from '#engine/accounts/account-client.ts';
import { createAccountReads } from '#engine/accounts/account-reads.ts';
import { orderCall } from '#engine/trading/order-call.ts';
import { mintOrderId } from '#engine/trading/order-id.ts';
import type { CallOutcome } from '#engine/trading/trading-account.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { accountId } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderChange, OrderRef, OrderRequest } from '#shared/domain/order-draft.ts';
import type { Placed, SweepAnswer, TradingVenue } from '../order.ts';
import type { Venue } from '../venue.ts';
import type { AccountStage } from './account-stage.ts';
import { instrumentAt, type Ledger, type LedgerOrder } from './ledger-view.ts';

const PATIENCE_MS = 8_000;
/** The slowest venue answers fifty reads a second. */
const LOOK_EVERY_MS = 100;

/** Prices and a quantity that one instrument takes: `bid` rests, `ask` would take, both from either side. Decimal texts. */
interface Levels {
  readonly bid: string;
  readonly ask: string;
  readonly quantity: string;
}

/** One account of the simulator that orders are given to, through a venue's description and the engine's own call. */
export interface OrderDesk {
  /** Rests far below the market unless told otherwise. */
  request(instrument: InstrumentId, changes?: Partial<OrderRequest>): OrderRequest;
  levels(instrument: InstrumentId): Levels;
  place(request: OrderRequest): Promise<CallOutcome<Placed>>;
  amend(order: OrderReport, change: OrderChange): Promise<CallOutcome<Placed>>;
  cancel(ref: OrderRef): Promise<CallOutcome<Placed>>;
  sweep(instrument: InstrumentId): Promise<readonly CallOutcome<SweepAnswer>[]>;
  refOf(request: OrderRequest, venueOrderId?: string): OrderRef;
  /** The order as REST tells it by its client id, wherever the venue keeps it; waits until `holds`. */
  seen(
    request: OrderRequest,
    holds: (order: OrderReport | undefined) => boolean,
  ): Promise<OrderReport | undefined>;
  /** The first of several orders that is seen so. */
  first(
    requests: readonly OrderRequest[],
    holds: (order: OrderReport | undefined) => boolean,
  ): Promise<{ readonly request: OrderRequest; readonly seen: OrderReport }>;
  byVenueId(instrument: InstrumentId, venueOrderId: string): Promise<OrderReport | undefined>;
  /** Open orders of an instrument by client id, as REST tells them; waits until `holds`. */
  open(
    instrument: InstrumentId,
    holds: (ids: readonly (string | undefined)[]) => boolean,
  ): Promise<readonly OrderReport[]>;
  /** What the simulator itself holds of an id: all orders that ever had it. */
  truth(request: OrderRequest): Promise<readonly LedgerOrder[]>;
}

export async function openOrderDesk(
  stage: AccountStage,
  account: TradingVenue,
  venue: Venue,
  keyName: string,
): Promise<OrderDesk> {
  const key = await stage.keyNamed(account, keyName);
  const client: AccountClient = stage.client(account, key);
  const reads = createAccountReads(account, client);
  const name = accountId(`${account.id}#orders`);
  // The account is furnished when its key is first used.
  await reads.balances();
  const ledger = async (): Promise<Ledger> => stage.read(`ledger?venue=${account.id}&key=${keyName}`);
  const furnished = await ledger();

  const levels = (instrument: InstrumentId): Levels => {
    const here = furnished.openOrders.filter(
      (one) => instrumentAt(venue, one) === instrument && one.trigger === undefined,
    );
    const bid = here.find(({ side }) => side === 'buy');
    const ask = here.find(({ side }) => side === 'sell');
    if (!bid?.price || !ask?.price || !ask.quantity)
      throw new Error(`no orders on both sides of ${instrument}`);
    return { bid: bid.price, ask: ask.price, quantity: ask.quantity };
  };

  async function until<Seen>(
    what: string,
    look: () => Promise<Seen>,
    holds: (seen: Seen) => boolean,
  ): Promise<Seen> {
    const endsAt = systemClock.monotonic() + PATIENCE_MS;
    for (;;) {
      const seen = await look();
      if (holds(seen)) return seen;
      if (systemClock.monotonic() > endsAt) {
        throw new Error(`waited in vain for ${what}; last seen: ${JSON.stringify(seen)?.slice(0, 2_000)}`);
      }
      await new Promise<void>((resolve) => systemClock.after(LOOK_EVERY_MS, resolve));
    }
  }

  async function find(request: OrderRequest): Promise<OrderReport | undefined> {
    const query = {
      instrument: request.instrument,
      clientOrderId: request.clientOrderId,
      isConditional: isWaiting(request),
    };
    try {
      const answer = await client.call(account.rest.order(query), 'urgent');
      return (answer ?? (await client.call(account.rest.order({ ...query, isPast: true }), 'urgent')))?.order;
    } catch (fault) {
      if ((fault as { code?: string }).code === 'account.not-found') return undefined;
      throw fault;
    }
  }

  const call = <Answer>(
    action: 'place' | 'amend' | 'cancel',
    toCall: () => ReturnType<typeof account.orders.place> | Parameters<AccountClient['call']>[0],
  ) =>
    orderCall(client, account.orders, action, toCall as () => never, () => undefined) as Promise<
      CallOutcome<Answer>
    >;

  return {
    levels,
    request(instrument, changes = {}) {
      const { bid, quantity } = levels(instrument);
      const request: OrderRequest = {
        account: name,
        instrument,
        clientOrderId: mintOrderId(),
        side: 'buy',
        type: 'limit',
        isMarket: false,
        timeInForce: 'GTC',
        quantity,
        ...(changes.type?.endsWith('-market') ? {} : { price: bid }),
        reduceOnly: false,
        closePosition: false,
        leg: 'both',
        notional: '0',
        ...changes,
      };
      const reckoned = request.price ?? request.triggerPrice ?? '0';
      return { ...request, notional: new Big(request.quantity).times(reckoned).toFixed() };
    },
    place: (request) => call<Placed>('place', () => account.orders.place(request)),
    amend: (order, change) =>
      call<Placed>('amend', () => account.orders.amend(order, change, order.clientOrderId ?? '')),
    cancel: (ref) => call<Placed>('cancel', () => account.orders.cancel(ref)),
    async sweep(instrument) {
      const outcomes: CallOutcome<SweepAnswer>[] = [];
      for (const one of account.orders.cancelAll(instrument)) {
        outcomes.push(await call<SweepAnswer>('cancel', () => one));
      }
      return outcomes;
    },
    refOf: (request, venueOrderId) => ({
      account: name,
      instrument: request.instrument,
      clientOrderId: request.clientOrderId,
      isConditional: isWaiting(request),
      ...(venueOrderId !== undefined && { venueOrderId }),
    }),
    seen: (request, holds) => until(request.clientOrderId, () => find(request), holds),
    async first(requests, holds) {
      const found = await until(
        'any of them',
        async () => {
          for (const request of requests) {
            const seen = await find(request);
            if (seen !== undefined && holds(seen)) return { request, seen };
          }
          return undefined;
        },
        (one) => one !== undefined,
      );
      if (found === undefined) throw new Error('none of them');
      return found;
    },
    byVenueId: async (instrument, venueOrderId) =>
      (await client.call(account.rest.order({ instrument, venueOrderId }), 'urgent'))?.order,
    open: (instrument, holds) =>
      until(
        `the open orders of ${instrument}`,
        async () => (await reads.openOrders()).filter((one) => one.instrument === instrument),
        (orders) => holds(orders.map(({ clientOrderId }) => clientOrderId)),
      ),
    async truth({ clientOrderId }) {
      const { openOrders, closedOrders } = await ledger();
      return [...openOrders, ...closedOrders].filter((one) => one.clientOrderId === clientOrderId);
    },
  };
}

/** Once it has been triggered it may have moved to the ordinary orders. */
function isWaiting({ type }: OrderRequest): boolean {
  return type !== 'limit' && type !== 'market';
}

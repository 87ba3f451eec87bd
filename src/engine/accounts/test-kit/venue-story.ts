import { instrumentId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport, OrderStatus } from '#shared/domain/order.ts';
import type { BalanceReport, PositionReport } from '#venues/account.ts';
import type { AccountEvent } from '../account-holdings.ts';

/** What a venue knows of an account at one instant. */
export interface VenueTruth {
  readonly orders: ReadonlyMap<string, OrderReport>;
  readonly fills: ReadonlyMap<string, FillReport>;
  readonly balances: ReadonlyMap<string, BalanceReport>;
  readonly positions: ReadonlyMap<string, PositionReport>;
}

/** One thing that happened at the venue: what it streams of it, and what is true from then on. */
export interface Chapter {
  readonly events: readonly AccountEvent[];
  readonly truth: VenueTruth;
}

const MARKETS = ['plain:BTC-USDT-PERP', 'plain:ETH-USDT-PERP'].map(instrumentId);
const ENDS: readonly OrderStatus[] = ['CANCELED', 'EXPIRED', 'REJECTED'];

/** A made-up account's life, in steps. Each step has a venue time of its own: within one, nothing contradicts itself. */
export function venueStory(chance: () => number, steps: number, startTime = 1_000): readonly Chapter[] {
  const orders = new Map<string, OrderReport>();
  const fills = new Map<string, FillReport>();
  const balances = new Map<string, BalanceReport>();
  const positions = new Map<string, PositionReport>();
  const chapters: Chapter[] = [];
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(chance() * items.length)] as Item;
  const told = { source: 'stream', receivedAt: 0 } as const;
  let [time, ids] = [startTime, 0];

  for (let step = 0; step < steps; step += 1) {
    time += 1 + Math.floor(chance() * 3);
    const events: AccountEvent[] = [];
    const open = [...orders.values()].filter(
      ({ status }) => status === 'NEW' || status === 'PARTIALLY_FILLED',
    );
    const put = (order: OrderReport) => {
      orders.set(order.venueOrderId, order);
      events.push({ kind: 'order', order, ...told });
    };
    const chosen = open.length > 0 ? pick(open) : undefined;
    const what = chance();
    if (chosen === undefined || what < 0.3) {
      ids += 1;
      put({
        instrument: pick(MARKETS),
        venueOrderId: `o${ids}`,
        side: chance() < 0.5 ? 'buy' : 'sell',
        type: 'limit',
        timeInForce: 'GTC',
        status: 'NEW',
        venueStatus: 'New',
        price: String(100 + ids),
        quantity: '10',
        filledQuantity: '0',
        reduceOnly: false,
        postOnly: false,
        createdAt: time,
        venueTime: time,
        isConditional: false,
      });
    } else if (what < 0.7) {
      const filled = Math.min(10, Number(chosen.filledQuantity) + 1 + Math.floor(chance() * 5));
      const quantity = String(filled - Number(chosen.filledQuantity));
      ids += 1;
      const fill: FillReport = {
        id: `f${ids}`,
        instrument: chosen.instrument,
        venueOrderId: chosen.venueOrderId,
        side: chosen.side,
        price: chosen.price ?? '1',
        quantity,
        venueTime: time,
      };
      fills.set(fill.id, fill);
      const status = filled === 10 ? 'FILLED' : 'PARTIALLY_FILLED';
      put({
        ...chosen,
        status,
        venueStatus: status,
        filledQuantity: String(filled),
        averagePrice: chosen.price ?? '1',
        venueTime: time,
      });
      events.push({ kind: 'fill', fill, ...told });
      const name = `${chosen.instrument} both`;
      const before = Number(positions.get(name)?.quantity ?? '0');
      const position: PositionReport = {
        instrument: chosen.instrument,
        leg: 'both',
        quantity: String(before + (chosen.side === 'buy' ? 1 : -1) * Number(quantity)),
        entryPrice: String(100 + ids),
        markPrice: '105',
        unrealisedPnl: '1',
        leverage: '5',
        liquidationPrice: '50',
      };
      if (position.quantity === '0') positions.delete(name);
      else positions.set(name, position);
      events.push({ kind: 'position', position, venueTime: time, ...told });
    } else if (what < 0.8) {
      put({ ...chosen, price: String(Number(chosen.price) + 1), venueTime: time });
    } else {
      const status = pick(ENDS);
      put({ ...chosen, status, venueStatus: status, venueTime: time });
    }
    const total = String(1000 + step);
    const balance: BalanceReport = {
      currency: pick(['USDT', 'BTC']),
      total,
      used: '1',
      free: String(999 + step),
    };
    balances.set(balance.currency, balance);
    events.push({ kind: 'balance', balance, venueTime: time, ...told });
    chapters.push({
      events,
      truth: {
        orders: new Map(orders),
        fills: new Map(fills),
        balances: new Map(balances),
        positions: new Map(positions),
      },
    });
  }
  return chapters;
}

/** What REST would answer at that instant. */
export function answersOf({ orders, balances, positions }: VenueTruth) {
  return {
    orders: [...orders.values()].filter(({ status }) => status === 'NEW' || status === 'PARTIALLY_FILLED'),
    balances: [...balances.values()],
    positions: [...positions.values()],
  };
}

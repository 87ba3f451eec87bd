import type { AccountId, FigureSource, Position } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Fill, FillReport, OrderReport } from '#shared/domain/order.ts';
import type { BalanceReport, PositionReport, PositionSetting } from '#venues/account.ts';
import type { HeldBalance } from './balance-merge.ts';
import type { LastWord } from './newest-wins.ts';
import type { HeldOrder } from './order-merge.ts';
import type { HeldPosition } from './position-merge.ts';

export type AccountPart = 'balances' | 'positions' | 'orders';

/** All that is known of one account. Never changed: every event makes a new one that shares what did not change. */
export interface AccountHoldings {
  readonly account: AccountId;
  /** Streamed events so far. What was asked for at serial n cannot know what was streamed after it. */
  readonly serial: number;
  /** By `orderName`; ended ones stay, so that nothing late brings them back. */
  readonly orders: ReadonlyMap<string, HeldOrder>;
  /** The newest, by instrument and id. */
  readonly fills: ReadonlyMap<string, Fill>;
  readonly balances: ReadonlyMap<string, HeldBalance>;
  /** By instrument and leg; closed ones stay without a row. */
  readonly positions: ReadonlyMap<string, HeldPosition>;
  readonly settings: ReadonlyMap<
    InstrumentId,
    {
      readonly last: LastWord;
      readonly setting: Partial<PositionSetting>;
      /** Serial of the streamed event that told it last; 0: only REST did. */
      readonly told: number;
    }
  >;
  /** Parts the stream left in doubt, each since which serial: to be read over REST. */
  readonly doubts: ReadonlyMap<AccountPart, number>;
}

export interface Told {
  readonly source: Exclude<FigureSource, 'estimate'>;
  /** Engine wall time, ms epoch. */
  readonly receivedAt: number;
}

export type AccountEvent =
  | (Told & { readonly kind: 'order'; readonly order: OrderReport })
  | (Told & { readonly kind: 'fill'; readonly fill: FillReport })
  | (Told & { readonly kind: 'balance'; readonly balance: BalanceReport; readonly venueTime: number })
  | (Told & { readonly kind: 'position'; readonly position: PositionReport; readonly venueTime: number })
  | {
      readonly kind: 'setting';
      readonly instrument: InstrumentId;
      readonly leverage: string;
      readonly venueTime: number;
    }
  | { readonly kind: 'reread'; readonly what: AccountPart }
  | SnapshotEvent
  /** What REST told of what was: taken in one go, however much it is. */
  | {
      readonly kind: 'past';
      readonly orders: readonly OrderReport[];
      readonly fills: readonly FillReport[];
      readonly receivedAt: number;
    }
  /** An order the venue neither lists as open nor knows by its id: a conclusion, no word of the venue. */
  | {
      readonly kind: 'vanished';
      readonly order: string;
      readonly venueTime: number;
      readonly receivedAt: number;
    };

/** What REST answered; a part that was not asked for is absent. */
export interface SnapshotEvent {
  readonly kind: 'snapshot';
  /** `serial` when the first of its calls left. */
  readonly since: number;
  /**
   * When it left (wall), and the serial from which on the socket that stands told. What was streamed just before may be
   * newer than the answer: what REST reads from lags behind at many venues.
   */
  readonly lag?: { readonly askedAt: number; readonly streamedSince: number };
  readonly receivedAt: number;
  readonly balances?: readonly BalanceReport[];
  readonly positions?: readonly PositionReport[];
  readonly settings?: readonly PositionSetting[];
  /** All that is open. */
  readonly orders?: readonly OrderReport[];
}

export function emptyHoldings(account: AccountId): AccountHoldings {
  const none = new Map();
  return {
    account,
    serial: 0,
    orders: none,
    fills: none,
    balances: none,
    positions: none,
    settings: none,
    doubts: none,
  };
}

export function orderName(order: Pick<OrderReport, 'instrument' | 'venueOrderId' | 'isConditional'>): string {
  return `${order.instrument} ${order.isConditional ? 'c' : ''}${order.venueOrderId}`;
}

export const positionName = ({ instrument, leg }: Pick<Position, 'instrument' | 'leg'>) =>
  `${instrument} ${leg}`;
export const fillName = ({ instrument, id }: Pick<Fill, 'instrument' | 'id'>) => `${instrument} ${id}`;

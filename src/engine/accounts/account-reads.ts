import { HeartlineError } from '#shared/base/errors.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import type {
  AccountVenue,
  BalanceReport,
  History,
  Page,
  PositionReport,
  PositionSetting,
  SignedCall,
} from '#venues/account.ts';
import type { Priority } from '../net/limiter.ts';
import type { AccountClient } from './account-client.ts';
import { isAccountFault } from './account-fault.ts';

export interface OrderAnswer {
  readonly order: OrderReport;
  readonly fills?: readonly FillReport[];
}

/** Whole answers of one account: every page, every window of time. Throws as `AccountClient.call`. */
export interface AccountReads {
  balances(): Promise<readonly BalanceReport[]>;
  /** `undefined`: the venue has no positions. */
  positions(): Promise<readonly PositionReport[] | undefined>;
  settings(): Promise<readonly PositionSetting[] | undefined>;
  openOrders(): Promise<readonly OrderReport[]>;
  /** `instruments`: where the venue tells history only instrument by instrument. `priority`: `read` when absent. */
  closedOrders(
    history: History,
    instruments: readonly InstrumentId[],
    priority?: Priority,
  ): Promise<readonly OrderReport[]>;
  /** The venue tells fills by time, and not only order by order. */
  readonly areFillsTold: boolean;
  /** `undefined`: the venue tells fills only order by order. */
  fills(
    history: History,
    instruments: readonly InstrumentId[],
    priority?: Priority,
  ): Promise<readonly FillReport[] | undefined>;
  /** `undefined`: the venue knows no such order. `priority`: `urgent` when absent. */
  order(
    order: Pick<OrderReport, 'instrument' | 'venueOrderId' | 'isConditional'>,
    priority?: Priority,
  ): Promise<OrderAnswer | undefined>;
}

/** A venue whose pages never end has a fault of its own; half a list must not pass for the whole. */
const MAX_PAGES = 500;

export function createAccountReads(venue: AccountVenue, client: Pick<AccountClient, 'call'>): AccountReads {
  const { rest } = venue;

  async function pages<Row>(
    calls: readonly SignedCall<Page<Row>>[],
    priority: Priority,
  ): Promise<readonly Row[]> {
    const whole = await Promise.all(
      calls.map(async (first) => {
        const rows: Row[] = [];
        let call: SignedCall<Page<Row>> | undefined = first;
        for (let page = 0; call !== undefined; page += 1) {
          if (page === MAX_PAGES) {
            throw new HeartlineError(
              'venue.answer',
              `${venue.id}: ${first.path} has no end after ${page} pages`,
            );
          }
          const answer: Page<Row> = await client.call(call, priority);
          rows.push(...answer.rows);
          call = answer.next;
        }
        return rows;
      }),
    );
    return whole.flat();
  }

  async function past<Row>(
    ask: (history: History) => readonly SignedCall<Page<Row>>[],
    history: History,
    instruments: readonly InstrumentId[],
    priority: Priority = 'read',
  ): Promise<readonly Row[]> {
    const calls = windowsOf(history, rest.historyWindowMs).flatMap((window) => {
      const all = ask(window);
      if (all.length > 0 || window.instrument !== undefined) return all;
      return instruments.flatMap((instrument) => ask({ ...window, instrument }));
    });
    return pages(calls, priority);
  }

  return {
    balances: () => client.call(rest.balances(), 'urgent'),
    positions: async () => (rest.positions ? pages(rest.positions(), 'urgent') : undefined),
    settings: async () =>
      rest.positionSettings ? client.call(rest.positionSettings(), 'urgent') : undefined,
    openOrders: () => pages(rest.openOrders(), 'urgent'),
    closedOrders: (history, instruments, priority) =>
      past((window) => rest.closedOrders(window), history, instruments, priority),
    areFillsTold: rest.fills !== undefined,
    async fills(history, instruments, priority) {
      if (!rest.fills) return undefined;
      return past((window) => rest.fills?.(window) ?? [], history, instruments, priority);
    },
    async order({ instrument, venueOrderId, isConditional }, priority = 'urgent') {
      try {
        const query = { instrument, venueOrderId, isConditional };
        const answer = await client.call(rest.order(query), priority);
        // What ended a while ago may have left the list that was looked into first.
        return answer ?? (await client.call(rest.order({ ...query, isPast: true }), priority));
      } catch (fault) {
        if (isAccountFault(fault, 'account.not-found')) return undefined;
        throw fault;
      }
    },
  };
}

/** The range in pieces the venue answers, newest first. */
function windowsOf(history: History, windowMs: number): readonly History[] {
  const windows: History[] = [];
  for (let to = history.to; to > history.from; to -= windowMs) {
    windows.push({ ...history, from: Math.max(history.from, to - windowMs), to });
  }
  return windows;
}

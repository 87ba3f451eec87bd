import Big from 'big.js';
import type { AccountClient } from '#engine/accounts/account-client.ts';
import { type AccountReads, createAccountReads } from '#engine/accounts/account-reads.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { type FillReport, isTerminal, type OrderReport } from '#shared/domain/order.ts';
import type { AccountVenue } from '../account.ts';
import type { Venue } from '../venue.ts';
import type { AccountStage, StageStream } from './account-stage.ts';
import { instrumentAt, type Ledger, type LedgerOrder, statusOf } from './ledger-view.ts';

const DAY_MS = 86_400_000;
/** Ids of orders made here begin so. */
const MARK = 'conform';

/** One account of the simulator, read through a venue's description. */
export interface AccountDesk {
  readonly client: AccountClient;
  readonly reads: AccountReads;
  /** What the private stream told since the desk acted. */
  readonly streamed: Streamed;
  ledger(): Promise<Ledger>;
  /** Buys, sells, rests, takes back, on every kind of market the venue has; returns when the stream has told the last. */
  act(): Promise<void>;
  /** All that ended within the last days. */
  closed(): Promise<readonly OrderReport[]>;
  fills(): Promise<readonly FillReport[]>;
  isOurs(clientOrderId: string | undefined): boolean;
}

/** Told, and what should have been. */
interface Streamed {
  orders(): unknown;
  expectedOrders(ledger: Ledger): unknown;
  fills(): unknown;
  expectedFills(ledger: Ledger): unknown;
  totals(): unknown;
  expectedTotals(ledger: Ledger): unknown;
  positions(): unknown;
  expectedPositions(ledger: Ledger): unknown;
  failures(): unknown;
}

/** One instrument of every kind of market. */
export function placesOf(venue: Venue): readonly InstrumentId[] {
  const routeOf = (instrument: InstrumentId) => venue.routeOf({ kind: 'book', instrument });
  const routes = [...new Set(venue.favourites.map(routeOf))];
  return routes.flatMap((route) => venue.favourites.find((one) => routeOf(one) === route) ?? []);
}

export async function openAccountDesk(
  stage: AccountStage,
  account: AccountVenue,
  venue: Venue,
  keyName: string,
): Promise<AccountDesk> {
  const key = await stage.keyNamed(account, keyName);
  const client = stage.client(account, key);
  const reads = createAccountReads(account, client);
  let stream: StageStream | undefined;
  const ledger = async (): Promise<Ledger> => stage.read(`ledger?venue=${account.id}&key=${keyName}`);
  const isOurs = (id: string | undefined) => id?.startsWith(MARK) ?? false;

  async function order(at: LedgerOrder, action: string, more: object): Promise<void> {
    const { category, symbol } = at;
    const answer = await stage.post('orders', {
      venue: account.id,
      key: keyName,
      action,
      category,
      symbol,
      ...more,
    });
    if ('refused' in answer) throw new Error(`${account.id} ${action}: ${JSON.stringify(answer)}`);
  }

  async function actAt(instrument: InstrumentId, name: string): Promise<void> {
    const { openOrders } = await ledger();
    const here = openOrders.filter(
      (one) => instrumentAt(venue, one) === instrument && one.trigger === undefined,
    );
    const bid = here.find(({ side }) => side === 'buy');
    const ask = here.find(({ side }) => side === 'sell');
    if (!bid || !ask) throw new Error(`${keyName} has no orders on both sides of ${instrument}`);
    const place = (id: string, side: 'buy' | 'sell', price: string | undefined, more: object = {}) =>
      order(bid, 'place', {
        side,
        type: 'limit',
        price,
        quantity: ask.quantity,
        clientOrderId: `${MARK}${name}${id}`,
        ...more,
      });
    await place('a', 'buy', ask.price);
    await place('b', 'buy', bid.price);
    await order(bid, 'amend', { clientOrderId: `${MARK}${name}b`, quantity: bid.quantity });
    await order(bid, 'cancel', { clientOrderId: `${MARK}${name}b` });
    await place('c', 'sell', ask.price, { timeInForce: 'IOC' });
    await place('d', 'sell', bid.price);
    await place('e', 'buy', bid.price);
  }

  async function instruments(): Promise<readonly InstrumentId[]> {
    const { openOrders, closedOrders, positions } = await ledger();
    return [
      ...new Set([...openOrders, ...closedOrders, ...positions].map((one) => instrumentAt(venue, one))),
    ];
  }

  /** Ahead by a minute: what happens in this ms belongs to it. */
  function lastDays(): { readonly from: number; readonly to: number } {
    const now = Math.round(systemClock.now());
    return { from: now - 3 * DAY_MS, to: now + 60_000 };
  }

  const closed = async () => reads.closedOrders(lastDays(), await instruments());
  const told = () => stream?.decoded ?? [];
  const ordersTold = () => told().flatMap((one) => (one.kind === 'order' ? [one.order] : []));
  const fillsTold = () => told().flatMap((one) => (one.kind === 'fill' ? [one.fill] : []));
  const idOf = (report: { readonly clientOrderId?: string }) => report.clientOrderId ?? '';

  function lastStatuses(): Map<string, string> {
    const statuses = new Map<string, string>();
    for (const report of ordersTold()) {
      const id = idOf(report);
      const before = statuses.get(id);
      if (!isOurs(id) || (before !== undefined && isTerminal(before.split(' ')[0] as OrderReport['status'])))
        continue;
      statuses.set(id, `${report.status} ${new Big(report.filledQuantity).toFixed()}`);
    }
    return statuses;
  }

  function totals(): Map<string, string> {
    const last = new Map<string, string>();
    for (const one of told()) {
      if (one.kind === 'balance' && one.balance.total !== undefined) {
        last.set(one.balance.currency, new Big(one.balance.total).toFixed());
      }
    }
    return last;
  }

  function positions(): Map<string, string> {
    const last = new Map<string, string>();
    for (const one of told()) {
      if (one.kind === 'position')
        last.set(one.position.instrument, new Big(one.position.quantity).toFixed());
    }
    return last;
  }

  const filledOf = (fills: readonly { readonly clientOrderId?: string; readonly quantity: string }[]) => {
    const sums = new Map<string, Big>();
    for (const fill of fills) {
      const id = idOf(fill);
      if (isOurs(id)) sums.set(id, (sums.get(id) ?? new Big(0)).plus(fill.quantity));
    }
    return sortedEntries(new Map([...sums].map(([id, sum]) => [id, sum.toFixed()])));
  };

  const streamed: Streamed = {
    orders: () => sortedEntries(lastStatuses()),
    expectedOrders: ({ openOrders, closedOrders }) =>
      sortedEntries(
        new Map(
          [...openOrders, ...closedOrders]
            .filter(({ clientOrderId }) => isOurs(clientOrderId))
            .map((one) => [idOf(one), `${statusOf(one)} ${new Big(one.filled).toFixed()}`]),
        ),
      ),
    fills: () => {
      const unique = new Map(fillsTold().map((fill) => [`${fill.instrument} ${fill.id}`, fill]));
      return {
        count: unique.size,
        repeats: fillsTold().length - unique.size,
        filled: filledOf([...unique.values()]),
      };
    },
    expectedFills: ({ fills }) => {
      const ours = fills.filter(({ clientOrderId }) => isOurs(clientOrderId));
      return { count: ours.length, repeats: 0, filled: filledOf(ours) };
    },
    totals: () => sortedEntries(totals()),
    expectedTotals: ({ balances }) =>
      sortedEntries(
        new Map(
          balances
            .filter(({ currency }) => totals().has(currency))
            .map((one) => [one.currency, new Big(one.total).toFixed()]),
        ),
      ),
    positions: () => sortedEntries(positions()),
    expectedPositions(truth) {
      const held = new Map(
        truth.positions.map((one) => [instrumentAt(venue, one) as string, new Big(one.quantity).toFixed()]),
      );
      return sortedEntries(new Map([...positions().keys()].map((name) => [name, held.get(name) ?? '0'])));
    },
    failures: () => told().filter(({ kind }) => kind === 'failed' || kind === 'login-refused'),
  };

  return {
    client,
    reads,
    streamed,
    ledger,
    isOurs,
    closed,
    async act() {
      // The account is furnished when its key is first used; what comes of that is not waited for.
      await reads.balances();
      stream = await stage.stream(account, key);
      for (const [index, place] of placesOf(venue).entries()) await actAt(place, String(index));
      const [truth, opened] = [await ledger(), stream];
      const wanted = JSON.stringify([streamed.expectedOrders(truth), streamed.expectedFills(truth)]);
      await opened.until(
        'the last order',
        () => JSON.stringify([streamed.orders(), streamed.fills()]) === wanted,
      );
      // What is held is told after what was traded.
      await opened.until(
        'what is held',
        () => JSON.stringify(streamed.totals()) === JSON.stringify(streamed.expectedTotals(truth)),
      );
    },
    async fills() {
      const told = await reads.fills(lastDays(), await instruments());
      if (told !== undefined) {
        return [...new Map(told.map((fill) => [`${fill.instrument} ${fill.id}`, fill])).values()];
      }
      const ended = await closed();
      const open = await reads.openOrders();
      const traded = [...ended, ...open].filter(({ filledQuantity }) => Number(filledQuantity) > 0);
      const answers = [];
      for (const one of traded) answers.push(await reads.order(one));
      return answers.flatMap((answer) => answer?.fills ?? []);
    },
  };
}

function sortedEntries(map: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

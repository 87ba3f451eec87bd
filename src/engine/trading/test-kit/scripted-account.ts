import { createEmitter } from '#shared/base/emitter.ts';
import { type AccountState, accountId } from '#shared/domain/account.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { type AccountEvent, type AccountHoldings, emptyHoldings } from '../../accounts/account-holdings.ts';
import { accountState } from '../../accounts/account-state.ts';
import { createEventLog } from '../../health/event-log.ts';
import { createExecutor } from '../executor.ts';
import type { ApprovedOrder } from '../facts.ts';
import { followHeirs } from '../follow-heirs.ts';
import { followOrders } from '../follow-orders.ts';
import { createLateLines } from '../late-lines.ts';
import { createOwnSightings } from '../own-sightings.ts';
import { createResolver } from '../resolve-unknown.ts';
import { createSweeps } from '../sweeps.ts';
import type { TradingAccount } from '../trading-account.ts';
import { createMemoryJournal } from './memory-journal.ts';

export const ACCOUNT = accountId('plain#abc123');
export const BTC = instrumentId('plain:BTC-USDT-PERP');

export const NO_LINK = { verdict: 'unknown', venueCode: 'rest.timeout', message: 'no answer' } as const;

export function report(id: string, change: Partial<OrderReport> = {}): OrderReport {
  return {
    instrument: BTC,
    venueOrderId: `v-${id}`,
    clientOrderId: id,
    side: 'buy',
    type: 'limit',
    timeInForce: 'GTC',
    status: 'NEW',
    venueStatus: 'NEW',
    price: '100',
    quantity: '2',
    filledQuantity: '0',
    reduceOnly: false,
    postOnly: false,
    venueTime: 1,
    isConditional: false,
    ...change,
  };
}

export function approved(clientOrderId: string): ApprovedOrder {
  return {
    account: ACCOUNT,
    instrument: BTC,
    clientOrderId,
    side: 'buy',
    type: 'limit',
    isMarket: false,
    timeInForce: 'GTC',
    quantity: '2',
    price: '100',
    reduceOnly: false,
    closePosition: false,
    leg: 'both',
    notional: '200',
  } as ApprovedOrder;
}

/** An account that does as the test says, everything that gives orders to it, and all that was asked of it. */
export function stageTrading(script: Partial<TradingAccount> = {}) {
  const clock = createVirtualClock();
  const calls: string[] = [];
  const moved = createEmitter<{ readonly now: AccountHoldings; readonly before: AccountHoldings }>();
  const entered = createEmitter<AccountState>();
  let holdings = emptyHoldings(ACCOUNT);
  let state: AccountState = { kind: 'live' };
  const stream = { epoch: 1, heardAt: clock.now() as number | undefined };
  let isHalted = false;

  const account: TradingAccount = {
    id: ACCOUNT,
    venue: venueId('plain'),
    label: 'plain',
    environment: 'simulator',
    isReal: false,
    mode: 'trade',
    get state() {
      return state;
    },
    get holdings() {
      return holdings;
    },
    reconciledAt: undefined,
    get streamHeardAt() {
      return stream.heardAt;
    },
    get streamEpoch() {
      return stream.epoch;
    },
    isHedged: false,
    absence: { recvWindowMs: 5000, quarantineMs: 60_000, burnsIds: false },
    clockOffsetMs: 0,
    abilities: () => ({
      conditional: true,
      immediate: ['IOC', 'FOK'],
      postOnly: true,
      reduceOnly: true,
      closePosition: true,
      amend: 'in-place',
    }),
    fees: () => undefined,
    async place({ clientOrderId }, onSending) {
      onSending('hash');
      return { verdict: 'accepted', answer: { venueOrderId: `v-${clientOrderId}` } };
    },
    async amend(_order, _change, _id, onSending) {
      onSending('hash');
      return { verdict: 'accepted', answer: {} };
    },
    cancel: async () => ({ verdict: 'accepted', answer: {} }),
    cancelAll: () => undefined,
    mostCancels: 1,
    openOrders: async () => [],
    find: async () => ({ order: undefined, venueTime: clock.now() }),
    reconcile: async () => undefined,
    onHoldings: (listener) => moved.on(({ now, before }) => listener(now, before)),
    onState: (listener) => entered.on(listener),
  };
  const told = new Proxy(Object.defineProperties(account, Object.getOwnPropertyDescriptors(script)), {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function' || ['onHoldings', 'onState', 'abilities'].includes(String(name)))
        return value;
      return (...args: readonly unknown[]) => {
        calls.push(String(name));
        return value(...args);
      };
    },
  });
  const accounts = {
    all: [told],
    of: () => told,
    onChange: () => () => undefined,
  };
  const journal = createMemoryJournal(clock);
  const lines = createLateLines(clock, journal);
  const sightings = createOwnSightings(journal, lines);
  const log = createEventLog(clock);
  const executor = createExecutor({ clock, journal, lines, accounts, sightings, isHalted: () => isHalted });
  const resolver = createResolver({ clock, journal, lines, accounts, sightings });
  const sweeps = createSweeps({ clock, accounts, journal, lines, log, cancels: executor });
  followOrders({ clock, accounts, sightings });
  followHeirs({ clock, journal, accounts, sightings });

  async function settled(): Promise<void> {
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  }

  return {
    clock,
    account: told,
    accounts,
    journal,
    lines,
    executor,
    resolver,
    sweeps,
    log,
    stream,
    calls,
    /** How often it was asked for this. */
    count: (name: string) => calls.filter((call) => call === name).length,
    halt() {
      isHalted = true;
    },
    enter(next: AccountState) {
      state = next;
      entered.emit(next);
    },
    apply(event: AccountEvent) {
      const before = holdings;
      holdings = accountState(before, event);
      if (holdings !== before) moved.emit({ now: holdings, before });
    },
    tell(order: OrderReport) {
      this.apply({ kind: 'order', order, source: 'stream', receivedAt: clock.now() });
    },
    state: (id: string) => journal.orders.get(id)?.state,
    settled,
    async pass(ms: number, stepMs = 50) {
      await settled();
      for (let gone = 0; gone < ms; gone += stepMs) {
        clock.advance(Math.min(stepMs, ms - gone));
        await settled();
      }
    },
  };
}

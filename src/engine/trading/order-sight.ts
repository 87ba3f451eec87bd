import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { type Instrument, type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { Trust } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { isSettled } from '#shared/domain/own-order.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Arming } from './arming.ts';
import { createBookWitness } from './book-witness.ts';
import type { GuardState, HeldFacts, MarketFacts } from './facts.ts';
import type { Halt } from './halt.ts';
import { heldFacts } from './held-facts.ts';
import type { Journal } from './journal-port.ts';
import { limitsFor } from './limits-for.ts';
import { marketFacts } from './market-facts.ts';
import { createStandingDoubts } from './standing-doubts.ts';
import type { TradingAccount, TradingAccounts } from './trading-account.ts';
import { BOOK_OLD_MS, judgeTrust } from './trust.ts';

/** How long an order may wait for a book that was not being followed. */
const BOOK_WAIT_MS = 3000;
const BOOK_LOOK_MS = 25;
const WITNESS_WAIT_MS = 1500;
const RATE_WINDOW_MS = 10_000;
const REPEAT_MS = 1000;
const DAY_MS = 86_400_000;

export interface OrderSightOptions {
  readonly clock: Clock;
  readonly markets: MarketList;
  readonly accounts: TradingAccounts;
  readonly journal: Journal;
  readonly halt: Pick<Halt, 'isHalted'>;
  readonly arming: Arming;
  readonly settings: () => Settings['trading'];
}

/** What an order is judged by, looked at in one moment. */
export interface Sight {
  readonly account: TradingAccount;
  readonly instrument: Instrument;
  readonly market: MarketFacts;
  readonly held: HeldFacts;
  readonly limits: TradingLimits;
}

/** Gathers what guard and trust are told: nothing here decides anything. */
export interface OrderSight {
  /** Follows ticker and book of the instrument until the undo. */
  hold(instrument: InstrumentId): Undo;
  /**
   * Resolves once the held book is valid, or after three seconds as it is; one that has said nothing for long is asked about
   * once, for a second and a half at most.
   */
  settled(instrument: InstrumentId): Promise<void>;
  /** Throws `account.unknown`, `instrument.unknown`, `venue.unknown`. */
  look(account: AccountId, instrument: Instrument): Sight;
  trust(account: AccountId, instrument: Instrument): Trust;
  guardState(sight: Sight, request: OrderRequest): GuardState;
  /** An order left: the very same one within a second is a slip. */
  left(request: OrderRequest): void;
  /** One that stands is to be worth so much more, in quote: that counts as an order of today. */
  raised(account: AccountId, instrument: Instrument, notional: Big): void;
  /** The machine woke: every account has to be compared anew first. */
  wake(): void;
  dispose(): void;
}

export function createOrderSight(options: OrderSightOptions): OrderSight {
  const { clock, markets, accounts, journal, halt, arming } = options;
  /** Of the last second, by account: when each left, monotonic. */
  const newest = new Map<AccountId, Map<string, number>>();
  /** What standing orders were raised by: the journal's sums know what they were placed with. */
  const raises: {
    readonly account: AccountId;
    readonly quote: string;
    readonly notional: Big;
    readonly at: number;
  }[] = [];
  const doubts = createStandingDoubts(clock, accounts);
  const witness = createBookWitness(clock, markets);
  let wokeAt = Number.NEGATIVE_INFINITY;

  /** A book that was proven to stand is as new as its proof. */
  function marketNow(instrument: Instrument): MarketFacts {
    const now = clock.now();
    const facts = marketFacts(markets.of(instrument.venue), instrument, now);
    const proven = witness.provenAgoMs(instrument.id);
    if (proven === undefined || proven >= (facts.bookAgeMs ?? Number.POSITIVE_INFINITY)) return facts;
    return { ...facts, bookAgeMs: proven, bookAt: now - proven };
  }

  function look(id: AccountId, instrument: Instrument): Sight {
    const account = accounts.of(id);
    const unknownHere = [...journal.orders.values()].filter(
      ({ state, request }) =>
        state === 'unknown' && request.account === id && request.instrument === instrument.id,
    ).length;
    return {
      account,
      instrument,
      market: marketNow(instrument),
      held: withUnseen(heldFacts(account, instrument, unknownHere), account, journal),
      limits: limitsFor(options.settings(), id, instrument.venue),
    };
  }

  function trust(id: AccountId, instrument: Instrument): Trust {
    const account = accounts.of(id);
    const market = marketNow(instrument);
    const now = clock.now();
    const ago = (at: number | undefined) => (at === undefined ? undefined : now - at);
    return judgeTrust({
      isHalted: halt.isHalted(),
      journalFault: journal.fault,
      isReal: account.isReal,
      isArmed: arming.isArmed(account.venue),
      isPaper: account.environment === 'paper',
      state: account.state,
      reconciledAgoMs: ago(account.reconciledAt),
      // Balances are read again after every order: what a person may lose by that is judged by the venue anyway.
      isReconcileOwed: doubts.isOverdue(id),
      streamHeardAgoMs: ago(account.streamHeardAt),
      clockOffsetMs: account.clockOffsetMs,
      isWakeOwed: (account.reconciledAt ?? Number.NEGATIVE_INFINITY) < wokeAt,
      isBookValid: market.isBookValid,
      bookAgeMs: market.bookAgeMs,
    });
  }

  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  function spentSince(account: AccountId, quote: string, since: number): string {
    return raises
      .filter((one) => one.account === account && one.quote === quote && one.at >= since)
      .reduce((sum, { notional }) => sum.plus(notional), Big(journal.spent(account, quote, since)))
      .toFixed();
  }

  function isRepeat(request: OrderRequest): boolean {
    const at = newest.get(request.account)?.get(textOf(request));
    return at !== undefined && clock.monotonic() - at < REPEAT_MS;
  }

  return {
    hold(instrument) {
      const market = markets.of(venueOf(instrument));
      const undo = [
        ...(['ticker', 'book'] as const).map((kind) => market.hold({ kind, instrument })),
        witness.watch(instrument),
      ];
      return () => {
        for (const one of undo) one();
      };
    },
    async settled(instrument) {
      const market = markets.of(venueOf(instrument));
      const since = clock.monotonic();
      const bookNow = () => market.book(instrument)?.book;
      while (bookNow()?.state !== 'live') {
        if (clock.monotonic() - since >= BOOK_WAIT_MS) return;
        await pause(BOOK_LOOK_MS);
      }
      const agoMs = Math.min(
        clock.now() - (bookNow()?.receivedAt ?? 0),
        witness.provenAgoMs(instrument) ?? Number.POSITIVE_INFINITY,
      );
      if (agoMs > BOOK_OLD_MS) await Promise.race([witness.ask(instrument), pause(WITNESS_WAIT_MS)]);
    },
    look,
    trust,
    guardState(sight, request) {
      const { account, instrument } = sight;
      const now = clock.now();
      return {
        market: sight.market,
        held: sight.held,
        limits: sight.limits,
        spentToday: spentSince(account.id, instrument.quote, now - (now % DAY_MS)),
        ordersIn10s: journal.left(account.id, now - RATE_WINDOW_MS),
        isRepeat: isRepeat(request),
      };
    },
    left(request) {
      const at = clock.monotonic();
      const others = [...(newest.get(request.account) ?? [])].filter(([, since]) => at - since < REPEAT_MS);
      newest.set(request.account, new Map([...others, [textOf(request), at]]));
    },
    raised(account, { quote }, notional) {
      const at = clock.now();
      const kept = raises.filter((one) => at - one.at < DAY_MS);
      raises.splice(0, raises.length, ...kept, { account, quote, notional, at });
    },
    wake() {
      wokeAt = clock.now();
    },
    dispose() {
      witness.dispose();
      doubts.dispose();
    },
  };
}

/** Orders that left, and that the account has not been told of yet, are open until they are known not to be. */
function withUnseen(
  held: HeldFacts,
  { id, holdings }: TradingAccount,
  { orders }: Pick<Journal, 'orders'>,
): HeldFacts {
  const seen = new Set<string>();
  for (const { order } of holdings.orders.values()) {
    seen.add(`${order.instrument} ${order.venueOrderId}`);
    if (order.clientOrderId !== undefined) seen.add(order.clientOrderId);
  }
  const unseen = [...orders.values()].filter(
    ({ account, state, request, venueOrderId }) =>
      account === id &&
      !isSettled(state) &&
      !seen.has(request.clientOrderId) &&
      !seen.has(`${request.instrument} ${venueOrderId}`),
  );
  return { ...held, openOrders: held.openOrders + unseen.length };
}

/** The order without its name: what two clicks of one slip have in common. */
function textOf({ clientOrderId: _name, ...order }: OrderRequest): string {
  return JSON.stringify(order);
}

export function ordersInFlight(journal: Journal, venue: string): number {
  return [...journal.orders.values()].filter(
    ({ state, request }) =>
      venueOf(request.instrument) === venue &&
      !isSettled(state) &&
      (state === 'unknown' || state === 'submitting'),
  ).length;
}

import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import type { OrderRef } from '#shared/domain/order-draft.ts';
import type { Fees } from '#venues/account.ts';
import type { SweepAnswer, TradingVenue } from '#venues/order.ts';
import { isAccountFault } from '../accounts/account-fault.ts';
import type { AccountList } from '../accounts/account-list-options.ts';
import type { AccountSession } from '../accounts/account-session-options.ts';
import { heirRef } from './known-order.ts';
import { orderCall, saysItIsThere } from './order-call.ts';
import type { CallOutcome, TradingAccount } from './trading-account.ts';

export interface VenueAccountOptions {
  readonly clock: Clock;
  readonly list: Pick<AccountList, 'of' | 'sessionOf' | 'onChange'>;
  readonly account: AccountId;
  readonly venue: TradingVenue;
  /** Venue clock minus ours, ms; `undefined` while not measured. */
  readonly clockOffsetMs: () => number | undefined;
}

interface OrderLook {
  readonly order: OrderReport;
  readonly fills?: readonly FillReport[];
}

const FEES_GOOD_MS = 3_600_000;
const FEES_AGAIN_MS = 60_000;
/** More sockets than one session ever opens. */
const EPOCHS = 1_000_000;

/** Sessions, numbered as they come: the sockets of each count from the beginning again. */
const sessions = new WeakMap<AccountSession, number>();
let sessionCount = 0;

function sessionNumber(session: AccountSession): number {
  const known = sessions.get(session);
  if (known !== undefined) return known;
  sessionCount += 1;
  sessions.set(session, sessionCount);
  return sessionCount;
}

/** An account of a kept key, as orders can be given to it. Makes each call once and judges nothing. */
export function createVenueAccount(options: VenueAccountOptions): TradingAccount {
  const { clock, list, account, venue } = options;
  const { orders, rest } = venue;
  const entry = () => list.of(account);
  const client = () => list.sessionOf(account).client;
  const fees = new Map<InstrumentId, { readonly fees?: Fees; readonly askAt: number }>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  /** Where there is no session, nothing leaves. */
  const lazily: Pick<AccountSession['client'], 'call'> = {
    call: async (call, priority, onLeaving) => client().call(call, priority, onLeaving),
  };

  function askFees(instrument: InstrumentId): void {
    const before = fees.get(instrument);
    fees.set(instrument, { ...before, askAt: clock.monotonic() + FEES_AGAIN_MS });
    lazily.call(rest.fees(instrument)).then(
      (told) => fees.set(instrument, { fees: told, askAt: clock.monotonic() + FEES_GOOD_MS }),
      // Asked again in a minute by whoever still wants to know; what is wrong with the account shows elsewhere.
      () => undefined,
    );
  }

  async function sweep(
    instrument: InstrumentId | undefined,
    signal: AbortSignal,
  ): Promise<CallOutcome<SweepAnswer>> {
    const cancelled: SweepAnswer['cancelled'][number][] = [];
    const failed: SweepAnswer['failed'][number][] = [];
    let isBlind = false;
    let refused: CallOutcome<SweepAnswer> | undefined;
    // Every one of them is made even where an earlier one failed: it cancels others.
    for (const call of orders.cancelAll(instrument)) {
      if (signal.aborted) break;
      const outcome = await orderCall(
        lazily,
        orders,
        'cancel',
        () => call,
        () => undefined,
      );
      if (outcome.verdict === 'accepted') {
        cancelled.push(...outcome.answer.cancelled);
        failed.push(...outcome.answer.failed);
        isBlind ||= outcome.answer.isBlind;
      } else if (outcome.verdict !== 'gone' && outcome.verdict !== 'unchanged') refused = outcome;
    }
    return refused ?? { verdict: 'accepted', answer: { cancelled, failed, isBlind } };
  }

  async function look(ref: OrderRef, isConditional: boolean): Promise<OrderLook | 'there' | undefined> {
    const query = {
      instrument: ref.instrument,
      // One id is enough, and the venue's own cannot be anybody else's.
      ...(ref.venueOrderId === undefined
        ? { clientOrderId: ref.clientOrderId ?? '' }
        : { venueOrderId: ref.venueOrderId }),
      isConditional,
    };
    try {
      const answer = await lazily.call(rest.order(query), 'urgent');
      // What ended a while ago may have left the list that was looked into first.
      return answer ?? (await lazily.call(rest.order({ ...query, isPast: true }), 'urgent'));
    } catch (fault) {
      if (isAccountFault(fault, 'account.not-found')) return undefined;
      if (saysItIsThere(orders, fault)) return 'there';
      throw fault;
    }
  }

  /** One that was triggered is told of as what it became, under the id it was placed with: that one has its fills and its end. */
  async function followed(ref: OrderRef, { order, fills }: OrderLook) {
    const heir = heirRef(order);
    const found = heir && (await look({ account, ...heir }, false));
    const clientOrderId = ref.clientOrderId ?? order.clientOrderId;
    const now: OrderLook = found && found !== 'there' ? found : { order, ...(fills && { fills }) };
    return {
      order: { ...now.order, ...(clientOrderId !== undefined && { clientOrderId }) },
      ...(now.fills && { fills: now.fills }),
    };
  }

  const { cancelMany } = orders;
  return {
    id: account,
    venue: venue.id,
    get label() {
      return entry().record.label;
    },
    get environment() {
      return entry().record.environment;
    },
    get isReal() {
      return entry().record.environment === 'mainnet';
    },
    get mode() {
      return entry().record.mode;
    },
    get state() {
      return entry().state;
    },
    get holdings() {
      return entry().holdings;
    },
    get reconciledAt() {
      return entry().session?.reconciledAt;
    },
    get streamHeardAt() {
      return entry().session?.link.heardAt;
    },
    get streamEpoch() {
      const { session } = entry();
      return session === undefined ? 0 : sessionNumber(session) * EPOCHS + session.link.counts.epoch;
    },
    get isHedged() {
      return entry().isHedged === true;
    },
    absence: orders.absence,
    get clockOffsetMs() {
      return options.clockOffsetMs();
    },
    abilities: (instrument) => orders.abilities(instrument),
    fees(instrument) {
      const known = fees.get(instrument);
      if (known === undefined || known.askAt <= clock.monotonic()) askFees(instrument);
      return known?.fees;
    },
    place: (request, onSending) => {
      if (entry().record.mode !== 'trade') return Promise.resolve(READ_ONLY);
      return orderCall(lazily, orders, 'place', () => orders.place(request), onSending);
    },
    amend: (order, change, clientOrderId, onSending) => {
      if (entry().record.mode !== 'trade') return Promise.resolve(READ_ONLY);
      return orderCall(lazily, orders, 'amend', () => orders.amend(order, change, clientOrderId), onSending);
    },
    cancel: (ref, onSending) => orderCall(lazily, orders, 'cancel', () => orders.cancel(ref), onSending),
    cancelAll(instrument, signal) {
      if (orders.cancelAll(instrument).length === 0) return undefined;
      // Too soon after the last: one by one until then.
      if (clock.monotonic() - sweptAt < orders.cancelAllEveryMs) return undefined;
      sweptAt = clock.monotonic();
      return sweep(instrument, signal);
    },
    ...(cancelMany && {
      cancelMany: (refs: readonly OrderRef[]) =>
        orderCall(
          lazily,
          orders,
          'cancel',
          () => cancelMany.call(refs),
          () => undefined,
        ),
    }),
    mostCancels: cancelMany?.most ?? 1,
    async openOrders(): Promise<readonly OrderReport[]> {
      return list.sessionOf(account).reads.openOrders();
    },
    async find(ref) {
      if (ref.venueOrderId === undefined && ref.clientOrderId === undefined) {
        throw new HeartlineError('internal', 'an order without any id cannot be looked for');
      }
      // As it was when it was asked: what the venue says is not older than that.
      const venueTime = Math.round(clock.now() + (options.clockOffsetMs() ?? 0));
      const found =
        (await look(ref, ref.isConditional)) ??
        // One whose trigger was reached is among the ordinary ones at some venues.
        (ref.isConditional ? await look(ref, false) : undefined);
      if (found === undefined) return { order: undefined, venueTime };
      if (found === 'there') return { order: undefined, isThere: true, venueTime };
      return { ...(await followed(ref, found)), venueTime };
    },
    async reconcile() {
      await list.sessionOf(account).reconcile();
    },
    onHoldings: (listener) =>
      list.onChange((change) => {
        if (change.kind === 'holdings' && change.now.account === account) listener(change.now, change.before);
      }),
    onState(listener) {
      let before = entry().state;
      return list.onChange((change) => {
        if (change.kind !== 'accounts') return;
        const now = stateOf();
        if (now === undefined || now === before) return;
        before = now;
        listener(now);
      });
    },
  };

  /** `undefined`: the key was removed. */
  function stateOf() {
    try {
      return entry().state;
    } catch (fault) {
      if (isAccountFault(fault, 'account.unknown')) return undefined;
      throw fault;
    }
  }
}

const READ_ONLY = {
  verdict: 'unsent',
  venueCode: 'account.read-only',
  message: 'this key may only read',
} as const;

import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import type { TicketView } from '#shared/contract/order-views.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import type { EventLog } from '../health/event-log.ts';
import { isConfirmedByMain } from './confirm-order.ts';
import { estimateOrder } from './estimate.ts';
import { guard } from './guard.ts';
import type { OrderSight } from './order-sight.ts';
import { prepare } from './prepare.ts';

/** Often enough that a price that runs away is seen, seldom enough that ten tickets cost nothing. */
const LOOK_EVERY_MS = 250;
const CHECK_AGAIN_MS = 5000;
/** What a draft is called while it is none. */
const NAMELESS = 'preview0000000000000000';

/**
 * A draft, judged again and again: the very functions an order passes, on the same facts. Whatever goes away meanwhile (the
 * account, the venue, the instrument's listing) is told as what it means: nothing can leave.
 */
export function watchTicket(
  options: {
    readonly clock: Clock;
    readonly log: EventLog;
    readonly sight: OrderSight;
    /** Throws `instrument.unknown`, `venue.unknown`. */
    readonly check: (instrument: InstrumentId) => Promise<Instrument>;
  },
  draft: OrderDraft,
  changed: () => void,
): WatchSource<TicketView> {
  const { clock, sight } = options;
  const release = sight.hold(draft.instrument);
  let instrument: Instrument | undefined;
  let view: TicketView | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let sent = '';
  let isDisposed = false;
  let isBroken = false;

  function show(next: TicketView): void {
    view = next;
    if (textOf(next) !== sent) changed();
  }

  function fail(fault: unknown): void {
    if (isDisposed) return;
    if (!(fault instanceof HeartlineError) && !isBroken) {
      isBroken = true;
      options.log.add('error', 'internal', messageOf(fault));
    }
    const isGone = fault instanceof HeartlineError && fault.code === 'account.unknown';
    show(nothingLeaves(draft, isGone ? 'account-down' : 'book-invalid'));
  }

  function check(): void {
    if (clock.monotonic() - checkedAt < CHECK_AGAIN_MS) return;
    checkedAt = clock.monotonic();
    options.check(draft.instrument).then((found) => {
      instrument = found;
      look();
    }, fail);
  }

  function look(): void {
    if (isDisposed) return;
    if (instrument === undefined) {
      check();
      return;
    }
    try {
      show(ticketView(sight, instrument, draft));
    } catch (fault) {
      fail(fault);
    }
  }

  look();
  const stop = clock.every(LOOK_EVERY_MS, look);

  return {
    take() {
      if (view === undefined) return undefined;
      const text = textOf(view);
      if (text === sent) return undefined;
      sent = text;
      return view;
    },
    dispose() {
      isDisposed = true;
      stop();
      release();
    },
  };
}

function nothingLeaves({ instrument }: OrderDraft, reason: 'account-down' | 'book-invalid'): TicketView {
  return {
    trust: { kind: 'blocked', reason, canOverride: false },
    denials: reason === 'account-down' ? [] : [{ rule: 'instrument', limit: 'trading', value: instrument }],
    estimate: {},
    isConfirmedByMain: false,
    isReal: false,
  };
}

/** The book moves on with every look: alone it is news once a second. */
function textOf({ bookAt = 0, ...view }: TicketView): string {
  return JSON.stringify({ ...view, bookAt: Math.floor(bookAt / 1000) });
}

function ticketView(sight: OrderSight, instrument: Instrument, draft: OrderDraft): TicketView {
  const seen = sight.look(draft.account, instrument);
  const { market, account, limits } = seen;
  const trust = sight.trust(draft.account, instrument);
  const prepared = prepare(draft, seen, NAMELESS);
  const at = market.bookAt === undefined ? {} : { bookAt: market.bookAt };
  if (prepared.kind === 'denied') {
    return {
      trust,
      denials: prepared.denials,
      estimate: estimateOrder(undefined, draft.side, seen),
      isConfirmedByMain: false,
      ...at,
      isReal: account.isReal,
      abilities: seen.held.abilities,
    };
  }
  const { request } = prepared;
  const guarded = guard(request, { ...sight.guardState(seen, request), isRepeat: false });
  return {
    trust,
    denials: guarded.kind === 'denied' ? guarded.denials : [],
    estimate: estimateOrder(request, draft.side, seen),
    request,
    isConfirmedByMain: isConfirmedByMain(request, instrument, account, limits),
    ...at,
    isReal: account.isReal,
    abilities: seen.held.abilities,
  };
}

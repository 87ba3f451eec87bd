import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import type { Instrument, InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import type { OrderDraft, OrderRequest } from '#shared/domain/order-draft.ts';
import type { Given } from './bounded-confirm.ts';
import type { ConfirmOrder } from './confirm-order.ts';
import type { Executor } from './executor.ts';
import { guard } from './guard.ts';
import type { Journal } from './journal-port.ts';
import { mintOrderId } from './order-id.ts';
import type { OrderSight, Sight } from './order-sight.ts';
import { prepare } from './prepare.ts';
import { isFirm, isStepped } from './trust.ts';
import { createWalkNotes, type WalkNotes } from './walk-notes.ts';

export interface PlaceOrderOptions {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly sight: OrderSight;
  readonly executor: Executor;
  readonly confirm: ConfirmOrder;
  /** Throws `instrument.unknown`, `venue.unknown`. */
  readonly check: (instrument: InstrumentId) => Promise<Instrument>;
  /** An order is leaving there. */
  readonly onLeft: (venue: VenueId) => void;
}

export interface Wish {
  readonly draft: OrderDraft;
  /** The one trust reason the person stepped over. */
  readonly override?: string | undefined;
  /** Who asked: `window`, `close`, `flatten`, `reverse`, `amend`. */
  readonly from: string;
  /** What a person was asked about a moment ago, and said yes: no more than that need not be asked again. */
  readonly agreed?: OrderRequest | undefined;
}

interface Click {
  readonly draft: OrderDraft;
  readonly instrument: Instrument;
  readonly order: string;
  readonly override: string | undefined;
  readonly agreed: OrderRequest | undefined;
  /** Monotonic ms. */
  readonly clickedAt: number;
  readonly notes: WalkNotes;
}

export type PlaceOrder = (wish: Wish) => Promise<PlaceAnswer>;

/** The walk of one order from a click to the wire: see the architecture's "an order". Every step is in the journal first. */
export function createPlaceOrder(options: PlaceOrderOptions): PlaceOrder {
  const { journal, sight, executor } = options;

  return async ({ draft, override, agreed, from }) => {
    const clickedAt = options.clock.monotonic();
    const order = mintOrderId();
    const notes = createWalkNotes(options.clock, journal);
    notes.add({ kind: 'intent', order, draft, from });
    let release: Undo = () => undefined;
    try {
      const instrument = await options.check(draft.instrument);
      release = sight.hold(draft.instrument);
      await sight.settled(draft.instrument);
      return await walk({ draft, instrument, order, override, agreed, clickedAt, notes });
    } finally {
      release();
      notes.dispose();
    }
  };

  async function walk(click: Click): Promise<PlaceAnswer> {
    const { draft, instrument, order, override, notes } = click;
    const seen = sight.look(draft.account, instrument);
    const prepared = prepare(draft, seen, order);
    if (prepared.kind === 'denied') return refused(click, prepared);
    const { request } = prepared;
    const first = judge(request, instrument, override);
    if (first.kind !== 'approved') return refused(click, first);
    const { trust } = first;
    if (trust.kind === 'blocked') notes.add({ kind: 'override', order, trust });
    notes.add({ kind: 'guarded', order, request });
    const answer = await confirmed(request, seen, click);
    // What is not written down as stepped over was not.
    const stepped = trust.kind === 'blocked' ? override : undefined;
    // A person may have thought it over for a minute: what was true then has to be true now.
    const again = judge(request, instrument, stepped);
    // The question was withdrawn: this is why.
    if (answer === 'nobody' && again.kind === 'blocked' && isFirm(again.trust)) return refused(click, again);
    if (answer !== 'yes') return { kind: 'declined', answer };
    if (again.kind !== 'approved') return refused(click, again);
    sight.left(request);
    options.onLeft(instrument.venue);
    const stillTrusted = () => isStepped(sight.trust(request.account, instrument), stepped);
    try {
      const placed = await executor.place(again.order, stillTrusted, click.clickedAt, notes.take());
      return { kind: 'placed', order: placed };
    } catch (fault) {
      if (fault instanceof HeartlineError && fault.code === 'journal.unwritable') return withoutJournal();
      throw fault;
    }
  }

  function judge(request: OrderRequest, instrument: Instrument, override: string | undefined) {
    const seen = sight.look(request.account, instrument);
    const guarded = guard(request, sight.guardState(seen, request));
    if (guarded.kind === 'denied') return guarded;
    const trust = sight.trust(request.account, instrument);
    if (!isStepped(trust, override)) return { kind: 'blocked', trust } as const;
    return { ...guarded, trust };
  }

  function refused(
    { order, notes }: Click,
    answer: Extract<PlaceAnswer, { kind: 'denied' | 'blocked' }>,
  ): PlaceAnswer {
    notes.add({ ...answer, order });
    return notes.write() ? answer : withoutJournal();
  }

  async function confirmed(request: OrderRequest, seen: Sight, { agreed, notes }: Click): Promise<Given> {
    if (agreed !== undefined && isNoMore(request, agreed)) return 'yes';
    const answer = await options.confirm(request, seen);
    if (answer === undefined) return 'yes';
    notes.add({ kind: 'confirm', order: request.clientOrderId, answer });
    return answer;
  }

  function withoutJournal(): PlaceAnswer {
    const measured = journal.fault;
    return {
      kind: 'blocked',
      trust: {
        kind: 'blocked',
        reason: 'journal',
        canOverride: false,
        ...(measured !== undefined && { measured }),
      },
    };
  }
}

/** The same order but for its name, or less of it. */
function isNoMore(order: OrderRequest, agreed: OrderRequest): boolean {
  const fixed = ({ clientOrderId: _name, quantity: _quantity, notional: _notional, ...rest }: OrderRequest) =>
    JSON.stringify(Object.entries(rest).toSorted());
  return fixed(order) === fixed(agreed) && Big(order.quantity).lte(agreed.quantity);
}

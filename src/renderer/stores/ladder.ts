import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { TicketView } from '#shared/contract/order-views.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { OrderSide } from '#shared/domain/order.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import { asError } from './as-error.ts';
import { createIntentTokens } from './intent-tokens.ts';
import type { Ticket } from './ticket.ts';
import { draftOf } from './ticket-form.ts';
import { isAnswered, type Outcome, outcomeOfFault } from './ticket-outcome.ts';

/** An order that stands in the ladder's strip until it is placed or dropped. */
export interface LadderAsk {
  readonly draft: OrderDraft;
  readonly verdict:
    | { readonly kind: 'asking' }
    | { readonly kind: 'told'; readonly view: TicketView }
    | { readonly kind: 'refused'; readonly error: HeartlineError };
}

/** Why a click made no order at all. */
export type LadderRefusal =
  | { readonly kind: 'no-account' | 'no-quantity' | 'no-stop' | 'busy' | 'several' | 'unmovable' }
  /** The book is not to be believed: `why` in the person's words. */
  | { readonly kind: 'stale'; readonly why: string };

export interface LadderState {
  /** Steps of the price in one row. */
  readonly grouping: number;
  readonly asked: LadderAsk | undefined;
  readonly isPlacing: boolean;
  readonly outcome: Outcome | undefined;
  readonly refusal: LadderRefusal | undefined;
}

export interface Ladder {
  readonly store: StoreApi<LadderState>;
  /** Keeps a permission ready while the ladder is shown. */
  show(): Undo;
  group(steps: number): void;
  /**
   * A click at a price (decimal text): asks, or with one-click orders places at once. `isStop`: waits for that price. Side,
   * price and kind are the click's; quantity and terms are those of the ticket.
   */
  click(side: OrderSide, price: string, isStop: boolean): void;
  /** Places what stands in the strip. Does nothing unless the engine has judged it and it may leave. */
  confirm(): Promise<void>;
  drop(): void;
  refuse(refusal: LadderRefusal): void;
  forget(): void;
  readonly dispose: Undo;
}

export interface LadderOptions {
  readonly client: ContractClient;
  readonly clock: Clock;
  readonly settings: StoreApi<Settings>;
  readonly ticket: Pick<Ticket, 'store'>;
}

/** Whether what stands there may leave: the engine has judged this very draft and found nothing against it. */
export function mayLeave({ verdict }: LadderAsk): boolean {
  return verdict.kind === 'told' && verdict.view.trust.kind === 'ok' && verdict.view.denials.length === 0;
}

export function createLadder({ client, clock, settings, ticket }: LadderOptions): Ladder {
  const tokens = createIntentTokens(client, clock);
  const store = createStore<LadderState>()(() => ({
    grouping: 1,
    asked: undefined,
    isPlacing: false,
    outcome: undefined,
    refusal: undefined,
  }));
  let undoWatch: Undo = () => undefined;

  const drop = () => {
    undoWatch();
    undoWatch = () => undefined;
    if (store.getState().asked !== undefined) store.setState({ asked: undefined });
  };
  const refuse = (refusal: LadderRefusal) => {
    drop();
    store.setState({ refusal, outcome: undefined });
  };
  const ask = (draft: OrderDraft) => {
    drop();
    store.setState({ asked: { draft, verdict: { kind: 'asking' } }, outcome: undefined, refusal: undefined });
    const told = (verdict: LadderAsk['verdict']) => {
      if (store.getState().asked?.draft === draft) store.setState({ asked: { draft, verdict } });
    };
    undoWatch = client.watch(
      'ticket',
      draft,
      (view) => told({ kind: 'told', view }),
      (error) => told({ kind: 'refused', error }),
    );
  };
  const place = async (draft: OrderDraft) => {
    if (store.getState().isPlacing) return refuse({ kind: 'busy' });
    drop();
    store.setState({ isPlacing: true, outcome: undefined, refusal: undefined });
    let outcome: Outcome;
    let wasOpen = false;
    try {
      const token = await tokens.take();
      wasOpen = client.status === 'open';
      outcome = { kind: 'answered', draft, answer: await client.request('orders.place', { token, draft }) };
    } catch (fault) {
      outcome = outcomeOfFault(asError(fault), wasOpen);
    }
    if (isAnswered(outcome)) tokens.settle();
    store.setState({ isPlacing: false, outcome });
  };
  const undos = [
    // Another instrument or another account: what stands there was meant for the one before.
    ticket.store.subscribe(({ instrument, account }, before) => {
      if (instrument === before.instrument && account?.id === before.account?.id) return;
      drop();
      store.setState({ outcome: undefined, refusal: undefined });
    }),
    client.onStatus((status) => {
      const { asked } = store.getState();
      if (asked === undefined) return;
      if (status === 'open' && asked.verdict.kind === 'refused') ask(asked.draft);
      // What a connection said that is gone is not said any more.
      else if (status !== 'open') store.setState({ asked: { ...asked, verdict: { kind: 'asking' } } });
    }),
  ];

  return {
    store,
    show() {
      const release = tokens.hold();
      return () => {
        release();
        drop();
      };
    },
    group: (grouping) => store.setState({ grouping }),
    click(side, price, isStop) {
      const { account, form, instrument, verdict } = ticket.store.getState();
      if (account === undefined) return refuse({ kind: 'no-account' });
      if (form.quantity.trim() === '' || form.closePosition) return refuse({ kind: 'no-quantity' });
      const abilities = verdict.kind === 'told' ? verdict.view.abilities : undefined;
      if (isStop && abilities?.conditional === false) return refuse({ kind: 'no-stop' });
      const terms = { ...form, side, timeInForce: 'GTC' } as const;
      const draft = draftOf(
        isStop ? { ...terms, type: 'stop-market', triggerPrice: price } : { ...terms, type: 'limit', price },
        account.id,
        instrument,
      );
      if (settings.getState().trading.oneClick) void place(draft);
      else ask(draft);
    },
    async confirm() {
      const { asked } = store.getState();
      if (asked !== undefined && mayLeave(asked)) await place(asked.draft);
    },
    drop,
    refuse,
    forget: () => store.setState({ outcome: undefined, refusal: undefined }),
    dispose() {
      for (const undo of undos) undo();
      drop();
    },
  };
}

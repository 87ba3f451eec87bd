import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { AccountView } from '#shared/contract/account-views.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { TicketView } from '#shared/contract/order-views.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { type InstrumentId, type VenueId, venueOf } from '#shared/domain/instrument.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import { asError } from './as-error.ts';
import type { Holdings } from './holdings.ts';
import { createIntentTokens } from './intent-tokens.ts';
import type { PricePick, PricePicks } from './price-pick.ts';
import { ticketAccount, ticketAccounts } from './ticket-accounts.ts';
import { draftOf, FRESH_FORM, forInstrument, hasPrice, hasTrigger, type TicketForm } from './ticket-form.ts';
import { isAnswered, type Outcome, outcomeOfFault } from './ticket-outcome.ts';

const ASK_AFTER_MS = 80;

/** What the engine makes of what stands in the form. Only `told` is of this very draft. */
export type Verdict =
  | { readonly kind: 'no-account' }
  /** `before`: of what stood there a moment ago, so that the figures do not flicker. Nothing is ordered by it. */
  | { readonly kind: 'asking'; readonly before: TicketView | undefined }
  | { readonly kind: 'told'; readonly draft: OrderDraft; readonly view: TicketView }
  | { readonly kind: 'refused'; readonly error: HeartlineError };

export interface TicketState {
  readonly instrument: InstrumentId;
  readonly account: AccountView | undefined;
  readonly form: TicketForm;
  readonly verdict: Verdict;
  readonly isPlacing: boolean;
  readonly outcome: Outcome | undefined;
  /** Which of the two price fields a pointed-at price goes into. */
  readonly aim: 'price' | 'triggerPrice';
}

export interface Ticket {
  readonly store: StoreApi<TicketState>;
  /** Asks the engine and keeps a permission ready while the ticket is shown. */
  show(): Undo;
  change(change: Partial<TicketForm>): void;
  choose(account: AccountId): void;
  aim(field: TicketState['aim']): void;
  /** One click, one order. `override`: the trust reason that was stepped over. Does nothing while one is on its way. */
  place(override?: string): Promise<void>;
  forget(): void;
  readonly dispose: Undo;
}

export interface TicketOptions {
  readonly client: ContractClient;
  readonly clock: Clock;
  readonly settings: StoreApi<Settings>;
  readonly holdings: Pick<Holdings, 'accounts'>;
  readonly picks: PricePicks;
}

export function createTicket({ client, clock, settings, holdings, picks }: TicketOptions): Ticket {
  const tokens = createIntentTokens(client, clock);
  const chosen = new Map<VenueId, AccountId>();
  const accountFor = (instrument: InstrumentId) => {
    const venue = venueOf(instrument);
    return ticketAccount(ticketAccounts(holdings.accounts.store.getState().view, venue), chosen.get(venue));
  };
  const store = createStore<TicketState>()(() => {
    const instrument = settings.getState().selected;
    return {
      instrument,
      account: accountFor(instrument),
      form: FRESH_FORM,
      verdict: { kind: 'no-account' },
      isPlacing: false,
      outcome: undefined,
      aim: 'price',
    };
  });

  let shown = 0;
  let asked = '';
  let undoWatch: Undo = () => undefined;
  let cancelAsk: Undo = () => undefined;

  const stop = () => {
    cancelAsk();
    undoWatch();
    undoWatch = () => undefined;
    asked = '';
  };
  const open = (draft: OrderDraft) => {
    // The new watch opens before the old one ends, so that the engine never lets go of what both want.
    const previous = undoWatch;
    const mine = asked;
    undoWatch = client.watch(
      'ticket',
      draft,
      (view) => {
        if (mine === asked) store.setState({ verdict: { kind: 'told', draft, view } });
      },
      (error) => {
        if (mine === asked) store.setState({ verdict: { kind: 'refused', error } });
      },
    );
    previous();
  };
  /** Whatever changed: what was said of the draft before is not said of this one. */
  const askAgain = (afterMs: number) => {
    const { account, form, instrument, verdict } = store.getState();
    if (shown === 0 || account === undefined) {
      stop();
      if (verdict.kind !== 'no-account') store.setState({ verdict: { kind: 'no-account' } });
      return;
    }
    const draft = draftOf(form, account.id, instrument);
    const text = JSON.stringify(draft);
    if (text === asked) return;
    const isSameMarket = verdict.kind === 'told' && verdict.draft.instrument === instrument;
    const before =
      isSameMarket && verdict.draft.account === account.id
        ? verdict.view
        : verdict.kind === 'asking' && asked.includes(`"${instrument}"`)
          ? verdict.before
          : undefined;
    asked = text;
    store.setState({ verdict: { kind: 'asking', before } });
    cancelAsk();
    if (afterMs === 0) open(draft);
    else cancelAsk = clock.after(afterMs, () => open(draft));
  };

  const take = ({ instrument, price }: PricePick) => {
    const { form, aim } = store.getState();
    if (instrument !== store.getState().instrument) return;
    if (form.type === 'market') return change({ type: 'limit', price });
    const trigger = hasTrigger(form.type) && (aim === 'triggerPrice' || !hasPrice(form.type));
    change(trigger ? { triggerPrice: price } : { price });
  };
  const change = (next: Partial<TicketForm>) => {
    store.setState(({ form }) => ({ form: { ...form, ...next } }));
    askAgain(ASK_AFTER_MS);
  };
  const follow = () => {
    const { instrument, account, form } = store.getState();
    const selected = settings.getState().selected;
    const next = accountFor(selected);
    if (selected !== instrument) {
      store.setState({ instrument: selected, account: next, form: forInstrument(form), outcome: undefined });
    } else if (next !== account) {
      store.setState({ account: next });
    }
    askAgain(0);
  };
  const undos = [
    settings.subscribe(({ selected }) => {
      if (selected !== store.getState().instrument) follow();
    }),
    holdings.accounts.store.subscribe(follow),
    picks.on(take),
    client.onStatus((status) => {
      const { verdict } = store.getState();
      if (status !== 'open') {
        // What a connection said that is gone is not said any more; the watch itself goes on by itself.
        if (verdict.kind === 'told') store.setState({ verdict: { kind: 'asking', before: undefined } });
      } else if (verdict.kind === 'refused') {
        asked = '';
        askAgain(0);
      }
    }),
  ];

  return {
    store,
    show() {
      shown += 1;
      askAgain(0);
      const release = tokens.hold();
      return () => {
        shown -= 1;
        release();
        askAgain(0);
      };
    },
    change,
    choose(account) {
      chosen.set(venueOf(store.getState().instrument), account);
      follow();
    },
    aim: (aim) => store.setState({ aim }),
    async place(override) {
      const { verdict, isPlacing } = store.getState();
      if (isPlacing || verdict.kind !== 'told') return;
      const { draft } = verdict;
      store.setState({ isPlacing: true, outcome: undefined });
      let outcome: Outcome;
      let wasOpen = false;
      try {
        const token = await tokens.take();
        wasOpen = client.status === 'open';
        const step = override === undefined ? {} : { override };
        outcome = {
          kind: 'answered',
          draft,
          answer: await client.request('orders.place', { token, draft, ...step }),
        };
      } catch (fault) {
        outcome = outcomeOfFault(asError(fault), wasOpen);
      }
      if (isAnswered(outcome)) tokens.settle();
      store.setState({ isPlacing: false, outcome });
    },
    forget: () => store.setState({ outcome: undefined }),
    dispose() {
      for (const undo of undos) undo();
      stop();
    },
  };
}

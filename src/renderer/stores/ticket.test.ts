import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { HeartlineError } from '#shared/base/errors.ts';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock, type VirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createHoldings } from './holdings.ts';
import { createPricePicks, type PricePicks } from './price-pick.ts';
import { createFakeClient, type FakeClient } from './test-kit/fake-client.ts';
import { plainSettings } from './test-kit/plain-settings.ts';
import { accountsView, accountView, BTC, ownOrder, ticketView } from './test-kit/ticket-views.ts';
import { createTicket, type Ticket } from './ticket.ts';

const ETH = instrumentId('binance:ETH-USDT-PERP');
const PLACED: PlaceAnswer = { kind: 'placed', order: ownOrder('first') };

let client: FakeClient;
let clock: VirtualClock;
let ticket: Ticket;
let picks: PricePicks;
const settings = createStore<Settings>()(() => plainSettings());

const drafts = () => client.opened.filter(({ name }) => name === 'ticket').map(({ input }) => input);
const placings = () => client.asked.filter(({ name }) => name === 'orders.place').map(({ input }) => input);
const tokenIs = (token: string) => client.answer('orders.intent', { token, expiresAt: 0 });
const verdict = () => ticket.store.getState().verdict.kind;
const outcome = () => ticket.store.getState().outcome;
const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

beforeEach(() => {
  client = createFakeClient();
  clock = createVirtualClock();
  picks = createPricePicks();
  settings.setState(plainSettings());
  ticket = createTicket({ client, clock, settings, holdings: createHoldings(client), picks });
  client.tell('accounts', accountsView(accountView('binance#aaaaaa'), accountView('bybit#bbbbbb')));
});

describe('what the engine is asked about', () => {
  it('is nothing until the ticket is shown, then the draft as it stands, and nothing after', () => {
    expect(drafts()).toEqual([]);
    const hide = ticket.show();
    expect(drafts()).toMatchObject([{ account: 'binance#aaaaaa', instrument: BTC, type: 'limit' }]);
    hide();
    expect(drafts()).toEqual([]);
  });

  it('is the last of what is typed in a row, once the typing has paused', () => {
    ticket.show();
    for (const quantity of ['0', '0.', '0.0', '0.05']) {
      clock.advance(79);
      ticket.change({ quantity });
    }
    expect(drafts()).toMatchObject([{ quantity: { value: '' } }]);
    clock.advance(80);
    expect(drafts()).toMatchObject([{ quantity: { value: '0.05' } }]);
  });

  it('is never taken for what was said of the draft before', () => {
    ticket.show();
    client.tell('ticket', ticketView());
    expect(verdict()).toBe('told');
    ticket.change({ quantity: '5' });
    client.tell('ticket', ticketView());
    expect(verdict()).toBe('asking');
    clock.advance(80);
    client.tell('ticket', ticketView());
    expect(ticket.store.getState().verdict).toMatchObject({
      kind: 'told',
      draft: { quantity: { value: '5' } },
    });
  });

  it('follows the instrument with an empty form, and the person’s choice of account within a venue', () => {
    client.tell('accounts', accountsView(accountView('binance#aaaaaa'), accountView('binance#cccccc')));
    ticket.show();
    ticket.change({ price: '83860.2', quantity: '0.05' });
    ticket.choose('binance#cccccc' as AccountId);
    settings.setState({ selected: ETH });
    expect(ticket.store.getState()).toMatchObject({
      instrument: ETH,
      account: { id: 'binance#cccccc' },
      form: { price: '', quantity: '' },
    });
    settings.setState({ selected: instrumentId('upbit:BTC-KRW') });
    expect({ account: ticket.store.getState().account, verdict: verdict(), drafts: drafts() }).toEqual({
      account: undefined,
      verdict: 'no-account',
      drafts: [],
    });
  });

  it('is said no more once the connection is gone, and asked again after a refusal when it is back', () => {
    ticket.show();
    client.tell('ticket', ticketView());
    client.become('waiting');
    expect(verdict()).toBe('asking');
    client.become('open');
    client.opened
      .find(({ name }) => name === 'ticket')
      ?.onRefusal?.(new HeartlineError('internal', 'broken'));
    expect(verdict()).toBe('refused');
    client.become('waiting');
    client.become('open');
    expect(verdict()).toBe('asking');
  });
});

describe('a click', () => {
  const ready = async () => {
    ticket.show();
    ticket.change({ price: '83860.2', quantity: '0.05' });
    clock.advance(80);
    client.tell('ticket', ticketView());
    await tokenIs('one');
  };

  it('is one order, however often it comes before the answer', async () => {
    await ready();
    for (let click = 0; click < 50; click += 1) void ticket.place();
    await settle();
    expect(placings()).toMatchObject([
      { token: 'one', draft: { price: '83860.2', quantity: { value: '0.05' } } },
    ]);
    await client.answer('orders.place', PLACED);
    expect({ outcome: outcome(), left: placings(), busy: ticket.store.getState().isPlacing }).toMatchObject({
      outcome: { kind: 'answered', answer: { kind: 'placed' } },
      left: [],
      busy: false,
    });
  });

  it('orders what the engine has judged, never what is being typed', async () => {
    await ready();
    ticket.change({ quantity: '50' });
    await ticket.place();
    expect(placings()).toEqual([]);
  });

  it('takes a new permission only after an answer', async () => {
    await ready();
    void ticket.place();
    await settle();
    await client.answer('orders.place', { kind: 'denied', denials: [] });
    await tokenIs('two');
    void ticket.place('book-old');
    await settle();
    expect(placings()).toMatchObject([{ token: 'two', override: 'book-old' }]);
  });

  it('that was never answered may have ordered: the next one has the very same permission', async () => {
    await ready();
    void ticket.place();
    await settle();
    await client.refuse('orders.place', new HeartlineError('contract.closed', 'gone'));
    expect(outcome()).toMatchObject({ kind: 'unheard' });
    client.tell('ticket', ticketView());
    void ticket.place();
    await settle();
    expect(placings()).toMatchObject([{ token: 'one' }]);
    await client.refuse('orders.place', new HeartlineError('intent.used', 'taken'));
    expect(outcome()).toEqual({ kind: 'already' });
  });

  it('without a connection orders nothing, and says so', async () => {
    ticket.show();
    client.tell('ticket', ticketView());
    const click = ticket.place();
    await client.refuse('orders.intent', new HeartlineError('contract.closed', 'gone'));
    await click;
    expect({ outcome: outcome(), placings: placings() }).toMatchObject({
      outcome: { kind: 'not-sent' },
      placings: [],
    });
  });
});

describe('a price that is pointed at', () => {
  const pick = (price: string, instrument = BTC) => picks.emit({ instrument, price, from: 'book' });
  const prices = () => {
    const { type, price, triggerPrice } = ticket.store.getState().form;
    return [type, price, triggerPrice];
  };

  it('goes into the price, makes a limit order of a market order, or into the trigger that is aimed at', () => {
    pick('1');
    const limit = prices();
    ticket.change({ type: 'market' });
    pick('2');
    const market = prices();
    ticket.change({ type: 'stop-market' });
    pick('3');
    const stopMarket = prices();
    ticket.change({ type: 'stop' });
    pick('4');
    const stop = prices();
    ticket.aim('triggerPrice');
    pick('5');
    pick('6', ETH);
    expect([limit, market, stopMarket, stop, prices()]).toEqual([
      ['limit', '1', ''],
      ['limit', '2', ''],
      ['stop-market', '2', '3'],
      ['stop', '4', '3'],
      ['stop', '4', '5'],
    ]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { HeartlineError } from '#shared/base/errors.ts';
import type { TicketView } from '#shared/contract/order-views.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createLadder, type Ladder } from './ladder.ts';
import { createFakeClient, type FakeClient } from './test-kit/fake-client.ts';
import { plainSettings } from './test-kit/plain-settings.ts';
import type { Ticket, TicketState } from './ticket.ts';
import { FRESH_FORM } from './ticket-form.ts';

const BTC = instrumentId('binance:BTC-USDT-PERP');
const ETH = instrumentId('binance:ETH-USDT-PERP');
const FINE = {
  trust: { kind: 'ok' },
  denials: [],
  estimate: {},
  isConfirmedByMain: false,
  isReal: false,
} as const;
const denied: TicketView = { ...FINE, denials: [{ rule: 'tick', limit: '0.1', value: '1.23' }] };

let client: FakeClient;
let ladder: Ladder;
let ticket: ReturnType<typeof fakeTicket>;
let settings: ReturnType<typeof fakeSettings>;

function fakeTicket() {
  return createStore<TicketState>()(() => ({
    instrument: BTC,
    account: { id: 'binance#aaaaaa' } as NonNullable<TicketState['account']>,
    form: { ...FRESH_FORM, type: 'market', side: 'sell', quantity: '0.05', postOnly: true, price: '99' },
    verdict: { kind: 'no-account' },
    isPlacing: false,
    outcome: undefined,
    aim: 'price',
  }));
}
function fakeSettings() {
  return createStore<Settings>()(() => plainSettings());
}

beforeEach(() => {
  client = createFakeClient();
  ticket = fakeTicket();
  settings = fakeSettings();
  ladder = createLadder({
    client,
    clock: createVirtualClock(),
    settings,
    ticket: { store: ticket } as unknown as Pick<Ticket, 'store'>,
  });
});
const sent = () => client.asked.filter(({ name }) => name === 'orders.place');
const judged = () => client.opened.filter(({ name }) => name === 'ticket').map(({ input }) => input);
const oneClick = () => settings.setState(({ trading }) => ({ trading: { ...trading, oneClick: true } }));
const token = (text: string) => client.answer('orders.intent', { token: text, expiresAt: 0 });

describe('a click that asks', () => {
  it('has the quantity and terms of the ticket, the side, price and kind of the click, and sends nothing', () => {
    ladder.click('buy', '82000', false);
    expect(judged()).toEqual([
      {
        account: 'binance#aaaaaa',
        instrument: BTC,
        side: 'buy',
        type: 'limit',
        quantity: { unit: 'base', value: '0.05' },
        price: '82000',
        timeInForce: 'GTC',
        postOnly: true,
        reduceOnly: false,
        closePosition: false,
      },
    ]);
    expect(sent()).toEqual([]);
  });

  it('as a stop waits for that price and has none of its own', () => {
    ladder.click('sell', '81000', true);
    expect(judged()).toMatchObject([
      { side: 'sell', type: 'stop-market', triggerPrice: '81000', postOnly: false },
    ]);
    expect(judged()[0]).not.toHaveProperty('price');
  });

  it('is placed once it was judged and nothing is against it, and never twice', async () => {
    ladder.click('buy', '82000', false);
    await ladder.confirm();
    client.tell('ticket', denied);
    await ladder.confirm();
    expect(client.asked).toEqual([]);
    client.tell('ticket', FINE);
    const first = ladder.confirm();
    const second = ladder.confirm();
    await token('token-one-000000');
    expect(sent().map(({ input }) => input)).toMatchObject([
      { token: 'token-one-000000', draft: { price: '82000' } },
    ]);
    await client.answer('orders.place', { kind: 'denied', denials: [] });
    await Promise.all([first, second]);
    expect([ladder.store.getState().asked, ladder.store.getState().outcome?.kind]).toEqual([
      undefined,
      'answered',
    ]);
  });

  it('is forgotten when another instrument is looked at, and what was said of a lost connection with it', () => {
    ladder.click('buy', '82000', false);
    client.tell('ticket', FINE);
    client.become('closed');
    expect(ladder.store.getState().asked?.verdict).toEqual({ kind: 'asking' });
    ticket.setState({ instrument: ETH });
    expect([ladder.store.getState().asked, judged()]).toEqual([undefined, []]);
  });
});

describe('a click that orders at once', () => {
  it('places one order, and a second click meanwhile places none and says so', async () => {
    oneClick();
    ladder.click('buy', '82000', false);
    ladder.click('buy', '82001', false);
    expect(ladder.store.getState().refusal).toEqual({ kind: 'busy' });
    await token('token-one-000000');
    expect(sent()).toHaveLength(1);
  });

  it('whose answer was lost leaves its permission to the next click: the engine takes it once', async () => {
    oneClick();
    ladder.click('buy', '82000', false);
    await token('token-one-000000');
    await client.refuse('orders.place', new HeartlineError('contract.closed', 'ended'));
    expect(ladder.store.getState().outcome).toMatchObject({ kind: 'unheard' });
    ladder.click('buy', '82000', false);
    await Promise.resolve();
    await Promise.resolve();
    expect(sent().map(({ input }) => (input as { token: string }).token)).toEqual(['token-one-000000']);
  });
});

it('makes no order without an account, without a quantity, or as a stop where there is none', () => {
  const refusals = [
    { account: undefined },
    { form: { ...ticket.getState().form, quantity: ' ' } },
    { form: { ...ticket.getState().form, closePosition: true } },
  ].map((change) => {
    const before = ticket.getState();
    ticket.setState(change);
    ladder.click('buy', '82000', false);
    const kind = ladder.store.getState().refusal?.kind;
    ticket.setState(before);
    return kind;
  });
  const abilities = {
    conditional: false,
    immediate: [],
    postOnly: true,
    reduceOnly: true,
    closePosition: false,
  };
  const told = { kind: 'told', draft: {} as never, view: { ...FINE, abilities } } as const;
  ticket.setState({ verdict: told });
  ladder.click('buy', '82000', true);
  expect([...refusals, ladder.store.getState().refusal?.kind, judged(), client.asked]).toEqual([
    'no-account',
    'no-quantity',
    'no-quantity',
    'no-stop',
    [],
    [],
  ]);
});

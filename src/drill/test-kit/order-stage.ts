import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignedFetch } from '#engine/accounts/account-client.ts';
import { openAccounts } from '#engine/accounts/open-accounts.ts';
import { createEngine, type Engine } from '#engine/engine.ts';
import type { Confirm } from '#engine/trading/ports.ts';
import { messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { LogEntry, RequestInput, RequestName, RequestOutputs } from '#shared/contract/api.ts';
import { type ContractClient, createClient } from '#shared/contract/client.ts';
import type { Flight, PlaceAnswer, TicketView, TradingView } from '#shared/contract/order-views.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import { createChannelPair } from '#shared/test-kit/channel-pair.ts';
import { startSimulator } from '#simulator/simulator.ts';
import { accountsAt } from '#venues/account-registry.ts';
import { venuesAt } from '#venues/registry.ts';
import { createOrderJudge, MARKETS, ORDER_VENUES, type OrderVenue } from './order-judge.ts';

export interface OrderStageOptions {
  readonly seed: number;
  readonly confirm?: Confirm;
  /** Every signed request goes through it. */
  readonly fetch?: SignedFetch;
  /** As if money were real; the addresses stay the simulator's. */
  readonly isReal?: true;
}

const PATIENCE_MS = 20_000;
export const PASSPHRASE = 'an order stage of tests';

/** A whole engine with keys of all four venues that may trade, on real sockets; its simulator is the judge. */
export type OrderStage = Awaited<ReturnType<typeof openOrderStage>>;

export async function openOrderStage(options: OrderStageOptions) {
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-orders-'));
  const simulator = await startSimulator({ seed: options.seed });
  const judge = createOrderJudge(simulator.address.control);
  const { control } = judge;
  const accounts = new Map<string, AccountId>();
  const environment = options.isReal ? 'mainnet' : 'simulator';
  const log: LogEntry[] = [];
  const own = new Map<string, OwnOrder>();
  let view: TradingView | undefined;
  let undo: (() => void)[] = [];
  let engine: Engine = start();

  function start(): Engine {
    const { venues } = simulator.address;
    const made = createEngine({
      clock: systemClock,
      dataDir,
      venues: venuesAt(({ id }) => venues[id]),
      app: { version: '0.0.0', mode: 'demo', environment: 'simulator', shell: 'headless' },
      ...(options.confirm && { confirm: options.confirm }),
      accounts: openAccounts({
        environment,
        store: 'auto',
        keyring: async () => () => {
          throw new Error('no keychain here');
        },
        vaultCost: { n: 1024, r: 8, p: 1 },
        places: accountsAt(({ id }) => venues[id]),
        ...(options.fetch && { fetch: options.fetch }),
      }),
    });
    const follow = (source: { dispose(): void }) => undo.push(() => source.dispose());
    const told = made.api.watch('log', {}, () => queueMicrotask(() => log.push(...(told.take() ?? []))));
    follow(told);
    const takeOrders = () => {
      for (const order of orders.take()?.orders ?? []) own.set(order.request.clientOrderId, order);
    };
    const orders = made.api.watch('ownOrders', {}, takeOrders);
    takeOrders();
    follow(orders);
    const trading = made.api.watch('trading', {}, () => {
      view = trading.take() ?? view;
    });
    view = trading.take() ?? view;
    follow(trading);
    // A window shows a book: it is there before the first click.
    for (const { instrument } of Object.values(MARKETS)) {
      follow(made.api.watch('book', { instrument, depth: 30 }, () => undefined));
    }
    return made;
  }

  const request = <Name extends RequestName>(name: Name, input: RequestInput<Name>) =>
    engine.api.request(name, input as never) as Promise<RequestOutputs[Name]>;

  async function until(what: string, isSo: () => unknown, mostMs = PATIENCE_MS): Promise<void> {
    for (const began = systemClock.monotonic(); !isSo(); await pause(10)) {
      if (systemClock.monotonic() - began > mostMs) throw new Error(`not ${what} after ${mostMs} ms`);
    }
  }

  async function live(): Promise<void> {
    const states = () =>
      engine.health().connections.flatMap(({ id, state }) => (id.includes('/account:') ? [state.kind] : []));
    await until('live', () => states().length === accounts.size && states().every((kind) => kind === 'live'));
    await until('measured', () => Object.keys(engine.health().clockOffsetMs).length === accounts.size);
  }

  async function addKeys(): Promise<void> {
    await request('keys.choose', { kind: 'vault', passphrase: PASSPHRASE });
    await Promise.all(
      ORDER_VENUES.map(async (venue) => {
        const { keys } = (await control.read(`keys?venue=${venue}`)) as {
          keys: readonly { name: string; apiKey: string; secret: string }[];
        };
        const key = keys.find(({ name }) => name === 'trade');
        if (!key) throw new Error(`no key of ${venue}`);
        const { apiKey, secret } = key;
        const wish = {
          venue: venueId(venue),
          environment,
          label: venue,
          apiKey,
          secret,
        } as const;
        const { account, verdict } = await request('accounts.add', wish);
        if (account === undefined) throw new Error(`refused: ${JSON.stringify(verdict)}`);
        accounts.set(venue, account);
      }),
    );
  }

  /** Limits a test does not run into by being quicker than a person. */
  async function widen(): Promise<void> {
    const { trading } = await request('settings.read', {});
    const limits = { ...trading.limits, ordersPer10s: 100, maxOpenOrders: 500 };
    await request('settings.write', { trading: { ...trading, limits } });
  }

  const accountAt = (venue: OrderVenue): AccountId => {
    const account = accounts.get(venue);
    if (account === undefined) throw new Error(`no account at ${venue}`);
    return account;
  };

  await addKeys();
  await widen();
  await live();

  const stage = {
    ...judge,
    get engine() {
      return engine;
    },
    address: simulator.address,
    dataDir,
    log,
    own,
    request,
    until,
    live,
    accountAt,
    get trading(): TradingView {
      if (view === undefined) throw new Error('nothing is told of trading');
      return view;
    },
    /** Another window: the contract's own client, over a channel. */
    async window(): Promise<ContractClient> {
      const ends = createChannelPair();
      undo.push(engine.serve(ends.server));
      const client = createClient({ connect: async () => ends.client, clock: systemClock });
      await until('connected', () => client.status === 'open');
      return client;
    },
    draft(venue: OrderVenue, more: Partial<OrderDraft> = {}): OrderDraft {
      return {
        account: accountAt(venue),
        instrument: MARKETS[venue].instrument,
        side: 'buy',
        type: 'limit',
        quantity: { unit: 'base', value: '0.003' },
        timeInForce: more.type === 'market' ? 'IOC' : 'GTC',
        postOnly: false,
        reduceOnly: false,
        closePosition: false,
        ...more,
      };
    },
    /** One that stands: some way below the market. */
    far: async (venue: OrderVenue, more: Partial<OrderDraft> = {}) =>
      stage.draft(venue, { price: await stage.priceAt(venue, 0.97), ...more }),
    async place(draft: OrderDraft, override?: string): Promise<PlaceAnswer> {
      const { token } = await request('orders.intent', {});
      return request('orders.place', { token, draft, ...(override !== undefined && { override }) });
    },
    /** Places, and says under which name it left; throws where it did not. */
    async placed(draft: OrderDraft): Promise<OwnOrder> {
      const answer = await stage.place(draft);
      if (answer.kind === 'placed') return answer.order;
      throw new Error(`it was not placed: ${JSON.stringify(answer)}`);
    },
    async cancel(id: string) {
      const order = own.get(id)?.request;
      if (!order) throw new Error(`no order ${id}`);
      const { account, instrument, type } = order;
      return request('orders.cancel', {
        account,
        instrument,
        clientOrderId: id,
        isConditional: type !== 'limit',
      });
    },
    state: (id: string) => own.get(id)?.state,
    async becomes(id: string, ...states: readonly OwnOrder['state'][]): Promise<void> {
      const isSo = () => states.includes(own.get(id)?.state ?? 'submitting');
      await until(states.join(' or '), isSo).catch((fault: unknown) => {
        // What was found out of it says why.
        throw new Error(`${id}: ${messageOf(fault)}, but ${JSON.stringify(own.get(id))}`);
      });
    },
    flight: (clientOrderId: string): Promise<Flight> => request('orders.flight', { clientOrderId }),
    /** The ticket as a window would see it, once it satisfies. */
    async ticket(draft: OrderDraft, isSo: (ticket: TicketView) => boolean): Promise<TicketView> {
      let seen: TicketView | undefined;
      const take = () => {
        seen = source.take() ?? seen;
      };
      const source = engine.api.watch('ticket', draft, take);
      try {
        take();
        await until('told of by the ticket', () => seen !== undefined && isSo(seen));
        return seen as TicketView;
      } finally {
        source.dispose();
      }
    },
    /** Cancels whatever is open, and waits for it. Where nothing is, nobody is asked: lists are dear, and a budget is soon spent. */
    async clean(): Promise<void> {
      await control.clearFaults();
      for (const venue of ORDER_VENUES) {
        if ((await judge.ledger(venue)).openOrders.length === 0) continue;
        const { sweeps } = await request('orders.cancelAll', { account: accountAt(venue) });
        const isOver = (id: string) =>
          view?.sweeps.some((sweep) => sweep.id === id && sweep.endedAt !== undefined) === true;
        await until(`swept at ${venue}`, () => sweeps.every(isOver));
      }
    },
    /** Ends the engine and starts another on the same folder. `locked`: when it stands and no key is unlocked yet. */
    async restart(
      between: () => void | Promise<void> = () => undefined,
      locked: () => void = () => undefined,
    ): Promise<void> {
      await stop();
      await between();
      engine = start();
      locked();
      await request('keys.unlock', { passphrase: PASSPHRASE });
      await live();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await simulator.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };

  async function stop(): Promise<void> {
    for (const one of undo) one();
    undo = [];
    own.clear();
    await engine[Symbol.asyncDispose]();
  }
  return stage;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void systemClock.after(ms, resolve));
}

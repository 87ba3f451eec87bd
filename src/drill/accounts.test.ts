import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import type { AccountsView, RowsUpdate } from '#shared/contract/account-views.ts';
import type { AccountId, AccountState } from '#shared/domain/account.ts';
import { type InstrumentId, venueId } from '#shared/domain/instrument.ts';
import { isTerminal } from '#shared/domain/order.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { type EngineStage, openEngineStage } from './test-kit/engine-stage.ts';

// Accounts on real sockets, against a simulator that signs nothing off by itself: its ledger is what is true.

interface Ledger {
  readonly balances: readonly {
    readonly currency: string;
    readonly total: string;
    readonly free: string;
    readonly used: string;
  }[];
  readonly positions: readonly {
    readonly symbol: string;
    readonly quantity: string;
    readonly entryPrice: string;
  }[];
  readonly openOrders: readonly LedgerOrder[];
  readonly closedOrders: readonly (LedgerOrder & { readonly status: string; readonly updatedAt: number })[];
  readonly fills: readonly {
    readonly symbol: string;
    readonly side: string;
    readonly price: string;
    readonly quantity: string;
    readonly time: number;
  }[];
}
interface LedgerOrder {
  readonly symbol: string;
  readonly side: string;
  readonly price?: string;
  readonly quantity?: string;
  readonly filled: string;
}

const VENUES = ['binance', 'bybit', 'upbit', 'bithumb'] as const;
const SYMBOLS = { binance: 'BTCUSDT', bybit: 'BTCUSDT', upbit: 'KRW-BTC', bithumb: 'KRW-BTC' } as const;

/** An account remembers a day; what is just about that old may be on either side. */
const beganAt = systemClock.now();
const isRecent = (time: number) => time > beganAt - 23 * 3_600_000;

let stage: EngineStage;

beforeAll(async () => {
  stage = await openEngineStage({ accounts: true });
  await stage.engine.api.request('keys.choose', { kind: 'memory' });
});

afterAll(() => stage[Symbol.asyncDispose]());

async function add(venue: string, name: string): Promise<AccountId> {
  const { keys } = (await stage.ask(`keys?venue=${venue}`)) as {
    keys: readonly { name: string; apiKey: string; secret: string }[];
  };
  const key = keys.find((one) => one.name === name);
  if (!key) throw new Error(`no key ${name} at ${venue}`);
  const { apiKey, secret } = key;
  // A test that is run again finds its account already there.
  const known = (await accountsNow()).accounts.find(({ label }) => label === `${venue} ${name}`);
  if (known) return known.id;
  const wish = {
    venue: venueId(venue),
    environment: 'simulator',
    label: `${venue} ${name}`,
    apiKey,
    secret,
  } as const;
  const { account, verdict } = await stage.engine.api.request('accounts.add', wish);
  if (account === undefined) throw new Error(`refused: ${JSON.stringify(verdict)}`);
  return account;
}

function accountsNow(): Promise<AccountsView> {
  return stage.watch('accounts', {}).until(() => true);
}

const ledger = async (venue: string, key: string) =>
  (await stage.ask(`ledger?venue=${venue}&key=${key}`)) as Ledger;

/** Resolves when the account is in that state. */
function becomes(account: AccountId, kind: AccountState['kind']): Promise<AccountsView> {
  const isIt = ({ accounts }: AccountsView) =>
    accounts.some(({ id, state }) => id === account && state.kind === kind);
  return stage.watch('accounts', {}).until(isIt);
}

/** All rows of one account, as a window would hold them. */
function rowsNow<Row extends { readonly account: AccountId }>(
  name: 'balances' | 'positions' | 'orders' | 'fills',
  account: AccountId,
): readonly Row[] {
  const source = stage.engine.api.watch(name, {}, () => undefined);
  const update = source.take() as unknown as RowsUpdate<Row>;
  source.dispose();
  return update.rows.filter((row) => row.account === account);
}

const coinOf = (instrument: InstrumentId) => instrument.slice(instrument.indexOf(':') + 1).split('-')[0];
const coinIn = (symbol: string) => symbol.replace(/^KRW-/, '').replace(/USDT$/, '');

function held(account: AccountId) {
  const orders = rowsNow<WatchedOrder>('orders', account).filter(({ status }) => !isTerminal(status));
  return {
    balances: rowsNow<WatchedBalance>('balances', account)
      .filter(({ total }) => Number(total) !== 0)
      .map(({ currency, total }) => `${currency} ${Number(total)}`)
      .sort(),
    positions: rowsNow<WatchedPosition>('positions', account)
      .map(({ instrument, quantity }) => `${coinOf(instrument)} ${Number(quantity)}`)
      .sort(),
    orders: orders
      .map(
        (one) =>
          `${coinOf(one.instrument)} ${one.side} ${Number(one.price)} ${Number(one.quantity)} ${Number(one.filledQuantity)}`,
      )
      .sort(),
    fills: rowsNow<WatchedFill>('fills', account)
      .filter(({ venueTime }) => isRecent(venueTime))
      .map((one) => `${coinOf(one.instrument)} ${one.side} ${Number(one.price)} ${Number(one.quantity)}`)
      .sort(),
  };
}
type WatchedOrder = import('#shared/domain/order.ts').Order;
type WatchedFill = import('#shared/domain/order.ts').Fill;
type WatchedBalance = import('#shared/domain/account.ts').Balance;
type WatchedPosition = import('#shared/domain/account.ts').Position;

function truth({ balances, positions, openOrders, fills }: Ledger): ReturnType<typeof held> {
  return {
    balances: balances
      .filter(({ total }) => Number(total) !== 0)
      .map(({ currency, total }) => `${currency} ${Number(total)}`)
      .sort(),
    positions: positions.map(({ symbol, quantity }) => `${coinIn(symbol)} ${Number(quantity)}`).sort(),
    orders: openOrders
      .map(
        (one) =>
          `${coinIn(one.symbol)} ${one.side} ${Number(one.price)} ${Number(one.quantity)} ${Number(one.filled)}`,
      )
      .sort(),
    fills: fills
      .filter(({ time }) => isRecent(time))
      .map((one) => `${coinIn(one.symbol)} ${one.side} ${Number(one.price)} ${Number(one.quantity)}`)
      .sort(),
  };
}

/** The market goes on while the two are asked: they have to agree at some moment. */
async function agrees(account: AccountId, venue: string, key: string): Promise<void> {
  await expect
    .poll(async () => differences(held(account), truth(await ledger(venue, key))), {
      timeout: 15_000,
      interval: 100,
    })
    .toEqual([]);
}

function differences(shown: ReturnType<typeof held>, real: ReturnType<typeof held>): readonly string[] {
  return (['balances', 'positions', 'orders', 'fills'] as const).flatMap((part) => {
    const [ours, theirs] = [new Set(shown[part]), new Set(real[part])];
    return [
      ...shown[part].filter((row) => !theirs.has(row)).map((row) => `${part}: only we have ${row}`),
      ...real[part].filter((row) => !ours.has(row)).map((row) => `${part}: only the venue has ${row}`),
      ...(shown[part].length === real[part].length
        ? []
        : [`${part}: ${shown[part].length} for ${real[part].length}`]),
    ];
  });
}

const order = (venue: (typeof VENUES)[number], key: string, more: object) =>
  stage.post('orders', { venue, key, action: 'place', symbol: SYMBOLS[venue], ...more });
const strike = (venue: string, key: string, action: string) => stage.post('accounts', { venue, key, action });
/** A market order at once filled, of about the same worth at all venues. */
const buy = (venue: (typeof VENUES)[number], key: string) =>
  order(venue, key, {
    side: 'buy',
    type: 'market',
    ...(SYMBOLS[venue] === 'KRW-BTC' ? { quoteQuantity: '300000' } : { quantity: '0.003' }),
  });

test.each(VENUES)(
  '200 orders and all else a busy account of %s has are as its ledger says',
  async (venue) => {
    const addedAt = systemClock.monotonic();
    const account = await add(venue, 'busy');
    await becomes(account, 'live');
    figure(
      'G24',
      `busy account of ${venue} ready after its key was pasted`,
      systemClock.monotonic() - addedAt,
      'ms',
    );
    await agrees(account, venue, 'busy');
    expect(held(account).orders.length).toBeGreaterThanOrEqual(150);
  },
);

test.each(VENUES)('at %s fifty cuts in a row, with trades between them, lose no fill', async (venue) => {
  const account = await add(venue, 'trade');
  await becomes(account, 'live');
  for (let round = 0; round < 50; round += 1) {
    if (round % 5 === 0) await buy(venue, 'trade');
    await strike(venue, 'trade', 'disconnect');
  }
  await becomes(account, 'live');
  await agrees(account, venue, 'trade');
});

test('a listen key that expires is replaced, and nothing of the meantime is missing', async () => {
  const account = await add('binance', 'read-only');
  await becomes(account, 'live');
  await strike('binance', 'read-only', 'expireListenKeys');
  await buy('binance', 'trade');
  await becomes(account, 'live');
  await agrees(account, 'binance', 'read-only');
});

test('a key revoked while it runs is refused with words, and taken again when it is good again', async () => {
  const account = await add('bybit', 'read-only');
  await becomes(account, 'live');
  await strike('bybit', 'read-only', 'revoke');
  const asking = stage.engine.api.request('accounts.reconcile', { account }).catch((fault: unknown) => fault);
  const { accounts } = await becomes(account, 'refused');
  const shown = accounts.find(({ id }) => id === account);
  await asking;
  await strike('bybit', 'read-only', 'restore');
  await stage.engine.api.request('accounts.reconcile', { account });
  await becomes(account, 'live');
  expect(shown?.state).toMatchObject({ kind: 'refused', reason: 'wrong-key' });
});

const HOUR_MS = 3_600_000;
/** Margin follows the mark price, which goes on between the two questions. */
const isNear = (ours: string | undefined, theirs: string, whole: string) =>
  Math.abs(Number(ours) - Number(theirs)) <= Math.max(1e-9, Math.abs(Number(whole)) * 0.002);

function balanceDifferences(account: AccountId, { balances }: Ledger): readonly string[] {
  const rows = rowsNow<WatchedBalance>('balances', account);
  return balances
    .filter(({ total }) => Number(total) !== 0)
    .flatMap(({ currency, total, free, used }) => {
      const row = rows.find((one) => one.currency === currency);
      const isRight = isNear(row?.free, free, total) && isNear(row?.used, used, total);
      return isRight
        ? []
        : [`${currency}: ${row?.free} free and ${row?.used} used, really ${free} and ${used}`];
    });
}

function entryDifferences(account: AccountId, { positions }: Ledger): readonly string[] {
  const rows = rowsNow<WatchedPosition>('positions', account);
  return positions.flatMap(({ symbol, entryPrice }) => {
    const row = rows.find(({ instrument }) => coinOf(instrument) === coinIn(symbol));
    return Math.abs(Number(row?.entryPrice) / Number(entryPrice) - 1) < 1e-6
      ? []
      : [`${symbol}: entered at ${row?.entryPrice}, really at ${entryPrice}`];
  });
}

test.each(VENUES)(
  'what is free and held, entries and ended orders of a busy account of %s are as its ledger says',
  async (venue) => {
    const account = await add(venue, 'busy');
    await becomes(account, 'live');
    // Prices go on: they agree at once, or at another moment.
    let wrong: readonly string[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await stage.engine.api.request('accounts.reconcile', { account });
      const real = await ledger(venue, 'busy');
      wrong = [...balanceDifferences(account, real), ...entryDifferences(account, real)];
      if (wrong.length === 0) break;
    }
    expect(wrong).toEqual([]);
    const to = systemClock.now();
    const from = to - 6 * HOUR_MS;
    const ended = await stage.engine.api.request('orders.closed', { account, from, to });
    const said = ended
      .filter(({ venueTime }) => venueTime > from + HOUR_MS && venueTime < to - HOUR_MS)
      .map((one) => `${coinOf(one.instrument)} ${one.side} ${Number(one.filledQuantity)}`)
      .sort();
    const real = (await ledger(venue, 'busy')).closedOrders
      .filter(({ updatedAt }) => updatedAt > from + HOUR_MS && updatedAt < to - HOUR_MS)
      .map((one) => `${coinIn(one.symbol)} ${one.side} ${Number(one.filled)}`)
      .sort();
    expect(said).toEqual(real);
    expect(real.length).toBeGreaterThan(0);
  },
);

test.each(VENUES)('at %s what an order holds is held within seconds of placing it', async (venue) => {
  const account = await add(venue, 'trade');
  await becomes(account, 'live');
  await agrees(account, venue, 'trade');
  const price = SYMBOLS[venue] === 'KRW-BTC' ? '50000000' : '40000';
  await order(venue, 'trade', { side: 'buy', type: 'limit', price, quantity: '0.05' });
  await expect
    .poll(async () => balanceDifferences(account, await ledger(venue, 'trade')), {
      timeout: 6000,
      interval: 100,
    })
    .toEqual([]);
});

// It takes as long as it takes to look: a socket that is silent is suspicious only by what REST knows.
test('private sockets that stand and tell nothing are found out and replaced, at all venues at once', async () => {
  const accounts = await Promise.all(VENUES.map((venue) => add(venue, 'trade')));
  await Promise.all(accounts.map((account) => becomes(account, 'live')));
  await Promise.all(VENUES.map((venue) => stage.control.fault({ kind: 'mute', venue, route: 'private' })));
  const mutedAt = systemClock.monotonic();
  try {
    await Promise.all(VENUES.map((venue) => buy(venue, 'trade')));
    await Promise.all(
      VENUES.map(async (venue, index) => {
        const account = accounts[index] as AccountId;
        await expect
          .poll(async () => differences(held(account), truth(await ledger(venue, 'trade'))), {
            timeout: 45_000,
            interval: 250,
          })
          .toEqual([]);
        figure('G24', `mute private socket of ${venue} found out`, systemClock.monotonic() - mutedAt, 'ms');
      }),
    );
  } finally {
    await stage.control.clearFaults();
  }
  // By the look that is for this, or by the comparison of every minute where that came first.
  const found = stage.log
    .filter(({ code }) => code === 'account.mute' || code === 'account.mended')
    .map(({ details }) => details['account']);
  expect(found).toEqual(expect.arrayContaining(accounts));
  await Promise.all(accounts.map((account) => becomes(account, 'live')));
}, 70_000);

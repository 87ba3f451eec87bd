import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { AccountsView } from '#shared/contract/account-views.ts';
import { type AccountState, accountId, type Position } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Order } from '#shared/domain/order.ts';
import { en } from '../../i18n/en.ts';
import { createHoldings } from '../../stores/holdings.ts';
import { createHoldingsChoice } from '../../stores/holdings-choice.ts';
import { createFakeClient } from '../../stores/test-kit/fake-client.ts';
import { plainSettings } from '../../stores/test-kit/plain-settings.ts';
import { accountLines } from './account-lines.ts';

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    resources: { en: { translation: en } },
    keySeparator: false,
    nsSeparator: false,
  });
});

const account = accountId('binance#aaaaaa');
const btc = instrumentId('binance:BTC-USDT-PERP');
const dated = { account, source: 'stream', receivedAt: 1_000 } as const;

const position: Position = {
  ...dated,
  instrument: btc,
  leg: 'both',
  quantity: '-0.250',
  entryPrice: '83640.0',
  unrealisedPnl: '-54.675',
  liquidationPrice: '91000',
  isEstimated: true,
};
const order = (venueOrderId: string, otherwise: Partial<Order> = {}): Order => ({
  ...dated,
  instrument: btc,
  venueOrderId,
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  status: 'NEW',
  venueStatus: 'NEW',
  price: '82000',
  quantity: '0.1',
  filledQuantity: '0',
  reduceOnly: false,
  postOnly: false,
  venueTime: 0,
  isConditional: false,
  ...otherwise,
});

function desk(state: AccountState, others: readonly string[] = []) {
  const client = createFakeClient();
  const holdings = createHoldings(client);
  const accounts = [
    { id: account, venue: 'binance', label: 'Main', state, since: 0 },
    ...others.map((venue) => ({ id: `${venue}#other`, venue, label: 'Other', state, since: 0 })),
  ];
  const view = { accounts } as unknown as AccountsView;
  client.tell('accounts', view);
  client.tell('positions', { restart: true, rows: [position], removed: [] });
  client.tell('orders', {
    restart: true,
    rows: [
      order('1'),
      order('2', { status: 'CANCELED' }),
      order('3', { instrument: instrumentId('binance:ETH-USDT-PERP') }),
    ],
    removed: [],
  });
  const pulse = createStore(() => ({ now: 2_000, engineSilentMs: 0 }));
  const choice = createHoldingsChoice();
  const focus = { store: createStore(() => ({ instrument: plainSettings().selected })) };
  return { holdings, holdingsChoice: choice, pulse, focus } as unknown as Parameters<
    typeof accountLines
  >[0] & {
    holdingsChoice: typeof choice;
  };
}

it('draws the position, where it ends, and what is open of the instrument shown, under the account’s name', () => {
  expect(
    accountLines(desk({ kind: 'live' })).map(({ kind, side, price, title }) => [kind, side, price, title]),
  ).toEqual([
    ['position', 'sell', 83640, 'Main · Short −0.250 · ≈ −54.68 USDT'],
    ['liquidation', 'sell', 91000, 'Main · Liquidation'],
    ['order', 'buy', 82000, 'Main · Buy 0.1 · Limit'],
  ]);
});

it('of an account that is not live says so, and leaves its profit out', () => {
  const [line] = accountLines(desk({ kind: 'locked' }));
  expect([line?.isBelieved, line?.title]).toEqual([false, '▲ stale · Main · Short −0.250']);
});

it('with little room leaves the account’s name out, unless its venue has another', () => {
  const titles = (others: readonly string[]) =>
    accountLines(desk({ kind: 'live' }, others), true).map(({ title }) => title);
  expect([titles(['upbit']), titles(['binance'])]).toEqual([
    ['Short −0.250 · ≈ −54.68 USDT', 'Liquidation', 'Buy 0.1 · Limit'],
    ['Main · Short −0.250 · ≈ −54.68 USDT', 'Main · Liquidation', 'Main · Buy 0.1 · Limit'],
  ]);
});

it('draws none when they are switched off', () => {
  const off = desk({ kind: 'live' });
  off.holdingsChoice.setState({ drawsLines: false });
  expect(accountLines(off)).toEqual([]);
});

import { beforeEach, expect, test, vi } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import { createScriptedApi, healthAt } from '#shared/test-kit/scripted-api.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { openStatus } from './status.ts';
import { calls } from './test-kit/double-calls.ts';
import { BrowserWindow, nativeTheme, type Picture, Tray } from './test-kit/electron-double.ts';

vi.mock('electron', () => import('./test-kit/electron-double.ts'));

const written: string[] = [];
const open: (() => void)[] = [];
const log = { file: '', info: () => undefined, error: (text: string) => void written.push(text) };
beforeEach(() => {
  for (const close of open.splice(0)) close();
  calls.length = 0;
  written.length = 0;
  BrowserWindow.all.length = 0;
  BrowserWindow.focused = null;
});

const ACCOUNT = accountId('binance#a1b2c3');
const free = { halted: false, armed: [] as readonly string[], unknown: 0 };

function desk({ platform = 'linux' as NodeJS.Platform, titlePnl = true } = {}) {
  const clock = createVirtualClock();
  const api = createScriptedApi((name) =>
    name === 'app.describe' ? { venues: [{ id: 'binance', name: 'Binance' }] } : { titlePnl },
  );
  const set = { trading: free };
  const window = new BrowserWindow({});
  const close = openStatus({
    clock,
    engine: { api, tradingState: () => set.trading },
    kill: () => undefined,
    show: () => undefined,
    shortcut: { shown: 'Ctrl+Alt+Shift+K', isOurs: true },
    language: () => 'en',
    log,
    window: () => window as never,
    platform,
  });
  open.push(close);
  const offer = (name: string, update: object) =>
    api.sources.find((source) => source.name === name)?.offer(update);
  const beat = (kind: 'live' | 'stale' = 'live') =>
    offer('health', {
      ...healthAt(clock.now()),
      connections: [
        {
          id: 'binance/public',
          venue: venueId('binance'),
          state: kind === 'live' ? { kind } : { kind, cause: { code: 'socket.silent', detail: '' } },
          since: 1_000,
          epoch: 1,
          reconnects: 0,
          failedFrames: 0,
          streams: [],
        },
      ],
    });
  const hold = (unrealisedPnl: string) =>
    offer('positions', {
      restart: true,
      removed: [],
      rows: [
        {
          account: ACCOUNT,
          instrument: instrumentId('binance:BTC-USDT-PERP'),
          leg: 'both',
          quantity: '1',
          entryPrice: '1',
          unrealisedPnl,
          isEstimated: false,
          source: 'stream',
          receivedAt: clock.now(),
        },
      ],
    });
  const own = () =>
    offer('accounts', {
      keys: { state: 'open' },
      offered: [],
      accounts: [{ id: ACCOUNT, environment: 'mainnet', state: { kind: 'live' }, since: 0 }],
    });
  /** One second of an engine that answers. */
  const second = async (kind?: 'live' | 'stale') => {
    beat(kind);
    clock.advance(1_000);
    await new Promise((done) => setImmediate(done));
  };
  const tip = () => Tray.last?.toolTip.split('\n').slice(1);
  const menus = () => calls.filter(([name]) => name === 'tray.setContextMenu').length;
  return { clock, window, offer, hold, own, second, tip, menus, set };
}
const called = (name: string) => calls.filter(([one]) => one === name).map(([, ...args]) => args);

test('the tray tells each venue, the profit, and what wants a person', async () => {
  const { own, hold, second, tip, set, offer } = desk();
  await second();
  own();
  hold('-12.5');
  set.trading = { halted: false, armed: ['Binance'], unknown: 1 };
  offer('alarms', {
    calls: [],
    alarms: [
      { state: 'active', exposure: 'none' },
      { state: 'ended', exposure: 'none' },
    ],
  });
  await second();
  expect(tip()).toEqual([
    '● live 1',
    'Open PnL: −12.50 USDT',
    'ARMED: Binance',
    'Orders of unknown fate: 1',
    'Alarms not seen yet: 1',
    '● Binance · live',
  ]);
});

test('profit stays out of where others read it unless it was asked for', async () => {
  const { own, hold, second, tip } = desk({ titlePnl: false });
  own();
  hold('12');
  await second();
  expect(tip()?.join()).not.toContain('USDT');
});

test('an engine that stands still is said to, and its numbers are gone', async () => {
  const { own, hold, second, tip, clock } = desk();
  await second();
  own();
  hold('12');
  await second();
  clock.advance(38_000);
  expect(tip()).toEqual([
    '▲ engine not answering · 39 s',
    'Open PnL: ▲ stale 39 s USDT',
    'No real exchange is armed',
    '▲ Binance · not known · 39 s',
  ]);
});

test('the icon is the shape of the worst health, on a ground that suits the bar', async () => {
  const { second } = desk();
  await second();
  await second();
  const live = Tray.last?.image as Picture;
  await second('stale');
  const stale = Tray.last?.image as Picture;
  nativeTheme.shouldUseDarkColors = false;
  nativeTheme.emit('updated');
  const onLight = Tray.last?.image as Picture;
  nativeTheme.shouldUseDarkColors = true;
  const pixels = (one: Picture) => one.representations[0]?.buffer.toString('hex');
  expect([
    live.representations.map(({ scaleFactor, width }) => [scaleFactor, width]),
    new Set([pixels(live), pixels(stale), pixels(onLight)]).size,
    onLight.isTemplate,
  ]).toEqual([
    [
      [1, 18],
      [2, 36],
    ],
    3,
    false,
  ]);
});

test('on a Mac the menu bar colours it', () => {
  desk({ platform: 'darwin' });
  expect((Tray.last?.image as Picture | undefined)?.isTemplate).toBe(true);
});

test('a menu is not made anew under the hand: not by ages, and by a profit once a minute', async () => {
  const { own, hold, second, menus } = desk();
  await second('stale');
  own();
  hold('1');
  await second('stale');
  await second('stale');
  const before = menus();
  for (let at = 0; at < 30; at += 1) {
    hold(String(at));
    await second('stale');
  }
  const meanwhile = menus();
  for (let at = 0; at < 40; at += 1) {
    hold(String(at));
    await second('stale');
  }
  expect([meanwhile - before, menus() - meanwhile]).toEqual([0, 1]);
});

test('the badge counts what wants a person, and is told only when that changes', async () => {
  const { second, set } = desk();
  await second();
  set.trading = { ...free, unknown: 2 };
  await second();
  await second();
  set.trading = free;
  await second();
  expect(called('app.setBadgeCount')).toEqual([[0], [2], [0]]);
});

test('on Windows the worst health lies over the entry in the task bar, with its words', async () => {
  const { second } = desk({ platform: 'win32' });
  await second();
  await second();
  await second('stale');
  const told = called('window.setOverlayIcon');
  expect([told.at(-2), told.at(-1)?.[1]]).toEqual([[null, ''], '▲ stale 1']);
});

test('an alarm that touches money makes the window’s entry flash until it is looked at, once', async () => {
  const { second, offer, window } = desk();
  const raise = (exposure: string) => offer('alarms', { calls: [], alarms: [{ state: 'active', exposure }] });
  raise('none');
  await second();
  raise('position');
  await second();
  await second();
  window.emit('focus');
  BrowserWindow.focused = window;
  raise('none');
  await second();
  raise('order');
  await second();
  expect(called('window.flashFrame')).toEqual([[true], [false]]);
});

test('what cannot be known is said once in the log, and the tray goes on', async () => {
  const clock = createVirtualClock();
  const api = createScriptedApi(() => {
    throw new Error('not now');
  });
  const close = openStatus({
    clock,
    engine: { api, tradingState: () => free },
    kill: () => undefined,
    show: () => undefined,
    shortcut: { shown: '', isOurs: true },
    language: () => 'ko',
    log,
    window: () => undefined,
    platform: 'linux',
  });
  api.sources.find(({ name }) => name === 'positions')?.fail(new Error('broken'));
  for (let at = 0; at < 5; at += 1) {
    clock.advance(1_000);
    await new Promise((done) => setImmediate(done));
  }
  close();
  expect([written.sort(), clock.pendingTimers]).toEqual([
    [
      'the tray cannot know positions: broken',
      'the tray cannot know the settings: not now',
      'the tray cannot know the venues: not now',
    ],
    0,
  ]);
});

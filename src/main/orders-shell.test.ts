import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Sweep } from '#shared/contract/order-views.ts';
import { accountId } from '#shared/domain/account.ts';
import { confirmationOf } from '#shared/domain/confirmation.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { Question } from '#shared/domain/question.ts';
import { createScriptedApi } from '#shared/test-kit/scripted-api.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createDialogConfirm } from './confirm.ts';
import { claimKillShortcut } from './kill-shortcut.ts';
import { createKillSwitch } from './kill-switch.ts';
import { watchPower } from './power.ts';
import { quitCleanly } from './quit.ts';
import { createQuitQuestion } from './quit-question.ts';
import { openStatus } from './status.ts';
import { behaviour, calls, prevents } from './test-kit/double-calls.ts';
import { app, BrowserWindow, dialog, powerMonitor, shortcuts, Tray } from './test-kit/electron-double.ts';

vi.mock('electron', () => import('./test-kit/electron-double.ts'));

const written: string[] = [];
const log = {
  file: '',
  info: (text: string) => void written.push(`info ${text}`),
  error: (text: string) => void written.push(`error ${text}`),
};
beforeEach(() => {
  calls.length = 0;
  written.length = 0;
  shortcuts.clear();
  Object.assign(behaviour, { presses: undefined, isShortcutTaken: false });
  Tray.last = undefined;
  vi.restoreAllMocks();
});
const asked = () => calls.filter(([name]) => name === 'dialog.showMessageBox').map(([, options]) => options);
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('main’s own confirmation', () => {
  const ORDER: Extract<Question, { kind: 'order' }> = {
    kind: 'order',
    venueName: 'Binance',
    accountLabel: 'main\nSide: SELL',
    environment: 'mainnet',
    order: {
      account: accountId('binance#k3f9a2'),
      instrument: instrumentId('binance:BTC-USDT-PERP'),
      clientOrderId: 'hl0123456789abcdefghij',
      side: 'buy',
      type: 'limit',
      isMarket: true,
      timeInForce: 'IOC',
      quantity: '2',
      price: '67000.1',
      reduceOnly: false,
      closePosition: false,
      leg: 'both',
      notional: '134000.2',
    },
  };
  function desk() {
    const clock = createVirtualClock();
    const { ask } = createDialogConfirm({ clock, language: () => 'en', parent: () => undefined, log });
    return { clock, ask };
  }
  const never = () => new AbortController().signal;

  test('is a dialog of the system made from the order alone, where everything but one button says no', async () => {
    const { ask } = desk();
    behaviour.presses = 1;
    const answer = await ask(ORDER, never());
    expect([answer, asked()]).toEqual([
      'yes',
      [
        {
          type: 'warning',
          title: 'Heartline',
          message: 'Place this order?',
          detail: expect.stringMatching(
            /^Exchange: Binance\nEnvironment: mainnet\nAccount: “main Side: SELL” \(binance#k3f9a2\)\nMarket: BTC-USDT-PERP\nSide: BUY\n/,
          ),
          buttons: ['No', 'Place the order'],
          defaultId: 0,
          cancelId: 0,
          noLink: true,
        },
      ],
    ]);
    const detail = (asked()[0] as { detail: string }).detail.split('\n');
    const lines = confirmationOf(ORDER, 'en').lines.map(({ label, value }) => `${label}: ${value}`);
    expect(detail.slice(0, lines.length)).toEqual(lines);
  });

  test('answers no for every other button and for a dialog that is closed', async () => {
    const { ask } = desk();
    const answers: string[] = [];
    for (const pressed of [0, 2, -1]) {
      behaviour.presses = pressed;
      answers.push(await ask(ORDER, never()));
    }
    expect(answers).toEqual(['no', 'no', 'no']);
  });

  test('is taken away after a minute: nobody was there', async () => {
    const { ask, clock } = desk();
    const answer = ask(ORDER, never());
    clock.advance(59_999);
    const before = calls.length;
    clock.advance(1);
    expect([await answer, before, calls.at(-1)]).toEqual(['nobody', 1, ['the dialog is taken away']]);
  });

  test('is taken away when the order is not wanted any more, and one at a time is shown', async () => {
    const { ask } = desk();
    const abort = new AbortController();
    const first = ask(ORDER, abort.signal);
    const money = { USDT: 1, KRW: 1000 };
    const limits = { maxNotional: money, dailyNotional: money, confirmAbove: money };
    const second = ask({ kind: 'arm', venue: venueId('bybit'), venueName: 'Bybit', limits }, never());
    const during = asked().length;
    behaviour.presses = 1;
    abort.abort();
    expect([during, await first, await second, asked().length]).toEqual([1, 'nobody', 'yes', 2]);
  });

  test('a system that cannot show it has nobody to ask', async () => {
    const { ask } = desk();
    vi.spyOn(dialog, 'showMessageBox').mockRejectedValue(new Error('no display'));
    expect([await ask(ORDER, never()), written]).toEqual([
      'nobody',
      ['error the confirmation could not be shown: no display'],
    ]);
  });
});

describe('the kill switch', () => {
  const parent = () => undefined;

  test('never waits for an answer: nobody presses anything, and it kills again', async () => {
    const { killed, kill } = engine();
    const press = createKillSwitch({ engine: { kill }, log, language: () => 'en', parent });
    press('shortcut');
    killed[0]?.ended.reject(new Error('no answer'));
    await turn();
    press('shortcut');
    expect([asked().length, killed.length]).toEqual([1, 2]);
  });

  function engine() {
    const killed: { readonly from: string; readonly ended: PromiseWithResolvers<readonly Sweep[]> }[] = [];
    return {
      killed,
      kill(from: string) {
        const ended = Promise.withResolvers<readonly Sweep[]>();
        killed.push({ from, ended });
        return ended.promise;
      },
    };
  }

  test('asks nothing, and a held key is one kill until that is over', async () => {
    const { killed, kill } = engine();
    const press = createKillSwitch({ engine: { kill }, log, language: () => 'en', parent });
    for (let pressed = 0; pressed < 50; pressed += 1) press('shortcut');
    const first = killed.length;
    killed[0]?.ended.resolve([]);
    await turn();
    press('tray');
    expect([first, killed.map(({ from }) => from), asked()]).toEqual([1, ['shortcut', 'tray'], []]);
  });

  test('says aloud what it could not do', async () => {
    const { killed, kill } = engine();
    createKillSwitch({ engine: { kill }, log, language: () => 'en', parent })('tray');
    killed[0]?.ended.reject(new Error('no answer'));
    await turn();
    expect(calls).toEqual([
      [
        'dialog.showMessageBox',
        {
          type: 'error',
          title: 'Heartline',
          message: 'The kill switch could not cancel everything',
          detail:
            'Trading is halted, so no new order leaves. But some orders may still be open: no answer. Look at the exchanges themselves and cancel there.',
          noLink: true,
        },
        false,
      ],
    ]);
  });

  test('names the accounts where something is left', async () => {
    const { killed, kill } = engine();
    createKillSwitch({ engine: { kill }, log, language: () => 'ko', parent })('tray');
    const ended = (account: string, outcome: Sweep['outcome']) => ({ account, outcome }) as Sweep;
    killed[0]?.ended.resolve([ended('bybit#k3f9a2', 'clean'), ended('upbit#aaaaaa', 'failed')]);
    await turn();
    const [shown] = asked() as { message: string; detail: string }[];
    expect([shown?.message, shown?.detail.includes('upbit#aaaaaa'), written.at(-1)]).toEqual([
      '킬 스위치가 모두 취소하지 못했습니다',
      true,
      'error kill switch: not everything is cancelled: upbit#aaaaaa',
    ]);
  });

  test('has a shortcut of the whole system, given back at the end', () => {
    let kills = 0;
    const shortcut = claimKillShortcut(() => (kills += 1), log, 'linux');
    shortcuts.get('CommandOrControl+Alt+Shift+K')?.();
    shortcut.release();
    expect([shortcut.shown, shortcut.isOurs, kills, shortcuts.size, written]).toEqual([
      'Ctrl+Alt+Shift+K',
      true,
      1,
      0,
      [],
    ]);
  });

  test('says so when another program has the shortcut, and leaves it alone', () => {
    behaviour.isShortcutTaken = true;
    const shortcut = claimKillShortcut(() => undefined, log, 'darwin');
    shortcut.release();
    expect([shortcut.isOurs, written, calls.map(([name]) => name)]).toEqual([
      false,
      ['error the kill switch has no shortcut: Command+Alt+Shift+K belongs to another program'],
      ['globalShortcut.register'],
    ]);
  });
});

describe('the tray', () => {
  const free = { halted: false, armed: [] as readonly string[], unknown: 0 };
  function desk(shortcut = { shown: 'Ctrl+Alt+Shift+K', isOurs: true }) {
    const clock = createVirtualClock();
    const set = { state: free };
    const did: string[] = [];
    const api = createScriptedApi(() => ({ venues: [], titlePnl: false }));
    const close = openStatus({
      clock,
      engine: { api, tradingState: () => set.state },
      window: () => undefined,
      kill: (from) => void did.push(`kill ${from}`),
      show: () => void did.push('show'),
      shortcut,
      language: () => 'en',
      log,
    });
    const labels = () => Tray.last?.menu.flatMap(({ label }) => label ?? []);
    const choose = (label: string) => Tray.last?.menu.find((item) => item.label === label)?.click?.();
    return { clock, set, did, close, labels, choose };
  }

  test('kills, shows and quits', () => {
    const { did, labels, choose } = desk();
    choose('Kill switch: cancel everything');
    choose('Show Heartline');
    expect([labels(), did]).toEqual([
      [
        'Heartline',
        '◌ starting',
        'No real exchange is armed',
        'Kill switch: cancel everything',
        'Show Heartline',
        'Quit',
      ],
      ['kill tray', 'show'],
    ]);
  });

  test('says within a second what is armed, halted and unknown, and leaves an unchanged menu open', () => {
    const { clock, set } = desk();
    const tips: unknown[] = [];
    for (const state of [
      { ...free, armed: ['Bybit', 'Upbit\u202e'], unknown: 2 },
      { ...free, armed: ['Bybit', 'Upbit\u202e'], unknown: 2 },
      { ...free, halted: true, armed: ['Bybit'] },
    ]) {
      set.state = state;
      clock.advance(1000);
      tips.push(Tray.last?.toolTip);
    }
    expect([tips, calls.filter(([name]) => name === 'tray.setContextMenu').length]).toEqual([
      [
        'Heartline\n◌ starting\nARMED: Bybit, Upbit\nOrders of unknown fate: 2',
        'Heartline\n◌ starting\nARMED: Bybit, Upbit\nOrders of unknown fate: 2',
        'Heartline\n◌ starting\nHALTED: no order leaves',
      ],
      3,
    ]);
  });

  test('says that the shortcut is another program’s', () => {
    const { labels } = desk({ shown: 'Ctrl+Alt+Shift+K', isOurs: false });
    expect(labels()).toContain('Ctrl+Alt+Shift+K belongs to another program: use this menu');
  });

  test('goes with the app, and its clock with it', () => {
    const { close, clock } = desk();
    close();
    expect([calls.at(-1), clock.pendingTimers]).toEqual([['tray.destroy'], 0]);
  });

  test('a desktop without a place for it is no reason not to start', () => {
    vi.stubEnv('DOUBLE_WITHOUT_TRAY', '1');
    const { close } = desk();
    close();
    vi.unstubAllEnvs();
    expect(written).toEqual(['error there is no tray: no place for a tray']);
  });
});

describe('the question before quitting', () => {
  const question = (unknown: number) =>
    createQuitQuestion({
      engine: { tradingState: () => ({ halted: false, armed: ['Bybit'], unknown }) },
      language: () => 'ko',
      parent: () => undefined,
      log,
    })();

  test('is asked about only while the fate of an order is unknown, and says that it cancels nothing', async () => {
    behaviour.presses = 0;
    const stays = await question(2);
    behaviour.presses = 1;
    expect([question(0), stays, await question(1), asked()[0]]).toEqual([
      undefined,
      false,
      true,
      {
        type: 'warning',
        title: 'Heartline',
        message: '결과를 모르는 주문 2건이 있는데 종료할까요?',
        detail: expect.stringContaining('종료해도 취소되는 것은 없으며'),
        buttons: ['종료하지 않기', '종료'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      },
    ]);
  });
});

describe('quitting while the fate of an order is unknown', () => {
  const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  function desk() {
    const others = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
    app.removeAllListeners();
    BrowserWindow.all.length = 0;
    const ends: unknown[] = [];
    vi.spyOn(app, 'exit').mockImplementation(((code: number) => void ends.push(code)) as never);
    const questions: PromiseWithResolvers<boolean>[] = [];
    const set = { isUnknown: true };
    const quitting = quitCleanly({
      async [Symbol.asyncDispose]() {
        ends.push('disposed');
      },
    });
    quitting.askFirst(() => {
      if (!set.isUnknown) return undefined;
      const question = Promise.withResolvers<boolean>();
      questions.push(question);
      return question.promise;
    });
    const window = new BrowserWindow({});
    quitting.guard(window as never);
    const answer = async (mayQuit: boolean) => {
      questions.at(-1)?.resolve(mayQuit);
      await turn();
    };
    onTestFinished(() => {
      for (const [signal, before] of others) {
        for (const listener of process.listeners(signal)) {
          if (!before.includes(listener)) process.off(signal, listener);
        }
      }
    });
    return { ends, questions, set, window, answer };
  }

  test('waits for one answer, however often it is asked to quit, and stays when told to', async () => {
    const { ends, questions, window, answer } = desk();
    app.quit();
    app.quit();
    const isKept = prevents(window, 'close');
    await answer(false);
    const stayed = [questions.length, isKept, [...ends]];
    app.quit();
    await answer(true);
    expect([stayed, questions.length, ends]).toEqual([[1, true, []], 2, ['disposed', 0]]);
  });

  test('asks before the window is gone', async () => {
    const { ends, window, answer } = desk();
    const isKept = prevents(window, 'close');
    await answer(true);
    expect([isKept, ends]).toEqual([true, ['disposed', 0]]);
  });

  test('asks nothing when every order is settled', async () => {
    const { set, questions, ends } = desk();
    set.isUnknown = false;
    app.quit();
    await turn();
    expect([questions.length, ends]).toEqual([0, ['disposed', 0]]);
  });

  test('asks nothing when the system ends it', async () => {
    const { questions, ends } = desk();
    process.emit('SIGTERM');
    await turn();
    expect([questions.length, ends]).toEqual([0, ['disposed', 0]]);
  });
});

test('sleep and waking disarm, waking before anything is believed again', () => {
  const told: string[] = [];
  watchPower(
    { disarm: (reason) => void told.push(`disarm ${reason}`), resumed: () => void told.push('resumed') },
    log,
  );
  powerMonitor.emit('suspend');
  powerMonitor.emit('resume');
  expect(told).toEqual(['disarm suspend', 'disarm resume', 'resumed']);
});

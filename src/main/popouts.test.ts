import { beforeEach, describe, expect, test, vi } from 'vitest';
import { mainWindow, showWindow } from './main-window.ts';
import { boxOf, closePopouts, followDisplays } from './popouts.ts';
import { denyByDefault } from './security.ts';
import { calls, prevents } from './test-kit/double-calls.ts';
import { BrowserWindow, openFrom } from './test-kit/double-windows.ts';
import { app, screen } from './test-kit/electron-double.ts';

vi.mock('electron', () => import('./test-kit/electron-double.ts'));

const URL = 'app://heartline/popout.html';
const said: string[] = [];
const log = {
  file: '',
  info: (text: string) => void said.push(text),
  error: (text: string) => void said.push(text),
};
let desk: BrowserWindow;
beforeEach(() => {
  calls.length = 0;
  said.length = 0;
  BrowserWindow.all.length = 0;
  app.removeAllListeners('web-contents-created');
  denyByDefault(log, 'icon.png');
  desk = new BrowserWindow({});
  desk.webContents.url = 'app://heartline/';
});
const options = () => calls.findLast(([name]) => name === 'new BrowserWindow')?.[1];
const FEATURES = 'top=50,left=100,width=800,height=600';

describe('the desk may open a pop-out', () => {
  test('sandboxed, without a preload script, where it was asked to stand, ending with the desk', () => {
    const answer = openFrom(desk.webContents, URL, FEATURES);
    expect(answer).toMatchObject({ action: 'allow', outlivesOpener: false });
    expect(options()).toEqual({
      x: 100,
      y: 50,
      width: 800,
      height: 600,
      minWidth: 320,
      minHeight: 200,
      title: 'Heartline',
      icon: 'icon.png',
      autoHideMenuBar: true,
      fullscreenable: true,
      backgroundColor: '#0e1116',
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        backgroundThrottling: false,
      },
    });
  });

  test('of exactly that address, from its own page, and not from a pop-out', () => {
    const asked = (url: string) => (openFrom(desk.webContents, url, FEATURES) as { action: string }).action;
    const refused = [
      'app://heartline/',
      'app://heartline/popout.html?x',
      'app://heartline/popout.html#x',
      'app://heartline/assets/popout.html',
      'app://elsewhere/popout.html',
      'https://heartline/popout.html',
      'about:blank',
      'blob:app://heartline/1',
      'javascript:opener',
    ].map(asked);
    expect([...new Set(refused)]).toEqual(['deny']);
    openFrom(desk.webContents, URL, FEATURES);
    const popout = BrowserWindow.all[1]?.webContents;
    if (!popout) throw new Error('it was not opened');
    popout.url = 'app://heartline/';
    expect(openFrom(popout, URL, FEATURES)).toEqual({ action: 'deny' });
    desk.webContents.url = 'app://heartline/popout.html';
    expect(openFrom(desk.webContents, URL, FEATURES)).toEqual({ action: 'deny' });
  });

  test('but not more than anybody uses', () => {
    const actions = Array.from({ length: 18 }, () => openFrom(desk.webContents, URL, FEATURES)) as {
      action: string;
    }[];
    expect([actions.filter(({ action }) => action === 'allow').length, said]).toEqual([
      16,
      [
        'the page asked for more than 16 pop-out windows: refused',
        'a page tried to open a window: refused',
        'the page asked for more than 16 pop-out windows: refused',
        'a page tried to open a window: refused',
      ],
    ]);
  });
});

test('a pop-out may go nowhere but to its own page, and the desk not to that', () => {
  openFrom(desk.webContents, URL, FEATURES);
  const goes = (of: BrowserWindow | undefined, url: string) => {
    let prevented = false;
    of?.webContents.emit('will-frame-navigate', {
      url,
      isMainFrame: true,
      preventDefault: () => {
        prevented = true;
      },
    });
    return !prevented;
  };
  const popout = BrowserWindow.all[1];
  expect([
    goes(popout, URL),
    goes(popout, 'app://heartline/'),
    goes(popout, 'https://evil.example/'),
    goes(desk, URL),
    goes(desk, 'app://heartline/'),
  ]).toEqual([true, false, false, false, true]);
});

test('a pop-out is never taken for the desk, whichever is listed first', () => {
  openFrom(desk.webContents, URL, FEATURES);
  BrowserWindow.all.reverse();
  calls.length = 0;
  showWindow();
  expect([mainWindow() as unknown, calls.map(([name]) => name)]).toEqual([
    desk,
    ['window.restore', 'window.show', 'window.focus'],
  ]);
});

test('with the desk its pop-outs close; without being asked, one stays', () => {
  openFrom(desk.webContents, URL, FEATURES);
  openFrom(desk.webContents, URL, FEATURES);
  BrowserWindow.all[1]?.close();
  const left = BrowserWindow.all.length;
  closePopouts();
  expect([left, BrowserWindow.all, prevents(desk, 'close')]).toEqual([2, [desk], false]);
});

describe('a display that disappeared', () => {
  test('takes no pop-out with it: it opens on the nearest one, and the log says so', () => {
    openFrom(desk.webContents, URL, 'top=50,left=4000,width=800,height=600');
    expect([options(), said]).toEqual([
      expect.objectContaining({ x: 1120, y: 50, width: 800, height: 600 }),
      ['the display a pop-out window stood on is gone or has changed: it came to the nearest one'],
    ]);
  });

  test('while windows stand on it: they come to the nearest one, and the others stay', () => {
    openFrom(desk.webContents, URL, FEATURES);
    const popout = BrowserWindow.all[1];
    if (!popout) throw new Error('it was not opened');
    popout.bounds = { x: 4000, y: 100, width: 800, height: 600 };
    calls.length = 0;
    const stop = followDisplays(log);
    screen.emit('display-removed');
    screen.emit('display-metrics-changed');
    stop();
    expect([calls, said, screen.listenerCount('display-removed')]).toEqual([
      [['window.setBounds', { x: 960, y: 100, width: 960, height: 600 }]],
      ['a window stood on a display that is gone: it came to the nearest one'],
      0,
    ]);
  });

  test('nonsense in place of a place is a window in the middle', () => {
    const read = [
      '',
      'left=1',
      'left=a,top=1,width=1,height=1',
      'left=,top=1,width=1,height=1',
      'left=1e99,top=1,width=1,height=1',
    ];
    openFrom(desk.webContents, URL, 'left=NaN,top=,width=-,height=0x');
    expect([read.map(boxOf), options(), boxOf(' left=10.6, top=-4,height=3,width=2')]).toEqual([
      read.map(() => undefined),
      expect.objectContaining({ x: 600, y: 280, width: 720, height: 480 }),
      { x: 11, y: -4, width: 2, height: 3 },
    ]);
  });
});

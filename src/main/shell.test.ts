import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/ensure-built.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { RunningShell } from './test-kit/running-shell.ts';
import { runShell } from './test-kit/running-shell.ts';

// The bundle as it ships, in plain Node on a double of Electron: the real one cannot run everywhere.
const project = join(import.meta.dirname, '..', '..');
let folder: string;
const running: RunningShell[] = [];

beforeAll(async () => {
  await ensureBuilt(project);
  folder = mkdtempSync(join(tmpdir(), 'heartline-shell-'));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  for (const shell of running.splice(0)) shell.kill();
});

function start(flags: readonly string[] = [], environment: Record<string, string> = {}): RunningShell {
  const shell = runShell(['--json', `--data-dir=${folder}`, '--keys=memory', ...flags], environment);
  running.push(shell);
  // Not every test waits for it.
  shell.ready.catch(() => undefined);
  return shell;
}

/** Live: nothing is watched, so nothing is connected to. */
async function startLive(environment?: Record<string, string>): Promise<RunningShell> {
  const shell = start(['--live'], environment);
  await shell.ready;
  return shell;
}

const argumentsOf = (calls: readonly (readonly unknown[])[], name: string) =>
  calls.filter(([called]) => called === name).map(([, ...args]) => args);

describe('the window', () => {
  test('is sandboxed, isolated, without Node, and loads our page with the CommonJS preload script', async () => {
    const shell = await startLive();
    const calls = await shell.ask('calls');
    const preload = join(project, 'out', 'preload', 'preload.cjs');
    expect(argumentsOf(calls, 'new BrowserWindow')).toEqual([
      [
        expect.objectContaining({
          show: false,
          webPreferences: {
            preload,
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
        }),
      ],
    ]);
    expect(argumentsOf(calls, 'window.loadURL')).toEqual([['app://heartline/']]);
    // A sandboxed preload script may require Electron and nothing of the project or of Node.
    const required = [...readFileSync(preload, 'utf8').matchAll(/(?:require\(|from |import )["']([^"']+)/g)];
    expect(required.map(([, name]) => name)).toEqual(['electron']);
  });

  test('is shown when it has something to show', async () => {
    const shell = await startLive();
    const before = argumentsOf(await shell.ask('calls'), 'window.show').length;
    await shell.ask('showWindow');
    expect([before, argumentsOf(await shell.ask('calls'), 'window.show').length]).toEqual([0, 1]);
  });

  test.each([
    [
      'on a display, it stands there again',
      { x: 100, y: 50, width: 1300, height: 900 },
      { x: 100, y: 50, width: 1300, height: 900 },
    ],
    [
      'on a display that is gone, it comes to the nearest',
      { x: 4000, y: 50, width: 1300, height: 900 },
      { x: 620, y: 50, width: 1300, height: 900 },
    ],
    [
      'above every display, it comes down',
      { x: 100, y: -500, width: 1300, height: 900 },
      { x: 100, y: 0, width: 1300, height: 900 },
    ],
    [
      'nowhere one can make sense of, it starts in the middle',
      { x: '1', y: 1 },
      { x: 160, y: 20, width: 1600, height: 1000 },
    ],
  ])('when it stood %s', async (_what, kept, expected) => {
    writeFileSync(join(folder, 'window.json'), JSON.stringify({ bounds: kept, maximized: false }));
    const shell = await startLive();
    const [[options]] = argumentsOf(await shell.ask('calls'), 'new BrowserWindow') as [
      [Record<string, unknown>],
    ];
    const { x, y, width, height } = options;
    expect({ x, y, width, height }).toEqual(expected);
  });

  test('whose process dies is loaded again, and once more within seconds it is the end, said aloud', async () => {
    const shell = await startLive();
    await shell.ask('rendererGone');
    expect(argumentsOf(await shell.ask('calls'), 'webContents.reload').length).toBe(1);
    void shell.ask('rendererGone').catch(() => undefined);
    const { code, said } = await shell.ended;
    expect([code, said]).toEqual([EXIT_CODES.crashed, expect.stringContaining('process is gone (crashed)')]);
  });
});

describe('the keys', () => {
  // There is none before its first line.
  const said = () => {
    const file = join(folder, 'desktop.log');
    return existsSync(file)
      ? readFileSync(file, 'utf8').split('the keys are locked with the screen').length
      : 1;
  };
  // Only Linux has to be asked: elsewhere the system tells.
  test.each(process.platform === 'linux' ? (['told', 'seen'] as const) : (['told'] as const))(
    'are locked when the screen is (%s)',
    async (how) => {
      const shell = start(['--demo']);
      await shell.ready;
      const before = said();
      await shell.ask('lockScreen', how);
      await expect.poll(said, { timeout: 10_000 }).toBe(before + 1);
    },
  );
});

describe('the kill switch', () => {
  const said = () => readFileSync(join(folder, 'desktop.log'), 'utf8');

  test('is on the keyboard and in the tray, without the window', async () => {
    const shell = await startLive();
    // Its venues are told as soon as the engine has said which there are.
    const hasVenues = async () =>
      (await shell.ask('tray')).labels?.some((label) => label.includes('Binance'));
    await expect.poll(hasVenues, { timeout: 15_000 }).toBe(true);
    const { toolTip, labels } = await shell.ask('tray');
    const venues = ['—', ...Array.from({ length: 4 }, () => expect.stringMatching(/^. [A-Z]/u))];
    await shell.ask('pressShortcut', 'CommandOrControl+Alt+Shift+K');
    await expect.poll(said).toContain('kill switch (shortcut): halted, cancelling everything');
    await expect.poll(said).toContain('kill switch: nothing is open any more');
    await shell.ask('chooseInTray', 'Kill switch: cancel everything');
    await expect.poll(said).toContain('kill switch (tray): halted, cancelling everything');
    expect([toolTip, labels]).toEqual([
      expect.stringMatching(/^Heartline\n/),
      [
        'Heartline',
        expect.any(String),
        expect.any(String),
        ...venues,
        '—',
        'Kill switch: cancel everything',
        '—',
        'Show Heartline',
        'Quit',
      ],
    ]);
  });

  test('whose keys are another program’s says so in the tray, and in Korean where the system speaks it', async () => {
    const shell = await startLive({ DOUBLE_SHORTCUT_TAKEN: '1', DOUBLE_LOCALE: 'ko-KR' });
    const { labels } = await shell.ask('tray');
    const kill = labels?.indexOf('킬 스위치: 모두 취소') ?? -1;
    expect([kill > 0, labels?.[kill + 1], said()]).toEqual([
      true,
      expect.stringMatching(/다른 프로그램이 쓰고 있습니다/),
      expect.stringContaining('the kill switch has no shortcut'),
    ]);
  });

  test('speaks the language that is chosen in the settings, in the tray and the menu, without a restart', async () => {
    const shell = await startLive();
    const menusSet = async () => argumentsOf(await shell.ask('calls'), 'Menu.setApplicationMenu').length;
    const before = await menusSet();
    await shell.ask('askForPort', 'our page');
    await shell.ask('request', 'settings.write', { language: 'ko' });
    await expect
      .poll(async () => (await shell.ask('tray')).labels, { timeout: 10_000 })
      .toContain('킬 스위치: 모두 취소');
    expect(await menusSet()).toBe(before + 1);
  });

  test('without a tray Heartline starts all the same', async () => {
    const shell = await startLive({ DOUBLE_WITHOUT_TRAY: '1' });
    expect(argumentsOf(await shell.ask('calls'), 'new BrowserWindow').length).toBe(1);
  });
});

describe('app://', () => {
  test('is registered before Electron is ready, as standard and secure and nothing more', async () => {
    const shell = await startLive();
    const calls = await shell.ask('calls');
    const order = calls.map(([name]) => name);
    expect(order.indexOf('protocol.registerSchemesAsPrivileged')).toBeLessThan(order.indexOf('app is ready'));
    // So is the sandbox of every page, which Electron takes no later.
    expect(order.slice(0, order.indexOf('app is ready'))).toContain('app.enableSandbox');
    expect(argumentsOf(calls, 'protocol.registerSchemesAsPrivileged')).toEqual([
      [[{ scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } }]],
    ]);
  });

  test('serves the built window under a strict policy', async () => {
    const shell = await startLive();
    const { status, headers, body } = await shell.ask('fetch', 'app://heartline/');
    expect([status, headers['content-type'], body]).toEqual([
      200,
      'text/html; charset=utf-8',
      readFileSync(join(project, 'out', 'renderer', 'index.html'), 'utf8'),
    ]);
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; connect-src 'none'; style-src 'self'; img-src 'self' data:; " +
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const script = /src="([^"]+\.js)"/.exec(body)?.[1] ?? 'none';
    const { status: found, headers: typed } = await shell.ask(
      'fetch',
      `app://heartline${script.replace(/^\./, '')}`,
    );
    expect([found, typed['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
  });

  test('serves nothing else: no way out of the folder, no other host, no other method', async () => {
    const shell = await startLive();
    const urls = [
      'app://heartline/../main/index.js',
      'app://heartline/..%2fmain%2findex.js',
      'app://heartline/%2e%2e/main/index.js',
      'app://heartline/..\\main\\index.js',
      'app://heartline//etc/passwd',
      'app://heartline/assets',
      'app://elsewhere/',
    ];
    const statuses = await Promise.all(urls.map(async (url) => (await shell.ask('fetch', url)).status));
    const posted = await shell.ask('fetch', 'app://heartline/', 'POST');
    expect([...statuses, posted.status]).toEqual(Array(8).fill(404));
  });
});

describe('whatever else a page may try', () => {
  test('is refused: permissions, navigation, frames, downloads, webviews', async () => {
    const shell = await startLive();
    const none = { request: false, check: false, device: false };
    expect([
      await shell.ask('permissions', 'media', 'app://heartline/'),
      await shell.ask('permissions', 'notifications', 'https://evil.example/'),
      await shell.ask('permissions', 'geolocation', 'app://heartline/'),
      await shell.ask('permissions', 'clipboard-read', 'app://heartline/'),
      await shell.ask('permissions', 'clipboard-sanitized-write', 'https://evil.example/'),
    ]).toEqual(Array(5).fill(none));
    const navigate = (url: string, isMainFrame = true) =>
      shell.ask('refuses', 'page', 'will-frame-navigate', { url, isMainFrame });
    expect([
      await navigate('https://evil.example/'),
      await navigate('file:///etc/passwd'),
      await navigate('app://heartline/', false),
      await navigate('app://heartline/'),
      await shell.ask('refuses', 'page', 'will-redirect'),
      await shell.ask('refuses', 'page', 'will-attach-webview'),
    ]).toEqual([true, true, true, false, true, true]);
    const zip = 'heartline-evidence-20261121-101500-incident.zip';
    expect([
      await shell.ask('refusesDownload', 'https://evil.example/x.zip', zip),
      await shell.ask('refusesDownload', 'blob:https://evil.example/1', zip),
      await shell.ask('refusesDownload', 'blob:app://heartline/1', 'setup.exe'),
      await shell.ask('refusesDownload', 'blob:app://heartline/1', '../heartline-evidence-1.zip'),
      await shell.ask('refusesDownload', 'blob:app://heartline/1', 'heartline-chart-x.exe'),
      await shell.ask('refusesDownload', 'blob:https://evil.example/1', 'heartline-chart-x.png'),
    ]).toEqual([true, true, true, true, true, true]);
  });

  test('but our own page may notify, copy, and save the evidence and the pictures it has made', async () => {
    const shell = await startLive();
    const { request, check } = await shell.ask('permissions', 'notifications', 'app://heartline/');
    const zip = 'heartline-evidence-20261121-101500-incident.zip';
    expect([
      request,
      check,
      await shell.ask('permissions', 'notifications', 'app://heartline/', false),
    ]).toEqual([true, true, { request: false, check: true, device: false }]);
    expect(await shell.ask('permissions', 'clipboard-sanitized-write', 'app://heartline/')).toEqual({
      request: true,
      check: true,
      device: false,
    });
    const picture = 'heartline-chart-binance-BTC-USDT-PERP-1m-2026-11-21T10-15-00Z.png';
    expect([
      await shell.ask('refusesDownload', 'blob:app://heartline/0a1b', zip),
      await shell.ask('refusesDownload', 'blob:app://heartline/0a1b', picture),
    ]).toEqual([false, false]);
  });

  test('but our own page may pop a panel out, which may open nothing and go nowhere', async () => {
    const shell = await startLive();
    const popout = 'app://heartline/popout.html';
    expect(await shell.ask('openWindow', popout, 'top=1,left=2,width=400,height=300')).toMatchObject({
      action: 'allow',
      outlivesOpener: false,
      overrideBrowserWindowOptions: {
        x: 2,
        y: 1,
        width: 400,
        height: 300,
        webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
      },
    });
    expect([
      await shell.ask('openFromPopout', popout),
      await shell.ask('popoutNavigates', 'app://heartline/'),
      await shell.ask('popoutNavigates', popout),
      (await shell.ask('fetch', popout)).status,
      await shell.ask('windows'),
    ]).toEqual([{ action: 'deny' }, true, false, 200, 2]);
    await shell.ask('closeDesk');
    expect(await shell.ask('windows')).toBe(0);
  });

  test('opens no other window; a link to a known https page goes to the person’s browser', async () => {
    const shell = await startLive();
    const urls = [
      'https://www.tradingview.com/about',
      'http://www.tradingview.com/',
      'https://www.tradingview.com.evil.example/',
      'https://www.tradingview.com@evil.example/',
      'https://evil.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'not a url',
    ];
    const answers = await Promise.all(urls.map((url) => shell.ask('openWindow', url)));
    expect(answers).toEqual(urls.map(() => ({ action: 'deny' })));
    expect(argumentsOf(await shell.ask('calls'), 'shell.openExternal')).toEqual([[urls[0]]]);
  });
});

describe('the port', () => {
  test('is handed to our own page only', async () => {
    const shell = await startLive();
    expect([
      await shell.ask('askForPort', 'a foreign page'),
      await shell.ask('askForPort', 'a frame in it'),
      await shell.ask('askForPort', 'a page that is gone'),
      await shell.ask('askForPort', 'our page'),
    ]).toEqual([0, 0, 0, 1]);
    expect(argumentsOf(await shell.ask('calls'), 'new MessageChannelMain').length).toBe(1);
  });

  test('carries the contract to an engine on the bundled simulator', async () => {
    const shell = start(['--demo']);
    expect(await shell.ready).toEqual({
      pid: expect.any(Number),
      simulator: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    await shell.ask('askForPort', 'our page');
    expect(await shell.ask('request', 'app.describe', {})).toMatchObject({
      t: 'answer',
      id: 1,
      output: { version: '0.0.0-double', mode: 'demo', environment: 'simulator', shell: 'desktop' },
    });
    expect(await shell.ask('request', 'instruments.list', {})).toMatchObject({
      t: 'answer',
      output: expect.arrayContaining([expect.objectContaining({ id: 'binance:BTC-USDT-PERP' })]),
    });
  });

  test('is one per window: asking again ends the one before', async () => {
    const shell = await startLive();
    await shell.ask('askForPort', 'our page');
    const closed = shell.ask('portClosed', 0);
    await shell.ask('askForPort', 'our page');
    expect(await closed).toBe(true);
    expect(await shell.ask('request', 'settings.read', {})).toMatchObject({ t: 'answer' });
  });
});

describe('its life', () => {
  test('a second start brings the first one’s window to the front', async () => {
    const shell = await startLive();
    await shell.ask('emit', 'second-instance');
    const names = (await shell.ask('calls')).map(([name]) => name);
    expect(names.slice(-3)).toEqual(['window.restore', 'window.show', 'window.focus']);
  });

  test('and the second one ends without a window', async () => {
    const shell = start(['--live'], { DOUBLE_SECOND_INSTANCE: '1' });
    expect(await shell.ended).toEqual({ code: 0, said: '' });
  });

  test('sleep and waking are heard from the system, and the engine is told', async () => {
    const shell = await startLive();
    expect([await shell.ask('power', 'suspend'), await shell.ask('power', 'resume')]).toEqual([true, true]);
    const log = readFileSync(join(folder, 'desktop.log'), 'utf8');
    expect(log).toMatch(/goes to sleep\n.*woke: every connection is opened anew/);
  });

  test('quitting closes the simulator, the engine and the window, which is remembered', async () => {
    const shell = start(['--demo']);
    await shell.ready;
    void shell.ask('quit').catch(() => undefined);
    // Exit code 0 is the clean end: past its limit below two seconds a quit ends with another.
    expect(await shell.ended).toMatchObject({ code: 0 });
    const kept = {
      bounds: { x: 10, y: 20, width: 1200, height: 800 },
      mode: 'normal',
      display: { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } },
    };
    expect(JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8'))).toMatchObject({
      last: kept,
      arrangements: { '1@0,0,1920x1080': kept },
    });
  });

  test('a window that refuses to close cannot keep the app', async () => {
    const shell = await startLive();
    void shell.ask('hangAndQuit').catch(() => undefined);
    expect(await shell.ended).toMatchObject({ code: EXIT_CODES.quitInHaste });
  });

  test('SIGTERM quits cleanly too', async () => {
    const shell = start(['--live']);
    const { pid } = (await shell.ready) as { pid: number };
    process.kill(pid, 'SIGTERM');
    expect(await shell.ended).toMatchObject({ code: process.platform === 'win32' ? null : 0 });
  });
});

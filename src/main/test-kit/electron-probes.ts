// Runs the built main bundle (its first argument) with the double in the place of `electron`, and lets the test ask,
// over the child's IPC channel, what became of it.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const DOUBLE = new URL('./electron-double.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: DOUBLE, shortCircuit: true } : next(specifier, context),
});
const double = await import('./electron-double.ts');
const { behaviour, calls, handlers } = await import('./double-calls.ts');
const { Frame, openFrom } = await import('./double-windows.ts');
const { nextMessage } = await import('./double-ports.ts');
const { app, BrowserWindow, ipcMain, powerMonitor, session } = double;

/** What a test may ask of the running shell. Every answer is JSON-safe. */
const probes = {
  calls: () => calls,
  /** Asks the `app://` handler, as a page would. */
  async fetch(url: string, method = 'GET') {
    const serve = handlers.get('protocol.handle app') as (request: Request) => Promise<Response>;
    const answer = await serve({ url, method } as Request);
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  },
  /** Emits a preventable event of the page, of its session; true when the shell refused it. */
  refuses(target: 'page' | 'session', event: string, details: object = {}) {
    const emitter = target === 'page' ? contents() : session.defaultSession;
    let prevented = false;
    const heard = emitter.emit(event, { ...details, preventDefault: () => (prevented = true) });
    return heard && prevented;
  },
  refusesDownload(url: string, fileName: string) {
    let prevented = false;
    const event = { preventDefault: () => (prevented = true) };
    session.defaultSession.emit('will-download', event, { getURL: () => url, getFilename: () => fileName });
    return prevented;
  },
  permissions(permission: string, url: string, isMainFrame = true) {
    let granted: unknown = 'never decided';
    (handlers.get('session.setPermissionRequestHandler') as Ask)(
      {},
      permission,
      (decision: unknown) => {
        granted = decision;
      },
      { requestingUrl: url, isMainFrame },
    );
    return {
      request: granted,
      check: (handlers.get('session.setPermissionCheckHandler') as Ask)(null, permission, url),
      device: (handlers.get('session.setDevicePermissionHandler') as Ask)({ deviceType: 'usb' }),
    };
  },
  openWindow: (url: string, features = '') => openFrom(contents(), url, features),
  /** The same from a pop-out that is open. */
  openFromPopout: (url: string) => openFrom(popout().webContents, url),
  popoutNavigates(url: string) {
    let prevented = false;
    const event = { url, isMainFrame: true, preventDefault: () => (prevented = true) };
    popout().webContents.emit('will-frame-navigate', event);
    return prevented;
  },
  closeDesk: () => BrowserWindow.all[0]?.close(),
  windows: () => BrowserWindow.all.length,
  moveDesk(bounds: { x: number; y: number; width: number; height: number }) {
    const [window] = BrowserWindow.all;
    if (window) window.bounds = bounds;
    double.screen.emit('display-removed');
    return window?.bounds;
  },
  /** A page asks for its port; the answer says how many ports it got. */
  askForPort(who: 'our page' | 'a frame in it' | 'a foreign page' | 'a page that is gone') {
    const sender = contents();
    const own = sender.mainFrame;
    const frames = {
      'our page': own,
      'a frame in it': new Frame('app://heartline', own),
      'a foreign page': new Frame('https://evil.example'),
      'a page that is gone': null,
    };
    const senderFrame = frames[who];
    // A foreign page is a main frame too, of a window that was led astray.
    const asking = who === 'a foreign page' ? { id: 99, mainFrame: senderFrame } : sender;
    ipcMain.emit('heartline:port', { sender: asking, senderFrame });
    return senderFrame?.posted.flatMap(({ ports }) => ports).length ?? 0;
  },
  /** A request through the port handed over last. */
  async request(name: string, input: object) {
    const port = lastPort();
    const answer = nextMessage(port);
    port.start();
    port.postMessage({ t: 'request', id: 1, name, input });
    return answer;
  },
  /** Resolves when the shell has ended the port handed over `nth`. */
  async portClosed(nth: number) {
    const port = contents().mainFrame.posted[nth]?.ports[0];
    await new Promise<void>((resolve) => port?.once('close', resolve));
    return true;
  },
  emit: (event: string, ...args: unknown[]) => app.emit(event, {}, ...args),
  power: (event: 'suspend' | 'resume') => double.powerMonitor.emit(event),
  showWindow: () => BrowserWindow.all[0]?.emit('ready-to-show'),
  rendererGone: () => app.emit('render-process-gone', {}, contents(), { reason: 'crashed' }),
  failUnheard: (message: string) => void Promise.reject(new Error(message)),
  lockScreen(how: 'told' | 'seen') {
    if (how === 'told') powerMonitor.emit('lock-screen');
    else behaviour.isScreenLocked = true;
  },
  tray: () => ({
    toolTip: double.Tray.last?.toolTip,
    labels: double.Tray.last?.menu.map(({ label }) => label ?? '—'),
  }),
  chooseInTray: (label: string) => double.Tray.last?.menu.find((item) => item.label === label)?.click?.(),
  pressShortcut: (accelerator: string) => double.shortcuts.get(accelerator)?.(),
  quit: () => app.quit(),
  hangAndQuit() {
    behaviour.windowsRefuseToClose = true;
    app.quit();
  },
};
export type Probes = typeof probes;
type Ask = (...args: unknown[]) => unknown;

function contents() {
  const [window] = BrowserWindow.all;
  if (!window) throw new Error('there is no window');
  return window.webContents;
}

function popout() {
  const window = BrowserWindow.all[1];
  if (!window) throw new Error('there is no pop-out');
  return window;
}

function lastPort() {
  const port = contents().mainFrame.posted.at(-1)?.ports[0];
  if (!port) throw new Error('no port was handed over');
  return port;
}

process.on('message', async ({ id, name, args }: { id: number; name: keyof Probes; args: unknown[] }) => {
  try {
    process.send?.({ id, answer: await (probes[name] as Ask)(...args) });
  } catch (fault) {
    process.send?.({ id, fault: String(fault) });
  }
});

const [, , entry = ''] = process.argv;
await import(pathToFileURL(entry).href);
double.becomeReady();

// A small double of the `electron` module: it keeps what it was told, and does what the real one would answer.
// It stands in for Electron where the built main bundle runs in plain Node; see `electron-probes.ts`.
import { EventEmitter, once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

type Call = readonly [name: string, ...args: unknown[]];
type Decide = (...args: never[]) => unknown;

/** Everything the bundle asked of Electron, in order. */
export const calls: Call[] = [];
/** Handlers the bundle set, by name. */
export const handlers = new Map<string, Decide>();
/** How this Electron is to behave, from the environment of the child. */
export const behaviour = {
  isFirstInstance: process.env.DOUBLE_SECOND_INSTANCE === undefined,
  windowsRefuseToClose: false,
  /** What a system says that is asked; it tells by itself when `powerMonitor` emits. */
  isScreenLocked: false,
  /** Another program has the shortcut already. */
  isShortcutTaken: process.env.DOUBLE_SHORTCUT_TAKEN !== undefined,
  /** The button a person presses in every question, by its place; `undefined`: they leave it open. */
  presses: undefined as number | undefined,
};

const record =
  (name: string) =>
  (...args: unknown[]) => {
    calls.push([name, ...args]);
  };
const keep = (name: string) => (handler: Decide | null) => {
  calls.push([name]);
  if (handler) handlers.set(name, handler);
};

// As in Electron: ready comes only after the entry has been evaluated to its end, top-level awaits included.
const ready = Promise.withResolvers<void>();
export const becomeReady = () => {
  calls.push(['app is ready']);
  ready.resolve();
};

/** Emits an event that can be prevented, and tells whether it was. */
export function prevents(emitter: EventEmitter, event: string): boolean {
  let prevented = false;
  emitter.emit(event, {
    preventDefault: () => {
      prevented = true;
    },
  });
  return prevented;
}

class App extends EventEmitter {
  readonly #paths = new Map<string, string>();
  readonly whenReady = () => {
    calls.push(['app.whenReady']);
    return ready.promise;
  };
  readonly enableSandbox = record('app.enableSandbox');
  readonly getVersion = () => '0.0.0-double';
  readonly getLocale = () => process.env.DOUBLE_LOCALE ?? 'en-US';
  readonly getPath = (name: string) => this.#paths.get(name) ?? `/nowhere/${name}`;
  readonly setPath = (name: string, path: string) => {
    calls.push(['app.setPath', name, path]);
    this.#paths.set(name, path);
  };
  readonly requestSingleInstanceLock = () => behaviour.isFirstInstance;
  readonly quit = () => {
    if (prevents(this, 'before-quit')) return;
    if (behaviour.windowsRefuseToClose) return;
    for (const window of BrowserWindow.all) if (prevents(window, 'close')) return;
    if (!prevents(this, 'will-quit')) this.exit(0);
  };
  readonly exit = (code = 0) => process.exit(code);
}

export const app = new App();

/** A frame of a page; `posted` holds what main sent to it. */
export class Frame {
  readonly posted: { channel: string; ports: PortMain[] }[] = [];
  readonly parent: Frame | null;
  readonly origin: string;
  constructor(origin: string, parent: Frame | null = null) {
    this.origin = origin;
    this.parent = parent;
  }
  postMessage(channel: string, _message: unknown, ports: PortMain[] = []) {
    this.posted.push({ channel, ports });
  }
}

export class WebContents extends EventEmitter {
  readonly id = 1;
  readonly mainFrame = new Frame('app://heartline');
  readonly setWindowOpenHandler = keep('webContents.setWindowOpenHandler');
  readonly reload = record('webContents.reload');
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static readonly getAllWindows = () => BrowserWindow.all;
  readonly webContents = new WebContents();
  readonly isMinimized = () => true;
  readonly isMaximized = () => false;
  readonly getNormalBounds = () => ({ x: 10, y: 20, width: 1200, height: 800 });
  readonly restore = record('window.restore');
  readonly show = record('window.show');
  readonly focus = record('window.focus');
  readonly maximize = record('window.maximize');
  constructor(options: unknown) {
    super();
    calls.push(['new BrowserWindow', options]);
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string) {
    calls.push(['window.loadURL', url]);
  }
}

/** Electron's own port: events instead of listeners, and nothing but ports in a transfer list. */
export class PortMain extends EventEmitter {
  readonly #port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }
  postMessage(message: unknown, transfer: readonly unknown[] = []) {
    if (transfer.some((item) => !(item instanceof PortMain)))
      throw new TypeError('only ports can be transferred');
    this.#port.postMessage(message);
  }
  start() {
    this.#port.on('message', (data) => this.emit('message', { data, ports: [] }));
  }
  close() {
    this.#port.close();
  }
}

export class MessageChannelMain {
  readonly port1: PortMain;
  readonly port2: PortMain;
  constructor() {
    calls.push(['new MessageChannelMain']);
    const { port1, port2 } = new MessageChannel();
    this.port1 = new PortMain(port1);
    this.port2 = new PortMain(port2);
  }
}

export const ipcMain = new EventEmitter();
export const powerMonitor = Object.assign(new EventEmitter(), {
  getSystemIdleState: () => (behaviour.isScreenLocked ? 'locked' : 'active'),
});
export const nativeTheme = { shouldUseDarkColors: true };
export const Menu = {
  setApplicationMenu: record('Menu.setApplicationMenu'),
  buildFromTemplate: (template: unknown) => template,
};
interface BoxOptions {
  readonly signal?: AbortSignal;
  readonly cancelId?: number;
}
export const dialog = {
  showErrorBox: record('dialog.showErrorBox'),
  /** Answered by `behaviour.presses`, or as cancelled when its signal takes it away. */
  async showMessageBox(...args: [BoxOptions] | [BrowserWindow, BoxOptions]): Promise<{ response: number }> {
    const options = (args.length === 1 ? args[0] : args[1]) as BoxOptions;
    const { signal, ...shown } = options;
    calls.push(['dialog.showMessageBox', shown, args.length === 2]);
    if (behaviour.presses !== undefined) return { response: behaviour.presses };
    return new Promise((resolve) => {
      signal?.addEventListener('abort', () => {
        calls.push(['the dialog is taken away']);
        resolve({ response: options.cancelId ?? 0 });
      });
    });
  },
};
/** The shortcuts that are claimed. */
export const shortcuts = new Map<string, () => void>();
export const globalShortcut = {
  register(accelerator: string, pressed: () => void) {
    calls.push(['globalShortcut.register', accelerator]);
    if (behaviour.isShortcutTaken) return false;
    shortcuts.set(accelerator, pressed);
    return true;
  },
  unregister(accelerator: string) {
    calls.push(['globalShortcut.unregister', accelerator]);
    shortcuts.delete(accelerator);
  },
};
export interface MenuItem {
  readonly label?: string;
  readonly enabled?: boolean;
  readonly click?: () => void;
}
export class Tray extends EventEmitter {
  static last: Tray | undefined;
  menu: readonly MenuItem[] = [];
  toolTip = '';
  readonly destroy = record('tray.destroy');
  constructor(_image: unknown) {
    super();
    if (process.env.DOUBLE_WITHOUT_TRAY !== undefined) throw new Error('no place for a tray');
    calls.push(['new Tray']);
    Tray.last = this;
  }
  setToolTip(text: string) {
    this.toolTip = text;
  }
  setContextMenu(menu: readonly MenuItem[]) {
    calls.push(['tray.setContextMenu']);
    this.menu = menu;
  }
}
export const nativeImage = { createFromPath: (path: string) => ({ resize: () => ({ path }) }) };
export const shell = {
  openExternal: async (url: string) => void calls.push(['shell.openExternal', url]),
};
export const protocol = {
  registerSchemesAsPrivileged: record('protocol.registerSchemesAsPrivileged'),
  handle: (scheme: string, handler: Decide) => keep(`protocol.handle ${scheme}`)(handler),
};
export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: keep('session.setPermissionRequestHandler'),
    setPermissionCheckHandler: keep('session.setPermissionCheckHandler'),
    setDevicePermissionHandler: keep('session.setDevicePermissionHandler'),
  }),
};
const display = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = { getAllDisplays: () => [display], getPrimaryDisplay: () => display };

/** Resolves with what comes next through a port that main handed over. */
export async function nextMessage(port: PortMain): Promise<unknown> {
  const [{ data }] = (await once(port, 'message')) as [{ data: unknown }];
  return data;
}

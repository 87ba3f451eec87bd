// A small double of the `electron` module: it keeps what it was told, and does what the real one would answer.
// It stands in for Electron where the built main bundle runs in plain Node; see `electron-probes.ts`.
import { EventEmitter } from 'node:events';
import { behaviour, calls, type Decide, keep, prevents, record } from './double-calls.ts';
import { MessageChannelMain } from './double-ports.ts';
import { BrowserWindow, madeWindows } from './double-windows.ts';

export { BrowserWindow, MessageChannelMain };

// As in Electron: ready comes only after the entry has been evaluated to its end, top-level awaits included.
const ready = Promise.withResolvers<void>();
export const becomeReady = () => {
  calls.push(['app is ready']);
  ready.resolve();
};

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
  readonly isPackaged = process.env.DOUBLE_PACKAGED !== undefined;
  readonly setBadgeCount = record('app.setBadgeCount');
  readonly dock = { bounce: record('app.dock.bounce') };
  readonly requestSingleInstanceLock = () => behaviour.isFirstInstance;
  readonly quit = () => {
    if (prevents(this, 'before-quit')) return;
    if (behaviour.windowsRefuseToClose) return;
    for (const window of [...BrowserWindow.all]) if (prevents(window, 'close')) return;
    if (!prevents(this, 'will-quit')) this.exit(0);
  };
  readonly exit = (code = 0) => process.exit(code);
}

export const app = new App();
madeWindows.on('made', (contents) => app.emit('web-contents-created', {}, contents));

export const ipcMain = new EventEmitter();
export const powerMonitor = Object.assign(new EventEmitter(), {
  getSystemIdleState: () => (behaviour.isScreenLocked ? 'locked' : 'active'),
});
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: true });
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
  readonly role?: string;
  readonly accelerator?: string;
  readonly submenu?: readonly MenuItem[];
  readonly enabled?: boolean;
  readonly click?: () => void;
}
export class Tray extends EventEmitter {
  static last: Tray | undefined;
  menu: readonly MenuItem[] = [];
  toolTip = '';
  image: unknown;
  readonly destroy = record('tray.destroy');
  constructor(image: unknown) {
    super();
    this.image = image;
    if (process.env.DOUBLE_WITHOUT_TRAY !== undefined) throw new Error('no place for a tray');
    calls.push(['new Tray']);
    Tray.last = this;
  }
  setImage(image: unknown) {
    calls.push(['tray.setImage']);
    this.image = image;
  }
  setToolTip(text: string) {
    this.toolTip = text;
  }
  setContextMenu(menu: readonly MenuItem[]) {
    calls.push(['tray.setContextMenu']);
    this.menu = menu;
  }
}
/** A picture as far as a test looks at it. */
export class Picture {
  readonly representations: {
    readonly scaleFactor: number;
    readonly width: number;
    readonly buffer: Buffer;
  }[] = [];
  isTemplate = false;
  addRepresentation(representation: Picture['representations'][number]) {
    this.representations.push(representation);
  }
  setTemplateImage(isTemplate: boolean) {
    this.isTemplate = isTemplate;
  }
}
export const nativeImage = { createEmpty: () => new Picture() };
export const shell = {
  showItemInFolder: record('shell.showItemInFolder'),
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
const area = { x: 0, y: 0, width: 1920, height: 1040 };
const display = { id: 1, bounds: { ...area, height: 1080 }, workArea: area, scaleFactor: 1 };
export const screen = Object.assign(new EventEmitter(), {
  displays: [display],
  getAllDisplays: () => screen.displays,
  getPrimaryDisplay: () => display,
});
